import { AWAKE_MS } from './lookout.js';
import { SELDOM_MS, Seldom } from './seldom.js';

describe('how seldom it is rung for mailboxes that are looked for', () => {
  /**
   * Rings as soon as it may.
   *
   * @param perSecond  mailboxes that are asked for, evenly
   * @returns the gaps between the rings of the second second
   */
  function gapsAt(perSecond: number, seldom = new Seldom(), from = 0): number[] {
    const rang: number[] = [];
    let [asked, due] = [0, 0];
    for (let now = from; now < from + 2_000; now += 1) {
      due += perSecond / 1_000;
      const came = Math.floor(due);
      due -= came;
      asked += came;
      if (asked === 0 || seldom.waitMs(now) > 0) continue;
      if (now >= from + 1_000) rang.push(now);
      seldom.ring(now, asked);
      asked = 0;
    }
    return rang.slice(1).map((at, index) => at - (rang[index] ?? 0));
  }

  it('is for each while they are few', () => {
    expect(new Set(gapsAt(10))).toEqual(new Set([100]));
    expect(new Set(gapsAt(50))).toEqual(new Set([20]));
  });

  it('is only to say that there is reason to look, while work is steady', () => {
    for (const perSecond of [100, 200, 5_000])
      expect(new Set(gapsAt(perSecond))).toEqual(new Set([SELDOM_MS]));
  });

  it('is for each again when there is little', () => {
    const seldom = new Seldom();
    gapsAt(1_000, seldom);
    expect(new Set(gapsAt(20, seldom, 2_000))).toEqual(new Set([50]));
  });

  it('says at once when work is steady, and a few at a time are not', () => {
    const seldom = new Seldom();
    expect([seldom.ring(0, 1), seldom.waitMs(0)]).toEqual([false, 10]);
    expect([seldom.ring(10, 2), seldom.waitMs(12)]).toEqual([false, 8]);
    expect(seldom.ring(400, 3)).toBe(false);
    expect([seldom.ring(410, 40), seldom.waitMs(411)]).toEqual([true, SELDOM_MS - 1]);
  });

  it('is never so seldom that nobody looks any more', () => {
    expect(2 * SELDOM_MS).toBeLessThan(AWAKE_MS);
  });
});
