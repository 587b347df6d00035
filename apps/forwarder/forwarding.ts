import {
  CLOSED_BREAKER,
  DEFAULT_SCHEDULE,
  readBreaker,
  readStanding,
  readTokenBucket,
  type Breaker,
  type Instant,
  type NextStep,
  type Outcome,
  type RateLimit,
  type RetrySchedule,
  type Standing,
  type TokenBucket,
} from '#domain';
import type { DeliveryRecord, DeliveryTarget, DueDelivery } from '#db';

/** What one drain of an endpoint remembers for the next. */
export interface Memo {
  breaker: Breaker;
  /** Only where the endpoint has a rate limit. */
  bucket?: TokenBucket;
  standing: Standing;
}

/** Whatever is missing or malformed is read as of an endpoint that was never sent to. */
export function readMemo(json: unknown, limit: RateLimit | null, now: Instant): Memo {
  const { breaker, bucket, standing } = (json ?? {}) as Record<string, unknown>;
  return {
    breaker: breaker === undefined ? CLOSED_BREAKER : readBreaker(breaker),
    standing: readStanding(standing),
    ...(limit && { bucket: readTokenBucket(bucket, limit, now) }),
  };
}

const REAUTHORISED =
  'Its access token was refused: tried again at once with a new one; this try does not count.';

export function scheduleOf(target: Pick<DeliveryTarget, 'scheduleMs'>): RetrySchedule {
  return target.scheduleMs.length > 0 ? target.scheduleMs : DEFAULT_SCHEDULE;
}

/** Counters of a delivery after a try that had this outcome. */
export function countsAfter(
  delivery: DueDelivery,
  outcome: Outcome,
): { attemptCount: number; refusals: number } {
  if (outcome.class === 'throttled') {
    return { attemptCount: delivery.attemptCount, refusals: delivery.refusals };
  }
  const refused = outcome.class === 'refused' || outcome.class === 'unauthorised';
  return {
    attemptCount: delivery.attemptCount + 1,
    refusals: delivery.refusals + (refused ? 1 : 0),
  };
}

/**
 * How a step is written down.
 *
 * @param attention  what somebody has to look at although it is tried again, if anything
 */
export function recordOf(
  step: NextStep,
  now: Instant,
  attention: string | null,
): Pick<DeliveryRecord, 'state' | 'reason' | 'waitMs'> & { decision: string } {
  switch (step.kind) {
    case 'done':
      return { state: 'delivered', reason: null, waitMs: 0, decision: step.note };
    case 'retry': {
      if (!step.burnsAttempt) return { state: 'due', reason: null, waitMs: 0, decision: REAUTHORISED };
      const waitMs = Math.max(0, step.at - now);
      const decision = `Tried again in ${seconds(waitMs)} s.`;
      const words = attention === null ? decision : `${attention} ${decision}`;
      return { state: 'due', reason: attention, waitMs, decision: words };
    }
    case 'wait-endpoint': {
      const waitMs = Math.max(0, step.until - now);
      const decision = `The endpoint asked us to wait ${seconds(waitMs)} s; this try does not count.`;
      return { state: 'due', reason: null, waitMs, decision };
    }
    case 'dead':
      return { state: 'dead', reason: step.reason, waitMs: 0, decision: step.reason };
    case 'disable-endpoint':
      // Held when the endpoint is disabled, together with all else: should we die before that, it is not held for ever.
      return {
        state: 'due',
        reason: null,
        waitMs: 0,
        decision: `The endpoint was disabled. ${step.reason}`,
      };
  }
}

function seconds(ms: number): string {
  return String(Math.ceil(ms / 1000));
}
