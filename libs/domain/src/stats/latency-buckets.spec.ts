import fc from 'fast-check';
import { latencyBucket, percentileMs } from './latency-buckets.js';

const DAY_MS = 86_400_000;
/** As likely short as long: evenly spread over the orders of magnitude. */
const times = fc.double({ min: -2, max: Math.log10(DAY_MS), noNaN: true }).map((power) => 10 ** power);
const shares = fc.constantFrom(0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1);

function counted(all: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const ms of all) counts.set(latencyBucket(ms), (counts.get(latencyBucket(ms)) ?? 0) + 1);
  return counts;
}

/** By the definition: the smallest that so many of them are not above. */
function exact(all: readonly number[], share: number): number {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? NaN;
}

describe('percentiles of response times', () => {
  it('are less than a tenth off, or less than a millisecond where the time is shorter than one', () => {
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 300 }), shares, (all, share) => {
        const told = percentileMs(counted(all), share, Math.max(...all)) ?? NaN;
        const right = exact(all, share);
        expect(Math.abs(told - right)).toBeLessThanOrEqual(Math.max(0.1 * right, right < 1 ? 1 : 0));
      }),
    );
  });

  it('are in order, and none is above the longest', () => {
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 100 }), (all) => {
        const longest = Math.max(...all);
        const of = (share: number) => percentileMs(counted(all), share, longest) ?? NaN;
        expect(of(0.5)).toBeLessThanOrEqual(of(0.95));
        expect(of(1)).toBeLessThanOrEqual(longest);
      }),
    );
  });

  it('of counters that were added are those of all tries together', () => {
    fc.assert(
      fc.property(fc.array(times), fc.array(times, { minLength: 1 }), shares, (some, others, share) => {
        const longest = Math.max(...some, ...others);
        const sum = counted(some);
        for (const [bucket, count] of counted(others)) sum.set(bucket, (sum.get(bucket) ?? 0) + count);
        const all = counted([...others, ...some]);
        expect(percentileMs(sum, share, longest)).toBe(percentileMs(all, share, longest));
      }),
    );
  });

  it('of no tries are none', () => {
    expect(percentileMs(new Map(), 0.95, 0)).toBeNull();
  });

  it('need few counters, however different the times are', () => {
    fc.assert(fc.property(times, (ms) => expect(latencyBucket(ms)).toBeLessThanOrEqual(101)));
  });
});
