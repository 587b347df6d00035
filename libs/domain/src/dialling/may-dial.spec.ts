import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY, HOUR, MINUTE } from '../delivery/durations.js';
import { instant, type Instant } from '../ids.js';
import { NOON, questionOf, rulesOf } from './dial-question.fixture.js';
import { DIAL_GATES, type DialGate, type DialQuestion, type Listing } from './dial-question.js';
import { dialPacks } from './dial-packs.js';
import { CONSENT_NEEDS } from './dial-rules.js';
import { mayDial } from './may-dial.js';

const before = (ms: number) => instant(NOON - ms);
const after = (ms: number) => instant(NOON + ms);
const at = (text: string) => instant(Date.parse(text));
const verdict = (change: Parameters<typeof questionOf>[0]) => {
  const said = mayDial(questionOf(change));
  return said.may ? 'may' : [said.gate, said.nextAt];
};

describe('whether a number may be dialled now', () => {
  it('is yes where nothing is in the way', () => {
    expect(mayDial(questionOf())).toEqual({ may: true });
  });

  it.each<[string, DialGate, Parameters<typeof questionOf>[0], Instant | null]>([
    ['paused campaign', 'campaign_state', { campaign: { state: 'paused' } }, null],
    ['text that is no number', 'number', { lead: { phone: '12125550123' } }, null],
    ['lead without a number', 'number', { lead: { phone: null } }, null],
    ['lead that was taken off the list', 'lead_state', { lead: { state: 'removed' } }, null],
    ['lead that is being called already', 'lead_state', { lead: { state: 'dialling' } }, null],
    ['number on the do-not-call list', 'do_not_call', { listed: 'tenant' }, null],
    [
      'number that begins like those never to be dialled',
      'do_not_call',
      { rules: rulesOf({ neverDial: ['+1212555*'] }) },
      null,
    ],
    [
      'number of which the registry was not asked',
      'do_not_call',
      { rules: rulesOf({ registryDays: 15 }), registryCheckedAt: before(15 * DAY + 1) },
      null,
    ],
    ['person who never agreed', 'consent', { rules: rulesOf({ requireConsent: 'always' }) }, null],
    [
      'person whose agreement has run out',
      'consent',
      {
        rules: rulesOf({ requireConsent: 'always', consentDays: 365 }),
        lead: { consentAt: before(365 * DAY) },
      },
      null,
    ],
    ['time of night', 'window', { now: at('2026-05-13T12:59:59Z') }, at('2026-05-13T13:00:00Z')],
    ['holiday', 'holidays', { rules: rulesOf({ holidays: ['2026-05-13'] }) }, at('2026-05-14T13:00:00Z')],
    ['lead that was called often enough', 'attempts_lead', { lead: { attempts: 6 } }, null],
    [
      'number that was called often enough in 30 days',
      'attempts_phone',
      {
        rules: rulesOf({ maxPhoneAttempts: 2 }),
        attempts: [before(DAY), before(29 * DAY), before(30 * DAY - 1)],
      },
      after(DAY),
    ],
    [
      'number that was called three times in a day',
      'attempts_period',
      { attempts: [before(HOUR), before(2 * HOUR), before(23 * HOUR), before(24 * HOUR)] },
      after(HOUR),
    ],
    ['number that was called just now', 'min_gap', { attempts: [before(10 * MINUTE)] }, after(20 * MINUTE)],
    [
      'number on which a call was dropped, dialled by a machine',
      'after_drop',
      {
        rules: rulesOf({ dropQuietHours: 72 }),
        campaign: { automated: true },
        lastDropAt: before(71 * HOUR),
      },
      after(HOUR),
    ],
    [
      'number that somebody talked with',
      'after_talk',
      { rules: rulesOf({ talkQuietHours: 168 }), lastTalkAt: before(167 * HOUR) },
      after(HOUR),
    ],
    ['lead with a time of its own', 'scheduled', { lead: { notBefore: after(1) } }, after(1)],
    [
      'caller id that was shown often enough',
      'caller_id_quota',
      { rules: rulesOf({ callerIdPerDay: 50 }), callerId: { uses: 50, oldestAt: before(22 * HOUR) } },
      after(2 * HOUR),
    ],
  ])('is no for a %s: %s', (_, gate, change, nextAt) => {
    expect(verdict(change)).toEqual([gate, nextAt]);
  });

  it('is told by the first gate that fails, and the next time by all of them', () => {
    const night = at('2026-05-13T02:00:00Z');
    const question = questionOf({
      now: night,
      lead: { notBefore: at('2026-05-15T01:00:00Z') },
      attempts: [instant(night - MINUTE)],
    });
    expect(mayDial(question)).toEqual({
      may: false,
      gate: 'window',
      reason: 'It is outside the calling hours in America/New_York.',
      nextAt: at('2026-05-15T13:00:00Z'),
    });
  });

  it('lets a lead through that was claimed for this very call', () => {
    expect(verdict({ lead: { state: 'dialling' }, claimed: true })).toBe('may');
  });

  it('does not mind the registry where the person agreed to be called, but every other list', () => {
    const agreed = { consentAt: before(DAY) };
    expect(verdict({ listed: 'registry' })).toEqual(['do_not_call', null]);
    expect(verdict({ listed: 'registry', lead: agreed })).toBe('may');
    expect(verdict({ listed: 'prefix', lead: agreed })).toEqual(['do_not_call', null]);
  });

  it('wants agreement for a machine only, where the rules say so', () => {
    const rules = rulesOf({ requireConsent: 'automated' });
    expect(verdict({ rules })).toBe('may');
    expect(verdict({ rules, campaign: { automated: true } })).toEqual(['consent', null]);
  });

  it('lets an agent dial a number on which a call was dropped', () => {
    expect(verdict({ rules: rulesOf({ dropQuietHours: 72 }), lastDropAt: before(HOUR) })).toBe('may');
  });

  it('names nobody and no number in what it says', () => {
    for (const gate of failing()) expect(gate.reason).not.toMatch(/\+?\d{7}/);
  });

  it('does not dial where nothing tells what time it is', () => {
    const lead = { phone: '+97912345678' };
    expect(verdict({ lead })).toEqual(['window', null]);
    expect(verdict({ lead, rules: rulesOf({ zone: 'Europe/Paris' }) })).toBe('may');
  });

  const questions = anyQuestion();

  it('is yes at the next time, and no at any moment before it', () => {
    fc.assert(
      fc.property(questions, fc.double({ min: 0, max: 1, noNaN: true }), (question, share) => {
        const said = mayDial(question);
        if (said.may || said.nextAt === null) return;
        expect(said.nextAt).toBeGreaterThan(question.now);
        expect(mayDial({ ...question, now: said.nextAt })).toEqual({ may: true });
        const between = instant(Math.floor(question.now + (said.nextAt - 1 - question.now) * share));
        expect(mayDial({ ...question, now: between }).may).toBe(false);
        expect(mayDial({ ...question, now: instant(said.nextAt - 1) }).may).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('is never yes outside 8 to 21 by any clock of the evidence, with the federal pack', () => {
    fc.assert(
      fc.property(questions, (asked) => {
        const question = { ...asked, rules: { ...asked.rules, packs: ['us-federal'] } };
        if (!mayDial(question).may) return;
        for (const zone of zonesToCheck(question)) {
          const hour = Number(
            new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(
              question.now,
            ),
          );
          expect([zone, hour >= 8 && hour < 21]).toEqual([zone, true]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is never yes with more calls in a period than a cap allows', () => {
    fc.assert(
      fc.property(questions, (question) => {
        if (!mayDial(question).may) return;
        for (const { count, hours } of question.rules.maxPerPhone) {
          const recent = question.attempts.filter((moment) => moment > question.now - hours * HOUR);
          expect(recent.length).toBeLessThan(count);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

function failing() {
  return DIAL_GATES.flatMap((gate) => {
    const change: Record<string, Parameters<typeof questionOf>[0]> = {
      number: { lead: { phone: '+1' } },
      do_not_call: { listed: 'campaign' },
      window: { now: at('2026-05-13T03:00:00Z') },
      scheduled: { lead: { notBefore: after(5) } },
      min_gap: { attempts: [before(1)] },
    };
    const said = mayDial(questionOf(change[gate] ?? { campaign: { state: 'stopped' } }));
    return said.may ? [] : [said];
  });
}

function zonesToCheck({ lead }: DialQuestion): string[] {
  if (lead.zone !== null) return [lead.zone];
  if (lead.region === 'FL') return ['America/New_York', 'America/Chicago'];
  if (lead.region === 'TX') return ['America/Chicago', 'America/Denver'];
  const known: Record<string, string[]> = {
    '+12125550123': ['America/New_York'],
    '+18505550123': ['America/New_York', 'America/Chicago'],
    '+18005550123': ['Pacific/Honolulu', 'America/St_Johns', 'America/Adak'],
    '+61412345678': ['Australia/Perth', 'Australia/Sydney', 'Australia/Adelaide'],
    '+972501234567': ['Asia/Jerusalem'],
    '+442071234567': ['Europe/London'],
  };
  return known[lead.phone ?? ''] ?? [];
}

function anyQuestion(): fc.Arbitrary<DialQuestion> {
  // About the changes of the clocks in March and October 2026, among others.
  const now = fc.oneof(
    fc.integer({ min: Date.parse('2026-03-06'), max: Date.parse('2026-04-06') }),
    fc.integer({ min: Date.parse('2026-10-20'), max: Date.parse('2026-11-06') }),
    fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-01-01') }),
  );
  const cap = fc.record({ count: fc.integer({ min: 1, max: 5 }), hours: fc.integer({ min: 1, max: 200 }) });
  const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });
  const rules = fc
    .record({
      packs: fc.subarray(dialPacks.map(({ id }) => id)),
      holidays: fc.subarray(['2026-03-08', '2026-03-09', '2026-03-29', '2026-10-25', '2026-11-01']),
      maxPerPhone: fc.array(cap, { maxLength: 3 }),
      minGapMinutes: fc.integer({ min: 0, max: 3000 }),
      requireConsent: fc.constantFrom(...CONSENT_NEEDS),
      dropQuietHours: orNull(fc.integer({ min: 1, max: 100 })),
      callerIdPerDay: orNull(fc.integer({ min: 1, max: 9 })),
    })
    .map(rulesOf);
  return fc
    .record({
      now,
      rules,
      phone: fc.constantFrom(
        '+12125550123',
        '+18505550123',
        '+18005550123',
        '+61412345678',
        '+972501234567',
        '+442071234567',
      ),
      region: fc.constantFrom(null, null, 'FL', 'TX'),
      zone: fc.constantFrom(null, null, 'Australia/Lord_Howe', 'America/St_Johns'),
      automated: fc.boolean(),
      ago: fc.array(fc.integer({ min: 0, max: 30 * DAY }), { maxLength: 8 }),
      notBefore: orNull(fc.integer({ min: -5 * DAY, max: 20 * DAY })),
      drop: orNull(fc.integer({ min: 0, max: 5 * DAY })),
      consent: orNull(fc.integer({ min: 0, max: 400 * DAY })),
      checked: orNull(fc.integer({ min: 0, max: 20 * DAY })),
      listed: fc.constantFrom<Listing | null>(null, null, null, 'registry'),
      uses: fc.integer({ min: 0, max: 9 }),
    })
    .map((drawn) => {
      const sinceNow = (ms: number | null) => (ms === null ? null : instant(drawn.now - ms));
      return questionOf({
        now: instant(drawn.now),
        rules: drawn.rules,
        campaign: { automated: drawn.automated },
        lead: {
          phone: drawn.phone,
          region: drawn.phone.startsWith('+1') ? drawn.region : null,
          zone: drawn.zone,
          consentAt: sinceNow(drawn.consent),
          notBefore: drawn.notBefore === null ? null : instant(drawn.now + drawn.notBefore),
        },
        attempts: drawn.ago.sort((one, other) => one - other).map((ms) => instant(drawn.now - ms)),
        lastDropAt: sinceNow(drawn.drop),
        registryCheckedAt: sinceNow(drawn.checked),
        listed: drawn.listed,
        callerId: { uses: drawn.uses, oldestAt: instant(drawn.now - 3 * HOUR) },
      });
    });
}
