import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { AppError, instant } from '#domain';
import { GIVEN_UP_AFTER_MS, KEEP_ANSWERS_MS, judgeRepeat } from './judge-repeat.js';
import { giveAgain, keepableProblem } from './kept-answer.js';
import { requestHash } from './request-hash.js';

const STARTED = instant(1_000_000);
const HASH = Buffer.alloc(32, 1);
const OTHER = Buffer.alloc(32, 2);
const ANSWER = { status: 201, sealedBody: 'x' };
const after = (ms: number) => instant(STARTED + ms);
const earlier = (answer: typeof ANSWER | null) => ({ requestHash: HASH, startedAt: STARTED, answer });

describe('judgeRepeat', () => {
  it('gives the answer again for a day, then takes the key as new', () => {
    expect(judgeRepeat(earlier(ANSWER), HASH, after(KEEP_ANSWERS_MS - 1))).toBe('replay');
    expect(judgeRepeat(earlier(ANSWER), OTHER, after(KEEP_ANSWERS_MS))).toBe('take_over');
  });

  it('waits for the first request until that must have died', () => {
    expect(judgeRepeat(earlier(null), HASH, after(GIVEN_UP_AFTER_MS - 1))).toBe('in_progress');
    expect(judgeRepeat(earlier(null), HASH, after(GIVEN_UP_AFTER_MS))).toBe('take_over');
  });

  it('never gives an answer to another request', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: KEEP_ANSWERS_MS - 1 }), fc.boolean(), (ms, answered) => {
        expect(judgeRepeat(earlier(answered ? ANSWER : null), OTHER, after(ms))).toBe('mismatch');
      }),
    );
  });
});

describe('requestHash', () => {
  const hash = (body: unknown, traits = {}) =>
    requestHash({ method: 'POST', url: '/v1/x', tenant: 't', body, ...traits }).toString('hex');

  it('does not look into a file that is still coming', () => {
    expect(hash(Readable.from(['a']))).toBe(hash(Readable.from(['b'])));
  });

  it('does not mind the order of members', () => {
    expect(hash({ a: 1, b: { c: [1, 2], d: 2 } })).toBe(hash({ b: { d: 2, c: [1, 2] }, a: 1 }));
  });

  it('minds everything else', () => {
    const same = hash({ a: [1, 2] });
    for (const other of [
      hash({ a: [2, 1] }),
      hash({ a: ['1', 2] }),
      hash({ a: [1, 2], b: null }),
      hash([['a', [1, 2]]], { method: 'PUT' }),
      hash({ a: [1, 2] }, { url: '/v1/y' }),
      hash({ a: [1, 2] }, { tenant: null }),
    ]) {
      expect(other).not.toBe(same);
    }
    expect(hash(undefined)).not.toBe(hash({}));
  });
});

describe('a kept answer', () => {
  it('is a problem of the caller, given again by throwing it', () => {
    const error = new AppError('conflict', 'a.b', 'No.', { details: { x: 1 } });
    const kept = keepableProblem(error);
    expect(() => giveAgain(JSON.parse(JSON.stringify(kept)) as NonNullable<typeof kept>)).toThrow(
      expect.objectContaining({ code: 'a.b', message: 'No.', status: 409, details: { x: 1 } }),
    );
  });

  it('is never a failure of ours', () => {
    expect(keepableProblem(new Error('broken'))).toBeUndefined();
    expect(keepableProblem(new AppError('unavailable', 'a.b', 'Later.'))).toBeUndefined();
  });
});
