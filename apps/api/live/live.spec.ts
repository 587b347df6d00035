import { describe, expect, it, jest } from '@jest/globals';
import { id, type AgentId, type CallId, type LiveCall, type TenantId, type AgentSaid } from '#domain';
import { LiveDoorbells, type Doorbell } from './live-doorbells.js';
import { LiveTenant, type LiveTap } from './live-tenant.js';
import { LiveViews } from './live-views.js';
import { MOST_ROOMS, watchedRooms } from './watched-rooms.js';

const UUID = '0193f0f0-0000-7000-8000-00000000000';
const ALL = { agents: 'all' } as const;
const DANA = { agents: [id<AgentId>(`${UUID}1`)] };

describe('watchedRooms', () => {
  const codeOf = (asked: unknown, who: Parameters<typeof watchedRooms>[1] = ALL) => {
    try {
      return watchedRooms(asked, who);
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it('gives whoever asks for nothing all that he may hear', () => {
    expect(watchedRooms(undefined, ALL)).toEqual(['tenant']);
    expect(watchedRooms(undefined, DANA)).toEqual([`agent:${UUID}1`]);
  });

  it('knows rooms from junk', () => {
    const rooms = ['popups', `agent:${UUID}1`, `call:${UUID}2`, `queue:${UUID}3/12`];
    expect(codeOf(rooms)).toEqual(rooms);
    for (const junk of ['everything', 'agent:x', `queue:${UUID}3`, 7, {}, [null], `agent:${UUID}1 `]) {
      expect([junk, codeOf(junk)]).toEqual([junk, 'live.unknown_room']);
    }
    expect(codeOf(Array(MOST_ROOMS + 1).fill('agents'))).toBe('live.too_many_rooms');
  });

  it('keeps agents to rooms of their own', () => {
    for (const room of ['tenant', 'popups', 'agents', `agent:${UUID}2`, `call:${UUID}2`]) {
      expect([room, codeOf(room, DANA)]).toEqual([room, 'live.room_forbidden']);
    }
    expect(codeOf(`agent:${UUID}1`, DANA)).toEqual([`agent:${UUID}1`]);
  });
});

describe('LiveViews', () => {
  it('makes one view of the same rooms, and forgets it with the last who leaves', () => {
    const views = new LiveViews();
    const one = views.enter(['agents', 'popups']);
    expect(views.enter(['popups', 'agents']).name).toBe(one.name);
    expect([...views.hearing(['agents', 'tenant'])]).toEqual([one]);
    expect(views.members).toBe(2);
    views.leave(one);
    expect([...views.hearing(['popups'])]).toEqual([one]);
    views.leave(one);
    expect([views.members, ...views.hearing(['popups', 'agents'])]).toEqual([0]);
  });
});

describe('LiveTenant', () => {
  const call = (letter: string) =>
    ({
      id: `${UUID}${letter}` as CallId,
      popups: {},
      queue: null,
      over: false,
      since: 0,
      answeredAt: null,
    }) as unknown as LiveCall;
  const row = (number: number, letter: string) => ({ number, change: { call: call(letter), popups: [] } });
  const gone = (number: number) => ({ number, change: { agent: `${UUID}a` as AgentId, said: null } });

  const said = new Map<AgentId, AgentSaid>();

  it('tells a tap each change once, in order, and what is now when all begins anew', () => {
    const [live, heard] = [new LiveTenant(), [] as string[]];
    const nameOf = ({ id: callId }: LiveCall) => callId.slice(-1);
    const tap: LiveTap = {
      changed: (one) => void heard.push(nameOf(one)),
      anew: (calls) => void heard.push(`anew ${[...calls].map(nameOf).join('')}`),
      said: () => void heard.push('said'),
      fed: (connection) => void heard.push(`fed ${connection}`),
    };
    live.taps.add(tap);
    live.begin({ number: 4, calls: [call('1')], said, fed: new Map(), campaigns: [] });
    expect(live.advance([row(4, '1'), row(5, '2'), row(6, '3'), gone(7)], () => undefined)).toBe(true);
    expect(live.advance([row(9, '4')], () => undefined)).toBe(false);
    live.begin({ number: 9, calls: [call('1'), call('4')], said, fed: new Map(), campaigns: [] });
    live.taps.delete(tap);
    live.advance([row(10, '5')], () => undefined);
    expect(heard).toEqual(['anew 1', '2', '3', 'said', 'anew 14']);
  });
});

describe('LiveDoorbells', () => {
  const TENANT = id<TenantId>('t');

  it('ring at once, then once a second with all that came, and not for nothing', () => {
    jest.useFakeTimers();
    try {
      const rung: Doorbell[] = [];
      const bells = new LiveDoorbells((_tenant, bell) => void rung.push(bell));
      bells.ring(TENANT, 'calls', ['a']);
      bells.ring(TENANT, 'calls', ['b']);
      bells.ring(TENANT, 'calls', ['c', 'b']);
      bells.ring(TENANT, 'deliveries', null);
      expect(rung).toEqual([
        { topic: 'calls', ids: ['a'] },
        { topic: 'deliveries', ids: null },
      ]);
      jest.advanceTimersByTime(1_000);
      expect(rung.slice(2)).toEqual([{ topic: 'calls', ids: ['b', 'c'] }]);
      bells.ring(
        TENANT,
        'calls',
        Array.from({ length: 51 }, (_, index) => String(index)),
      );
      jest.advanceTimersByTime(5_000);
      expect(rung.slice(3)).toEqual([{ topic: 'calls', ids: null }]);
      bells.stop();
    } finally {
      jest.useRealTimers();
    }
  });
});
