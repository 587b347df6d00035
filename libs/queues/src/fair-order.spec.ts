import fc from 'fast-check';
import { FairOrder } from './fair-order.js';

describe('in which order mailboxes get a place', () => {
  it('takes them as they come', () => {
    const order = new FairOrder();
    expect(order.standing('a', 10)).toBeLessThan(order.standing('b', 11));
  });

  it('lets everybody pass who comes within as long as the last turn took', () => {
    const order = new FairOrder();
    order.left('flood', 0, 2_000);
    const flood = order.standing('flood', 2_000);
    expect(order.standing('other', 3_999)).toBeLessThan(flood);
    expect(order.standing('other', 4_001)).toBeGreaterThan(flood);
  });

  it('forgets a turn that is long over', () => {
    const order = new FairOrder();
    order.left('flood', 0, 2_000);
    expect(order.standing('flood', 4_000)).toBe(4_000);
  });

  it('counts the last turn only', () => {
    const order = new FairOrder();
    order.left('a', 0, 2_000);
    order.left('a', 2_000, 2_001);
    expect(order.standing('a', 2_001)).toBe(2_002);
  });

  it('holds nobody back for longer than the longest turn', () => {
    const turn = fc.tuple(fc.nat(9), fc.nat(3_000));
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 60 }), (turns) => {
        const order = new FairOrder();
        let now = 0;
        for (const [id, took] of turns) {
          order.left(String(id), now, now + took);
          now += took;
        }
        for (let id = 0; id < 10; id += 1) {
          const standing = order.standing(String(id), now);
          expect(standing).toBeGreaterThanOrEqual(now);
          expect(standing).toBeLessThanOrEqual(now + 3_000);
        }
      }),
    );
  });
});
