import { describe, expect, it } from '@jest/globals';
import { id, instant, type ConnectionId } from '../ids.js';
import { callsOfFeed } from './calls-of-feed.js';
import type { FeedCall, FeedNow } from './feed-now.js';

const K = { id: id<ConnectionId>('k'), country: 'IL', timeZone: 'Asia/Jerusalem' };
const NOW = instant(Date.UTC(2026, 4, 3, 9));
const AT = instant(NOW - 60_000);
const call = (vendorCallId: string, traits: Partial<FeedCall> = {}): FeedCall => ({
  ...{ vendorCallId, number: '0502345678', direction: 'inbound', state: 'ringing', did: null },
  ...{ since: AT, answeredAt: null },
  ...traits,
});
const phone = (extension: string, ...calls: FeedCall[]): FeedNow['phones'][number] => ({
  ...{ extension, agentId: null, device: 'reachable', calls },
});
const queue = { id: '12', name: 'Support' };
const caller = (vendorCallId: string) => ({ vendorCallId, number: '0502345678', name: null, joinedAt: AT });

describe('calls that only a PBX’s channel tells of', () => {
  it('are at their phones, as they are there', () => {
    const calls = [
      call('a'),
      call('b', { state: 'answered', answeredAt: instant(AT + 5_000), direction: 'outbound' }),
      call('c', { state: 'held', since: null }),
    ];
    expect(callsOfFeed({ phones: [phone('101', ...calls)], queues: [] }, K, NOW)).toMatchObject([
      { id: 'a', vendorCallId: 'a', state: 'ringing', extension: '101', startedAt: AT, answeredAt: null },
      {
        ...{ vendorCallId: 'b', state: 'answered', direction: 'outbound', to: { e164: '+972502345678' } },
        answeredAt: AT + 5_000,
      },
      { vendorCallId: 'c', state: 'answered', startedAt: NOW },
    ]);
  });

  it('wait in their queue once, however many phones they ring', () => {
    const phones = [phone('101', call('a')), phone('102', call('a'))];
    const told = callsOfFeed({ phones, queues: [{ queue, callers: [caller('a'), caller('b')] }] }, K, NOW);
    expect(
      told.map(({ vendorCallId, extension, queue: of, state }) => [vendorCallId, extension, of?.id, state]),
    ).toEqual([
      ['a', '101', '12', 'ringing'],
      ['a', '102', undefined, 'ringing'],
      ['b', null, '12', 'ringing'],
    ]);
    expect(told[2]).toMatchObject({ startedAt: AT, from: { original: '0502345678' } });
  });
});
