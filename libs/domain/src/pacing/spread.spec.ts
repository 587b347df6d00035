import fc from 'fast-check';
import { meanMs, survivalOf, weightOf, withSighting, type Spread } from './spread.js';

const seen = (times: readonly number[]): Spread => times.reduce<Spread>(withSighting, []);

it('survival is 1 at first, never rises and is never 0, whatever was seen', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e8 })), fc.array(fc.nat(10_000_000)), (times, asked) => {
      const survival = survivalOf(seen(times), 20_000);
      expect(survival(0)).toBe(1);
      const found = asked.toSorted((a, b) => a - b).map(survival);
      found.forEach((share, at) => {
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThanOrEqual((found[at - 1] ?? 1) + 1e-12);
      });
    }),
  );
});

it('half of what was seen takes longer than its median', () => {
  const survival = survivalOf(seen(Array.from({ length: 300 }, (_, at) => 1_000 * (at + 1))), 100_000);
  expect(survival(150_000)).toBeCloseTo(0.5, 1);
  expect(survival(30_000)).toBeCloseTo(0.9, 1);
});

it('follows a change after some hundred sightings', () => {
  const before = Array.from({ length: 2_000 }, () => 10_000);
  const after = Array.from({ length: 1_600 }, () => 60_000);
  expect(meanMs(seen([...before, ...after]), 10_000)).toBeGreaterThan(50_000);
  expect(weightOf(seen([...before, ...after]))).toBeLessThan(800);
});
