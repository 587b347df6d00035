/** A retry policy as it is written. */
import { flag, fraction, listOf, members, or, whole, type Shape } from '../document/shape.js';
import { DEFAULT_RETRY, TRY_RESULTS, type RetryPolicy, type RetryRule } from './retry-policy.js';

const LONGEST_DELAY_MINUTES = 30 * 24 * 60;
const MOST_TRIES = 100;

const rule = members<RetryRule>({
  delays: listOf(whole({ min: 0, max: LONGEST_DELAY_MINUTES }), { min: 1, max: 30 }),
  max: whole({ min: 1, max: MOST_TRIES }),
  otherDayPart: or(flag, false),
});

/** Undefined leaves the result out of the table: it is then final. */
const results = members<RetryPolicy['results']>(
  Object.fromEntries(TRY_RESULTS.map((result) => [result, or(rule, undefined)])) as unknown as {
    [Name in keyof RetryPolicy['results']]-?: Shape<RetryPolicy['results'][Name]>;
  },
);

export const retryPolicy: Shape<RetryPolicy> = members<RetryPolicy>({
  results: or(results, DEFAULT_RETRY.results),
  jitter: or(fraction({ min: 0, max: 0.5 }), DEFAULT_RETRY.jitter),
});
