import { type Instant, instant } from '../ids.js';
import { DAY, HOUR, MINUTE } from './durations.js';
import type { Outcome, OutcomeClass } from './outcome.js';
import { jittered, type RetrySchedule } from './schedule.js';

/** What becomes of a delivery after a try. `reason` and `note` are words for the tenant. */
export type NextStep =
  | { kind: 'done'; note: string }
  | { kind: 'retry'; at: Instant; burnsAttempt: boolean }
  /** The whole endpoint waits; the delivery stays due and burns no attempt. */
  | { kind: 'wait-endpoint'; until: Instant }
  | { kind: 'dead'; reason: string }
  /**
   * The delivery is held with the endpoint; it can be drained when the endpoint is enabled again. With `awaitsGrant` that is when
   * somebody connects it.
   */
  | { kind: 'disable-endpoint'; reason: string; awaitsGrant?: true };

export interface Situation {
  outcome: Outcome;
  /** How many tries that burn an attempt have ended, this one included; 1 after the first. */
  attempt: number;
  schedule: RetrySchedule;
  /** How many tries of this delivery were refused, this one included. */
  refusals: number;
  firstAttemptAt: Instant;
  now: Instant;
  /** In [0, 1), for the jitter. */
  random: number;
  /** True when the endpoint can refresh its OAuth token and this delivery has not made it do so yet. */
  mayReauthorise?: boolean;
}

/** Deploys happen: a 404 or a 400 gets two more tries over ten minutes. Waits after the first and the second refusal. */
const WAITS_AFTER_REFUSAL_MS: readonly number[] = [2 * MINUTE, 8 * MINUTE];

const PARTS_OF_TIME_REFUSED = 2;
const LONGEST_GROWN_WAIT_MS = 5 * MINUTE;

const STEP_AFTER: Readonly<Record<OutcomeClass, (situation: Situation) => NextStep>> = {
  delivered: done,
  duplicate: done,
  throttled: waitAsTold,
  unreachable: retryBySchedule,
  unauthorised: reauthoriseOrRetry,
  gone: ({ outcome }) => ({ kind: 'disable-endpoint', reason: outcome.note }),
  refused: retryAfterRefusal,
};

/**
 * Decides what follows a try at a delivery (design: delivery, "Outcomes").
 *
 * @returns one step; total for every outcome class, never throws
 */
export function nextStep(situation: Situation): NextStep {
  return STEP_AFTER[situation.outcome.class](situation);
}

function done({ outcome }: Situation): NextStep {
  return { kind: 'done', note: outcome.note };
}

/**
 * Who asks for a second each time is asked less and less often, as throttled tries burn no attempt and nothing else would end
 * it: for a part of the time that it has gone on. A limit by the second is not met twice by one delivery, and costs no more.
 */
function waitAsTold({ outcome, firstAttemptAt, now }: Situation): NextStep {
  const grownMs = Math.min((now - firstAttemptAt) / PARTS_OF_TIME_REFUSED, LONGEST_GROWN_WAIT_MS);
  return {
    kind: 'wait-endpoint',
    until: instant(now + Math.max(outcome.waitMs ?? MINUTE, Math.floor(grownMs))),
  };
}

function retryBySchedule(situation: Situation): NextStep {
  const { attempt, schedule, outcome } = situation;
  const waitMs = schedule[attempt];
  if (waitMs !== undefined) return retryIn(waitMs, situation);
  return { kind: 'dead', reason: `Gave up after ${tries(attempt)}${over(situation)}. ${outcome.note}` };
}

function reauthoriseOrRetry(situation: Situation): NextStep {
  const { awaitsGrant, note } = situation.outcome;
  if (awaitsGrant === true) return { kind: 'disable-endpoint', reason: note, awaitsGrant };
  if (situation.mayReauthorise === true) return { kind: 'retry', at: situation.now, burnsAttempt: false };
  return retryAfterRefusal(situation);
}

function retryAfterRefusal(situation: Situation): NextStep {
  const { refusals, outcome } = situation;
  if (outcome.final === true) return { kind: 'dead', reason: outcome.note };
  const waitMs = WAITS_AFTER_REFUSAL_MS[refusals - 1];
  if (waitMs !== undefined) return retryIn(waitMs, situation);
  return { kind: 'dead', reason: `Refused in ${tries(refusals)}${over(situation)}. ${outcome.note}` };
}

function retryIn(waitMs: number, { now, random }: Situation): NextStep {
  return { kind: 'retry', at: instant(now + jittered(waitMs, random)), burnsAttempt: true };
}

function tries(count: number): string {
  return count === 1 ? '1 try' : `${count} tries`;
}

/** ` over 3 days`; nothing where the tries took less than a minute. */
function over({ firstAttemptAt, now }: Situation): string {
  const spanMs = now - firstAttemptAt;
  const unit = SPANS.find(({ ms }) => spanMs >= ms);
  if (unit === undefined) return '';
  const count = Math.round(spanMs / unit.ms);
  return ` over ${count} ${unit.name}${count === 1 ? '' : 's'}`;
}

const SPANS = [
  { ms: DAY, name: 'day' },
  { ms: HOUR, name: 'hour' },
  { ms: MINUTE, name: 'minute' },
] as const;
