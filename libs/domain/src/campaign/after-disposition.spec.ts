import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TRY_RESULTS } from '../dialling/retry-policy.js';
import { instant } from '../ids.js';
import { afterDisposition, type LeadTalkedTo } from './after-disposition.js';
import { DEFAULT_CAMPAIGN_SETTINGS } from './campaign.js';
import { DISPOSITION_STEPS } from './disposition-rule.js';

const NOW = instant(Date.UTC(2026, 10, 29, 9));
const MINUTE = 60_000;
const settings = {
  retry: { ...DEFAULT_CAMPAIGN_SETTINGS.retry, jitter: 0 },
  dispositions: {
    sold: { then: 'done', afterMinutes: null },
    'Call back': { then: 'retry', afterMinutes: 90 },
    later: { then: 'retry', afterMinutes: null },
    'not me': { then: 'do_not_call', afterMinutes: null },
  },
} as const;
const LEAD: LeadTalkedTo = {
  ...{ phone: '+972502345601', region: null, postal: null, zone: 'UTC' },
  ...{ attempts: 1, maxTries: null, lastResult: 'answered' },
};
const after = (word: string, lead: Partial<LeadTalkedTo> = {}) =>
  afterDisposition(settings, word, { ...LEAD, ...lead }, { now: NOW, chance: 0.5 });

describe('afterDisposition', () => {
  it('knows the campaign’s words in any case of letters, and says nothing of others', () => {
    expect(after(' SOLD ')).toEqual({ state: 'done', nextAt: null, reason: null, blocksNumber: false });
    expect([after('renewed'), after('constructor'), after('')]).toEqual([null, null, null]);
  });

  it('calls again after the word’s own time, or by the retry rule for what the call came to', () => {
    expect(after('call back')).toMatchObject({ state: 'waiting', nextAt: NOW + 90 * MINUTE });
    expect(after('later', { lastResult: 'busy' })).toMatchObject({ nextAt: NOW + 10 * MINUTE });
    expect(after('later', { lastResult: 'busy', attempts: 2 })).toMatchObject({ nextAt: NOW + 20 * MINUTE });
    // An answer has no rule; the one for `missed` waits two hours, and until another part of the day: that begins at noon.
    expect(after('later')).toMatchObject({ nextAt: NOW + 180 * MINUTE });
    const never = { ...settings, retry: { results: {}, jitter: 0 } };
    const bare = afterDisposition(never, 'later', LEAD, { now: NOW, chance: 0 });
    expect(bare).toMatchObject({ state: 'waiting', nextAt: NOW + 24 * 60 * MINUTE });
  });

  it('gives up whoever was called as often as the lead or the retry rules allow', () => {
    const states = (lead: Partial<LeadTalkedTo>) => after('call back', lead)?.state;
    expect([states({ attempts: 2, maxTries: 2 }), states({ attempts: 1, maxTries: 2 })]).toEqual([
      'given_up',
      'waiting',
    ]);
    expect([states({ attempts: 6 }), states({ attempts: 5 })]).toEqual(['given_up', 'waiting']);
    expect(states({ attempts: 3, lastResult: 'failed' })).toBe('given_up');
  });

  it('blocks the number of whoever wants no calls, and settles the lead', () => {
    expect(after('Not me')).toMatchObject({ state: 'done', nextAt: null, blocksNumber: true });
  });

  it('has a time, and one to come, exactly for who waits, and blocks nobody else’s number', () => {
    const rule = fc.record({
      then: fc.constantFrom(...DISPOSITION_STEPS),
      afterMinutes: fc.option(fc.integer({ min: 1, max: 100_000 })),
    });
    const lead = fc.record({
      attempts: fc.nat({ max: 12 }),
      maxTries: fc.option(fc.integer({ min: 1, max: 12 })),
      lastResult: fc.option(fc.constantFrom(...TRY_RESULTS)),
    });
    const chances = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(rule, lead, chances, (word, more, chance) => {
        const all = { ...DEFAULT_CAMPAIGN_SETTINGS, dispositions: { word } };
        const to = afterDisposition(all, 'word', { ...LEAD, ...more }, { now: NOW, chance });
        expect(to?.blocksNumber).toBe(word.then === 'do_not_call');
        expect((to?.nextAt ?? 0) > NOW).toBe(to?.state === 'waiting');
        if (to?.state === 'waiting' && more.maxTries !== null) {
          expect(more.attempts).toBeLessThan(more.maxTries);
        }
      }),
    );
  });
});
