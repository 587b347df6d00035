/** One call as it could be told, to be changed where a test cares. For tests only. */
import { readParty, type CallView, type CallLegView, instant } from '#domain';
import type { ToldEvent } from '../format.js';

export const STARTED_AT = '2026-11-21T09:28:52.000Z';

/** Extension 101 answered an incoming call after 8 seconds and talked for a minute. */
export function callTold(traits: Partial<CallView> = {}): CallView {
  return {
    id: '019a9e5c-7a00-7000-8000-000000000000',
    connectionId: '019a9e5c-7a00-7000-8000-000000000001',
    vendorCallId: 'v-1',
    state: 'ended',
    direction: 'inbound',
    result: 'answered',
    vendorType: '',
    vendorStatus: '',
    startedAt: STARTED_AT,
    answeredAt: '2026-11-21T09:29:00.000Z',
    endedAt: '2026-11-21T09:30:00.000Z',
    ringSeconds: 8,
    queueSeconds: null,
    talkSeconds: 60,
    from: readParty('0523258000', 'IL'),
    to: readParty('0722776772', 'IL'),
    did: readParty('0722776772', 'IL'),
    extension: '101',
    agent: null,
    queue: null,
    department: null,
    price: null,
    recordings: [],
    ivrPath: [],
    customData: {},
    transferOf: null,
    ai: null,
    raw: {},
    legs: [],
    ...traits,
  } as CallView;
}

/** A leg of it. */
export function legTold(key: string, traits: Partial<CallLegView> = {}): CallLegView {
  const { legs: _, state, ...call } = callTold();
  return { ...(call as unknown as CallLegView), key, state, ...traits };
}

export function eventTold(call: unknown, traits: Partial<ToldEvent> = {}): ToldEvent {
  return {
    id: '019a9e5c-7a00-7000-8000-000000000002',
    type: 'call.ended',
    sequence: 2,
    occurredAt: instant(Date.UTC(2026, 10, 21, 9, 30)),
    payload: JSON.stringify(call),
    ...traits,
  };
}
