import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisOf, type Span } from './axis-of';

const DAY = 86_400_000;
const spans = fc.array(
  fc.record({
    start: fc.integer({ min: 0, max: 30 * DAY }),
    ms: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: DAY })),
  }),
  { minLength: 1, maxLength: 40 },
);
const read = (found: { start: number; ms: number }[]): Span[] =>
  found.map(({ start, ms }) => ({ start, end: start + ms }));

describe('axisOf', () => {
  it('shows a call of 90 s and a retry 3 days later, each wide enough to be read', () => {
    const axis = axisOf([
      { start: 0, end: 90_000 },
      { start: 3 * DAY, end: 3 * DAY + 30_000 },
    ]);
    expect(axis.at(90_000) - axis.at(0)).toBeGreaterThan(0.6);
    expect(axis.at(3 * DAY + 30_000) - axis.at(3 * DAY)).toBeGreaterThan(0.15);
    expect(axis.pieces.filter(({ squeezed }) => squeezed)).toMatchObject([{ from: 90_000, to: 3 * DAY }]);
  });

  it('squeezes nothing on the true scale', () => {
    fc.assert(
      fc.property(spans, (found) => {
        expect(axisOf(read(found), true).pieces.some(({ squeezed }) => squeezed)).toBe(false);
      }),
    );
  });

  it('keeps what is earlier on the left, and everything inside', () => {
    fc.assert(
      fc.property(spans, fc.boolean(), (found, trueScale) => {
        const all = read(found);
        const axis = axisOf(all, trueScale);
        const places = all
          .flatMap(({ start, end }) => [start, end])
          .sort((a, b) => a - b)
          .map(axis.at);
        for (const [index, place] of places.entries()) {
          expect(place).toBeGreaterThanOrEqual(0.02 - 1e-9);
          expect(place).toBeLessThanOrEqual(0.98 + 1e-9);
          expect(place).toBeGreaterThanOrEqual((places[index - 1] ?? 0) - 1e-9);
        }
      }),
    );
  });

  it('gives all time that is not squeezed the same scale, and silence at most 5 %', () => {
    fc.assert(
      fc.property(spans, (found) => {
        const { pieces } = axisOf(read(found));
        const scales = pieces
          .filter(({ squeezed, from, to }) => !squeezed && to > from)
          .map(({ from, to, left, right }) => (right - left) / (to - from));
        for (const scale of scales) expect(scale / (scales[0] ?? scale)).toBeCloseTo(1, 6);
        for (const { squeezed, left, right } of pieces)
          if (squeezed) expect(right - left).toBeLessThanOrEqual(0.05 + 1e-9);
      }),
    );
  });

  it('does not squeeze a silence that is no longer than twice all else', () => {
    fc.assert(
      fc.property(spans, (found) => {
        const { pieces } = axisOf(read(found));
        const kept = pieces
          .filter(({ squeezed }) => !squeezed)
          .reduce((sum, { from, to }) => sum + to - from, 0);
        for (const { squeezed, from, to } of pieces)
          if (squeezed) expect(to - from).toBeGreaterThan(2 * kept);
      }),
    );
  });

  it('does not depend on the order of what it is given', () => {
    fc.assert(
      fc.property(spans, (found) => {
        const all = read(found);
        expect(axisOf([...all].reverse()).pieces).toEqual(axisOf(all).pieces);
      }),
    );
  });
});
