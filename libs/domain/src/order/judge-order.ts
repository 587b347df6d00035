/**
 * May this order be sent now? The last question before it is, answered from what the database shows in the transaction that
 * writes it. Source: design "Dialer", the last-moment gate.
 */
import { takeTokens, type TokenBucket } from '../delivery/token-bucket.js';
import { instant, type Instant } from '../ids.js';

export interface OrderFacts {
  now: Instant;
  account: {
    enabled: boolean;
    perSecond: number;
    /** Orders whose answer is waited for. */
    atOnce: number;
    bucket: TokenBucket;
  };
  /** Orders of this account that were sent and not answered. */
  underWay: number;
  /** Parties that are on the tenant's list; those that a right lets be called anyway are left out. */
  onList: readonly string[];
  /** Another order of the tenant's dials the number, or talks with it. */
  isOpen: boolean;
}

/** Why an order is not sent. The last two pass by themselves. */
export type OrderGate = 'account_disabled' | 'do_not_call' | 'open_call' | 'rate' | 'at_once';

export type OrderVerdict =
  | { verdict: 'send'; bucket: TokenBucket }
  | { verdict: 'blocked'; gate: Exclude<OrderGate, 'rate' | 'at_once'>; reason: string }
  | { verdict: 'wait'; gate: 'rate' | 'at_once'; reason: string; until: Instant };

/** An account's rate lets no more go out at once than a second's worth. */
const AT_ONCE_WAIT_MS = 1_000;

/** Also of an order that another one was quicker than, between the gate's reads and its write. */
export const OPEN_CALL = blocked('open_call', 'Another order calls this number, or its call is not over.');

/** The first gate that holds it back decides; a token is taken only for what is sent. */
export function judgeOrder({ now, account, underWay, onList, isOpen }: OrderFacts): OrderVerdict {
  if (!account.enabled) {
    return blocked('account_disabled', "The account of this connection's PBX is switched off.");
  }
  const [listed] = onList;
  if (listed !== undefined) return blocked('do_not_call', `${listed} is on the list of numbers not to call.`);
  if (isOpen) return OPEN_CALL;
  if (underWay >= account.atOnce) {
    const reason = `${String(underWay)} orders wait for the PBX's answer, as many as its account allows.`;
    return { verdict: 'wait', gate: 'at_once', reason, until: instant(now + AT_ONCE_WAIT_MS) };
  }
  const limit = { perSecond: account.perSecond, burst: account.perSecond };
  const { bucket, taken, nextAt } = takeTokens(account.bucket, limit, 1, now);
  if (taken === 1) return { verdict: 'send', bucket };
  const reason = `The PBX's account allows ${String(account.perSecond)} orders a second.`;
  return { verdict: 'wait', gate: 'rate', reason, until: nextAt };
}

function blocked(
  gate: Exclude<OrderGate, 'rate' | 'at_once'>,
  reason: string,
): Extract<OrderVerdict, { verdict: 'blocked' }> {
  return { verdict: 'blocked', gate, reason };
}
