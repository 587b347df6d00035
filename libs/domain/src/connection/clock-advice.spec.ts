import { describe, expect, it } from '@jest/globals';
import { isClockDoubtful } from './clock-advice.js';

const lags = (...seconds: number[]) => ({ reading: 'utc', lags: seconds });

describe('isClockDoubtful', () => {
  it('believes a clock of which too little is known, or whose CDRs come about when their calls end', () => {
    expect(isClockDoubtful(lags())).toBe(false);
    expect(isClockDoubtful(lags(7_200, 7_200, 7_200, 7_200))).toBe(false);
    expect(isClockDoubtful(lags(1, 2, 120, 3, 7_200))).toBe(false);
  });

  it.each([7_200, 300, -300, -7_200])('doubts one whose calls end %d s before their CDRs', (seconds) => {
    expect(isClockDoubtful(lags(0, seconds, seconds, seconds, seconds))).toBe(true);
  });
});
