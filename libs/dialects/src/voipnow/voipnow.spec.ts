import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { LegReport } from '#domain';
import type { InboundRequest } from '../dialect.js';
import type { CallEventFields } from './write-call-event.js';
import { writeCallEvent } from './write-call-event.js';
import { voipnow } from './voipnow.js';

/** An outside caller rings an extension. */
const RINGING = {
  CallID: 'c1',
  CallerIDNum: '0501234567',
  CallerIDName: 'Dana Levi',
  CalledDID: '14165551234',
  CalledExtension: '0003*210',
  CallStatus: 'CALLING',
  CallFlow: 'IN',
  CallerExtension: '',
  CalledNumber: '0003*001',
  CallAPIID: 'a1',
} satisfies CallEventFields;

const REPORT: LegReport = {
  phase: 'ringing',
  vendorCallId: 'a1',
  leg: 'c1@0003*210',
  vendorType: 'IN',
  vendorStatus: 'CALLING',
  direction: 'inbound',
  result: 'unknown',
  startedEpochSeconds: null,
  ringSeconds: null,
  queueSeconds: null,
  talkSeconds: null,
  from: '0501234567',
  to: '0003*001',
  did: '14165551234',
  extension: '0003*210',
  agent: null,
  queue: null,
  department: null,
  price: null,
  recordings: [],
  ivrPath: [],
  customData: {},
  transferOf: null,
  ai: null,
  raw: { CallerIDName: 'Dana Levi', CallID: 'c1' },
};

const get = (query: string, route = 'event'): InboundRequest => ({
  method: 'GET',
  route,
  query,
  headers: {},
  body: new Uint8Array(),
});
const post = (body: string, route = 'event', query = ''): InboundRequest => ({
  method: 'POST',
  route,
  query,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: Buffer.from(body),
});
const queryOf = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const reportsOf = (request: InboundRequest) => {
  const reading = voipnow.read(request, {});
  if (!reading.ok) throw new Error(reading.reason);
  return reading.reports;
};
const reportOf = (fields: Record<string, string>, route?: string) => {
  const [report] = reportsOf(get(queryOf(fields), route));
  if (report === undefined) throw new Error('no report');
  return report;
};
const reasonOf = (request: InboundRequest) => {
  const reading = voipnow.read(request, {});
  return reading.ok ? undefined : reading.reason;
};
const fixture = (path: string) =>
  readFileSync(new URL(`./fixtures/${path}`, import.meta.url), 'utf8').trimEnd();

describe('the kind of an event', () => {
  it.each([
    ['dial-in', '0', 'Dial-In', { phase: 'ringing', result: 'unknown' }],
    ['dial-out', '1', 'Dial-Out', { phase: 'ringing', result: 'unknown' }],
    ['hangup', '2', 'Hangup', { phase: 'ended', result: 'answered' }],
    ['answer-in', '3', 'Answer on incoming call', { phase: 'answered', result: 'answered' }],
    ['answer-out', '4', 'Answer on outgoing call', { phase: 'answered', result: 'answered' }],
  ])('%s is told by its route, number %s and name %s', (route, code, name, expected) => {
    const fields = { ...RINGING, CallStatus: 'ANSWER' };
    expect(reportOf(fields, route)).toMatchObject(expected);
    for (const kind of [route, code, name, name.toUpperCase()]) {
      const report = reportOf({ kind, ...fields });
      expect(report).toMatchObject(expected);
      expect(report.raw).not.toHaveProperty('kind');
      const [posted] = reportsOf(post(queryOf(fields), 'event', queryOf({ kind })));
      expect(posted).toEqual(report);
    }
  });

  it.each([
    ['CALLING', 'ringing'],
    ['calling', 'ringing'],
    ['ANSWER', 'ended'],
    ['BUSY', 'ended'],
    ['NOANSWER', 'ended'],
    ['CANCEL', 'ended'],
    ['CONGESTION', 'ended'],
    ['CHANUNAVAIL', 'ended'],
    ['UNKNOWN', 'ended'],
    ['BRAND-NEW', 'noted'],
    ['', 'noted'],
  ])('is derived from the status %j where nobody names it: %s', (CallStatus, phase) => {
    expect(reportOf({ ...RINGING, CallStatus })).toMatchObject({ phase, vendorStatus: CallStatus });
  });

  it('that nobody knows is kept as it came', () => {
    expect(reportOf({ ...RINGING, kind: '9' })).toMatchObject({ phase: 'ringing', raw: { kind: '9' } });
  });

  it('is the one of the route where the URL names another', () => {
    const report = reportOf({ ...RINGING, kind: '2' }, 'dial-in');
    expect(report).toMatchObject({ phase: 'ringing', raw: { kind: '2' } });
  });
});

describe('the examples of the seeds', () => {
  const made = (to: string, extension: string, more: Partial<LegReport> = {}): LegReport => ({
    ...REPORT,
    vendorCallId: 'a7',
    leg: `c7@${extension}`,
    vendorType: 'OUT',
    direction: 'outbound',
    from: '0722776772',
    to,
    did: null,
    extension,
    raw: { CallID: 'c7' },
    ...more,
  });

  it.each([
    ['seed 000: an external number', 'seed-000-external', made('14165551234', 'xxxx*xxx')],
    [
      'seed 000: an extended number',
      'seed-000-extended',
      made('xxxx*xxx', 'xxxx*xxx', { direction: 'internal' }),
    ],
    ['seed 000: a short number', 'seed-000-short', made('xxx', 'xxxx*xxx')],
    ['seed 001: an external number', 'seed-001-external', made('003258422544', 'yyyy*zzz')],
    [
      'seed 001: an extended number',
      'seed-001-extended',
      made('0003*001', 'yyyy*zzz', { direction: 'internal' }),
    ],
    ['seed 001: a short number', 'seed-001-short', made('001', 'yyyy*zzz')],
  ])('%s was dialed', (_what, name, expected) => {
    expect(reportsOf(get(fixture(`dial-out/${name}.query`), 'dial-out'))).toEqual([expected]);
  });

  it('seed 000 and 001: CALLING of a Dial-In', () => {
    for (const request of [
      get(fixture('dial-in/from-outside.query'), 'dial-in'),
      post(fixture('dial-in/from-outside.form'), 'dial-in'),
    ]) {
      expect(reportsOf(request)).toEqual([REPORT]);
    }
  });

  it("the knowledge base's CallerIDNam", () => {
    const { CallID, CallerIDName: CallerIDNam } = RINGING;
    expect(reportsOf(post(fixture('dial-in/from-outside.json'), 'dial-in'))).toEqual([
      { ...REPORT, raw: { CallerIDNam, CallID } },
    ]);
  });

  it.each([
    ['ANSWER', 'answered'],
    ['BUSY', 'busy'],
    ['NOANSWER', 'missed'],
    ['CANCEL', 'missed'],
    ['CONGESTION', 'failed'],
    ['CHANUNAVAIL', 'failed'],
  ] as const)('seed 000 and 001: a Hangup with %s', (vendorStatus, result) => {
    const query = fixture(`hangup/seed-${vendorStatus.toLowerCase()}.query`);
    const expected = { ...REPORT, phase: 'ended', vendorStatus, result };
    expect(reportsOf(get(query, 'hangup'))).toEqual([expected]);
    expect(reportsOf(post(query, 'hangup'))).toEqual([expected]);
  });
});

describe('a call', () => {
  it('has one id over its transfers, and a leg for every extension', () => {
    const first = reportOf(RINGING);
    const second = reportOf({ ...RINGING, CalledExtension: '0003*211' });
    const transferred = reportOf({ ...RINGING, CallID: 'c2', CalledExtension: '0003*212' });
    const legs = [first, second, transferred].map(({ vendorCallId, leg }) => [vendorCallId, leg]);
    expect(legs).toEqual([
      ['a1', 'c1@0003*210'],
      ['a1', 'c1@0003*211'],
      ['a1', 'c2@0003*212'],
    ]);
  });

  it('keeps its leg from the first ring to the end', () => {
    const keys = (['dial-in', 'answer-in', 'hangup'] as const).map(
      (route) => reportOf({ ...RINGING, CallStatus: 'ANSWER' }, route).leg,
    );
    expect(new Set(keys)).toEqual(new Set(['c1@0003*210']));
  });

  it('goes by either id when the other is missing', () => {
    expect(reportOf({ CallID: 'c1', CalledExtension: '1*2' })).toMatchObject({
      vendorCallId: 'c1',
      leg: 'c1@1*2',
      raw: {},
    });
    expect(reportOf({ CallAPIID: 'a1' })).toMatchObject({ vendorCallId: 'a1', leg: 'only' });
    expect(reportOf({ CallID: 'c1', CallAPIID: '0' })).toMatchObject({ vendorCallId: 'c1' });
  });

  it.each([
    [{}, 'inbound', '0003*210'],
    [
      { CallFlow: 'out', CallerExtension: '0003*211', CalledExtension: '', CalledNumber: '1' },
      'outbound',
      '0003*211',
    ],
    [{ CallerExtension: '0003*211' }, 'internal', '0003*210'],
    [{ CallFlow: 'OUT', CallerExtension: '0003*211' }, 'internal', '0003*211'],
    [{ CallFlow: '', CallerExtension: '0003*211', CalledExtension: '' }, 'internal', '0003*211'],
    [
      { CallFlow: '', CallerExtension: '0003*211', CalledExtension: '', CalledNumber: '*72' },
      'outbound',
      '0003*211',
    ],
    [{ CallFlow: '', CalledExtension: '' }, 'inbound', null],
  ])('with %j is %s, on extension %s', (fields, direction, extension) => {
    expect(reportOf({ ...RINGING, ...fields })).toMatchObject({ direction, extension });
  });

  it("of a customer who hung up was missed, one of ours was cancelled, whoever's phone it is told of", () => {
    const cancelled = { ...RINGING, CallStatus: 'CANCEL' };
    const ours = { ...cancelled, CallerExtension: '0003*211' };
    expect(reportOf(cancelled).result).toBe('missed');
    expect(reportOf(ours).result).toBe('cancelled');
    expect(reportOf({ ...ours, CallFlow: 'OUT' }).result).toBe('cancelled');
  });

  it('keeps the other extension, and what we do not know', () => {
    expect(reportOf({ ...RINGING, CallerExtension: '0003*211', New: 'x', CallerIDNum: '' })).toMatchObject({
      from: '0003*211',
      raw: { CallerExtension: '0003*211', New: 'x' },
    });
  });

  it('does not take a book for an extension', () => {
    const report = reportOf({ ...RINGING, CalledExtension: 'x'.repeat(65) });
    expect(report).toMatchObject({
      leg: 'c1',
      extension: null,
      raw: { CalledExtension: expect.any(String) as string },
    });
  });
});

describe('requests', () => {
  it('add their parameters to those of the configured URL, which count less', () => {
    const own = 'source=crm&CallFlow=OUT&';
    const expected = [{ ...REPORT, raw: { ...REPORT.raw, source: 'crm', CallFlow: 'OUT' } }];
    expect(reportsOf(get(own + queryOf(RINGING), 'dial-in'))).toEqual(expected);
    expect(reportsOf(post(queryOf(RINGING), 'dial-in', own))).toEqual(expected);
  });

  it('can be a list', () => {
    const list = [RINGING, { ...RINGING, CalledExtension: '0003*211' }];
    const reports = reportsOf(post(JSON.stringify(list), 'dial-in'));
    expect(reports.map(({ leg }) => leg)).toEqual(['c1@0003*210', 'c1@0003*211']);
    expect(reasonOf(post(JSON.stringify([{}, {}])))).toBe(
      'The call event has neither CallAPIID nor CallID. (message 1 of 2)',
    );
  });

  it.each([
    [get('CallStatus=CALLING'), 'The call event has neither CallAPIID nor CallID.'],
    [get(''), 'The request has neither body nor query.'],
    [post('[]'), 'The list is empty.'],
    [post('[1]'), 'A message is not a set of named fields.'],
  ])('%j: %s', (request, reason) => {
    expect(reasonOf(request)).toBe(reason);
  });

  it('are answered with nothing, whatever became of them', () => {
    for (const kind of ['accepted', 'unreadable', 'refused', 'unavailable'] as const) {
      const reply = voipnow.reply({ kind, reason: 'no' }, { route: 'event', format: 'query', settings: {} });
      expect(reply).toEqual({ contentType: 'text/plain', body: '' });
    }
  });
});

const texts = fc.string({
  unit: fc.constantFrom('a', 'ש', '😀', '&', '<', '%', '+', '=', '*', '[', ' ', '1'),
});
const events = fc.record({
  CallID: texts.map((tail) => `c${tail}`),
  CallerIDNum: texts,
  CallerIDName: texts,
  CalledDID: texts,
  CalledExtension: texts,
  CallStatus: fc.constantFrom('CALLING', 'ANSWER', 'CANCEL', 'odd'),
  CallFlow: fc.constantFrom('IN', 'OUT', ''),
  CallerExtension: texts,
  CalledNumber: texts,
  CallAPIID: texts,
});

describe('writing a call event', () => {
  it('writes every parameter once, in the order of the documentation', () => {
    expect(writeCallEvent({ CallID: 'c 1', CalledExtension: '0003*210' }, 'query')).toEqual({
      method: 'GET',
      query:
        'CallID=c%201&CallerIDNum=&CallerIDName=&CalledDID=&CalledExtension=0003*210&CallStatus=&CallFlow=&CallerExtension=&CalledNumber=&CallAPIID=',
    });
    expect(writeCallEvent({}, 'form')).toMatchObject({
      method: 'POST',
      contentType: 'application/x-www-form-urlencoded',
    });
  });

  it('is read back the same in every format, in any case and any order', () => {
    fc.assert(
      fc.property(events, fc.constantFrom(...voipnow.routes), fc.nat(9), (fields, route, turn) => {
        const written = writeCallEvent(fields, 'query');
        const query = written.method === 'GET' ? written.query : '';
        const form = writeCallEvent(fields, 'form');
        const expected = voipnow.read(post(JSON.stringify(fields), route), {});
        const reports = expected.ok ? expected.reports : [];
        expect(reports).toHaveLength(1);
        expect(reportsOf(get(query, route))).toEqual(reports);
        expect(reportsOf(post(form.method === 'POST' ? form.body : '', route))).toEqual(reports);

        const pairs = query.split('&');
        const turned = [...pairs.slice(turn), ...pairs.slice(0, turn)].join('&');
        expect(reportsOf(get(turned, route))).toEqual(reports);
        const shouted = query.replace(/(^|&)(\w+)/g, (name) => name.toUpperCase());
        expect(reportsOf(get(shouted, route))).toEqual(
          reports.map((report) => ({ ...report, raw: shouting(report.raw) })),
        );
      }),
      { numRuns: 500 },
    );
  });
});

/** What is kept is kept under the name that it came with. */
function shouting(raw: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name.toUpperCase(), value]));
}
