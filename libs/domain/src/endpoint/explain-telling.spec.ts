import { describe, expect, it } from '@jest/globals';
import { CLOSED_BREAKER } from '../delivery/breaker.js';
import { instant } from '../ids.js';
import { explainTelling, type Telling, type TellingDelivery } from './explain-telling.js';

const NOON = instant(Date.UTC(2026, 10, 21, 12));
const LATER = instant(NOON + 60_000);
const TELLING: Telling = {
  event: { type: 'call.ended', createdAt: NOON, passes: true },
  endpoint: { eventTypes: ['call.*'], state: 'enabled', stateReason: null, createdAt: instant(NOON - 1) },
  delivery: undefined,
  mailbox: { breaker: CLOSED_BREAKER, waitsUntil: instant(0), rateLimited: false },
  now: NOON,
};
const DUE: TellingDelivery = {
  state: 'due',
  reason: null,
  attemptCount: 0,
  dueAt: NOON,
  finishedAt: null,
  waitsFor: undefined,
};
const why = (change: Partial<Telling>) => explainTelling({ ...TELLING, ...change }).because;
const whyDelivery = (change: Partial<TellingDelivery>, rest: Partial<Telling> = {}) =>
  why({ delivery: { ...DUE, ...change }, ...rest });

describe('explainTelling', () => {
  it('names the filter that does not take the event', () => {
    expect(why({ endpoint: { ...TELLING.endpoint, eventTypes: ['call.ringing'] } })).toBe(
      'The endpoint asks for call.ringing, and that does not take call.ended.',
    );
  });

  it('says what "*" does not take', () => {
    const all = { ...TELLING.endpoint, eventTypes: ['*'] };
    expect(why({ endpoint: all, event: { ...TELLING.event, type: 'connection.token_expiring' } })).toBe(
      'The endpoint asks for *, and that does not take connection.token_expiring. "*" is every event but those about ' +
        'endpoints, connections and keys themselves: ask for connection.* as well.',
    );
  });

  it('names the filter where that kept it back', () => {
    expect(why({ event: { ...TELLING.event, passes: false } })).toContain('filter');
  });

  it('tells an endpoint that is too young from one that asked for something else then', () => {
    expect(why({ endpoint: { ...TELLING.endpoint, createdAt: LATER } })).toContain('after the event');
    expect(why({})).toContain('did not when the event happened');
  });

  it('says what came of it, and only a delivered one was told', () => {
    const delivered = { ...DUE, state: 'delivered', attemptCount: 2, finishedAt: NOON };
    expect(explainTelling({ ...TELLING, delivery: delivered })).toEqual({
      told: true,
      because: 'It was delivered at 2026-11-21T12:00:00.000Z, in 2 tries.',
      code: 'delivered',
      params: { tries: 2, at: '2026-11-21T12:00:00.000Z' },
    });
    const held = { ...DUE, state: 'held', reason: 'endpoint paused' };
    expect(explainTelling({ ...TELLING, delivery: held })).toMatchObject({
      code: 'held',
      params: { reason: 'endpoint paused', reasonCode: 'endpoint_paused' },
    });
    expect(whyDelivery({ state: 'dead', attemptCount: 1, reason: 'Gave up.' })).toBe(
      'It was given up after 1 try. Gave up.',
    );
    expect(whyDelivery({ state: 'held', reason: 'endpoint paused' })).toContain('endpoint paused');
    expect(whyDelivery({ state: 'skipped', reason: 'replay cancelled' })).toBe(
      'It was skipped: replay cancelled.',
    );
  });

  it('has a code for each thing that one that is due waits for', () => {
    const open = { state: 'open', until: LATER, backOffMs: 5_000 } as const;
    const at = '2026-11-21T12:01:00.000Z';
    const { mailbox, endpoint } = TELLING;
    const cases: [Partial<Telling>, Partial<TellingDelivery>, string, object][] = [
      [{ mailbox: { ...mailbox, breaker: open } }, {}, 'waits_for_breaker', { at }],
      [{ mailbox: { ...mailbox, waitsUntil: LATER } }, {}, 'waits_as_asked', { at }],
      [{ mailbox: { ...mailbox, waitsUntil: LATER, rateLimited: true } }, {}, 'waits_for_rate_limit', { at }],
      [{}, { waitsFor: { sequence: 1, type: 'call.ringing' } }, 'waits_for_order', { sequence: 1 }],
      [{}, { attemptCount: 3, dueAt: LATER }, 'waits_for_retry', { tries: 3, at }],
      [{}, {}, 'waits_its_turn', { tries: 0 }],
      [{ endpoint: { ...endpoint, state: 'paused' } }, {}, 'waits_will_be_held', { state: 'paused' }],
    ];
    for (const [telling, delivery, code, params] of cases) {
      const said = explainTelling({ ...TELLING, ...telling, delivery: { ...DUE, ...delivery } });
      expect(said).toMatchObject({ told: false, code, params });
    }
  });

  it('says what one that is due waits for', () => {
    const open = { state: 'open', until: LATER, backOffMs: 5_000 } as const;
    expect(whyDelivery({}, { mailbox: { ...TELLING.mailbox, breaker: open } })).toContain(
      'failed too often, so all of it waits until 2026-11-21T12:01',
    );
    expect(whyDelivery({}, { mailbox: { ...TELLING.mailbox, waitsUntil: LATER } })).toContain(
      'asked us to wait',
    );
    const limited = { ...TELLING.mailbox, waitsUntil: LATER, rateLimited: true };
    expect(whyDelivery({}, { mailbox: limited })).toContain('rate limit');
    expect(whyDelivery({ waitsFor: { sequence: 1, type: 'call.ringing' } })).toContain('event 1 of its call');
    expect(whyDelivery({ attemptCount: 3, dueAt: LATER })).toBe(
      'It failed in 3 tries. It is tried next at 2026-11-21T12:01:00.000Z.',
    );
    expect(whyDelivery({})).toContain('when those before it have gone');
    expect(whyDelivery({}, { endpoint: { ...TELLING.endpoint, state: 'paused' } })).toContain('will be held');
  });
});
