/**
 * What is going on at one PBX, as far as this vendor's realtime clients are told of it. Plain values: the edge folds them from the
 * live log, and nothing in them knows of sockets.
 */
import type { DeviceState, Direction, Instant } from '#domain';

export interface PhoneCallNow {
  /** The id that the vendor's clients know it by. */
  callId: string;
  /** The party outside, as the PBX printed it. */
  phone: string;
  /** Whose number it is; null where nobody knows. */
  name: string | null;
  did: string | null;
  direction: Direction;
  state: 'ringing' | 'talking' | 'held';
  since: Instant;
  answeredAt: Instant | null;
  customData: Readonly<Record<string, unknown>>;
  /** The stable integer of the queue that it came by. */
  queue: number | null;
}

export interface PhoneNow {
  /** A stable integer, one an extension: clients know it by nothing else. */
  number: number;
  /** The PBX's word. */
  extension: string;
  /** The short number that is dialled for it; null where it has none. */
  shortNumber: number | null;
  name: string;
  agent: { number: number; name: string } | null;
  /** The vendor's number of the agent's status. */
  status: number;
  statusSince: Instant | null;
  /** Whether it is registered. */
  device: DeviceState;
  calls: readonly PhoneCallNow[];
  lastCallAt: Instant | null;
  lastAnsweredAt: Instant | null;
  lastHangupAt: Instant | null;
}

export interface QueueCallerNow {
  callId: string;
  phone: string;
  name: string | null;
  joinedAt: Instant;
}

export interface CallQueueNow {
  /** A stable integer, one a queue. */
  number: number;
  name: string;
  callers: readonly QueueCallerNow[];
}

export interface DialerNow {
  /** A stable integer, one a campaign. */
  number: number;
  name: string;
  code: string;
  /** Calls that it has in the air. */
  calls: number;
}

export interface LiveNow {
  /** Stable integers of the account and of the organisation. */
  account: number;
  organisation: number;
  phones: readonly PhoneNow[];
  queues: readonly CallQueueNow[];
  dialers: readonly DialerNow[];
  /** All open calls, those that are nobody's yet included. */
  calls: ReadonlyMap<string, 'ringing' | 'answered'>;
}
