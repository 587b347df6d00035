/**
 * Response times counted in buckets of growing width, so that a percentile of any number of tries comes of a handful of
 * counters, and counters of several spans of time can simply be added. Each bucket is a fifth wider than the one before it
 * (the idea is DDSketch's, Masson, Rim and Lee, 2019): a percentile is off by less than a tenth, whatever the times are.
 */

/** Number of a bucket: 0 takes all up to a millisecond, and each one after it up to `GROWTH` times as much. */
export type LatencyBucket = number;

/** How many tries there were in each bucket; what is missing is none. */
export type LatencyCounts = ReadonlyMap<LatencyBucket, number>;

const GROWTH = 1.2;
/** Between the bounds of a bucket, at the same relative distance from both. */
const MIDDLE = 2 / (1 + GROWTH);
const SHOWN_DIGITS = 3;

/** @param ms  0 or more */
export function latencyBucket(ms: number): LatencyBucket {
  return ms <= 1 ? 0 : Math.ceil(Math.log(ms) / Math.log(GROWTH));
}

/**
 * The time that a share of the tries did not take longer than: of 20 tries the 19th, for a share of 0.95.
 *
 * @param share  above 0, at most 1
 * @param longestMs  the longest of them, which is known exactly
 * @returns milliseconds, less than a tenth off and, below one, less than one off; null when there were no tries
 */
export function percentileMs(counts: LatencyCounts, share: number, longestMs: number): number | null {
  const buckets = [...counts].sort(([a], [b]) => a - b);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  const rank = Math.max(1, Math.ceil(share * total));
  let passed = 0;
  for (const [bucket, count] of buckets) {
    passed += count;
    if (passed >= rank) return Math.min(shownMs(GROWTH ** bucket * MIDDLE), longestMs);
  }
  return null;
}

/** More digits would claim what nobody knows. */
function shownMs(ms: number): number {
  return Number(ms.toPrecision(SHOWN_DIGITS));
}
