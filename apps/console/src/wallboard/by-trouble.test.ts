import { describe, expect, it } from 'vitest';
import { agentsByTrouble, queuesByTrouble } from './by-trouble';
import type { AgentNow } from './live-board';

const SINCE = { early: '2026-01-01T10:00:00.000Z', late: '2026-01-01T10:05:00.000Z' };

describe('queues', () => {
  it('come by who waits longest, then by how many hung up, named by the directory', () => {
    const queue = { connectionId: 'c', name: null };
    const rows = queuesByTrouble({
      now: [
        { ...queue, id: '1', waiting: 0, longestSince: null },
        { ...queue, id: '2', waiting: 5, longestSince: SINCE.late },
        { ...queue, id: '3', waiting: 1, longestSince: SINCE.early },
      ],
      names: new Map([['c/3', 'Sales']]),
      today: new Map([
        ['c/4', { answered: 1, abandoned: 1 }],
        ['c/1', { answered: 9, abandoned: 1 }],
      ]),
    });
    expect(rows.map(({ name }) => name)).toEqual(['Sales', '2', '4', '1']);
  });
});

describe('agents', () => {
  const agent = (id: string, more: Partial<AgentNow>): [string, AgentNow] => [
    id,
    { agent: id, state: 'free', call: null, since: SINCE.late, said: null, ...more },
  ];

  it('come by who needs a look, the longest of a kind first; who is not heard of is free', () => {
    const agents = new Map([
      agent('a', { state: 'busy' }),
      agent('b', { state: 'ringing', call: 'x' }),
      agent('c', { said: { standing: 'paused', since: SINCE.early } }),
      agent('d', { state: 'busy', since: SINCE.early }),
    ]);
    const people = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, name: id }));
    const parties = new Map([['b', { call: 'x', text: 'Dana' }]]);
    const rows = agentsByTrouble({ people, board: { agents, parties }, today: new Map() });
    expect(rows.map(({ agent: id, word }) => [id, word])).toEqual([
      ['b', 'ringing'],
      ['c', 'paused'],
      ['d', 'busy'],
      ['a', 'busy'],
      ['e', 'free'],
    ]);
    expect(rows[0]?.party?.text).toBe('Dana');
  });

  it('in a call are so whatever they said before', () => {
    const agents = new Map([agent('a', { state: 'busy', said: { standing: 'away', since: SINCE.early } })]);
    const board = { agents, parties: new Map() };
    const [row] = agentsByTrouble({ people: [{ id: 'a', name: 'A' }], board, today: new Map() });
    expect(row).toMatchObject({ word: 'busy', since: SINCE.late });
  });
});
