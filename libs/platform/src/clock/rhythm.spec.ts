import fc from 'fast-check';
import { Rhythm } from './rhythm.js';

const LONGEST_MS = 20;

describe('a rhythm', () => {
  it('lets what comes after quiet go at once', () => {
    const rhythm = new Rhythm({ longestMs: LONGEST_MS, share: 0.25 });
    expect(rhythm.waitMs(0)).toBe(0);
    rhythm.beat(0, 2);
    expect(rhythm.waitMs(LONGEST_MS)).toBe(0);
  });

  it('moves rounds apart by what they take', () => {
    const rhythm = new Rhythm({ longestMs: LONGEST_MS, share: 0.25 });
    rhythm.beat(0, 2);
    expect(rhythm.waitMs(2)).toBe(6);
    expect(rhythm.waitMs(5)).toBe(3);
  });

  it('never asks for more than the longest rest, or than the round itself took', () => {
    const rounds = fc.array(fc.record({ idle: fc.nat(100), took: fc.nat(100) }), { maxLength: 50 });
    fc.assert(
      fc.property(rounds, (all) => {
        const rhythm = new Rhythm({ longestMs: LONGEST_MS, share: 0.25 });
        let now = 0;
        for (const { idle, took } of all) {
          now += idle + rhythm.waitMs(now + idle);
          rhythm.beat(now, now + took);
          now += took;
          expect(rhythm.waitMs(now)).toBeLessThanOrEqual(LONGEST_MS);
        }
      }),
    );
  });

  it('is not set by one slow round among many quick ones', () => {
    const rhythm = new Rhythm({ longestMs: LONGEST_MS, share: 0.5 });
    for (let at = 0; at < 1000; at += 10) rhythm.beat(at, at + 1);
    rhythm.beat(1000, 1006);
    expect(rhythm.waitMs(1006)).toBe(0);
  });
});
