import { judgeChaos, type ChaosFacts } from './judge-chaos.js';
import type { PlacedCall } from './chaos-contract.js';

const NOBODY = { numbers: new Set<string>(), from: 0, until: 0 };
const FINE = { doubleDials: 0, lostLeads: 0, outOfWindow: 0, doNotCall: 0, overRate: 0, capBreaches: 0 };

function call(number: string, attempt: string, startedAt: number, endedAt = startedAt + 500): PlacedCall {
  return { tenant: 0, number, attempt, startedAt, endedAt };
}

function judged({ calls = [], ...facts }: Partial<ChaosFacts>) {
  const leads = [...new Set(calls.map(({ number }) => number))].map((number) => {
    const orders = [...new Set(calls.filter((one) => one.number === number).map(({ attempt }) => attempt))];
    return { tenant: 0, number, state: 'done', attempts: orders.length, orders };
  });
  const world = { doNotCall: NOBODY, closed: NOBODY, perSecond: 10, cap: 2 };
  return judgeChaos({ calls, leads, ...world, ...facts });
}

describe('the judge of a run of chaos', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(judged({ calls: [call('1', 'a', 0), call('2', 'b', 0), call('1', 'c', 500)] })).toEqual(FINE);
  });

  it.each([
    ['two calls of one number that overlap', [call('1', 'a', 0), call('1', 'b', 499)]],
    ['two calls of one order', [call('1', 'a', 0), call('1', 'a', 5_000)]],
  ])('finds %s', (_what, calls) => {
    expect(judged({ calls })).toEqual({ ...FINE, doubleDials: 1 });
  });

  it('finds leads that are stuck, miscounted, or called without an order of theirs', () => {
    const lead = { tenant: 0, number: '1', state: 'dialling', attempts: 1, orders: ['a'] };
    const calls = [call('1', 'a', 0), call('2', 'b', 0)];
    const leads = [lead, { ...lead, number: '2', state: 'done', attempts: 0, orders: ['b'] }];
    expect(judged({ calls, leads }).lostLeads).toBe(2);
    expect(judged({ calls, leads: [{ ...lead, state: 'waiting' }] }).lostLeads).toBe(1);
  });

  it('finds calls in a span in which their numbers were forbidden', () => {
    const calls = [call('1', 'a', 99), call('1', 'b', 1_000), call('2', 'c', 1_500)];
    const forbidden = { numbers: new Set(['1']), from: 100, until: 2_000 };
    expect(judged({ calls, doNotCall: forbidden })).toEqual({ ...FINE, doNotCall: 1 });
    expect(judged({ calls, closed: forbidden })).toEqual({ ...FINE, outOfWindow: 1 });
  });

  it('finds too many calls of an account in ten seconds, and of a number', () => {
    const burst = Array.from({ length: 112 }, (_, at) => call(String(at), `a${String(at)}`, at * 80));
    expect(judged({ calls: burst })).toEqual({ ...FINE, overRate: 2 });
    const often = [0, 1_000, 2_000].map((at) => call('1', String(at), at));
    expect(judged({ calls: often })).toEqual({ ...FINE, capBreaches: 1 });
  });
});
