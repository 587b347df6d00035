import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HOUR } from '../delivery/durations.js';
import { mailOutcomeOf } from '../delivery/mail-outcome-of.js';
import { nextStep } from '../delivery/next-step.js';
import { outcomeOf } from '../delivery/outcome-of.js';
import type { Outcome } from '../delivery/outcome.js';
import { WELL, standingAfter, type Standing } from '../delivery/standing.js';
import { instant } from '../ids.js';
import { REASON_CODES, readReason } from './read-reason.js';

const NOW = instant(Date.UTC(2026, 10, 21));
const words = fc.string().filter((text) => text.trim() !== '');
const statuses = fc.integer({ min: 200, max: 599 });

/** What an endpoint or a mail server can answer, and what its format reads in it. */
const outcomes: fc.Arbitrary<Outcome> = fc
  .record({
    status: statuses,
    retryAfter: fc.option(fc.constant('30'), { nil: undefined }),
    reply: fc.constantFrom({ ok: true } as const, { ok: false, reason: 'no such user' } as const),
    refusal: fc.constantFrom(
      undefined,
      { kind: 'known' } as const,
      { kind: 'final', reason: 'too old' } as const,
    ),
    isMail: fc.boolean(),
    body: fc.constantFrom('', '4.7.1 greylisted\nplease come back'),
  })
  .map(({ status, retryAfter, reply, refusal, isMail, body }) => {
    const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
    const exchange = { kind: 'answered', status, headers: headers as Record<string, string>, body } as const;
    return isMail
      ? mailOutcomeOf(exchange)
      : outcomeOf(exchange, NOW, { readReply: () => reply, readRefusal: () => refusal });
  });

const situations = fc.record({
  outcome: outcomes,
  attempt: fc.integer({ min: 1, max: 3 }),
  refusals: fc.integer({ min: 1, max: 4 }),
  spanMs: fc.integer({ min: 0, max: 100 * HOUR }),
  random: fc.constant(0.5),
});

describe('the code of a reason', () => {
  it('is known of each thing that an answer can be said to be', () => {
    fc.assert(
      fc.property(outcomes, ({ note }) => expect([note, readReason(note).code]).not.toEqual([note, 'other'])),
    );
  });

  it('is known of each end of a delivery, with how often it was tried and what came of the last try', () => {
    fc.assert(
      fc.property(situations, ({ spanMs, outcome, ...situation }) => {
        const firstAttemptAt = instant(NOW - spanMs);
        const step = nextStep({ ...situation, outcome, schedule: [0, 1_000], firstAttemptAt, now: NOW });
        if (!('reason' in step)) return;
        const { code, params } = readReason(step.reason);
        expect([step.reason, code]).not.toEqual([step.reason, 'other']);
        if (code === 'retries_used_up') {
          expect(params).toMatchObject({
            tries: situation.attempt,
            causeCode: readReason(outcome.note).code,
          });
          expect(Number(params['overSeconds'] ?? 0) * 1_000).toBeLessThanOrEqual(1.5 * spanMs);
        }
      }),
    );
  });

  it('is known of an endpoint that is given up', () => {
    const failing: Standing = {
      ...WELL,
      failuresInARow: 9,
      failingSince: instant(NOW - 200 * HOUR),
      told: true,
    };
    for (const [giveUpAfterHours, overSeconds] of [
      [120, 5 * 86_400],
      [24, 86_400],
      [7, 25_200],
    ] as const) {
      const { giveUp } = standingAfter(failing, 'unreachable', { now: NOW, giveUpAfterHours });
      expect(readReason(giveUp ?? '')).toEqual({ code: 'no_success', params: { overSeconds } });
    }
  });

  it('comes with what the words are filled with', () => {
    const read = readReason('Gave up after 12 tries over 3 days. The endpoint answered 500.');
    expect(read).toEqual({
      code: 'retries_used_up',
      params: {
        tries: 12,
        overSeconds: 259_200,
        cause: 'The endpoint answered 500.',
        causeCode: 'answered',
        status: 500,
      },
    });
    expect(readReason('our code failed on it: x').params).toEqual({ message: 'x' });
  });

  it('is known of what becomes of our own words, and of an erased number', () => {
    const said = [
      'the call that it is about is not there',
      'the call has as many notes as there may be',
      'this build does not know what it says',
      'number erased',
    ];
    expect(said.map((text) => readReason(text).code)).toEqual([
      'call_not_there',
      'too_many_notes',
      'unknown_to_this_build',
      'number_erased',
    ]);
  });

  it('of anybody’s words is one of the table, and never throws', () => {
    fc.assert(fc.property(words, (text) => expect(REASON_CODES).toContain(readReason(text).code)));
    expect(readReason('Dana said so')).toEqual({ code: 'other', params: { words: 'Dana said so' } });
  });
});
