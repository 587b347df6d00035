/**
 * A PBX's own channel of what goes on there, which we listen to by Socket.IO. A driver says how one logs in and what the messages
 * mean; it opens nothing itself. Source: issue "Control any PBX", and design "Telephony API", section 3.
 */
import type { Instant } from '#domain';
import type { DriverAccount, DriverAnswer, DriverIo } from './driver.js';

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
  /** The number of the agent's status; see `agentStatusesWith`. */
  status: number;
  since: Instant | null;
}

export type FeedNews =
  /** `isAll`: there are no others. */
  | { kind: 'phones'; phones: FeedPhone[]; isAll: boolean }
  /** The PBX wants to hear this. */
  | { kind: 'say'; name: string; data: unknown }
  /** It tells us no more. */
  | { kind: 'refused'; reason: string };

export interface PbxFeed {
  /** Whether the account wants it. */
  isOn(settings: DriverAccount['settings']): boolean;
  logIn(account: DriverAccount, io: DriverIo): Promise<DriverAnswer<FeedLogin>>;
  /** @returns undefined for what tells us nothing */
  read(name: string, data: unknown): FeedNews | undefined;
}
