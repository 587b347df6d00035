import { readParty, type EnrichedCall } from '#domain';

const STARTED = Date.UTC(2026, 10, 21, 9, 28, 52);

/** +972 54-555-1234 called; extension 101 answered after 8 seconds and talked for 75. */
export function callOfNobody(id: string): EnrichedCall {
  const after = (seconds: number) => new Date(STARTED + seconds * 1000).toISOString();
  return {
    id,
    state: 'ended',
    direction: 'inbound',
    result: 'answered',
    startedAt: after(0),
    answeredAt: after(8),
    endedAt: after(83),
    ringSeconds: 8,
    queueSeconds: null,
    talkSeconds: 75,
    from: readParty('0545551234', 'IL'),
    to: readParty('0722776772', 'IL'),
    did: { ...readParty('0722776772', 'IL'), label: 'Sales' },
    extension: '101',
    agent: { id: null, code: '7', name: 'Dana Levi', email: 'dana@example.com' },
    queue: null,
    recordings: [],
    customData: {},
    ai: null,
    notes: [],
    legs: [],
    contact: null,
    match: null,
    // What no CRM is told is left out.
  } as unknown as EnrichedCall;
}
