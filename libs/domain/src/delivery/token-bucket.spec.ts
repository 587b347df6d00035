import fc from 'fast-check';
import { instant } from '../ids.js';
import { fullBucket, readTokenBucket, takeTokens, type RateLimit } from './token-bucket.js';

const NOW = instant(1_800_000_000_000);
const TEN_A_SECOND: RateLimit = { perSecond: 10, burst: 5 };

describe('the token bucket', () => {
  it('gives its burst at once and then says when the next token comes', () => {
    const first = takeTokens(fullBucket(TEN_A_SECOND, NOW), TEN_A_SECOND, 8, NOW);
    expect(first).toMatchObject({ taken: 5, nextAt: NOW + 100 });
    expect(takeTokens(first.bucket, TEN_A_SECOND, 1, NOW).taken).toBe(0);
    expect(takeTokens(first.bucket, TEN_A_SECOND, 1, first.nextAt).taken).toBe(1);
  });

  it('has the next token now while one is left', () => {
    expect(takeTokens(fullBucket(TEN_A_SECOND, NOW), TEN_A_SECOND, 2, NOW).nextAt).toBe(NOW);
  });

  it('never holds more than its burst, however long it rests', () => {
    const rested = instant(NOW + 3_600_000);
    expect(takeTokens(fullBucket(TEN_A_SECOND, NOW), TEN_A_SECOND, 100, rested).taken).toBe(5);
  });

  it('a limit of less than one a second works', () => {
    const slow: RateLimit = { perSecond: 0.1, burst: 1 };
    expect(takeTokens(fullBucket(slow, NOW), slow, 1, NOW).nextAt).toBe(NOW + 10_000);
  });

  it('a clock that is set back neither gives tokens nor freezes the bucket', () => {
    const empty = { tokens: 0, at: instant(NOW + 3_600_000) };
    const taken = takeTokens(empty, TEN_A_SECOND, 1, NOW);
    expect(taken).toMatchObject({ taken: 0, nextAt: NOW + 100 });
  });

  it('never lets out more than the burst plus what flowed in', () => {
    const moves = fc.array(fc.record({ waitMs: fc.nat(2_000), wanted: fc.nat(20) }), { maxLength: 60 });
    const limits = fc.record({
      perSecond: fc.double({ min: 0.05, max: 500, noNaN: true }),
      burst: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(limits, moves, (limit, script) => {
        let bucket = fullBucket(limit, NOW);
        let now = NOW;
        let out = 0;
        for (const { waitMs, wanted } of script) {
          now = instant(now + waitMs);
          const result = takeTokens(bucket, limit, wanted, now);
          bucket = result.bucket;
          out += result.taken;
          expect(result.taken).toBeLessThanOrEqual(wanted);
          expect(out).toBeLessThanOrEqual(limit.burst + ((now - NOW) / 1_000) * limit.perSecond + 1e-3);
        }
      }),
    );
  });

  it('keeps its promise of the next token', () => {
    const limits = fc.record({
      perSecond: fc.double({ min: 0.05, max: 500, noNaN: true }),
      burst: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(limits, (limit) => {
        const { bucket, nextAt } = takeTokens(fullBucket(limit, NOW), limit, limit.burst, NOW);
        expect(takeTokens(bucket, limit, 1, nextAt).taken).toBe(1);
      }),
    );
  });
});

describe('readTokenBucket', () => {
  it('reads back what was stored', () => {
    const stored: unknown = JSON.parse(JSON.stringify({ tokens: 2.5, at: NOW }));
    expect(readTokenBucket(stored, TEN_A_SECOND, NOW)).toEqual({ tokens: 2.5, at: NOW });
  });

  it('cuts a bucket down to a limit that was lowered meanwhile', () => {
    expect(readTokenBucket({ tokens: 90, at: NOW }, TEN_A_SECOND, NOW).tokens).toBe(5);
  });

  it.each([null, 3, {}, { tokens: -1, at: NOW }, { tokens: 1, at: 'now' }, { tokens: '1', at: NOW }])(
    'reads %j as a full bucket',
    (json) => {
      expect(readTokenBucket(json, TEN_A_SECOND, NOW)).toEqual({ tokens: 5, at: NOW });
    },
  );
});
