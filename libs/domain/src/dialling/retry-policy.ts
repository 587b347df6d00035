/** When a lead is tried again, as a table by what became of the last try. */
import type { CallResult } from '../call/call.js';

/**
 * What became of a try: a call's result; `no_answer` where it rang until it was given up, `refused` where the PBX said no,
 * `not_placed` where no trace of a call was found.
 */
export type TryResult = CallResult | 'no_answer' | 'refused' | 'not_placed';

export const TRY_RESULTS = [
  'answered',
  'missed',
  'abandoned',
  'voicemail',
  'busy',
  'failed',
  'cancelled',
  'ivr_only',
  'unknown',
  'no_answer',
  'refused',
  'not_placed',
] as const satisfies readonly TryResult[];

export interface RetryRule {
  /** Entry n is the wait after try n + 1, in minutes; the last one is for all later tries. */
  delays: readonly number[];
  /** Tries after which a lead with this result is given up. */
  max: number;
  /** Try in another part of the day than this one was in (morning, afternoon, evening), by the lead's clock. */
  otherDayPart: boolean;
}

/** A result without a rule is final. */
export interface RetryPolicy {
  results: Readonly<Partial<Record<TryResult, RetryRule>>>;
  /** Share of a wait by which it varies either way, 0 to 0.5, so that what failed together does not come back together. */
  jitter: number;
}
