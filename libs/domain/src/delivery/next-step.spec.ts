import fc from 'fast-check';
import { instant } from '../ids.js';
import { nextStep, type Situation } from './next-step.js';
import { OUTCOME_CLASSES, type OutcomeClass } from './outcome.js';
import { DEFAULT_SCHEDULE } from './schedule.js';

const NOW = instant(1_800_000_000_000);
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The middle of the jitter: waits come out exact. */
const NO_JITTER = 0.5;

function after(outcomeClass: OutcomeClass, situation: Partial<Situation> = {}): Situation {
  return {
    outcome: { class: outcomeClass, note: 'What they said.' },
    attempt: 1,
    schedule: DEFAULT_SCHEDULE,
    refusals: outcomeClass === 'refused' || outcomeClass === 'unauthorised' ? 1 : 0,
    firstAttemptAt: NOW,
    now: NOW,
    random: NO_JITTER,
    ...situation,
  };
}

describe('nextStep', () => {
  it.each(['delivered', 'duplicate'] as const)('a delivery that was %s is done', (outcomeClass) => {
    expect(nextStep(after(outcomeClass))).toEqual({ kind: 'done', note: 'What they said.' });
  });

  it('an endpoint that cannot be reached is tried again by its schedule', () => {
    expect(nextStep(after('unreachable'))).toEqual({ kind: 'retry', at: NOW + 5_000, burnsAttempt: true });
    expect(nextStep(after('unreachable', { attempt: 4 }))).toMatchObject({ at: NOW + 10 * MINUTE_MS });
    expect(nextStep(after('unreachable', { attempt: 11 }))).toMatchObject({ at: NOW + DAY_MS });
  });

  it.each([1_000, 2_000, 30_000])(
    'who asks for %d ms each time is asked less and less often, and never stopped',
    (waitMs) => {
      const outcome = { class: 'throttled' as const, note: 'Wait.', waitMs };
      let now = NOW;
      const waits: number[] = [];
      while (now < NOW + DAY_MS) {
        const step = nextStep(after('throttled', { outcome, firstAttemptAt: NOW, now }));
        if (step.kind !== 'wait-endpoint') throw new Error(step.kind);
        waits.push(step.until - now);
        now = step.until;
      }
      expect(waits[0]).toBe(waitMs);
      expect(waits).toEqual([...waits].sort((one, other) => one - other));
      expect(waits.at(-1)).toBe(5 * MINUTE_MS);
      expect(waits.length).toBeLessThan(320);
      const tries = waits.map((_, at) => waits.slice(0, at).reduce((sum, wait) => sum + wait, 0));
      expect(tries.filter((at) => at < 100_000).length).toBeLessThan(15);
    },
  );

  it('the schedule of the endpoint wins over the default', () => {
    expect(nextStep(after('unreachable', { schedule: [0, 123] }))).toMatchObject({
      kind: 'retry',
      at: NOW + 123,
    });
  });

  it('after the last try the delivery is dead, and the reason says how long we tried', () => {
    const firstAttemptAt = instant(NOW - 3 * DAY_MS - 3_600_000);
    expect(nextStep(after('unreachable', { attempt: 12, firstAttemptAt }))).toEqual({
      kind: 'dead',
      reason: 'Gave up after 12 tries over 3 days. What they said.',
    });
  });

  it('retries are spread so that deliveries that failed together do not come back together', () => {
    expect(nextStep(after('unreachable', { random: 0 }))).toMatchObject({ at: NOW + 4_000 });
    expect(nextStep(after('unreachable', { random: 0.999_999 }))).toMatchObject({ at: NOW + 6_000 });
  });

  it('a CRM that asks us to wait longer is obeyed, and the endpoint waits without burning an attempt', () => {
    const outcome = { class: 'throttled' as const, note: 'Wait.', waitMs: 3_600_000 };
    expect(nextStep(after('throttled', { outcome, attempt: 12 }))).toEqual({
      kind: 'wait-endpoint',
      until: NOW + 3_600_000,
    });
  });

  it('a refused delivery gets two more tries over ten minutes, then it is dead', () => {
    expect(nextStep(after('refused'))).toEqual({
      kind: 'retry',
      at: NOW + 2 * MINUTE_MS,
      burnsAttempt: true,
    });
    expect(nextStep(after('refused', { refusals: 2 }))).toMatchObject({
      kind: 'retry',
      at: NOW + 8 * MINUTE_MS,
    });
    const firstAttemptAt = instant(NOW - 10 * MINUTE_MS);
    expect(nextStep(after('refused', { refusals: 3, firstAttemptAt }))).toEqual({
      kind: 'dead',
      reason: 'Refused in 3 tries over 10 minutes. What they said.',
    });
  });

  it('what is refused for good is dead at once', () => {
    const outcome = { class: 'refused' as const, note: 'It has no such call.', final: true };
    expect(nextStep(after('refused', { outcome }))).toEqual({ kind: 'dead', reason: 'It has no such call.' });
  });

  it('wrong credentials without OAuth are a refusal', () => {
    expect(nextStep(after('unauthorised'))).toEqual(nextStep(after('refused')));
    expect(nextStep(after('unauthorised', { refusals: 3 }))).toMatchObject({ kind: 'dead' });
  });

  it('wrong credentials with OAuth get one fresh token and another try at once', () => {
    expect(nextStep(after('unauthorised', { mayReauthorise: true }))).toEqual({
      kind: 'retry',
      at: NOW,
      burnsAttempt: false,
    });
  });

  it('an endpoint that is gone is disabled', () => {
    expect(nextStep(after('gone'))).toEqual({ kind: 'disable-endpoint', reason: 'What they said.' });
  });

  it('every delivery comes to an end: a retry that burns an attempt happens less often than the budgets allow', () => {
    const outcomes = fc.infiniteStream(
      fc.constantFrom<OutcomeClass>('unreachable', 'refused', 'unauthorised'),
    );
    fc.assert(
      fc.property(outcomes, fc.double({ min: 0, max: 0.99, noNaN: true }), (stream, random) => {
        let attempt = 0;
        let refusals = 0;
        for (const outcomeClass of stream) {
          attempt += 1;
          if (outcomeClass !== 'unreachable') refusals += 1;
          const step = nextStep(after(outcomeClass, { attempt, refusals, random }));
          if (step.kind === 'dead') break;
          expect(step.kind).toBe('retry');
          expect(attempt).toBeLessThanOrEqual(DEFAULT_SCHEDULE.length + 2);
        }
      }),
    );
  });

  it('never sends anything into the past', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...OUTCOME_CLASSES),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 5 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (outcomeClass, attempt, refusals, random) => {
          const step = nextStep(after(outcomeClass, { attempt, refusals, random }));
          if (step.kind === 'retry') expect(step.at).toBeGreaterThanOrEqual(NOW);
          if (step.kind === 'wait-endpoint') expect(step.until).toBeGreaterThan(NOW);
        },
      ),
    );
  });
});
