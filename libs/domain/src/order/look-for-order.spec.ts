import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instant } from '../ids.js';
import { lookForOrder, wantsLists, type ListSight, type LookedFor, type OwnSight } from './look-for-order.js';
import { orderOf } from './order.js';
import { isOpenOrder, mayBecome, type OrderState } from './order-state.js';

const SENT = instant(1_700_000_000_000);
const ORDER = orderOf(
  'call',
  { kind: 'extension', value: '101' },
  { kind: 'number', value: '+972501234567' },
);
const sent = (state: OrderState, looks = 0): LookedFor => ({ state, order: ORDER, sentAt: SENT, looks });
const after = (seconds: number) => instant(SENT + seconds * 1_000);
const own = (state: OwnSight['state']): OwnSight => ({
  vendorCallId: 'v1',
  state,
  endedAt: state === 'ended' ? after(60) : null,
});
const NOT_ASKED: ListSight = { seen: 'not_asked' };

describe('lookForOrder', () => {
  it('goes along with what the webhooks told of the call', () => {
    expect(lookForOrder(sent('accepted'), own('ringing'), NOT_ASKED, after(5))).toMatchObject({
      state: 'ringing',
      vendorCallId: 'v1',
    });
    expect(lookForOrder(sent('ringing'), own('ended'), NOT_ASKED, after(65))).toMatchObject({
      state: 'ended',
      endedAt: after(60),
      lookAt: null,
    });
  });

  it('does not have an answered call ring again', () => {
    expect(lookForOrder(sent('answered'), own('ringing'), NOT_ASKED, after(5)).state).toBe('answered');
  });

  it('calls an order unknown whose sender died, and leaves one alone that may still be answered', () => {
    expect(lookForOrder(sent('sending'), null, NOT_ASKED, after(10)).state).toBe('sending');
    expect(lookForOrder(sent('sending'), null, { seen: 'absent' }, after(50)).state).toBe('unknown');
  });

  it('adopts a call that the PBX lists', () => {
    const found: ListSight = { seen: 'found', vendorCallId: 'v7' };
    expect(lookForOrder(sent('unknown'), null, found, after(20))).toMatchObject({
      state: 'accepted',
      vendorCallId: 'v7',
    });
  });

  it('believes that none was placed only when the lists had the time to show it', () => {
    const absent: ListSight = { seen: 'absent' };
    expect(lookForOrder(sent('unknown'), null, absent, after(60)).state).toBe('unknown');
    expect(lookForOrder(sent('unknown'), null, absent, after(300))).toMatchObject({
      state: 'not_placed',
      lookAt: null,
    });
  });

  it('gives up a call of which no list can be read, and says that it may have been', () => {
    const unreadable: ListSight = { seen: 'unreadable' };
    expect(lookForOrder(sent('unknown'), null, unreadable, after(300)).state).toBe('unknown');
    expect(lookForOrder(sent('unknown'), null, unreadable, after(1_000)).state).toBe('orphaned');
  });

  it('asks the lists for nothing that is clear', () => {
    expect(wantsLists(sent('accepted'), null, after(100))).toBe(false);
    expect(wantsLists(sent('accepted'), null, after(200))).toBe(true);
    expect(wantsLists(sent('unknown'), own('ringing'), after(100))).toBe(false);
    expect(wantsLists(sent('answered'), own('answered'), after(200))).toBe(true);
    expect(wantsLists(sent('answered'), own('ended'), after(200))).toBe(false);
    expect(wantsLists(sent('unknown'), null, after(100))).toBe(true);
  });

  it('leaves a call alone of which nothing came, for as long as the PBX lists it', () => {
    const found: ListSight = { seen: 'found', vendorCallId: 'v1' };
    expect(lookForOrder(sent('accepted'), null, found, after(3_000)).state).toBe('accepted');
    expect(lookForOrder(sent('accepted'), null, { seen: 'absent' }, after(3_000)).state).toBe('ended');
  });

  it('ends one of whose end no webhook told, once the PBX tells it as over', () => {
    const over: ListSight = { seen: 'over', vendorCallId: 'v1' };
    expect(lookForOrder(sent('accepted'), null, over, after(60)).state).toBe('accepted');
    expect(lookForOrder(sent('accepted'), null, over, after(400))).toMatchObject({
      state: 'ended',
      lookAt: null,
    });
    const goesOn: ListSight = { seen: 'found', vendorCallId: 'v1' };
    for (const [lists, state] of [
      [over, 'ended'],
      [{ seen: 'absent' } as const, 'answered'],
      [goesOn, 'answered'],
      [{ seen: 'unreadable' } as const, 'answered'],
    ] as const) {
      expect(lookForOrder(sent('answered'), own('answered'), lists, after(400)).state).toBe(state);
    }
    expect(lookForOrder(sent('unknown'), null, over, after(60))).toMatchObject({
      state: 'accepted',
      vendorCallId: 'v1',
    });
  });

  it('makes only steps that the table of states has, and always comes to an end', () => {
    const sights = fc.record({
      own: fc.option(fc.constantFrom<OwnSight['state']>('ringing', 'answered', 'ended'), { freq: 1 }),
      lists: fc.constantFrom<ListSight['seen']>('found', 'over', 'absent', 'unreadable', 'not_asked'),
      wait: fc.integer({ min: 0, max: 600 }),
    });
    const begun = fc.constantFrom<OrderState>('sending', 'accepted', 'unknown');
    fc.assert(
      fc.property(begun, fc.array(sights, { maxLength: 30 }), (first, looks) => {
        let state = first;
        let now = 0;
        for (const [index, look] of looks.entries()) {
          if (!isOpenOrder(state)) break;
          now += look.wait;
          const lists: ListSight =
            look.lists === 'found' || look.lists === 'over'
              ? { seen: look.lists, vendorCallId: null }
              : { seen: look.lists };
          const news = lookForOrder(
            sent(state, index),
            look.own === null ? null : own(look.own),
            lists,
            after(now),
          );
          if (news.state !== state)
            expect([state, news.state, mayBecome(state, news.state)]).toEqual([state, news.state, true]);
          expect(news.lookAt === null).toBe(!isOpenOrder(news.state));
          state = news.state;
        }
        for (let look = 0; look < 3 && isOpenOrder(state); look++) {
          state = lookForOrder(sent(state), null, { seen: 'unreadable' }, after(now + 50_000)).state;
        }
        expect(isOpenOrder(state)).toBe(false);
      }),
    );
  });
});
