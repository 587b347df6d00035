import { AWAKE_MS } from './lookout.js';
import { LONGEST_SELDOM_MS, Seldom } from './seldom.js';

describe('how seldom it is rung for mailboxes that are looked for', () => {
  /** Rings as soon as it may. @returns when it rang. @param everyMs  a mailbox is asked for */
  function rung(everyMs: number, forMs: number): number[] {
    const seldom = new Seldom();
    const rang: number[] = [];
    let asked = 0;
    for (let now = 0; now < forMs; now += 1) {
      if (now % everyMs === 0) asked += 1;
      if (asked === 0 || seldom.waitMs(now) > 0) continue;
      rang.push(now);
      seldom.beat(now, now, asked);
      asked = 0;
    }
    return rang;
  }

  it('is at once for what comes alone', () => {
    expect(rung(100, 500)).toEqual([0, 100, 200, 300, 400]);
  });

  it('is ever more seldom while work is steady, up to a limit', () => {
    const rang = rung(4, 1_400);
    const gaps = rang.slice(1).map((at, index) => at - (rang[index] ?? 0));
    expect(gaps).toEqual([60, 120, 240, 240, 240, 240, 240]);
  });

  it('is at once again after a while with little', () => {
    const seldom = new Seldom();
    for (const now of [0, 60, 180, 420]) seldom.beat(now, now, 100);
    expect(seldom.waitMs(421)).toBe(LONGEST_SELDOM_MS - 1);
    seldom.beat(660, 660, 1);
    expect(seldom.waitMs(720)).toBe(0);
  });

  it('is never so seldom that nobody looks any more', () => {
    expect(LONGEST_SELDOM_MS).toBeLessThan(AWAKE_MS);
  });
});
