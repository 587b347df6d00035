import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CALL_STATES, isOver, stateAfter, type CallNews, type CallState } from './call-state';

const news: fc.Arbitrary<CallNews> = fc.oneof(
  fc.constant<CallNews>({ kind: 'answered' }),
  fc.constant<CallNews>({ kind: 'broken' }),
  fc.record({
    kind: fc.constant('over' as const),
    by: fc.constantFrom('us' as const, 'them' as const),
    code: fc.option(fc.integer({ min: 100, max: 699 })),
  }),
);
const beginning = fc.constantFrom<CallState>('ringing', 'calling');
const statesOf = (begin: CallState, all: readonly CallNews[]): CallState[] =>
  all.reduce<CallState[]>((states, one) => [...states, stateAfter(states.at(-1) ?? begin, one)], [begin]);

describe('the state of a call', () => {
  test('is one of the known ones, whatever happens', () => {
    fc.assert(
      fc.property(beginning, fc.array(news), (begin, all) => {
        for (const state of statesOf(begin, all)) expect(CALL_STATES).toContain(state);
      }),
    );
  });

  test('does not change after an end', () => {
    fc.assert(
      fc.property(beginning, fc.array(news), (begin, all) => {
        const states = statesOf(begin, all);
        const end = states.findIndex(isOver);
        if (end !== -1) expect(new Set(states.slice(end)).size).toBe(1);
      }),
    );
  });

  test('never goes back to its beginning', () => {
    fc.assert(
      fc.property(beginning, fc.array(news, { minLength: 1 }), (begin, all) => {
        expect(statesOf(begin, all).slice(1)).not.toContain(begin);
      }),
    );
  });

  test('after an answer is nothing but an end', () => {
    fc.assert(
      fc.property(beginning, fc.array(news), (begin, all) => {
        const states = statesOf(begin, [{ kind: 'answered' }, ...all]).slice(1);
        expect(states.filter((state) => state !== 'answered' && state !== 'ended')).toEqual([]);
      }),
    );
  });

  test('any end is reached from anywhere by one end of a call', () => {
    fc.assert(
      fc.property(beginning, fc.array(news), (begin, all) => {
        expect(isOver(stateAfter(statesOf(begin, all).at(-1) ?? begin, { kind: 'broken' }))).toBe(true);
      }),
    );
  });
});

describe.each<[what: string, begin: CallState, news: CallNews, after: CallState]>([
  ['a call that we decline is rejected', 'ringing', { kind: 'over', by: 'us', code: 603 }, 'rejected'],
  ['a call that they give up has ended', 'ringing', { kind: 'over', by: 'them', code: 487 }, 'ended'],
  ['a call without a microphone has failed', 'ringing', { kind: 'broken' }, 'failed'],
  ['a busy number rejects', 'calling', { kind: 'over', by: 'them', code: 486 }, 'rejected'],
  ['whoever declines rejects', 'calling', { kind: 'over', by: 'them', code: 603 }, 'rejected'],
  ['an unknown number fails', 'calling', { kind: 'over', by: 'them', code: 404 }, 'failed'],
  ['an unreachable server fails', 'calling', { kind: 'over', by: 'them', code: null }, 'failed'],
  ['a call that we give up has ended', 'calling', { kind: 'over', by: 'us', code: null }, 'ended'],
])('%s', (_, begin, one, after) => {
  test(`${begin} becomes ${after}`, () => {
    expect(stateAfter(begin, one)).toBe(after);
  });
});
