import fc from 'fast-check';
import { SourcePace } from './source-pace.js';

const RATE = { perSecond: 2, burst: 3 };

describe('the pace at which a CRM is asked', () => {
  it('lets a burst go at once, the next wait for their turns, and no more than may wait', () => {
    const pace = new SourcePace();
    const turns = Array.from({ length: 7 }, () => pace.turnOf('a', RATE, 0, 1_000));
    expect(turns).toEqual([0, 0, 0, 500, 1_000, null, null]);
    expect(pace.turnOf('b', RATE, 0, 1_000)).toBe(0);
    expect(pace.turnOf('a', RATE, 500, 1_000)).toBe(1_000);
  });

  it('is never faster than the ration, whenever phones ring', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 3_000 }), (waits, mostMs) => {
        const pace = new SourcePace();
        let now = 0;
        const asked: number[] = [];
        for (const gap of waits) {
          now += gap;
          const turn = pace.turnOf('a', RATE, now, mostMs);
          if (turn !== null) asked.push(now + turn);
        }
        asked.forEach((at, index) => {
          const within = asked.slice(index).filter((other) => other < at + 10_000);
          expect(within.length).toBeLessThanOrEqual(RATE.burst + 10 * RATE.perSecond);
        });
      }),
    );
  });
});
