import fc from 'fast-check';
import { instant } from '../ids.js';
import { OUTCOME_CLASSES, type OutcomeClass } from './outcome.js';
import { WELL, readStanding, standingAfter, type Standing, type StandingAfter } from './standing.js';

const HOUR = 3_600_000;
const GIVE_UP = 120;

/** Tries one hour apart. */
function run(
  outcomes: readonly OutcomeClass[],
  { from = WELL, giveUpAfterHours = GIVE_UP }: { from?: Standing; giveUpAfterHours?: number | null } = {},
): StandingAfter[] {
  let standing = from;
  return outcomes.map((outcome, hour) => {
    const after = standingAfter(standing, outcome, { now: instant(hour * HOUR), giveUpAfterHours });
    standing = after.standing;
    return after;
  });
}

const news = (outcomes: readonly OutcomeClass[]) => run(outcomes).map((after) => after.news);

describe('an endpoint’s standing', () => {
  it('is failing after four failures in a row, and that is told once', () => {
    expect(news(['unreachable', 'refused', 'unauthorised', 'unreachable', 'unreachable'])).toEqual([
      null,
      null,
      null,
      'endpoint.failing',
      null,
    ]);
  });

  it('is well again with one success, and that is told when the failing was', () => {
    const failing = Array.from({ length: 4 }, () => 'unreachable' as const);
    expect(news([...failing, 'delivered', 'delivered'])).toEqual([
      null,
      null,
      null,
      'endpoint.failing',
      'endpoint.recovered',
      null,
    ]);
    expect(news(['unreachable', 'unreachable', 'duplicate'])).toEqual([null, null, null]);
  });

  it('counts no throttling, neither for nor against it', () => {
    expect(run(['unreachable', 'unreachable', 'throttled']).at(-1)?.standing.failuresInARow).toBe(2);
    expect(run(['throttled']).at(-1)?.standing).toEqual(WELL);
  });

  it('is given up after five days without one success, not before', () => {
    const tries = run(Array.from({ length: GIVE_UP + 1 }, () => 'unreachable' as const));
    expect(tries.slice(0, GIVE_UP).every(({ giveUp }) => giveUp === null)).toBe(true);
    expect(tries[GIVE_UP]?.giveUp).toBe('Not one delivery got through for 5 days.');
  });

  it('is not given up where that is switched off, nor after one failure that follows a long silence', () => {
    const many = Array.from({ length: 500 }, () => 'unreachable' as const);
    expect(run(many, { giveUpAfterHours: null }).every(({ giveUp }) => giveUp === null)).toBe(true);
    const from = { failuresInARow: 1, failingSince: instant(-1000 * HOUR), told: false };
    expect(run(['unreachable'], { from })[0]?.giveUp).toBeNull();
  });

  it('tells failing and recovered in turns, beginning with failing, and survives being stored', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...OUTCOME_CLASSES)), (outcomes) => {
        const tries = run(outcomes);
        const told = tries.flatMap((after) => after.news ?? []);
        told.forEach((one, at) => {
          expect(one).toBe(at % 2 === 0 ? 'endpoint.failing' : 'endpoint.recovered');
        });
        for (const { standing } of tries) {
          expect(readStanding(JSON.parse(JSON.stringify(standing)))).toEqual(standing);
        }
      }),
    );
  });

  it('that is stored as something else is read as well', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(readStanding(json).failuresInARow).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
