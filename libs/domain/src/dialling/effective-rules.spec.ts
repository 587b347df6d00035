import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rulesOf } from './dial-question.fixture.js';
import { dialPacks } from './dial-packs.js';
import { CONSENT_NEEDS } from './dial-rules.js';
import { effectiveRules } from './effective-rules.js';

describe('the rules that hold', () => {
  it("are the campaign's own where it chose no pack", () => {
    expect(effectiveRules(rulesOf())).toEqual(rulesOf());
  });

  it('are the strictest of its own and of every pack', () => {
    const all = effectiveRules(
      rulesOf({
        packs: dialPacks.map(({ id }) => id),
        abandonTarget: 0.05,
        answerWithinMs: 9000,
        minRingSeconds: 8,
        maxPerPhone: [{ count: 5, hours: 24 }],
        windows: { ...rulesOf().windows, mon: [['07:00', '20:30']], sun: [] },
      }),
    );
    expect(all).toMatchObject({
      abandonTarget: 0.03,
      answerWithinMs: 2000,
      minRingSeconds: 15,
      agentFirst: true,
      dropQuietHours: 72,
      talkQuietHours: 168,
      registryDays: 15,
      consentDays: 365,
      requireConsent: 'automated',
      maxPerPhone: [
        { count: 3, hours: 24 },
        { count: 7, hours: 168 },
      ],
    });
    expect(all.windows.mon).toEqual([['08:00', '20:00']]);
    expect(all.windows.sun).toEqual([]);
    expect(all.packs).toContainEqual({ id: 'us-federal', version: 1 });
  });

  it('are never milder for a further pack', () => {
    const packs = fc.subarray(dialPacks.map(({ id }) => id));
    fc.assert(
      fc.property(packs, packs, (some, more) => {
        const few = effectiveRules(rulesOf({ packs: some }));
        const many = effectiveRules(rulesOf({ packs: [...new Set([...some, ...more])] }));
        expect(many.abandonTarget).toBeLessThanOrEqual(few.abandonTarget);
        expect(many.minRingSeconds).toBeGreaterThanOrEqual(few.minRingSeconds);
        expect(many.registryDays ?? Infinity).toBeLessThanOrEqual(few.registryDays ?? Infinity);
        expect(many.dropQuietHours ?? 0).toBeGreaterThanOrEqual(few.dropQuietHours ?? 0);
        expect(CONSENT_NEEDS.indexOf(many.requireConsent)).toBeGreaterThanOrEqual(
          CONSENT_NEEDS.indexOf(few.requireConsent),
        );
      }),
    );
  });

  it('are none for a pack that there is not', () => {
    expect(() => effectiveRules(rulesOf({ packs: ['atlantis'] }))).toThrow(RangeError);
  });
});

describe('the packs', () => {
  it('have an id of their own each, a version, their sources, and say that they are no legal advice', () => {
    expect(new Set(dialPacks.map(({ id }) => id)).size).toBe(dialPacks.length);
    for (const { id, version, sources, note } of dialPacks) {
      expect(id).toMatch(/^[a-z][a-z-]+$/);
      expect(version).toBeGreaterThanOrEqual(1);
      expect(sources.length).toBeGreaterThan(0);
      expect(note).toContain('not legal advice');
    }
  });
});
