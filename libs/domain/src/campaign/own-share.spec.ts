import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instant } from '../ids.js';
import { ownShare } from './own-share.js';

const now = instant(1_700_000_000_000);
const account = { perSecond: 10, atOnce: 100, underWay: 0, bucket: { tokens: 10, at: now } };
const share = (wanted: number, others: number[], chance = 0) =>
  ownShare(account, wanted, others, { now, chance });

describe('ownShare', () => {
  it('is all that is wanted where nobody else calls: the account itself holds it back', () => {
    expect(share(500, [])).toBe(500);
    expect(share(500, [0, 0])).toBe(500);
  });

  it('is the same for all who want more than there is, however much more', () => {
    expect(share(1_000, [1_000])).toBe(5);
    expect(share(5, [1_000])).toBe(5);
    expect(share(1_000, [5])).toBe(5);
  });

  it('has what the others do not want', () => {
    expect(share(1_000, [2])).toBe(8);
    expect(share(2, [1_000])).toBe(2);
  });

  it('is a part of a call now and then, where there are more campaigns than calls', () => {
    const others = Array.from({ length: 19 }, () => 10);
    expect(share(10, others, 0.49)).toBe(0);
    expect(share(10, others, 0.5)).toBe(1);
  });

  it('never adds up to more than the account allows', () => {
    const wants = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(wants, (all) => {
        const shares = all.map((wanted, at) => share(wanted, all.toSpliced(at, 1)));
        expect(shares.every((one, at) => one <= (all[at] ?? 0))).toBe(true);
        if (all.filter((one) => one > 0).length > 1) {
          expect(shares.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(10);
        }
      }),
    );
  });
});
