/**
 * The circuit breaker of one endpoint.
 *
 *   closed     tries flow; failures are counted
 *   open       deliveries wait until `until`, burning no attempts
 *   half_open  one probe is under way; the rest wait for its verdict
 *
 * closed -> open when too much fails; open -> half_open when the back-off is over; half_open -> closed when the probe
 * gets through, -> open for twice as long when it does not. The state is plain JSON: it lives in the mailbox row between
 * drains.
 */
import { type Instant, instant } from '../ids.js';
import { MINUTE, SECOND } from './durations.js';
import type { OutcomeClass } from './outcome.js';

/** Tries that ended in the `BUCKET_MS` that begin at `from`. */
export interface Tally {
  from: number;
  total: number;
  failed: number;
}

export type Breaker =
  | { state: 'closed'; failuresInARow: number; lastMinute: readonly Tally[] }
  | { state: 'open'; until: Instant; backOffMs: number }
  /** `until` is when we stop believing that the probe will report: its drain must have died. */
  | { state: 'half_open'; until: Instant; backOffMs: number };

/** May a delivery be sent now? `probe` means: this one alone, and call `startProbe` first. */
export type BreakerAdvice = { kind: 'go' } | { kind: 'probe' } | { kind: 'wait'; until: Instant };

export const CLOSED_BREAKER: Breaker = { state: 'closed', failuresInARow: 0, lastMinute: [] };

/** Which state may follow which; a state may also stay. */
export const BREAKER_TRANSITIONS: Readonly<Record<Breaker['state'], readonly Breaker['state'][]>> = {
  closed: ['open'],
  open: ['half_open'],
  half_open: ['open', 'closed'],
};

const FAILURES_IN_A_ROW = 5;
const SHARE_OF_FAILURES = 0.5;
const FEWEST_TRIES_FOR_A_SHARE = 20;
const WINDOW_MS = MINUTE;
/** The minute slides in steps of this, which keeps the stored state to a handful of numbers. */
const BUCKET_MS = 10 * SECOND;
export const FIRST_BACK_OFF_MS = 5 * SECOND;
export const LONGEST_BACK_OFF_MS = 5 * MINUTE;
/** Twice the longest time-out that an endpoint may set (30 s): a lease is derived from the time-out that it guards. */
const PROBE_PATIENCE_MS = 2 * 30 * SECOND;

/** What the breaker says of sending at `now`. */
export function adviceOf(breaker: Breaker, now: Instant): BreakerAdvice {
  if (breaker.state === 'closed') return { kind: 'go' };
  return now >= breaker.until ? { kind: 'probe' } : { kind: 'wait', until: breaker.until };
}

/** Half-opens a breaker whose advice was `probe`; any other is returned as it is. */
export function startProbe(breaker: Breaker, now: Instant): Breaker {
  if (breaker.state === 'closed' || adviceOf(breaker, now).kind !== 'probe') return breaker;
  return { state: 'half_open', until: instant(now + PROBE_PATIENCE_MS), backOffMs: breaker.backOffMs };
}

/**
 * The breaker after a try. Only `unreachable` counts against the endpoint: one that refuses or throttles us is alive.
 * Tries that were under way when the breaker opened no longer count; the probe decides.
 */
export function afterTry(breaker: Breaker, outcome: OutcomeClass, now: Instant): Breaker {
  const failed = outcome === 'unreachable';
  if (breaker.state === 'open') return breaker;
  if (breaker.state === 'half_open') {
    return failed ? opened(Math.min(2 * breaker.backOffMs, LONGEST_BACK_OFF_MS), now) : CLOSED_BREAKER;
  }
  const failuresInARow = failed ? breaker.failuresInARow + 1 : 0;
  const lastMinute = counted(breaker.lastMinute, failed, now);
  if (failed && (failuresInARow >= FAILURES_IN_A_ROW || failsTooOften(lastMinute))) {
    return opened(FIRST_BACK_OFF_MS, now);
  }
  return { state: 'closed', failuresInARow, lastMinute };
}

/**
 * Reads a stored breaker. Whatever is not a well-formed state is read as closed: the worst that follows is that a dead
 * endpoint gets five tries, whereas a breaker stuck open would hold deliveries for ever.
 */
export function readBreaker(json: unknown): Breaker {
  if (!isRecord(json)) return CLOSED_BREAKER;
  const { state, failuresInARow, lastMinute, until, backOffMs } = json;
  if (
    state === 'closed' &&
    isCount(failuresInARow) &&
    Array.isArray(lastMinute) &&
    lastMinute.every(isTally)
  ) {
    return { state, failuresInARow, lastMinute };
  }
  if ((state === 'open' || state === 'half_open') && isCount(until) && isBackOff(backOffMs)) {
    return { state, until: instant(until), backOffMs };
  }
  return CLOSED_BREAKER;
}

function opened(backOffMs: number, now: Instant): Breaker {
  return { state: 'open', until: instant(now + backOffMs), backOffMs };
}

function counted(tallies: readonly Tally[], failed: boolean, now: Instant): readonly Tally[] {
  const from = Math.floor(now / BUCKET_MS) * BUCKET_MS;
  const failures = failed ? 1 : 0;
  // A tally from the future is a clock that was set back; it would never age out.
  const kept = tallies.filter((tally) => tally.from > now - WINDOW_MS && tally.from < from);
  const current = tallies.find((tally) => tally.from === from) ?? { from, total: 0, failed: 0 };
  kept.push({ from, total: current.total + 1, failed: current.failed + failures });
  return kept;
}

function failsTooOften(tallies: readonly Tally[]): boolean {
  let total = 0;
  let failed = 0;
  for (const tally of tallies) {
    total += tally.total;
    failed += tally.failed;
  }
  return total >= FEWEST_TRIES_FOR_A_SHARE && failed / total >= SHARE_OF_FAILURES;
}

function isTally(value: unknown): value is Tally {
  if (!isRecord(value)) return false;
  const { from, total, failed } = value;
  return isCount(from) && isCount(total) && isCount(failed) && failed <= total;
}

function isBackOff(value: unknown): value is number {
  return isCount(value) && value >= FIRST_BACK_OFF_MS && value <= LONGEST_BACK_OFF_MS;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
