import {
  MOST_NOTES,
  DEFAULT_POLICY,
  NO_PEOPLE,
  OPEN_RECORDINGS,
  id,
  instant,
  noMatch,
  normaliseLeg,
  type CallContext,
  type CallId,
  type CallMatch,
  type CallWord,
  type LegReport,
} from '#domain';
import type { DueReceipt, EnrichmentContext, KnownCall } from '#db';
import type { Matches } from './call-drafts.js';
import { numbersToMatch } from './numbers-to-match.js';
import { planEnrichment } from './plan-enrichment.js';
import { planSettling } from './plan-settling.js';
import type { ReadReceipt } from './read-receipts.js';

const REPORT: LegReport = {
  phase: 'ended',
  vendorCallId: 'v-1',
  leg: 'only',
  vendorType: 'Incoming Call',
  vendorStatus: 'ANSWER',
  direction: 'inbound',
  result: 'answered',
  startedEpochSeconds: 1_000,
  ringSeconds: 5,
  queueSeconds: null,
  talkSeconds: 60,
  from: '0501234567',
  to: '0722776772',
  did: null,
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
};

const CRM = {
  id: id<EnrichmentContext['endpoints'][0]['id']>('crm'),
  eventTypes: ['call.*'],
  filter: null,
  enabled: true,
};
const CONTEXT: EnrichmentContext = {
  tenantId: id('t'),
  connectionId: id('k'),
  dialect: 'voicenter',
  timeZone: 'Asia/Jerusalem',
  country: 'IL',
  epochs: 'utc',
  settings: {},
  people: NO_PEOPLE,
  recordings: OPEN_RECORDINGS,
  knowsContacts: true,
  matchPolicy: DEFAULT_POLICY,
  endpoints: [CRM, { id: id('other'), eventTypes: ['call.missed'], filter: null, enabled: false }],
};

let made = 0;
const next = () => String((made += 1)) as never;
const linkTo = ({ told }: { told: string }) => `https://ours.example/${told}`;
const IDS = { call: next, event: next, delivery: next };
beforeEach(() => (made = 0));

function receipt(receivedAt: number, ...reports: Partial<LegReport>[]): ReadReceipt {
  const legs = reports.map((report) => {
    const leg = normaliseLeg({ ...REPORT, ...report }, CONTEXT, instant(receivedAt));
    return { vendorCallId: report.vendorCallId ?? 'v-1', leg };
  });
  const came = { id: `r${receivedAt}`, receivedAt: instant(receivedAt), tries: 0 } as unknown as DueReceipt;
  return { receipt: came, ok: true, legs };
}

const RINGING: Partial<LegReport> = {
  phase: 'ringing',
  leg: 'x101',
  startedEpochSeconds: null,
  ringSeconds: null,
  talkSeconds: null,
};

const plan = (
  read: ReadReceipt[],
  known: KnownCall[] = [],
  contexts: Record<string, CallContext> = {},
  matches: Matches = new Map(),
) =>
  planEnrichment({
    context: CONTEXT,
    fence: '1',
    read,
    known: {
      calls: new Map(
        known.map(({ call }) => [
          call.vendorCallId,
          known.filter((one) => one.call.vendorCallId === call.vendorCallId),
        ]),
      ),
      contexts: new Map(Object.entries(contexts)),
    },
    matches,
    ids: IDS,
    linkTo,
  });

/** What the store would read back. */
const kept = ({ calls }: ReturnType<typeof plan>): KnownCall[] =>
  calls.map(({ call, sequence, told, startedAt, occurrence }) => ({
    call,
    sequence,
    told,
    startedAt,
    occurrence,
  }));

const told = ({ events }: ReturnType<typeof plan>) =>
  events.map(({ type, sequence, occurredAt }) => [type, sequence, occurredAt]);

describe('planEnrichment', () => {
  it('numbers the events of a call and says when each happened', () => {
    const answered = { ...RINGING, phase: 'answered' } as const;
    const batch = plan([receipt(900, RINGING), receipt(905, answered), receipt(2_000_000, {})]);
    expect(told(batch)).toEqual([
      ['call.ringing', 1, 900],
      ['call.answered', 2, 905],
      ['call.ended', 3, 1_065_000],
    ]);
    expect(batch.calls).toMatchObject([{ sequence: 3, settleAt: null, startedAt: 1_000_000 }]);
  });

  it('goes on where the batch before ended', () => {
    const first = plan([receipt(900, RINGING)]);
    expect(first.calls).toMatchObject([{ settleAt: 900 + 4 * 3_600_000 }]);
    const second = plan([receipt(901, RINGING), receipt(2_000_000, {})], kept(first));
    expect(told(second)).toEqual([['call.ended', 2, 1_065_000]]);
  });

  it('tells of a missed call twice: its end, and that it was missed', () => {
    const batch = plan([receipt(2_000_000, { result: 'missed', talkSeconds: 0 })]);
    expect(told(batch).map(([type]) => type)).toEqual(['call.ended', 'call.missed']);
    expect(batch.deliveries.map(({ eventType, heldReason }) => [eventType, heldReason])).toEqual([
      ['call.ended', null],
      ['call.missed', null],
      ['call.missed', 'endpoint disabled'],
    ]);
  });

  it('ends a call of two legs once, whether they come in one message, in one batch or in two', () => {
    const agent = { leg: 'agent', direction: 'outbound' } as const;
    const customer = { leg: 'customer', direction: 'outbound' } as const;
    expect(told(plan([receipt(2_000_000, agent, customer)]))).toHaveLength(1);
    expect(told(plan([receipt(2_000_000, customer), receipt(2_000_001, agent)]))).toHaveLength(1);
    const first = plan([receipt(2_000_000, agent)]);
    expect(first).toMatchObject({ events: [], calls: [{ settleAt: 2_020_000, sequence: 0 }] });
    expect(told(plan([receipt(2_000_001, customer)], kept(first)))).toEqual([['call.ended', 1, 1_065_000]]);
  });

  it('changes nothing when everything was known', () => {
    const first = plan([receipt(2_000_000, {})]);
    expect(plan([receipt(2_000_000, {})], kept(first))).toMatchObject({ calls: [], events: [] });
  });
});

describe('planEnrichment with what was remembered of a call', () => {
  const gold: CallContext = { at: instant(1), data: { plan: 'gold' } };
  const told = ({ events }: ReturnType<typeof plan>) =>
    events.map(({ type, data }) => [type, (data as { customData: unknown }).customData]);

  it('tells it with the call’s first event, and of no other call', () => {
    const batch = plan([receipt(2_000_000, {}, { vendorCallId: 'v-2' })], [], { 'v-1': gold });
    expect(told(batch)).toEqual([
      ['call.ended', { plan: 'gold' }],
      ['call.ended', {}],
    ]);
  });

  it('tells what came meanwhile with the next message, as an update of a call whose end was told', () => {
    const first = kept(plan([receipt(2_000_000, {})]));
    expect(told(plan([receipt(2_000_000, {})], first, { 'v-1': gold }))).toEqual([
      ['call.updated', { plan: 'gold' }],
    ]);
  });
});

describe('planSettling', () => {
  const settle = (calls: KnownCall[], now = 9_000_000) =>
    planSettling({ context: CONTEXT, fence: '1', calls, now: instant(now), ids: IDS, linkTo });

  it('tells the end with what is known', () => {
    const [one] = kept(plan([receipt(2_000_000, { leg: 'agent', direction: 'outbound' })]));
    const settled = settle(one ? [one] : []);
    expect(told(settled)).toEqual([['call.ended', 1, 1_065_000]]);
    expect(settled).toMatchObject({
      receipts: [],
      calls: [{ settleAt: null }],
      events: [{ receiptId: null }],
    });
  });

  it('tells the end of a call that went silent, of which nobody knows what became', () => {
    const [silent] = kept(plan([receipt(900, RINGING)]));
    const settled = settle(silent ? [silent] : []);
    expect(told(settled)).toEqual([['call.ended', 2, 9_000_000]]);
    expect(settled.events).toMatchObject([{ data: { state: 'ended', result: 'unknown' } }]);
  });

  it('tells it as of the time at which our patience ended, however late we come', () => {
    const [known] = kept(plan([receipt(900, RINGING)]));
    const patienceEnded = 900 + 4 * 3_600_000;
    const settled = settle(known ? [known] : [], patienceEnded + 7 * 3_600_000);
    expect(told(settled)).toEqual([['call.ended', 2, patienceEnded]]);
    expect(settled).toMatchObject({ calls: [{ call: { closedAt: patienceEnded } }] });
  });

  it('gives what a caller pressed to those who want it, with the call', () => {
    const step = { order: 0, layerId: '3', layerName: 'Main', layerNumber: 4, digits: '2' };
    const batch = plan([receipt(900, { ...RINGING, leg: 'ivr', ivrPath: [step] })]);
    const [, event] = batch.events;
    expect(event).toMatchObject({
      type: 'ivr.input',
      occurredAt: 900,
      data: { state: 'ringing', input: { menu: '3', layerNumber: 4, digits: '2' } },
    });
    const [ringing] = batch.events;
    expect(ringing?.data).not.toHaveProperty('input');
  });
});

describe('planEnrichment with an id that comes again', () => {
  const DAY = 86_400;
  const called = (from: string, day: number, more: Partial<LegReport> = {}) => {
    const startedEpochSeconds = 1_000 + day * DAY;
    return receipt((startedEpochSeconds + 66) * 1000, { from, startedEpochSeconds, ...more });
  };
  const [ANN, BEN] = ['0501234567', '0521234567'];
  const shown = ({ calls }: ReturnType<typeof plan>) =>
    calls.map(({ call, occurrence }) => [call.from.original, call.startedAt, occurrence]);

  it('for another caller, two days after the call was over, is of a new call, in whatever order they come', () => {
    const [first, second] = [called(ANN, 0), called(BEN, 2)];
    const ann = [ANN, 1_000_000, 0];
    const ben = [BEN, (1_000 + 2 * DAY) * 1000, 1];
    const both = plan([first, second]);
    expect(shown(both)).toEqual([ann, ben]);
    expect(told(both).map(([type, sequence]) => [type, sequence])).toEqual([
      ['call.ended', 1],
      ['call.ended', 1],
    ]);
    expect(shown(plan([second], kept(plan([first]))))).toEqual([ben]);
    expect(shown(plan([second, first]))).toEqual([
      [ben[0], ben[1], 0],
      [ann[0], ann[1], 1],
    ]);
  });

  it('goes on with the call that it was of, whichever was last', () => {
    const calls = kept(plan([called(ANN, 0), called(BEN, 2)]));
    const record = { recordings: [{ url: 'https://pbx.example/1.mp3' }] };
    expect(shown(plan([called(ANN, 0, record)], calls))).toEqual([[ANN, 1_000_000, 0]]);
    expect(shown(plan([called(BEN, 2, record)], calls))).toEqual([[BEN, (1_000 + 2 * DAY) * 1000, 1]]);
    expect(plan([called(ANN, 0), called(BEN, 2)], calls)).toMatchObject({ calls: [], events: [] });
  });

  it('gives the new call nothing that was remembered of the old one', () => {
    const old: CallContext = { at: instant(1_060_000), data: { plan: 'gold' } };
    const first = kept(plan([called(ANN, 0)], [], { 'v-1': old }));
    const second = plan([called(BEN, 2)], first, { 'v-1': old });
    expect(second.calls).toMatchObject([{ call: { customData: {} } }]);
    const own: CallContext = { at: instant((1_000 + 2 * DAY) * 1000), data: { plan: 'silver' } };
    expect(plan([called(BEN, 2)], first, { 'v-1': own }).calls).toMatchObject([
      { call: { customData: { plan: 'silver' } } },
    ]);
  });

  it('closes each by itself', () => {
    const rings = (from: string, at: number) => receipt(at, { ...RINGING, from, vendorCallId: 'v-1' });
    const DAYS = 2 * DAY * 1000;
    const batch = plan([rings(ANN, 1_000), rings(BEN, DAYS)]);
    expect(batch.calls).toMatchObject([
      { occurrence: 0, settleAt: 1_000 + 4 * 3_600_000 },
      { occurrence: 1, settleAt: DAYS + 4 * 3_600_000 },
    ]);
  });
});

describe('whose call it is', () => {
  const CALLER = '+972501234567';
  const JOHN = {
    ...{ id: 'c1', source: 'directory', externalId: null, name: 'John', company: null, url: null },
  };
  const johns = {
    contact: JOHN,
    reason: 'only_one' as const,
    number: CALLER,
    total: 1,
    candidates: [],
  };
  const unknown: Matches = new Map([[CALLER, noMatch(CALLER, 'nobody')]]);
  const known: Matches = new Map([[CALLER, johns]]);
  const shownTo = ({ events }: ReturnType<typeof plan>) =>
    events.map(({ type, data }) => [type, (data as { contact: { name: string } | null }).contact?.name]);

  it('is told with its events, and stays', () => {
    const first = plan([receipt(900, RINGING)], [], {}, known);
    expect(shownTo(first)).toEqual([['call.ringing', 'John']]);
    const other = new Map([[CALLER, { ...johns, contact: { ...JOHN, name: 'Ann' } }]]);
    expect(shownTo(plan([receipt(2_000_000, {})], kept(first), {}, other))).toEqual([['call.ended', 'John']]);
    expect(shownTo(plan([receipt(2_000_000, {})], kept(first)))).toEqual([['call.ended', 'John']]);
  });

  it('may come to be known while the call goes on', () => {
    const first = plan([receipt(900, RINGING)], [], {}, unknown);
    expect(first.calls[0]?.call.match).toMatchObject({ contact: null, reason: 'nobody' });
    expect(shownTo(plan([receipt(2_000_000, {})], kept(first), {}, known))).toEqual([['call.ended', 'John']]);
  });

  it('is asked for the party outside, once each, until somebody is known', () => {
    const none = { calls: new Map(), contexts: new Map() };
    const asked = (read: ReadReceipt[], calls = none, of = CONTEXT) =>
      numbersToMatch(read, calls, of).map(({ e164 }) => e164);
    const out = { direction: 'outbound', from: '0722776772', to: '0507654321' } as const;
    expect(asked([receipt(1, RINGING), receipt(2, {}), receipt(3, { ...out, vendorCallId: 'v-2' })])).toEqual(
      [CALLER, '+972507654321'],
    );
    expect(asked([receipt(1, { direction: 'internal' }), receipt(2, { from: 'Anonymous' })])).toEqual([]);
    expect(asked([receipt(1, {})], none, { ...CONTEXT, knowsContacts: false })).toEqual([]);
    const after = (matches: Matches) => {
      const calls = kept(plan([receipt(900, RINGING)], [], {}, matches));
      return asked([receipt(2, {})], { ...none, calls: new Map([['v-1', calls]]) });
    };
    expect([after(known), after(unknown)]).toEqual([[], [CALLER]]);
  });

  it('is looked for at sources only while the call goes on', () => {
    const none = { calls: new Map(), contexts: new Map() };
    const running = (read: ReadReceipt) => numbersToMatch([read], none, CONTEXT).map((one) => one.running);
    expect(running(receipt(1, RINGING))).toEqual([[{ vendorCallId: 'v-1', did: null, extension: '101' }]]);
    expect(running(receipt(1, {}))).toEqual([[]]);
  });
});

describe('planEnrichment with our own words', () => {
  const ringing = () => plan([receipt(900, RINGING)]);
  const said = (word: CallWord, vendorCallId = 'v-1'): ReadReceipt => ({
    receipt: { id: 'own', receivedAt: instant(1_000), tries: 0 } as unknown as DueReceipt,
    ...{ ok: true, legs: [], said: { vendorCallId, word } },
  });
  const note = { id: 'n', at: instant(950), text: 'x', outcome: null } as const;
  const noted = (callId: CallId): CallWord => ({
    ...{ kind: 'note', callId },
    note: { ...note, by: { kind: 'user', id: 'u', name: null } },
  });

  it('numbers their events among those of the call', () => {
    const first = ringing();
    const [{ call }] = kept(first) as [KnownCall];
    const next = plan([said(noted(call.id)), receipt(2_000_000, {})], kept(first));
    expect(told(next)).toEqual([
      ['call.noted', 2, 950],
      ['call.ended', 3, 1_065_000],
    ]);
    expect(next.events.map(({ data }) => (data as { notes: unknown[] }).notes.length)).toEqual([1, 1]);
    expect(next.receipts).toMatchObject([{ state: 'done' }, { state: 'done' }]);
  });

  it('keeps a word of a call that is not there, for people to see', () => {
    const { receipts, calls } = plan([said(noted(id('other')))], kept(ringing()));
    expect([calls, receipts]).toMatchObject([[], [{ state: 'unparsed' }]]);
  });

  it('keeps a note that there is no room for, and says so', () => {
    const [known] = kept(ringing()) as [KnownCall];
    const notes = Array.from({ length: MOST_NOTES }, (_, at) => ({
      ...{ ...note, id: String(at) },
      by: { kind: 'user', id: 'u', name: null } as const,
    }));
    const full = [{ ...known, call: { ...known.call, notes } }];
    const { receipts, calls } = plan([said(noted(known.call.id))], full);
    const reason = 'the call has as many notes as there may be';
    expect([calls, receipts]).toMatchObject([[], [{ state: 'unparsed', reason }]]);
  });

  it('holds to a choice of nobody, whatever the directory says with the next message', () => {
    const first = ringing();
    const [{ call }] = kept(first) as [KnownCall];
    const chosen = plan([said({ kind: 'contact', callId: call.id, contact: null })], kept(first));
    const number = '+972501234567';
    const ann = { id: 'a', source: 'directory', externalId: null, name: 'Ann', company: null, url: null };
    const match: CallMatch = { contact: ann, reason: 'only_one', number, total: 1, candidates: [] };
    const { calls } = plan([receipt(2_000_000, {})], kept(chosen), {}, new Map([[number, match]]));
    expect(calls[0]?.call.match).toMatchObject({ contact: null, reason: 'chosen' });
  });
});
