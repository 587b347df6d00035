import fc from 'fast-check';
import { instant } from '../ids.js';
import { retryAfterMs } from './retry-after.js';

const NOW = instant(Date.UTC(2026, 10, 21, 12, 0, 0));

describe('retryAfterMs', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    [' 7 ', 7_000],
    ['1.5', 1_500],
    ['Sat, 21 Nov 2026 12:00:30 GMT', 30_000],
    ['Saturday, 21-Nov-26 12:00:30 GMT', 30_000],
    ['Sat Nov 21 12:00:30 2026', 30_000],
    ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
  ])('reads %p', (header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected);
  });

  it.each([undefined, '', 'soon', '-5', '2026-11-21', '5 bananas', 'Sat, yesterday GMT'])(
    'makes nothing of %p',
    (header) => {
      expect(retryAfterMs(header, NOW)).toBeNull();
    },
  );

  it('never throws and never says a negative wait', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const waitMs = retryAfterMs(header, NOW);
        expect(waitMs === null || waitMs >= 0).toBe(true);
      }),
    );
  });
});
