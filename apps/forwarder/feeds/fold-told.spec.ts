import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { People, id, instant, type AgentId, type FeedCall } from '#domain';
import type { FeedPhone, FeedQueue, FeedTold } from '#pbx';
import { NOTHING_TOLD, feedNowOf, foldTold } from './fold-told.js';

const DANA = id<AgentId>('dana');
const people = new People(
  {
    agents: [{ id: DANA, name: 'Dana', email: null, code: '7' }],
    extensions: [{ number: '101', aliases: ['SipDana'], agentId: DANA, label: null }],
    queues: [{ vendorId: '12', label: 'Our support' }],
    dids: [],
  },
  'IL',
);
const call = (vendorCallId: string): FeedCall => ({
  ...{ vendorCallId, number: '050', direction: 'inbound', state: 'ringing' },
  ...{ since: instant(1), answeredAt: null, did: null },
});
const phone = (key: string, words: string[], traits: Partial<FeedPhone> = {}): FeedPhone => ({
  ...{ key, words, agent: null, status: 2, since: null, device: 'reachable', calls: [] },
  ...traits,
});
const queue = (name: string, ...callers: string[]): FeedQueue => ({
  queue: name,
  name: `Queue ${name}`,
  callers: callers.map((vendorCallId) => ({ vendorCallId, number: '050', name: null, joinedAt: null })),
});
const folded = (news: readonly FeedTold[]) => news.reduce(foldTold, NOTHING_TOLD);

const phoneNews = fc
  .record({
    keys: fc.uniqueArray(fc.constantFrom('1', '2', '3')),
    device: fc.constantFrom('reachable' as const, 'unreachable' as const),
    isAll: fc.boolean(),
  })
  .map(({ keys, device, isAll }): FeedTold => ({
    kind: 'phones',
    phones: keys.map((key) => phone(key, [`10${key}`], { device })),
    isAll,
  }));
const queueNews = fc
  .record({
    keys: fc.uniqueArray(fc.constantFrom('11', '12')),
    callers: fc.subarray(['a', 'b']),
    isAll: fc.boolean(),
  })
  .map(({ keys, callers, isAll }): FeedTold => ({
    kind: 'queues',
    queues: keys.map((key) => queue(key, ...callers)),
    isAll,
  }));
const anyNews = fc.array(fc.oneof(phoneNews, queueNews));

describe('what a session told so far', () => {
  it('is all of what was told when all was told last, whatever came before', () => {
    fc.assert(
      fc.property(anyNews, phoneNews, queueNews, (before, phones, queues) => {
        const all = [phones, queues].map((one): FeedTold => ({ ...one, isAll: true }));
        expect(folded([...before, ...all])).toEqual(folded(all));
        expect(folded([...before, ...all.reverse()])).toEqual(folded(all));
      }),
    );
  });

  it('is the last word on each phone and queue since', () => {
    fc.assert(
      fc.property(anyNews, (news) => {
        const told = folded(news);
        for (const [key, now] of told.phones) {
          const last = news.findLast(
            (one) => one.kind === 'phones' && one.phones.some((two) => two.key === key),
          );
          expect(last?.kind === 'phones' && last.phones.includes(now)).toBe(true);
        }
        expect(folded([...news, ...news.slice(-1)])).toEqual(told);
      }),
    );
  });

  it('is one phone of the directory where two of the PBX’s extensions are one there', () => {
    const phones = [
      phone('1', ['SipDana'], { device: 'unreachable', calls: [call('a')] }),
      phone('2', ['101'], { calls: [call('a'), call('b')] }),
      phone('3', ['555'], { device: 'unreachable' }),
      phone('4', []),
    ];
    expect(feedNowOf(folded([{ kind: 'phones', phones, isAll: true }]), people).phones).toEqual([
      { extension: '101', agentId: DANA, device: 'reachable', calls: [call('a'), call('b')] },
      { extension: '555', agentId: null, device: 'unreachable', calls: [] },
    ]);
  });

  it('is of whoever sits there, and of queues by the tenant’s own names', () => {
    const there = phone('3', ['555'], { agent: { code: '7', name: null } });
    const told = folded([
      { kind: 'phones', phones: [there], isAll: true },
      { kind: 'queues', queues: [queue('12', 'a'), queue('13')], isAll: true },
    ]);
    expect(feedNowOf(told, people)).toMatchObject({
      phones: [{ extension: '555', agentId: DANA }],
      queues: [
        { queue: { id: '12', name: 'Our support' }, callers: [{ vendorCallId: 'a' }] },
        { queue: { id: '13', name: 'Queue 13' }, callers: [] },
      ],
    });
  });
});
