import {
  NOTHING_HEARD,
  NO_PEOPLE,
  OPEN_RECORDINGS,
  enrichCall,
  instant,
  restoreCall,
  type CallId,
  type CallLeg,
  type ConnectionId,
  type EnrichedCall,
  type Instant,
} from '#domain';

const TALK_SECONDS = 60;
const RING_SECONDS = 8;

/**
 * The data of a test event: a call as it could have been, a minute ago, flagged so that no CRM takes it for a real one.
 * The numbers are of ranges that are set aside for fiction (Ofcom, 01632 960000 to 960999).
 */
export function sampleCall(
  now: Instant,
  ids: { call: CallId; connection: ConnectionId },
): EnrichedCall & { rang: readonly string[]; test: true } {
  const leg = sampleLeg(now);
  const call = restoreCall(
    { id: ids.call, connectionId: ids.connection, vendorCallId: 'sample-call' },
    { legs: [leg], closedAt: now },
  );
  const shown = enrichCall(call, { people: NO_PEOPLE, recordings: OPEN_RECORDINGS, link: (told) => told });
  return { ...shown, rang: ['101'], test: true };
}

/** An answered call of one leg that ended just now, as a CDR tells of it. */
export function sampleLeg(now: Instant): CallLeg {
  return {
    key: 'only',
    direction: 'inbound',
    result: 'answered',
    vendorType: 'sample',
    vendorStatus: 'ANSWER',
    startedAt: instant(now - (TALK_SECONDS + RING_SECONDS) * 1000),
    heard: { ...NOTHING_HEARD, endedFirst: now, ended: now, taken: true },
    ringSeconds: RING_SECONDS,
    queueSeconds: null,
    talkSeconds: TALK_SECONDS,
    from: sampleParty('01632 960001', '+441632960001'),
    to: sampleParty('01632 960002', '+441632960002'),
    did: sampleParty('01632 960002', '+441632960002'),
    extension: '101',
    agent: { code: '101', name: 'Sample Agent' },
    queue: null,
    department: null,
    price: null,
    recordings: [],
    ivrPath: [],
    customData: {},
    transferOf: null,
    ai: null,
    unreadableFields: [],
    raw: {},
  };
}

function sampleParty(original: string, e164: string) {
  return { original, e164, country: 'GB', countryName: 'United Kingdom', type: 'fixed_line' as const };
}
