import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CALL_RESULTS,
  DEFAULT_CAMPAIGN_SETTINGS,
  ORDER_STATES,
  id,
  instant,
  type Call,
  type CallResult,
  type LeadId,
  type OrderId,
} from '#domain';
import type { OwedAttempt } from '#db';
import { settleAttempts, type SettleContext } from './settle-attempts.js';

const now = instant(Date.parse('2026-05-13T16:00:00Z'));
const context: SettleContext = {
  ...{ mode: 'predictive', settings: DEFAULT_CAMPAIGN_SETTINGS, now, answered: [] },
  chance: () => 0.5,
};

function attempt(traits: Partial<OwedAttempt> = {}): OwedAttempt {
  return {
    ...{
      id: id<OrderId>('a'),
      leadId: id<LeadId>('l'),
      state: 'accepted',
      extension: null,
      paceKey: 'IL/12',
    },
    ...{ sentAt: instant(now - 30_000), endedAt: null, call: undefined },
    lead: {
      ...{ phone: '+972502345601', region: null, postal: null, zone: null },
      ...{ state: 'dialling', attempts: 0, tries: 1, maxTries: null },
    },
    ...traits,
  };
}
const ended = (result: CallResult, traits: Partial<Call> = {}) =>
  ({
    state: 'ended',
    result,
    answeredAt: null,
    endedAt: now,
    talkSeconds: 0,
    legs: [],
    ...traits,
  }) as unknown as Call;
const after = (one: OwedAttempt) => settleAttempts([one], context).told[0]?.lead;

describe('settleAttempts', () => {
  it('ends a lead that was reached, has another wait, and gives one up whose tries are used up', () => {
    expect(after(attempt({ call: ended('answered') }))).toMatchObject({ state: 'done', nextAt: null });
    const busy = attempt({ call: ended('busy') });
    expect(after(busy)).toMatchObject({ state: 'waiting', reason: null });
    const lead = { ...busy.lead, attempts: 1, maxTries: 2 } as OwedAttempt['lead'];
    expect(after({ ...busy, lead })).toMatchObject({ state: 'given_up', nextAt: null });
  });

  it('tells the pacing of an answer once, though it is looked at often', () => {
    const talking = attempt({
      call: { ...ended('answered'), state: 'answered', answeredAt: instant(now - 20_000) },
    });
    const first = settleAttempts([talking], context);
    expect(first.news.map(({ kind }) => kind)).toEqual(['answered', 'served']);
    const second = settleAttempts([talking], { ...context, answered: first.answered });
    expect([second.news, second.answered]).toEqual([[], first.answered]);
  });

  it('tells it of an agent who came too late as of one who did not come, once', () => {
    const late = { answeredAt: instant(now - 20_000), queueSeconds: 9 };
    const talking = attempt({ call: { ...ended('answered', late), state: 'answered' } });
    const first = settleAttempts([talking], context);
    expect(first.news.map(({ kind }) => kind)).toEqual(['answered', 'abandoned']);
    const over = attempt({ call: ended('answered', late) });
    const second = settleAttempts([over], { ...context, answered: first.answered });
    expect(second.news).toEqual([]);
    expect(second.told).toMatchObject([{ outcome: { answer: 'dropped' }, lead: { state: 'done' } }]);
  });

  it('is done with a lead to which a message was said, whatever took the call', () => {
    const said = attempt({ call: ended('ivr_only') });
    expect(after(said)?.state).toBe('given_up');
    const { told } = settleAttempts([said], { ...context, mode: 'message' });
    expect(told[0]?.lead.state).toBe('done');
  });

  it('settles the attempt of a lead that was erased, and tries nobody again', () => {
    const { told } = settleAttempts([attempt({ lead: null, call: ended('busy') })], context);
    expect(told).toMatchObject([{ lead: { state: 'removed', nextAt: null }, outcome: { result: 'busy' } }]);
  });

  it('has every attempt either go on or be over, never both, and none twice', () => {
    const one = fc.record({
      state: fc.constantFrom(...ORDER_STATES),
      call: fc.option(
        fc.constantFrom(...CALL_RESULTS).map((result) => ended(result)),
        { nil: undefined },
      ),
    });
    fc.assert(
      fc.property(fc.array(one), (all) => {
        const owed = all.map((traits, index) => attempt({ ...traits, id: id<OrderId>(String(index)) }));
        const { told, open } = settleAttempts(owed, context);
        const ids = [...told, ...open].map((settled) => settled.id);
        expect([...ids].sort()).toEqual(owed.map((each) => each.id).sort());
        for (const { lead } of told) expect(lead.nextAt !== null).toBe(lead.state === 'waiting');
        for (const { lead } of told) if (lead.nextAt !== null) expect(lead.nextAt).toBeGreaterThan(now);
      }),
    );
  });
});
