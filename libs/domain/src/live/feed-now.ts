/** What a PBX's own channel tells of its extensions and queues now, and what changes of it. */
import type { Direction, NamedId } from '../call/call.js';
import type { AgentId, ConnectionId, Instant } from '../ids.js';

/** Whether a phone is registered; `unknown` where the PBX does not say. */
export type DeviceState = 'reachable' | 'unreachable' | 'unknown';

/** A call as the channel tells it. It need not be one that webhooks tell of. */
export interface FeedCall {
  vendorCallId: string;
  /** The party outside, as the PBX prints it. */
  number: string;
  direction: Direction;
  state: 'ringing' | 'answered' | 'held';
  since: Instant | null;
  answeredAt: Instant | null;
  did: string | null;
}

export interface FeedPhoneNow {
  /** The directory's word where that knows the phone, else the PBX's. */
  extension: string;
  /** Who sits there, or whose phone it is. */
  agentId: AgentId | null;
  device: DeviceState;
  calls: readonly FeedCall[];
}

export interface FeedCaller {
  vendorCallId: string;
  number: string;
  name: string | null;
  joinedAt: Instant | null;
}

export interface FeedQueueNow {
  queue: NamedId;
  callers: readonly FeedCaller[];
}

export interface FeedNow {
  phones: readonly FeedPhoneNow[];
  queues: readonly FeedQueueNow[];
}

/** `isAll`: there are no others than these. */
export interface FeedChange extends FeedNow {
  isAll: boolean;
}

/** One row of the live log; null: the channel tells nothing any more, so nothing that it told holds. */
export interface LiveFeedChange {
  connection: ConnectionId;
  feed: FeedChange | null;
}

export const NOTHING_FED: FeedNow = { phones: [], queues: [] };

/** A phone or queue that is told again is as it was told last. */
export function foldFeedNow(before: FeedNow, change: FeedChange | null): FeedNow {
  if (change === null) return NOTHING_FED;
  const known = change.isAll ? NOTHING_FED : before;
  return {
    phones: merged(known.phones, change.phones, ({ extension }) => extension),
    queues: merged(known.queues, change.queues, ({ queue }) => queue.id),
  };
}

/** What has to be told so that whoever knows the one comes to know the other; undefined where they are alike. */
export function feedChange(before: FeedNow, after: FeedNow): FeedChange | undefined {
  const phones = others(before.phones, after.phones, ({ extension }) => extension);
  const queues = others(before.queues, after.queues, ({ queue }) => queue.id);
  if (phones === undefined || queues === undefined) return { ...after, isAll: true };
  return phones.length + queues.length === 0 ? undefined : { phones, queues, isAll: false };
}

/** All calls that are named in it. */
export function callsNamed({ phones, queues }: FeedNow): Set<string> {
  const calls = [...phones.flatMap((phone) => phone.calls), ...queues.flatMap((queue) => queue.callers)];
  return new Set(calls.map(({ vendorCallId }) => vendorCallId));
}

/**
 * Without the calls that somebody else tells of. Webhooks know more of a call than the channel does and are kept for good, so a call
 * that they told of is what they say, also where they say that it is over. A phone or queue without such a call stays the same object.
 */
export function feedWithout(feed: FeedNow, isKnown: (vendorCallId: string) => boolean): FeedNow {
  const unknown = ({ vendorCallId }: { vendorCallId: string }) => !isKnown(vendorCallId);
  return {
    phones: feed.phones.map((phone) =>
      phone.calls.every(unknown) ? phone : { ...phone, calls: phone.calls.filter(unknown) },
    ),
    queues: feed.queues.map((queue) =>
      queue.callers.every(unknown) ? queue : { ...queue, callers: queue.callers.filter(unknown) },
    ),
  };
}

/** Of all phones of one agent that the channel tells of: one that works is enough. */
export function deviceOf(phones: readonly Pick<FeedPhoneNow, 'device'>[]): DeviceState {
  if (phones.some(({ device }) => device === 'reachable')) return 'reachable';
  const isGone = phones.length > 0 && phones.every(({ device }) => device === 'unreachable');
  return isGone ? 'unreachable' : 'unknown';
}

function merged<T>(known: readonly T[], fresh: readonly T[], keyOf: (one: T) => string): T[] {
  return [...new Map([...known, ...fresh].map((one) => [keyOf(one), one])).values()];
}

/** @returns undefined where one is gone */
function others<T>(before: readonly T[], after: readonly T[], keyOf: (one: T) => string): T[] | undefined {
  const told = new Map(before.map((one) => [keyOf(one), JSON.stringify(one)]));
  const now = new Set(after.map(keyOf));
  if ([...told.keys()].some((key) => !now.has(key))) return undefined;
  return after.filter((one) => told.get(keyOf(one)) !== JSON.stringify(one));
}
