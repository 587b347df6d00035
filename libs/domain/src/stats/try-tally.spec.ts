import fc from 'fast-check';
import { OUTCOME_CLASSES } from '../delivery/outcome.js';
import { summariseTries } from './try-summary.js';
import { addTally, countTry, noTries, type CountedTry, type TryTally } from './try-tally.js';

const tries = fc.array(
  fc.record({
    outcome: fc.constantFrom(...OUTCOME_CLASSES),
    status: fc.option(fc.integer({ min: 100, max: 599 })),
    durationMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
  }),
);

function tallyOf(all: readonly CountedTry[]): TryTally {
  const tally = noTries();
  for (const one of all) countTry(tally, one);
  return tally;
}

describe('the tally of tries', () => {
  it('is the same whether tries are counted together or apart and added', () => {
    fc.assert(
      fc.property(tries, tries, (some, others) => {
        const sum = tallyOf(some);
        addTally(sum, tallyOf(others));
        expect(sum).toEqual(tallyOf([...some, ...others]));
      }),
    );
  });

  it('forgets no try: the parts of a summary add up', () => {
    fc.assert(
      fc.property(tries, (all) => {
        const { tries: count, delivered, failed, byOutcome, byStatus } = summariseTries(tallyOf(all));
        const sum = (parts: Record<string, number>) => Object.values(parts).reduce((a, b) => a + b, 0);
        expect([count, sum(byOutcome), sum(byStatus)]).toEqual([all.length, all.length, all.length]);
        expect(delivered + failed + byOutcome.throttled).toBe(count);
      }),
    );
  });

  it('tells what was answered apart from what was not', () => {
    const tally = tallyOf([
      { outcome: 'delivered', status: 200, durationMs: 100 },
      { outcome: 'unreachable', status: 503, durationMs: 200 },
      { outcome: 'unreachable', status: null, durationMs: 15_000 },
    ]);
    const { answered, all, byStatus, successRate } = summariseTries(tally);
    expect(answered.maxMs).toBe(200);
    expect(answered.p95Ms).toBeCloseTo(200, -2);
    expect(all.maxMs).toBe(15_000);
    expect(all.p50Ms).toBeCloseTo(200, -2);
    expect(byStatus).toMatchObject({ '2xx': 1, '5xx': 1, none: 1, '4xx': 0 });
    expect(successRate).toBeCloseTo(1 / 3);
  });

  it('counts a duplicate as delivered, and a throttled try as neither', () => {
    const one = (outcome: CountedTry['outcome']) =>
      summariseTries(tallyOf([{ outcome, status: 409, durationMs: 1 }]));
    expect(one('duplicate')).toMatchObject({ tries: 1, delivered: 1, failed: 0, successRate: 1 });
    expect(one('throttled')).toMatchObject({ tries: 1, delivered: 0, failed: 0, successRate: null });
    expect(one('gone')).toMatchObject({ tries: 1, delivered: 0, failed: 1, successRate: 0 });
  });

  it('of nothing claims nothing', () => {
    expect(summariseTries(noTries())).toMatchObject({
      tries: 0,
      successRate: null,
      answered: { p50Ms: null, p95Ms: null, maxMs: null },
      all: { p50Ms: null, p95Ms: null, maxMs: null },
    });
  });
});
