import fc from 'fast-check';
import { instant } from '#domain';
import { ClockGap } from './clock-gap.js';

describe('how far the clock of a PBX is ahead', () => {
  it('is what it was on the socket before, until something is heard', () => {
    expect(new ClockGap(null).aheadMs).toBeNull();
    expect(new ClockGap(-700).aheadMs).toBe(-700);
  });

  it('is not what the first messages seem to say that a slow start reads late, where it was known before', () => {
    const gap = new ClockGap(-2);
    const now = 1_700_000_000_000;
    gap.hear(now - 3_000, instant(now));
    expect(gap.aheadMs).toBe(-2);
  });

  it('is told by the message that was on its way for the shortest time, whatever the others took', () => {
    const delays = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), delays, (ahead, slow) => {
        const gap = new ClockGap(null);
        const now = 1_700_000_000_000;
        slow.forEach((delay, index) => {
          gap.hear(now + index + ahead - delay, instant(now + index));
        });
        expect(gap.aheadMs).toBe(ahead - Math.min(...slow));
      }),
    );
  });

  it('follows a clock that is set back, after two minutes at the latest', () => {
    const gap = new ClockGap(null);
    const now = 1_700_000_000_000;
    gap.hear(now + 5_000, instant(now));
    for (let second = 1; second <= 121; second += 1) {
      const at = now + second * 1_000;
      gap.hear(at - 10, instant(at));
    }
    expect(gap.aheadMs).toBe(-10);
  });

  it('follows one that was set back between two sockets as well', () => {
    const gap = new ClockGap(5_000);
    const now = 1_700_000_000_000;
    for (let second = 0; second <= 121; second += 1) {
      const at = now + second * 1_000;
      gap.hear(at - 10, instant(at));
    }
    expect(gap.aheadMs).toBe(-10);
  });
});
