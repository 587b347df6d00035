import fc from 'fast-check';
import { instant } from '../ids.js';
import { isoText } from './iso-text.js';

const LAST_MS = 8.64e15;

describe('a time as text', () => {
  it('is what the language writes, of any time', () => {
    fc.assert(
      fc.property(fc.integer({ min: -LAST_MS, max: LAST_MS }), (ms) => {
        expect(isoText(instant(ms))).toBe(new Date(ms).toISOString());
      }),
    );
  });

  it.each([
    0, -1, 86_399_999, 86_400_000, 1_709_164_799_999, 1_709_251_200_000, 253_402_300_799_999,
    253_402_300_800_000, 1.5,
  ])('is what the language writes of %d', (ms) => {
    expect(isoText(instant(ms))).toBe(new Date(ms).toISOString());
  });

  it('is none of what is no time', () => {
    expect(() => isoText(instant(Number.NaN))).toThrow(RangeError);
  });
});
