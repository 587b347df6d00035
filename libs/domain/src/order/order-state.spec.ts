import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ORDER_STATES,
  flawsOf,
  isOpenOrder,
  mayBecome,
  statesBefore,
  type OrderState,
} from './order-state.js';

const states = fc.constantFrom(...ORDER_STATES);

describe('the states of an order', () => {
  it('make a table without a flaw', () => {
    expect(flawsOf()).toEqual([]);
  });

  it.each<[string, Partial<Record<OrderState, OrderState[]>>, string]>([
    ['a way back to sending', { unknown: ['sending', 'orphaned'] }, 'unknown leads to another sending.'],
    ['a way back to ringing', { answered: ['ringing', 'ended'] }, 'ringing leads back to itself.'],
    ['a state that nothing leads to', { reserved: ['sending', 'expired'] }, 'Nothing leads to cancelled.'],
  ])('are told of when the table has %s', (_, change, flaw) => {
    const table = Object.fromEntries(
      ORDER_STATES.map((from) => [from, ORDER_STATES.filter((to) => mayBecome(from, to))]),
    ) as Record<OrderState, OrderState[]>;
    expect(flawsOf({ ...table, ...change })).toContain(flaw);
  });

  it('are left for good when they are ends, and sending is come to once at most', () => {
    fc.assert(
      fc.property(fc.array(states, { maxLength: 40 }), (wanted) => {
        let state: OrderState = 'reserved';
        let sendings = 0;
        for (const next of wanted) {
          if (!mayBecome(state, next)) continue;
          expect(isOpenOrder(state)).toBe(true);
          state = next;
          if (state === 'sending') sendings += 1;
        }
        expect(sendings).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('know from where each is reached', () => {
    expect(statesBefore('sending')).toEqual(['reserved']);
    expect(statesBefore('not_placed')).toEqual(['unknown']);
  });
});
