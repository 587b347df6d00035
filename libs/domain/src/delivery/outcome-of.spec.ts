import fc from 'fast-check';
import { instant } from '../ids.js';
import { OUTCOME_CLASSES, type Exchange, type OutcomeClass } from './outcome.js';
import { outcomeOf } from './outcome-of.js';

const NOW = instant(Date.UTC(2026, 10, 21, 12, 0, 0));
const DAY_MS = 86_400_000;

function answered(status: number, headers: Record<string, string> = {}): Exchange {
  return { kind: 'answered', status, headers, body: '' };
}

describe('outcomeOf', () => {
  it.each<[number, OutcomeClass]>([
    [200, 'delivered'],
    [202, 'delivered'],
    [204, 'delivered'],
    [299, 'delivered'],
    [301, 'refused'],
    [302, 'refused'],
    [304, 'refused'],
    [308, 'refused'],
    [400, 'refused'],
    [401, 'unauthorised'],
    [403, 'unauthorised'],
    [404, 'refused'],
    [408, 'unreachable'],
    [409, 'duplicate'],
    [410, 'gone'],
    [413, 'refused'],
    [415, 'refused'],
    [422, 'refused'],
    [425, 'unreachable'],
    [429, 'unreachable'],
    [451, 'refused'],
    [500, 'unreachable'],
    [503, 'unreachable'],
    [599, 'unreachable'],
    [101, 'unreachable'],
    [799, 'unreachable'],
  ])('an answer of %i is %s', (status, expected) => {
    expect(outcomeOf(answered(status), NOW).class).toBe(expected);
  });

  it.each([429, 503])('a %i that asks us to wait is obeyed', (status) => {
    expect(outcomeOf(answered(status, { 'retry-after': '90' }), NOW)).toMatchObject({
      class: 'throttled',
      waitMs: 90_000,
    });
  });

  it('a wait until a date is measured from now', () => {
    const outcome = outcomeOf(answered(503, { 'retry-after': 'Sat, 21 Nov 2026 12:05:00 GMT' }), NOW);
    expect(outcome).toMatchObject({ class: 'throttled', waitMs: 300_000 });
  });

  it('nobody can make us wait for longer than a day', () => {
    expect(outcomeOf(answered(429, { 'retry-after': '999999999' }), NOW).waitMs).toBe(DAY_MS);
    expect(outcomeOf(answered(429, { 'retry-after': 'Fri, 31 Dec 2099 00:00:00 GMT' }), NOW).waitMs).toBe(
      DAY_MS,
    );
  });

  it('nobody can make us come back without a pause', () => {
    expect(outcomeOf(answered(429, { 'retry-after': '0' }), NOW).waitMs).toBe(1_000);
  });

  it('an unreadable Retry-After leaves it to the schedule', () => {
    expect(outcomeOf(answered(429, { 'retry-after': 'soon' }), NOW).class).toBe('unreachable');
  });

  it('Retry-After on any other status means nothing', () => {
    expect(outcomeOf(answered(500, { 'retry-after': '60' }), NOW)).toEqual({
      class: 'unreachable',
      note: 'The endpoint answered 500.',
    });
    expect(outcomeOf(answered(302, { 'retry-after': '60' }), NOW).class).toBe('refused');
  });

  it.each(['timeout', 'refused', 'reset', 'dns', 'tls', 'protocol', 'unknown'] as const)(
    'a try that failed by %s is unreachable and keeps its message',
    (cause) => {
      expect(outcomeOf({ kind: 'failed', cause, message: 'Why.' }, NOW)).toEqual({
        class: 'unreachable',
        note: 'Why.',
      });
    },
  );

  it('a target that the SSRF guard blocks is refused', () => {
    expect(outcomeOf({ kind: 'failed', cause: 'blocked', message: 'Why.' }, NOW).class).toBe('refused');
  });

  it('an answer that says no with status 200 is refused, with its words; any other status is not asked further', () => {
    const asked: number[] = [];
    const saysNo = ({ status }: { status: number }) => {
      asked.push(status);
      return { ok: false as const, reason: 'err 2, no such customer' };
    };
    expect(outcomeOf(answered(200), NOW, { readReply: saysNo })).toEqual({
      class: 'refused',
      note: 'The endpoint answered 200 but refused the message: err 2, no such customer.',
    });
    for (const status of [409, 410, 500, 503]) {
      expect(outcomeOf(answered(status), NOW, { readReply: saysNo })).toEqual(
        outcomeOf(answered(status), NOW),
      );
    }
    expect(asked).toEqual([200]);
    expect(outcomeOf(answered(204), NOW, { readReply: () => ({ ok: true }) })).toEqual(
      outcomeOf(answered(204), NOW),
    );
  });

  it('an answer that says no may say that the message was taken before, or never will be', () => {
    const known = { readRefusal: () => ({ kind: 'known' }) as const };
    const final = { readRefusal: () => ({ kind: 'final', reason: 'No such call' }) as const };
    for (const status of [400, 404, 422, 500, 503]) {
      expect(outcomeOf(answered(status), NOW, known).class).toBe('duplicate');
      expect(outcomeOf(answered(status), NOW, final)).toEqual({
        class: 'refused',
        note: `The endpoint answered ${status} and refused the message for good: No such call.`,
        final: true,
      });
      expect(outcomeOf(answered(status), NOW, { readRefusal: () => undefined })).toEqual(
        outcomeOf(answered(status), NOW),
      );
    }
    const wait = answered(503, { 'retry-after': '5' });
    for (const answer of [answered(200), answered(401), answered(409), answered(410), wait]) {
      expect(outcomeOf(answer, NOW, final)).toEqual(outcomeOf(answer, NOW));
    }
  });

  it('has a class and a note for every status, and a wait of 1 s to 24 h exactly for throttled', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1000 }),
        fc.option(fc.string(), { nil: undefined }),
        (status, retryAfter) => {
          const outcome = outcomeOf(
            answered(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
            NOW,
          );
          expect(OUTCOME_CLASSES).toContain(outcome.class);
          expect(outcome.note).not.toBe('');
          const waits = outcome.waitMs !== undefined && outcome.waitMs >= 1_000 && outcome.waitMs <= DAY_MS;
          expect(waits).toBe(outcome.class === 'throttled');
        },
      ),
    );
  });
});
