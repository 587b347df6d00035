import type { Breaker } from '../delivery/breaker.js';
import { instant, type Instant } from '../ids.js';

export interface WaitingEndpoint {
  /** Whether anything is sent to it at all. */
  sentTo: boolean;
  /** When the first of what it is owed is due; null when it is owed nothing. */
  firstDueAt: Instant | null;
  breaker: Breaker;
  /** Nothing is sent before then: it asked us to wait, or its rate limit is used up. */
  waitsUntil: Instant;
}

/** When the next delivery is tried, `now` where that is at once; null when there is none to try. */
export function nextAttemptAt(
  { sentTo, firstDueAt, breaker, waitsUntil }: WaitingEndpoint,
  now: Instant,
): Instant | null {
  if (!sentTo || firstDueAt === null) return null;
  const breakerUntil = breaker.state === 'closed' ? now : breaker.until;
  return instant(Math.max(now, firstDueAt, waitsUntil, breakerUntil));
}
