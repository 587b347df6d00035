import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { id, instant, type AgentId, type CallId, type ConnectionId } from '../ids.js';
import type { AgentSaid } from './agent-said.js';
import { LiveBoard } from './live-board.js';
import { FeedFacts } from './feed-facts.js';
import {
  callsNamed,
  type DeviceState,
  type FeedCall,
  type FeedNow,
  type LiveFeedChange,
} from './feed-now.js';
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

  describe('beside what a PBX’s channel tells', () => {
    const K = id<ConnectionId>('k');
    const fedCall = (vendorCallId: string, state: 'ringing' | 'answered' = 'ringing'): FeedCall => ({
      ...{ vendorCallId, state, number: '050', direction: 'inbound', did: null },
      ...{ since: instant(700), answeredAt: state === 'answered' ? instant(800) : null },
    });
    const phone = (device: DeviceState, ...calls: FeedCall[]) => ({
      phones: [{ extension: '101', agentId: DANA, device, calls }],
    });
    const waiting = (...callers: string[]) => ({
      queues: [
        {
          queue,
          callers: callers.map((vendorCallId) => ({
            ...{ vendorCallId, number: '050', name: null, joinedAt: instant(500) },
          })),
        },
      ],
    });
    const fed = (told: Partial<FeedNow>): LiveFeedChange => ({
      connection: K,
      feed: { phones: [], queues: [], isAll: true, ...told },
    });

    it('takes nobody for free whose phone is not registered, until it is, or the channel ends', () => {
      const board = new LiveBoard();
      expect(board.apply(fed(phone('unreachable'))).agents).toMatchObject([{ state: 'unreachable' }]);
      expect(board.agents()).toMatchObject([{ agent: DANA, state: 'unreachable' }]);
      expect(board.apply(changeOf(call('a', at('answered')))).agents).toMatchObject([{ state: 'busy' }]);
      expect(board.apply(changeOf(call('a', { ...at('ended'), over: true }))).agents).toMatchObject([
        { state: 'unreachable' },
      ]);
      expect(board.apply(fed(phone('reachable'))).agents).toMatchObject([{ state: 'free' }]);
      board.apply(fed(phone('unreachable')));
      expect(board.apply({ connection: K, feed: null }).agents).toMatchObject([{ state: 'free' }]);
      expect(board.agents()).toEqual([]);
    });

    it('has an agent in a call that no webhook told of, which has no id of ours', () => {
      const board = new LiveBoard();
      expect(board.apply(fed(phone('reachable', fedCall('x')))).agents).toMatchObject([
        { state: 'ringing', call: null, since: 700 },
      ]);
      expect(board.apply(fed(phone('reachable', fedCall('x', 'answered')))).agents).toMatchObject([
        { state: 'busy', call: null, since: 800 },
      ]);
    });

    it('goes by webhooks in what they told of, also when they told the end first', () => {
      const board = new LiveBoard([call('a', { queue })]);
      board.apply(fed({ ...phone('reachable', fedCall('a', 'answered')), ...waiting('a', 'b') }));
      expect(board.agents()).toEqual([]);
      expect(board.queues()).toMatchObject([{ waiting: 2, longestSince: 500 }]);
      expect(board.apply(changeOf(call('a', { queue, over: true }))).queues).toMatchObject([{ waiting: 1 }]);
      expect(board.agent(DANA).state).toBe('free');
      expect(board.apply(fed(waiting())).queues).toMatchObject([{ waiting: 0, longestSince: null }]);
    });

    it('ends up the same whatever came first, webhooks or the channel', () => {
      const steps = fc.array(
        fc.oneof(
          fc
            .record({ name: fc.constantFrom('a', 'b'), over: fc.boolean() })
            .map(({ name, over }) => changeOf(call(name, { ...at('ringing'), over, queue }))),
          fc
            .tuple(fc.subarray(['a', 'b', 'c']), fc.subarray(['a', 'b', 'c']), fc.boolean())
            .map(([there, queued, isOn]): LiveFeedChange =>
              isOn
                ? fed({ ...phone('reachable', ...there.map((one) => fedCall(one))), ...waiting(...queued) })
                : { connection: K, feed: null },
            ),
        ),
      );
      fc.assert(
        fc.property(steps, (changes) => {
          const board = new LiveBoard();
          for (const change of changes) board.apply(change);
          const calls = new Map(changes.flatMap((one) => ('call' in one ? [[one.call.id, one.call]] : [])));
          const last = changes.findLast((one) => 'feed' in one);
          const told = last?.feed ?? { phones: [], queues: [] };
          const open = [...calls.values()]
            .filter(({ over }) => !over)
            .map(({ vendorCallId }) => vendorCallId);
          const left = board.feedOf(K);
          // What ended is known only while the channel names it: one that it names anew is a call again.
          const names = [...callsNamed(left)];
          expect(names.some((name) => open.includes(name))).toBe(false);
          const known = [...callsNamed(told)].filter((name) => !names.includes(name) && !open.includes(name));
          const going = [...calls.values()].filter(({ over }) => !over);
          const afresh = new LiveBoard(going, new Map(), new FeedFacts([[K, { ...told, known }]]));
          expect(afresh.agent(DANA).state).toBe(board.agent(DANA).state);
          const waits = (one: LiveBoard) => one.queues().reduce((sum, now) => sum + now.waiting, 0);
          expect(waits(afresh)).toBe(waits(board));
        }),
      );
    });
  });
});
