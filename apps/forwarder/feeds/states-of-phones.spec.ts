import { describe, expect, it } from '@jest/globals';
import { People, id, instant, type AgentId } from '#domain';
import type { FeedPhone } from '#pbx';
import { statesOfPhones } from './states-of-phones.js';

const NOW = instant(10_000);
const [DANA, OMER] = [id<AgentId>('dana'), id<AgentId>('omer')];
const people = new People(
  {
    agents: [
      { id: DANA, name: 'Dana', email: null, code: '7' },
      { id: OMER, name: 'Omer', email: null, code: null },
    ],
    extensions: [
      { number: 'SipDana', aliases: ['101'], agentId: DANA, label: null },
      { number: '102', aliases: [], agentId: DANA, label: null },
      { number: '103', aliases: [], agentId: null, label: null },
    ],
    queues: [],
    dids: [],
  },
  'IL',
);
const phone = (word: string, traits: Partial<FeedPhone> = {}): FeedPhone => ({
  key: word,
  words: [word],
  agent: { code: '999', name: 'Somebody' },
  status: 1,
  since: instant(5_000),
  device: 'reachable',
  calls: [],
  ...traits,
});
const nobody = { agent: null, status: 2 };
const of = (...phones: FeedPhone[]) => [...statesOfPhones(phones, people, NOW).values()];

describe('what phones say of agents', () => {
  it('is meant for whose phone it is where the PBX names nobody whom we know', () => {
    expect(of(phone('101', { status: 3 }))).toEqual([
      { agentId: DANA, standing: 'paused', status: 3, extension: 'SipDana', since: 5_000 },
    ]);
  });

  it('is meant for whom the PBX names, by code or name, wherever they sit', () => {
    expect(of(phone('103', { agent: { code: '7', name: null }, status: 1 }))).toMatchObject([
      { agentId: DANA, standing: 'available', extension: '103' },
    ]);
    expect(of(phone('102', { agent: { code: '8', name: 'omer' } }))).toMatchObject([{ agentId: OMER }]);
  });

  it('is nothing where the PBX says nothing of agents', () => {
    expect(of(phone('101', { agent: null, status: null }))).toEqual([]);
    expect(of(phone('101', { agent: null, status: null }), phone('102', nobody))).toHaveLength(1);
  });

  it('takes nobody for away who is logged in at another phone, whatever is newer', () => {
    const away = phone('101', { ...nobody, since: instant(9_000) });
    const here = phone('102', { agent: { code: '7', name: 'Dana' }, since: instant(1_000) });
    for (const phones of [
      [away, here],
      [here, away],
    ]) {
      expect(of(...phones)).toMatchObject([{ agentId: DANA, status: 1, extension: '102' }]);
    }
    expect(of(away, phone('102', nobody))).toMatchObject([{ standing: 'away' }]);
  });

  it('counts of two phones with the same agent the one that changed last', () => {
    const [early, late] = [phone('101', { status: 3 }), phone('102', { status: 5, since: instant(6_000) })];
    expect(of(early, late)).toMatchObject([{ status: 5 }]);
    expect(of(late, early)).toMatchObject([{ status: 5 }]);
  });

  it('says nothing of phones that are nobody’s, and never a time that is yet to come', () => {
    expect(of(phone('103', nobody), phone('unknown'))).toEqual([]);
    expect(of(phone('101', { since: instant(99_000) }), phone('x'))).toMatchObject([{ since: NOW }]);
    expect(of(phone('101', { since: null }))).toMatchObject([{ since: NOW }]);
  });
});
