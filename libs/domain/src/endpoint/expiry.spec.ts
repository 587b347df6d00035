import fc from 'fast-check';
import { instant } from '../ids.js';
import { expiryToldFrom, expiryWords } from './expiry.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const END = Date.UTC(2026, 10, 28);
const aheadMs = (lifeMs: number) =>
  END - expiryToldFrom({ since: instant(END - lifeMs), expiresAt: instant(END) });

describe('what expires', () => {
  it.each([
    [365 * DAY, 7 * DAY],
    [14 * DAY, 7 * DAY],
    [7 * DAY, 3.5 * DAY],
    [DAY, 12 * HOUR],
    [0, 0],
  ])('after %i ms is told %i ms ahead', (lifeMs, ahead) => {
    expect(aheadMs(lifeMs)).toBe(ahead);
  });

  it('is told while it still works, at most a week ahead, and not before it began to end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * DAY }), (lifeMs) => {
        expect(aheadMs(lifeMs)).toBeGreaterThanOrEqual(0);
        expect(aheadMs(lifeMs)).toBeLessThanOrEqual(Math.min(7 * DAY, lifeMs));
      }),
    );
  });

  it('says until when', () => {
    expect(expiryWords('api_key.expiring', instant(END))).toContain('2026-11-28T00:00:00.000Z');
  });
});
