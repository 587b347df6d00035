import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { waitAfter } from './wait-after.js';

const chances = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the rest after a failure', () => {
  it('is twice as long each time, ten minutes at the most, and begins with a minute after a refusal', () => {
    const waits = (isRefused: boolean) =>
      [1, 2, 3, 30].map((failures) => waitAfter(failures, { isRefused, chance: 0 }));
    expect(waits(false)).toEqual([500, 1_000, 2_000, 300_000]);
    expect(waits(true)).toEqual([30_000, 60_000, 120_000, 300_000]);
  });

  it('is somewhere in the upper half of that', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.boolean(), chances, (failures, isRefused, chance) => {
        const [least, wait, most] = [0, chance, 1].map((one) =>
          waitAfter(failures, { isRefused, chance: one }),
        );
        expect(wait).toBeGreaterThanOrEqual(least ?? NaN);
        expect(wait).toBeLessThanOrEqual(most ?? NaN);
        expect(most).toBe(2 * (least ?? NaN));
      }),
    );
  });
});
