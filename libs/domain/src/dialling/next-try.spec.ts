import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY, HOUR, MINUTE } from '../delivery/durations.js';
import { instant } from '../ids.js';
import { nextTry, type LastTry } from './next-try.js';
import { DEFAULT_RETRY, TRY_RESULTS, type RetryPolicy } from './retry-policy.js';

const at = (text: string) => instant(Date.parse(text));
/** Ten in the morning in New York. */
const MORNING = at('2026-05-13T14:00:00Z');
const steady: RetryPolicy = { ...DEFAULT_RETRY, jitter: 0 };
const last = (change: Partial<LastTry>): LastTry => ({
  result: 'busy',
  attempt: 1,
  now: MORNING,
  chance: 0.5,
  zones: ['America/New_York'],
  ...change,
});

describe('the next try of a lead', () => {
  it('comes after the wait that the table has for the result and the try', () => {
    const waits = [1, 2, 3, 4, 5].map((attempt) => {
      const next = nextTry(steady, last({ attempt }));
      return 'again' in next ? (next.again - MORNING) / MINUTE : next.over;
    });
    expect(waits).toEqual([10, 20, 60, 60, 60]);
    expect(nextTry(steady, last({ attempt: 6 }))).toEqual({ over: 'tries' });
  });

  it('is none after a conversation, nor after what the table does not name', () => {
    expect(nextTry(steady, last({ result: 'answered' }))).toEqual({ over: 'answered' });
    expect(nextTry(steady, last({ result: 'ivr_only' }))).toEqual({ over: 'final' });
  });

  it('is in another part of the day where nobody answered', () => {
    // Two hours later is noon, which is another part; from nine it is not.
    expect(nextTry(steady, last({ result: 'missed' }))).toEqual({ again: at('2026-05-13T16:00:00Z') });
    expect(nextTry(steady, last({ result: 'missed', now: at('2026-05-13T13:00:00Z') }))).toEqual({
      again: at('2026-05-13T16:00:00Z'),
    });
    // A day after an evening is an evening; the next morning begins at six.
    expect(nextTry(steady, last({ result: 'missed', attempt: 3, now: at('2026-05-13T22:00:00Z') }))).toEqual({
      again: at('2026-05-15T10:00:00Z'),
    });
  });

  it('varies by the share of jitter either way, and no further', () => {
    const tries = fc.record({
      result: fc.constantFrom(...TRY_RESULTS),
      attempt: fc.integer({ min: 1, max: 40 }),
      now: fc.integer({ min: Date.parse('2026-03-01'), max: Date.parse('2026-11-30') }).map(instant),
      chance: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      zones: fc.constantFrom<string[]>([], ['Europe/Berlin'], ['Australia/Lord_Howe']),
    });
    fc.assert(
      fc.property(tries, (drawn) => {
        const next = nextTry(DEFAULT_RETRY, drawn);
        const rule = DEFAULT_RETRY.results[drawn.result];
        if (!('again' in next) || rule === undefined) return;
        const wait = (rule.delays[drawn.attempt - 1] ?? rule.delays.at(-1) ?? 0) * MINUTE;
        expect(next.again - drawn.now).toBeGreaterThanOrEqual(wait * 0.8 - 1);
        // The longest part of a day is the evening, and it may last an hour longer when the clock goes back.
        const most = wait * 1.2 + 1 + (rule.otherDayPart ? 14 * HOUR : 0);
        expect(next.again - drawn.now).toBeLessThanOrEqual(most);
      }),
      { numRuns: 1000 },
    );
  });

  it('ends for every result, however long a lead is tried', () => {
    for (const result of TRY_RESULTS) {
      expect(
        nextTry(DEFAULT_RETRY, last({ result, attempt: 100, now: instant(MORNING + DAY) })),
      ).toHaveProperty('over');
    }
  });
});
