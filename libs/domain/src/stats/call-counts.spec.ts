import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CALL_RESULTS, DIRECTIONS } from '../call/call.js';
import { callVolume, type CallCounts } from './call-counts.js';

const groups = fc.array(
  fc
    .record({
      direction: fc.constantFrom(...DIRECTIONS),
      result: fc.constantFrom(...CALL_RESULTS),
      calls: fc.integer({ min: 1, max: 1_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ share, ...group }): CallCounts => ({ ...group, missed: Math.floor(share * group.calls) })),
);
const sum = (parts: Record<string, number>) => Object.values(parts).reduce((a, b) => a + b, 0);

describe('the volume of calls', () => {
  it('has every call in one direction and one result', () => {
    fc.assert(
      fc.property(groups, (counts) => {
        const { calls, byDirection, byResult } = callVolume(counts);
        expect([sum(byDirection), sum(byResult)]).toEqual([calls, calls]);
      }),
    );
  });

  it('tells the share of those who wanted somebody and got one, and none where nobody did', () => {
    const inbound = { direction: 'inbound', calls: 3, missed: 0 } as const;
    const { answered, missed, answerRate } = callVolume([
      { ...inbound, result: 'answered' },
      { ...inbound, result: 'missed', calls: 1, missed: 1 },
      { ...inbound, result: 'ivr_only' },
      { ...inbound, direction: 'outbound', result: 'answered' },
    ]);
    expect({ answered, missed, answerRate }).toEqual({ answered: 3, missed: 1, answerRate: 0.75 });
    expect(callVolume([{ ...inbound, result: 'unknown' }]).answerRate).toBeNull();
  });
});
