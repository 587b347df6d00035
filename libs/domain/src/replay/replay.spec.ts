import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { id, instant, type CallEventId, type CallId, type EndpointId } from '../ids.js';
import { fullBucket, takeTokens } from '../delivery/token-bucket.js';
import { replayBatch } from './replay-batch.js';
import type { ReplayFilter } from './replay-filter.js';
import { replayLimit } from './replay-limit.js';
import { whoIsReplayed, type ReplayedEvent } from './who-is-replayed.js';

const CRM = { id: id<EndpointId>('crm'), eventTypes: ['call.ended'], filter: null };
const SHEET = { id: id<EndpointId>('sheet'), eventTypes: ['*'], filter: null };
const EVENT: ReplayedEvent = {
  callId: 'call-1',
  type: 'call.ended',
  isTest: false,
  customerNumber: '+441632960001',
  deliveries: [],
};
const FILTER: ReplayFilter = {
  from: instant(0),
  to: instant(1),
  eventTypes: [],
  endpointIds: [],
  status: 'any',
  number: null,
  callId: null,
  reason: null,
};

function replayed(event: Partial<ReplayedEvent>, filter: Partial<ReplayFilter> = {}): string[] {
  return whoIsReplayed({ ...EVENT, ...event }, [CRM, SHEET], { ...FILTER, ...filter }, () => true).map(
    (endpoint) => endpoint.id,
  );
}
const was = (state: string, reason: string | null = null) => ({
  deliveries: [{ endpointId: CRM.id, state, reason }],
});

describe('whoIsReplayed', () => {
  it('sends what an endpoint missed only where it would have been told', () => {
    expect(replayed({}, { status: 'never' })).toEqual(['crm', 'sheet']);
    expect(replayed({ type: 'call.ringing' }, { status: 'never' })).toEqual(['sheet']);
    expect(replayed(was('delivered'), { status: 'never' })).toEqual(['sheet']);
  });

  it('goes by what became of the event at each endpoint', () => {
    for (const state of ['delivered', 'dead', 'skipped'] as const) {
      expect(replayed(was(state), { status: state })).toEqual(['crm']);
      expect(replayed(was(state), { status: 'any' })).toEqual(['crm', 'sheet']);
    }
    expect(replayed(was('dead'), { status: 'delivered' })).toEqual([]);
  });

  it('never doubles what still waits', () => {
    for (const state of ['due', 'held']) expect(replayed(was(state))).toEqual(['sheet']);
  });

  it('leaves out tests, other calls, other types, other numbers and other endpoints', () => {
    expect(replayed({ callId: null, isTest: true })).toEqual([]);
    expect(replayed({}, { callId: id<CallId>('call-2') })).toEqual([]);
    expect(replayed({}, { eventTypes: ['call.ringing', 'ivr.*'] })).toEqual([]);
    expect(replayed({}, { number: '441632960002' })).toEqual([]);
    expect(replayed({ customerNumber: null }, { number: '1632' })).toEqual([]);
    expect(replayed({}, { number: '1632960001', eventTypes: ['call.*'] })).toEqual(['crm', 'sheet']);
    expect(replayed({}, { endpointIds: [SHEET.id] })).toEqual(['sheet']);
  });

  it('sends what is about no call to who asks for it, and tests to nobody', () => {
    const ops = { id: id<EndpointId>('ops'), eventTypes: ['endpoint.*'], filter: null };
    const told = (event: Partial<ReplayedEvent>, filter: Partial<ReplayFilter> = {}) =>
      whoIsReplayed(
        { ...EVENT, callId: null, type: 'endpoint.disabled', customerNumber: null, ...event },
        [CRM, SHEET, ops],
        { ...FILTER, ...filter },
        () => true,
      ).map((endpoint) => endpoint.id);
    expect(told({})).toEqual(['ops']);
    expect(told({ isTest: true })).toEqual([]);
    expect(told({ type: 'endpoint.test', isTest: true })).toEqual([]);
    expect(told({}, { callId: id<CallId>('call-1') })).toEqual([]);
    expect(told({}, { number: '1632' })).toEqual([]);
    expect(
      told({ deliveries: [{ endpointId: ops.id, state: 'dead', reason: null }] }, { status: 'dead' }),
    ).toEqual(['ops']);
  });

  it('finds words in the reason of what failed, in any case', () => {
    expect(replayed(was('dead', 'Refused: answered 422'), { reason: 'refused' })).toEqual(['crm']);
    expect(replayed(was('dead', 'Gave up'), { reason: '422' })).toEqual([]);
  });
});

describe('replayLimit', () => {
  it('never lets more than the rate go in any minute', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 600_000 }), steps, (rate, waits) => {
        const limit = replayLimit(rate, 3);
        let now = instant(0);
        let bucket = fullBucket(limit, now);
        const takes: { at: number; taken: number }[] = [];
        for (const wait of waits) {
          now = instant(now + wait);
          const result = takeTokens(bucket, limit, 1_000_000, now);
          bucket = result.bucket;
          takes.push({ at: now, taken: result.taken });
          const inTheMinute = takes.filter(({ at }) => at > now - 60_000);
          expect(inTheMinute.reduce((sum, { taken }) => sum + taken, 0)).toBeLessThanOrEqual(rate);
        }
      }),
    );
  });

  it('holds an event that goes to many endpoints', () => {
    expect(replayLimit(60, 30).burst).toBe(30);
  });
});

describe('replayBatch', () => {
  const choices = [['a', 1] as const, ['b', 0] as const, ['c', 2] as const].map(([name, count]) => ({
    eventId: id<CallEventId>(name),
    endpoints: Array.from({ length: count }, (_, index) => index),
  }));

  it('passes over what the filter leaves out', () => {
    expect(replayBatch(choices, 100)).toMatchObject({ handledTo: 'c', whole: true });
    expect(replayBatch(choices, 100).made).toHaveLength(3);
  });

  it('stops before an event that does not fit as a whole', () => {
    expect(replayBatch(choices, 2)).toMatchObject({ handledTo: 'b', whole: false });
    expect(replayBatch(choices, 2).made).toHaveLength(1);
    expect(replayBatch(choices, 0)).toEqual({ made: [], handledTo: undefined, whole: false });
  });
});
