import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { id, instant, type AgentId, type CallId, type ConnectionId } from '../ids.js';
import type { AgentSaid } from './agent-said.js';
import { LiveBoard } from './live-board.js';
import type { LiveCall } from './live-call.js';
import type { PopupState } from './popup-states.js';

const DANA = id<AgentId>('dana');

function call(name: string, traits: Partial<LiveCall> = {}): LiveCall {
  return {
    id: id<CallId>(name),
    connectionId: id<ConnectionId>('k'),
    vendorCallId: name,
    state: 'ringing',
    over: false,
    direction: 'inbound',
    number: '0501234567',
    e164: '+972501234567',
    did: null,
    extension: null,
    queue: null,
    since: instant(1_000),
    answeredAt: null,
    customData: {},
    popups: {},
    ...traits,
  };
}
const at = (state: PopupState) => ({ popups: { [DANA]: state } as Record<AgentId, PopupState> });
const queue = { id: '12', name: 'Support' };
const changeOf = (one: LiveCall) => ({ call: one, popups: [] });

describe('LiveBoard', () => {
  it('has an agent ring, talk and be free again, and says each once', () => {
    const board = new LiveBoard();
    const says = (one: LiveCall) => board.apply(changeOf(one)).agents.map(({ state }) => state);
    expect(says(call('a', at('ringing')))).toEqual(['ringing']);
    expect(says(call('a', at('ringing')))).toEqual([]);
    expect(says(call('a', { ...at('answered'), answeredAt: instant(2_000) }))).toEqual(['busy']);
    expect(says(call('b', at('ringing')))).toEqual([]);
    expect(says(call('a', { ...at('ended'), over: true }))).toEqual(['ringing']);
    expect(says(call('b', at('elsewhere')))).toEqual(['free']);
  });

  it('counts who waits in a queue, and since when the longest does', () => {
    const board = new LiveBoard([call('a', { queue }), call('b', { queue, since: instant(500) })]);
    expect(board.queues()).toMatchObject([{ waiting: 2, longestSince: 500 }]);
    expect(board.apply(changeOf(call('b', { queue, state: 'answered' }))).queues).toMatchObject([
      { waiting: 1, longestSince: 1_000 },
    ]);
    expect(board.apply(changeOf(call('a', { queue, over: true }))).queues).toMatchObject([
      { waiting: 0, longestSince: null },
    ]);
  });

  it('tells what an agent said beside the calls, once, until it holds no more', () => {
    const lunch: AgentSaid = {
      ...{ connectionId: id<ConnectionId>('k'), standing: 'paused', status: 3, extension: '101' },
      since: instant(3_000),
    };
    const board = new LiveBoard([], new Map([[DANA, lunch]]));
    expect(board.agents()).toEqual([{ agent: DANA, state: 'free', call: null, since: null, said: lunch }]);
    expect(board.apply({ agent: DANA, said: lunch }).agents).toEqual([]);
    expect(board.apply(changeOf(call('a', at('ringing')))).agents).toMatchObject([
      { state: 'ringing', said: { status: 3 } },
    ]);
    const back: AgentSaid = { ...lunch, standing: 'available', status: 1, since: instant(4_000) };
    expect(board.apply({ agent: DANA, said: back }).agents).toMatchObject([{ state: 'ringing', said: back }]);
    board.apply(changeOf(call('a', { ...at('ended'), over: true })));
    expect(board.apply({ agent: DANA, said: null }).agents).toMatchObject([{ state: 'free', said: null }]);
    expect(board.agents()).toEqual([]);
  });

  it('ends up the same by changes as from what is at last', () => {
    const states = fc.constantFrom<PopupState>('ringing', 'answered', 'elsewhere');
    const change = fc
      .record({
        name: fc.constantFrom('a', 'b', 'c'),
        state: states,
        over: fc.boolean(),
        queued: fc.boolean(),
      })
      .map(({ name, state, over, queued }) =>
        call(name, { ...at(state), over, queue: queued ? queue : null }),
      );
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const board = new LiveBoard();
        let said = 'free';
        for (const one of changes) said = board.apply(changeOf(one)).agents.at(-1)?.state ?? said;
        const last = new Map(changes.map((one) => [one.id, one]));
        const afresh = new LiveBoard(last.values());
        expect(board.agent(DANA).state).toBe(afresh.agent(DANA).state);
        expect(said).toBe(board.agent(DANA).state);
        expect(board.queues()[0]?.waiting).toBe(afresh.queues()[0]?.waiting);
      }),
    );
  });
});
