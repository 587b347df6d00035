import fc from 'fast-check';
import { DEFAULT_SCHEDULE, jittered, MAX_DELAY_MS, MAX_TRIES, validateSchedule } from './schedule.js';

describe('the retry schedule', () => {
  it('is twelve tries over about three days unless the endpoint says otherwise', () => {
    const days = DEFAULT_SCHEDULE.reduce((sum, delay) => sum + delay, 0) / 86_400_000;
    expect(DEFAULT_SCHEDULE).toHaveLength(12);
    expect(DEFAULT_SCHEDULE[0]).toBe(0);
    expect(days).toBeGreaterThan(3);
    expect(days).toBeLessThan(3.3);
    expect(validateSchedule(DEFAULT_SCHEDULE)).toEqual({ ok: true, schedule: DEFAULT_SCHEDULE });
  });

  it.each([
    ['text', '5s'],
    ['nothing', null],
    ['an empty list', []],
    ['a list that is too long', Array.from({ length: MAX_TRIES + 1 }, () => 0)],
    ['a negative wait', [0, -1]],
    ['a fraction of a millisecond', [0.5]],
    ['a wait that never ends', [0, Infinity]],
    ['a wait that is too long', [MAX_DELAY_MS + 1]],
    ['a number as text', ['5']],
  ])('refuses %s and says why', (_what, value) => {
    const reading = validateSchedule(value);
    expect(reading.ok || reading.problem).toMatch(/\.$/);
  });

  it('takes every list of whole waits within bounds', () => {
    const wait = fc.integer({ min: 0, max: MAX_DELAY_MS });
    fc.assert(
      fc.property(fc.array(wait, { minLength: 1, maxLength: MAX_TRIES }), (waits) => {
        expect(validateSchedule(waits)).toEqual({ ok: true, schedule: waits });
      }),
    );
  });
});

describe('jittered', () => {
  it('stays within a fifth either way, and leaves "at once" alone', () => {
    fc.assert(
      fc.property(
        fc.nat(MAX_DELAY_MS),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (delay, random) => {
          const spread = jittered(delay, random);
          expect(Number.isInteger(spread)).toBe(true);
          expect(spread).toBeGreaterThanOrEqual(Math.floor(delay * 0.8));
          expect(spread).toBeLessThanOrEqual(Math.ceil(delay * 1.2));
        },
      ),
    );
    expect(jittered(0, 0.99)).toBe(0);
  });
});
