import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instant } from '../ids.js';
import {
  NOTHING_FED,
  callsNamed,
  deviceOf,
  feedChange,
  feedWithout,
  foldFeedNow,
  type DeviceState,
  type FeedNow,
} from './feed-now.js';

const devices = fc.constantFrom<DeviceState>('reachable', 'unreachable', 'unknown');
const callIds = fc.constantFrom('a', 'b', 'c');
const feeds: fc.Arbitrary<FeedNow> = fc.record({
  phones: fc.uniqueArray(
    fc.record({
      extension: fc.constantFrom('101', '102', '103'),
      agentId: fc.constant(null),
      device: devices,
      calls: fc.array(
        fc.record({
          vendorCallId: callIds,
          number: fc.constant('050'),
          direction: fc.constant('inbound' as const),
          state: fc.constantFrom('ringing' as const, 'answered' as const),
          since: fc.constant(instant(1)),
          answeredAt: fc.constant(null),
          did: fc.constant(null),
        }),
        { maxLength: 2 },
      ),
    }),
    { selector: ({ extension }) => extension },
  ),
  queues: fc.uniqueArray(
    fc.record({
      queue: fc.record({ id: fc.constantFrom('1', '2'), name: fc.constant(null) }),
      callers: fc.array(
        fc.record({
          vendorCallId: callIds,
          number: fc.constant('050'),
          name: fc.constant(null),
          joinedAt: fc.constant(instant(2)),
        }),
        { maxLength: 2 },
      ),
    }),
    { selector: ({ queue }) => queue.id },
  ),
});
const sorted = ({ phones, queues }: FeedNow) => ({
  phones: [...phones].sort((one, other) => one.extension.localeCompare(other.extension)),
  queues: [...queues].sort((one, other) => one.queue.id.localeCompare(other.queue.id)),
});

describe('what a channel tells', () => {
  it('is known to whoever knew what was before and is told what changed', () => {
    fc.assert(
      fc.property(feeds, feeds, (before, after) => {
        const change = feedChange(before, after);
        const known = change === undefined ? before : foldFeedNow(before, change);
        expect(sorted(known)).toEqual(sorted(after));
      }),
    );
  });

  it('is nothing when it ends, and all that is told when all is told, whatever was before', () => {
    fc.assert(
      fc.property(feeds, feeds, (before, after) => {
        expect(foldFeedNow(before, null)).toEqual(NOTHING_FED);
        expect(foldFeedNow(before, { ...after, isAll: true })).toEqual(after);
      }),
    );
  });

  it('that is told twice is as once', () => {
    fc.assert(
      fc.property(feeds, feeds, fc.boolean(), (before, change, isAll) => {
        const once = foldFeedNow(before, { ...change, isAll });
        expect(foldFeedNow(once, { ...change, isAll })).toEqual(once);
        expect(feedChange(once, once)).toBeUndefined();
      }),
    );
  });

  it('leaves out the calls that webhooks told of, and nothing else', () => {
    fc.assert(
      fc.property(feeds, fc.subarray(['a', 'b', 'c']), (feed, known) => {
        const left = feedWithout(feed, (call) => known.includes(call));
        const named = [...callsNamed(feed)].filter((call) => !known.includes(call));
        expect([...callsNamed(left)].sort()).toEqual(named.sort());
        expect(left.phones.map(({ device }) => device)).toEqual(feed.phones.map(({ device }) => device));
      }),
    );
  });

  it.each<[DeviceState[], DeviceState]>([
    [[], 'unknown'],
    [['unreachable'], 'unreachable'],
    [['unreachable', 'unreachable'], 'unreachable'],
    [['unreachable', 'unknown'], 'unknown'],
    [['unreachable', 'reachable'], 'reachable'],
  ])('of the phones %j of one agent makes that agent %s', (told, device) => {
    expect(deviceOf(told.map((one) => ({ device: one })))).toBe(device);
  });
});
