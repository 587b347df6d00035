import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instant } from '../ids.js';
import { judgeOrder, type OrderFacts } from './judge-order.js';

const NOW = instant(1_700_000_000_000);
const FACTS: OrderFacts = {
  now: NOW,
  account: { enabled: true, perSecond: 5, atOnce: 10, bucket: { tokens: 5, at: NOW } },
  underWay: 0,
  onList: [],
  isOpen: false,
};

describe('judgeOrder', () => {
  it('sends what nothing holds back, and takes a token for it', () => {
    expect(judgeOrder(FACTS)).toEqual({ verdict: 'send', bucket: { tokens: 4, at: NOW } });
  });

  it.each<[string, Partial<OrderFacts>, string]>([
    ['a switched-off account', { account: { ...FACTS.account, enabled: false } }, 'account_disabled'],
    ['a number on the list', { onList: ['+972501234567'] }, 'do_not_call'],
    ['a number that is being called', { isOpen: true }, 'open_call'],
    ['as many orders under way as may be', { underWay: 10 }, 'at_once'],
    ['an empty bucket', { account: { ...FACTS.account, bucket: { tokens: 0, at: NOW } } }, 'rate'],
  ])('holds back for %s', (_, facts, gate) => {
    expect(judgeOrder({ ...FACTS, ...facts })).toMatchObject({ gate });
  });

  it('says when the next token is there', () => {
    const account = { ...FACTS.account, bucket: { tokens: 0, at: NOW } };
    expect(judgeOrder({ ...FACTS, account })).toMatchObject({ verdict: 'wait', until: NOW + 200 });
  });

  it('never lets more out in a second than the account allows, however they come', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 80 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), gaps, (perSecond, waits) => {
        let bucket = { tokens: perSecond, at: NOW };
        let now: number = NOW;
        const sent: number[] = [];
        for (const wait of waits) {
          now += wait;
          const account = { ...FACTS.account, perSecond, bucket };
          const verdict = judgeOrder({ ...FACTS, now: instant(now), account });
          if (verdict.verdict !== 'send') continue;
          bucket = verdict.bucket;
          sent.push(now);
        }
        // A bucket holds a second's worth: no second has more than twice that, and no long time more than its rate.
        for (const from of sent) {
          const within = sent.filter((at) => at >= from && at < from + 1_000).length;
          expect(within).toBeLessThanOrEqual(2 * perSecond);
        }
        expect(sent.length).toBeLessThanOrEqual(perSecond + ((now - NOW) / 1_000) * perSecond + 1e-6);
      }),
    );
  });
});
