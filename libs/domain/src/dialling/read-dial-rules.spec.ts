import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_DIAL_RULES } from './dial-rules.js';
import { readDialRules } from './read-dial-rules.js';
import { readRetryPolicy } from './read-retry-policy.js';
import { DEFAULT_RETRY } from './retry-policy.js';

describe("a campaign's rules, as they are read", () => {
  it('have a default for everything that is left out', () => {
    expect(readDialRules({})).toEqual({ rules: DEFAULT_DIAL_RULES });
  });

  it('are themselves when they are read again', () => {
    expect(readDialRules(JSON.parse(JSON.stringify(DEFAULT_DIAL_RULES)))).toEqual({
      rules: DEFAULT_DIAL_RULES,
    });
  });

  it('leave a limit open where it is null, and a day closed that is not there', () => {
    expect(readDialRules({ maxAttempts: null, windows: { mon: [['09:00', '17:00']] } })).toMatchObject({
      rules: { maxAttempts: null, windows: { mon: [['09:00', '17:00']], tue: [] } },
    });
  });

  it('take numbers and beginnings of numbers that are never dialled', () => {
    const neverDial = ['+97250*', '+12125550123', '+7*'];
    expect(readDialRules({ neverDial })).toMatchObject({ rules: { neverDial } });
  });

  it('are told all that is wrong with them at once, and where', () => {
    const document = {
      packs: ['us-federal', 'atlantis'],
      zone: 'Mars/Base',
      windows: { mon: [['17:00', '09:00']] },
      holidays: ['2026-02-30'],
      neverDial: ['0501234567', '*'],
      maxPerPhone: [{ count: 0, hours: 24 }],
      abandonTarget: 0.5,
      colour: 'red',
    };
    const reading = readDialRules(document);
    const paths = 'problems' in reading ? reading.problems.map(({ path }) => path).sort() : [];
    expect(paths).toEqual([
      'abandonTarget',
      'colour',
      'holidays.0',
      'maxPerPhone.0.count',
      'neverDial.0',
      'neverDial.1',
      'packs.1',
      'windows.mon.0',
      'zone',
    ]);
  });

  it('never throw, whatever is written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (document) => {
        const reading = readDialRules(document);
        expect('rules' in reading || reading.problems.length > 0).toBe(true);
        const retries = readRetryPolicy(document);
        expect('policy' in retries || retries.problems.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a retry policy, as it is read', () => {
  it('is the usual one where nothing is said', () => {
    expect(readRetryPolicy({})).toEqual({ policy: DEFAULT_RETRY });
    expect(readRetryPolicy(JSON.parse(JSON.stringify(DEFAULT_RETRY)))).toEqual({ policy: DEFAULT_RETRY });
  });

  it('has only the results that it names', () => {
    expect(readRetryPolicy({ results: { busy: { delays: [5], max: 2 } }, jitter: 0 })).toEqual({
      policy: { results: { busy: { delays: [5], max: 2, otherDayPart: false } }, jitter: 0 },
    });
  });

  it('is refused with results that there are not, and without a wait', () => {
    expect(readRetryPolicy({ results: { bored: {}, busy: { delays: [], max: 2 } } })).toMatchObject({
      problems: [{ path: 'results.bored' }, { path: 'results.busy.delays' }],
    });
  });
});
