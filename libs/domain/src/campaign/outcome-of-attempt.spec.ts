import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CALL_RESULTS, type Call } from '../call/call.js';
import { ORDER_STATES } from '../order/order-state.js';
import { outcomeOfAttempt } from './outcome-of-attempt.js';

const LEAD_FIRST = { answerWithinMs: 2_000 };
type Seen = NonNullable<Parameters<typeof outcomeOfAttempt>[1]>;
const call = (result: Call['result'], traits: Partial<Seen> = {}): Seen => ({
  ...{ state: 'ended', result, answeredAt: null, queueSeconds: null, talkSeconds: null, legs: [] },
  ...traits,
});
const leg = (key: string, result: Call['result']) => ({ key, result }) as Call['legs'][number];

describe('outcomeOfAttempt', () => {
  it('counts no attempt for what never rang at the lead', () => {
    expect(outcomeOfAttempt('refused', undefined, LEAD_FIRST)).toEqual({
      ...{ result: 'refused', counts: false, answer: null },
    });
    for (const state of ['not_placed', 'cancelled', 'expired'] as const) {
      expect(outcomeOfAttempt(state, undefined, LEAD_FIRST)).toMatchObject({
        result: 'not_placed',
        counts: false,
      });
    }
    const agentAway = call('missed', { legs: [leg('agent', 'missed')] });
    expect(outcomeOfAttempt('accepted', agentAway, null)).toMatchObject({ counts: false });
    expect(outcomeOfAttempt('accepted', agentAway, LEAD_FIRST)).toMatchObject({
      result: 'missed',
      counts: true,
    });
  });

  it('counts what may have rung, though nobody knows', () => {
    for (const state of ['orphaned', 'ended'] as const) {
      expect(outcomeOfAttempt(state, undefined, LEAD_FIRST)).toEqual({
        result: 'unknown',
        counts: true,
        answer: null,
      });
    }
  });

  it('tells the ledger of a drop only where the lead was rung first', () => {
    expect(outcomeOfAttempt('accepted', call('abandoned'), LEAD_FIRST)?.answer).toBe('dropped');
    expect(outcomeOfAttempt('accepted', call('abandoned'), null)?.answer).toBeNull();
    expect(outcomeOfAttempt('accepted', call('answered'), null)?.answer).toBe('served');
  });

  it('tells it of one too where somebody answered who had waited for longer than the rules let them', () => {
    const waited = (queueSeconds: number) => call('answered', { queueSeconds });
    expect(outcomeOfAttempt('accepted', waited(2), LEAD_FIRST)?.answer).toBe('served');
    expect(outcomeOfAttempt('accepted', waited(3), LEAD_FIRST)).toEqual({
      ...{ result: 'answered', counts: true, answer: 'dropped' },
    });
    expect(outcomeOfAttempt('accepted', waited(30), null)?.answer).toBe('served');
  });

  it('is none while the call goes on, and one of the known results at its end, whatever else is so', () => {
    const states = fc.constantFrom(...ORDER_STATES);
    fc.assert(
      fc.property(
        states,
        fc.constantFrom(...CALL_RESULTS),
        fc.constantFrom(LEAD_FIRST, null),
        (state, result, leadFirst) => {
          const outcome = outcomeOfAttempt(state, call(result), leadFirst);
          expect(outcome).not.toBeNull();
          // Whoever was served or dropped was called.
          if (outcome?.answer != null) expect(outcome.counts).toBe(true);
          const goesOn = outcomeOfAttempt(state, call(result, { state: 'ringing' }), leadFirst);
          const isOpen = ['reserved', 'sending', 'accepted', 'ringing', 'answered', 'unknown'].includes(
            state,
          );
          expect(goesOn === null).toBe(isOpen);
        },
      ),
    );
  });
});
