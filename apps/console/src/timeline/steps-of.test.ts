import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepsOf } from './steps-of';

describe('stepsOf', () => {
  it('splits a try into its steps', () => {
    expect(stepsOf({ dnsMs: 1, connectMs: 2, tlsMs: 3, firstByteMs: 10, totalMs: 12 })).toEqual([
      { name: 'dns', ms: 1 },
      { name: 'connect', ms: 2 },
      { name: 'tls', ms: 3 },
      { name: 'firstByte', ms: 4 },
      { name: 'body', ms: 2 },
    ]);
  });

  it('adds up to all of the time, whatever a connection was spared', () => {
    const ms = fc.option(fc.integer({ min: 1, max: 1_000 }));
    fc.assert(
      fc.property(
        fc.tuple(ms, ms, ms),
        fc.integer({ min: 1, max: 1_000 }),
        fc.integer({ min: 1, max: 1_000 }),
        ([dnsMs, connectMs, tlsMs], wait, body) => {
          const opened = (dnsMs ?? 0) + (connectMs ?? 0) + (tlsMs ?? 0);
          const timings = {
            dnsMs,
            connectMs,
            tlsMs,
            firstByteMs: opened + wait,
            totalMs: opened + wait + body,
          };
          expect(stepsOf(timings).reduce((sum, step) => sum + step.ms, 0)).toBe(timings.totalMs);
        },
      ),
    );
  });
});
