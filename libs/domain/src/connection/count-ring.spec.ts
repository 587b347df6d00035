import fc from 'fast-check';
import { instant } from '../ids.js';
import { EMPTY_RING, countWithin, countedAt, type CountRing } from './count-ring.js';

const MINUTE = 60_000;
const SHAPE = { spanMs: MINUTE, spans: 61 };
const counted = (...times: number[]) =>
  times.reduce<CountRing>((ring, at) => countedAt(ring, instant(at), SHAPE), EMPTY_RING);
const within = (ring: CountRing, now: number, spans: number) =>
  countWithin(ring, instant(now), { spanMs: MINUTE, spans });

describe('a ring of counts', () => {
  it('knows how many came lately, the oldest span in proportion', () => {
    const ring = counted(0, 1, 2, 3, MINUTE);
    expect(within(ring, MINUTE + 1, 1)).toBe(5);
    expect(within(ring, 1.5 * MINUTE, 1)).toBe(3);
    expect(within(ring, 2 * MINUTE, 1)).toBe(1);
    expect(within(ring, 30 * MINUTE, 60)).toBe(5);
    expect(within(ring, 90 * MINUTE, 60)).toBe(0);
  });

  it('counts what comes late where it belongs, and forgets what is too old', () => {
    const ring = counted(100 * MINUTE, 99 * MINUTE, 10 * MINUTE);
    expect(ring).toEqual({ newest: 100, counts: [1, 1] });
  });

  it('starts anew after a long silence', () => {
    expect(within(counted(0, 1_000_000 * MINUTE), 1_000_000 * MINUTE, 60)).toBe(1);
  });

  it('is never larger than its shape, and loses nothing that is young enough', () => {
    const times = fc.array(fc.integer({ min: 0, max: 200 * MINUTE }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(times, (all) => {
        const sorted = [...all].sort((a, b) => a - b);
        const latest = sorted.at(-1) ?? 0;
        const ring = counted(...sorted);
        expect(ring.counts.length).toBeLessThanOrEqual(SHAPE.spans);
        const edge = Math.floor(latest / MINUTE) - 60;
        const young = all.filter((at) => Math.floor(at / MINUTE) >= edge);
        expect(ring.counts.reduce((sum, count) => sum + count, 0)).toBe(young.length);
      }),
    );
  });
});
