/**
 * What became of an order since it was sent, judged by what is known of its call: our own record, told by the PBX's webhooks, and,
 * after an unclear answer, what the PBX lists. Source: design "Dialer", never twice, never lost.
 */
import { instant, type Instant } from '../ids.js';
import type { Order } from './order.js';
import type { OrderState } from './order-state.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A request is answered, or given up, long before; whoever sent it is dead by then. */
export const LONGEST_SENDING_MS = 45 * SECOND;
/** How long a PBX rings where nobody says. */
const RINGS_MS = 60 * SECOND;
/** A PBX's history shows a call so long after its end, at the latest. */
const HISTORY_DELAY_MS = 2 * MINUTE;
/** Lists that cannot be read are asked for so long. */
const GIVES_UP_MS = 15 * MINUTE;
/** A call that has gone on for so long is looked for in the PBX's lists, at every look. */
const QUIET_MS = 3 * MINUTE;
/** No call lasts longer; then its end was lost. */
const LONGEST_CALL_MS = 12 * 60 * MINUTE;

const UNCLEAR = 'Whether the PBX placed the call is not known yet.';

const FIRST_LOOK_MS = 3 * SECOND;
const LONGEST_WAIT_MS = MINUTE;

/** Our own record of the order's call. */
export interface OwnSight {
  vendorCallId: string;
  state: 'ringing' | 'answered' | 'ended';
  /** When it ended; null where it has not, or nobody knows. */
  endedAt: Instant | null;
}

/**
 * What the PBX's own lists show. `found`: the call goes on; `over`: it is in the history alone. `unreadable`: it was asked and did
 * not answer; `not_asked`: there was no need, or it has no such lists.
 */
export type ListSight =
  { seen: 'found' | 'over'; vendorCallId: string | null } | { seen: 'absent' | 'unreadable' | 'not_asked' };

export interface LookedFor {
  state: OrderState;
  order: Pick<Order, 'ringSeconds' | 'second'>;
  sentAt: Instant;
  looks: number;
}

export interface OrderNews {
  /** The state that it is in now; the one before where nothing is new. */
  state: OrderState;
  vendorCallId: string | null;
  /** A sentence, where a state needs one. */
  reason: string | null;
  endedAt: Instant | null;
  /** When to look again; null when it is over. */
  lookAt: Instant | null;
}

/** Whether the PBX's lists have to be asked: only they know of an order whose answer was unclear, or of whose call nothing came. */
export function wantsLists({ state, sentAt, order }: LookedFor, own: OwnSight | null, now: Instant): boolean {
  // The webhook of its end may have been lost: somebody's phone would be taken for busy until the end of the day.
  if (own !== null) return own.state !== 'ended' && now - sentAt > QUIET_MS;
  // A PBX that tells of a call only when it is over is asked whether it goes on, before it is given up.
  if (isTaken(state)) return now - sentAt > ringMs(order);
  return state === 'unknown' || isOverdue(state, sentAt, now);
}

function isTaken(state: OrderState): boolean {
  return state === 'accepted' || state === 'ringing' || state === 'answered';
}

const ENDED_UNHEARD = {
  state: 'ended',
  reason: "The PBX's lists show the call as over; no webhook told of its end.",
  lookAt: null,
} as const;

/** The sender of an order died, or was stopped, between its commit and the answer. */
export function isOverdue(state: OrderState, sentAt: Instant, now: Instant): boolean {
  return state === 'sending' && now - sentAt > LONGEST_SENDING_MS;
}

export function lookForOrder(
  before: LookedFor,
  own: OwnSight | null,
  lists: ListSight,
  now: Instant,
): OrderNews {
  const { state, sentAt } = before;
  const again = instant(now + waitOf(before.looks));
  const same: OrderNews = { state, vendorCallId: null, reason: null, endedAt: null, lookAt: again };
  if (own) {
    // Only the history counts: a call that was handed on is not in the list of the phone where it began.
    const isLost = own.state !== 'ended' && lists.seen === 'over';
    if (isLost && isTaken(state))
      return { ...same, ...ENDED_UNHEARD, vendorCallId: own.vendorCallId, endedAt: now };
    return { ...same, ...progress(state, own), vendorCallId: own.vendorCallId, ...overOf(own) };
  }
  if (state === 'sending' && !isOverdue(state, sentAt, now)) return same;
  if (state === 'sending' || state === 'unknown') {
    const news = unclear(before, lists, now, same);
    // It is told as unknown before it is given up.
    return state === 'sending' && news.lookAt === null
      ? { ...same, state: 'unknown', reason: UNCLEAR }
      : news;
  }
  const hasHadTime = now - sentAt > ringMs(before.order) + HISTORY_DELAY_MS;
  if (isTaken(state) && lists.seen === 'over' && hasHadTime) {
    return { ...same, ...ENDED_UNHEARD, vendorCallId: lists.vendorCallId, endedAt: now };
  }
  if (isTaken(state) && lists.seen === 'found' && now - sentAt < LONGEST_CALL_MS) {
    return { ...same, vendorCallId: lists.vendorCallId };
  }
  const waits = state === 'answered' ? LONGEST_CALL_MS : ringMs(before.order) + HISTORY_DELAY_MS;
  if (now - sentAt <= waits) return same;
  const reason = 'The PBX took the order and never told of its call again.';
  return { ...same, state: 'ended', reason, endedAt: now, lookAt: null };
}

function unclear({ order, sentAt }: LookedFor, lists: ListSight, now: Instant, same: OrderNews): OrderNews {
  if (lists.seen === 'found' || lists.seen === 'over')
    return { ...same, state: 'accepted', vendorCallId: lists.vendorCallId };
  const showsBy = sentAt + ringMs(order) + HISTORY_DELAY_MS;
  if (lists.seen === 'absent' && now > showsBy) {
    const reason = "The PBX's lists show no call of this order: it was not placed.";
    return { ...same, state: 'not_placed', reason, endedAt: now, lookAt: null };
  }
  if (now - sentAt > GIVES_UP_MS) {
    const reason =
      'Whether the PBX placed the call cannot be found out. It counts as an attempt and is not repeated.';
    return { ...same, state: 'orphaned', reason, endedAt: now, lookAt: null };
  }
  return { ...same, state: 'unknown', reason: UNCLEAR };
}

/** Only forward: a message that was late does not have an answered call ring again. */
function progress(state: OrderState, own: OwnSight): { state: OrderState } {
  if (own.state === 'ringing' && state === 'answered') return { state };
  return { state: own.state };
}

function overOf({ state, endedAt }: OwnSight): Partial<OrderNews> {
  return state === 'ended' ? { endedAt, lookAt: null } : {};
}

function ringMs({ ringSeconds, second }: LookedFor['order']): number {
  const one = (seconds: number | null) => (seconds === null ? RINGS_MS : seconds * SECOND);
  return one(ringSeconds.first) + (second === null ? 0 : one(ringSeconds.second));
}

function waitOf(looks: number): number {
  return Math.min(FIRST_LOOK_MS * 2 ** Math.min(looks, 10), LONGEST_WAIT_MS);
}

/** When an order is looked at first, after it was sent or answered. */
export function firstLookAt(state: OrderState, now: Instant): Instant {
  return instant(now + (state === 'sending' ? LONGEST_SENDING_MS + SECOND : FIRST_LOOK_MS));
}
