/**
 * What a PBX's own channel tells of what goes on there, in our words. We listen to it by Socket.IO, or ask now and then; see `PbxFeed`.
 * Source: design "Telephony API", section 3.
 */
import type { DeviceState, FeedCall, FeedCaller, Instant } from '#domain';

export interface FeedLogin {
  /** Where the socket is: `http://` or `https://`, without a path. */
  url: string;
  /** What its query holds besides what the protocol needs. A secret is in it. */
  query: Readonly<Record<string, string>>;
  /** When one has to log in again; null where the PBX does not say. */
  expiresAt: Instant | null;
}

/** An extension as the PBX tells of it. */
export interface FeedPhone {
  /** By which the PBX names it in this channel. */
  key: string;
  /** The PBX's words for it, the best one first. */
  words: readonly string[];
  /** Who is logged in there; null for nobody. */
  agent: { code: string | null; name: string | null } | null;
  /** The number of the agent's status; see `agentStatusesWith`. Null where the PBX says nothing of agents. */
  status: number | null;
  since: Instant | null;
  /** Whether it is registered. */
  device: DeviceState;
  /** Those that go on there. */
  calls: readonly FeedCall[];
}

/** A queue as the PBX tells of it, with whoever waits in it. */
export interface FeedQueue {
  /** The PBX's word, as in its webhooks. */
  queue: string;
  name: string | null;
  callers: readonly FeedCaller[];
}

export type FeedNews =
  /** `isAll`: there are no others. */
  | { kind: 'phones'; phones: FeedPhone[]; isAll: boolean }
  | { kind: 'queues'; queues: FeedQueue[]; isAll: boolean }
  /** The PBX wants to hear this. */
  | { kind: 'say'; name: string; data: unknown }
  /** It tells us no more. */
  | { kind: 'refused'; reason: string };

/** What changes what is known. */
export type FeedTold = Extract<FeedNews, { kind: 'phones' | 'queues' }>;
