import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { LegReport } from '#domain';
import type { PlainFormat } from '../content/sniff-plain-format.js';
import type { WrittenMessage } from '../content/write-fields.js';
import type { InboundRequest } from '../dialect.js';
import { globalex } from './globalex.js';
import type { EndFields } from './write-end.js';
import { writeEnd } from './write-end.js';
import { writeIncoming } from './write-incoming.js';

const FORMATS: readonly PlainFormat[] = ['query', 'form', 'json', 'xml'];

/** An incoming call that extension 101 answered after 15 seconds. */
const CALL = {
  caller: '0501234567',
  target: '0722776772',
  time: 1595960350,
  duration: 75,
  ivruniqueid: '1595960350.77',
  type: 'Incoming',
  status: 'ANSWER',
  targetextension: '101',
  callerextension: '',
  did: '0722776772',
  queueid: '7',
  queuename: 'Sales Team',
  record: 'in-0501234567-1595960350.77.wav',
  dialtime: 60,
  domain: 'pbx1.globalex.co.il',
  domain_name: 'Acme',
} satisfies EndFields;

const REPORT: LegReport = {
  phase: 'ended',
  vendorCallId: '1595960350.77',
  leg: 'only',
  vendorType: 'Incoming',
  vendorStatus: 'ANSWER',
  direction: 'inbound',
  result: 'answered',
  startedEpochSeconds: 1595960350,
  ringSeconds: 15,
  queueSeconds: null,
  talkSeconds: 60,
  from: '0501234567',
  to: '0722776772',
  did: '0722776772',
  extension: '101',
  agent: null,
  queue: { id: '7', name: 'Sales Team' },
  department: null,
  price: null,
  recordings: [],
  ivrPath: [],
  customData: {},
  transferOf: null,
  ai: null,
  raw: { record: 'in-0501234567-1595960350.77.wav', domain: 'pbx1.globalex.co.il', domain_name: 'Acme' },
};

const RINGING: LegReport = {
  ...REPORT,
  phase: 'ringing',
  leg: 'ext@101',
  vendorType: '',
  vendorStatus: '',
  result: 'unknown',
  startedEpochSeconds: null,
  ringSeconds: null,
  talkSeconds: null,
  did: null,
  queue: null,
  raw: {},
};

const sent = (written: WrittenMessage, route: string): InboundRequest =>
  written.method === 'GET'
    ? { method: 'GET', route, query: written.query, headers: {}, body: new Uint8Array() }
    : {
        method: 'POST',
        route,
        query: '',
        headers: { 'content-type': written.contentType },
        body: Buffer.from(written.body),
      };
const json = (value: unknown, route = 'end') =>
  sent({ method: 'POST', contentType: 'application/json', body: JSON.stringify(value) }, route);
const reportsOf = (request: InboundRequest) => {
  const reading = globalex.read(request, {});
  if (!reading.ok) throw new Error(reading.reason);
  return reading.reports;
};
const reportOf = (fields: Record<string, unknown>, route?: string) => {
  const [report] = reportsOf(json(fields, route));
  if (report === undefined) throw new Error('no report');
  return report;
};
const reasonOf = (request: InboundRequest) => {
  const reading = globalex.read(request, {});
  return reading.ok ? undefined : reading.reason;
};
const fixture = (path: string): InboundRequest => {
  const text = readFileSync(new URL(`./fixtures/${path}`, import.meta.url), 'utf8').trimEnd();
  const route = path.split('/')[0] ?? '';
  return path.endsWith('.query')
    ? sent({ method: 'GET', query: text }, route)
    : sent({ method: 'POST', contentType: 'text/plain', body: text }, route);
};

describe('the examples of the seed', () => {
  it('the incoming call alert: braces that nobody filled in are no call', () => {
    const example = fixture('incoming/seed-example.unreadable.query');
    expect(example.query).toBe('callid={callid}&ext={extention_num}&caller={caller_num}&target={taqrget}');
    expect(reasonOf(example)).toBe('The call id stands for nothing: the PBX did not fill it in.');
  });

  it('the end call event', () => {
    expect(reportsOf(fixture('end/seed-example.query'))).toEqual([
      {
        ...REPORT,
        vendorCallId: 'XXXX',
        vendorType: 'XXXXXXX',
        unknownWords: [{ kind: 'status', word: 'XXXXX' }],
        vendorStatus: 'XXXXX',
        direction: 'outbound',
        result: 'unknown',
        startedEpochSeconds: null,
        ringSeconds: null,
        talkSeconds: null,
        from: 'XXXXXX',
        to: 'XXXX',
        did: 'X',
        extension: 'XXXX',
        queue: { id: 'XXXX', name: 'XXX' },
        unreadableFields: ['time', 'duration', 'dialtime'],
        raw: {
          time: 'XXXXX',
          duration: 'XX',
          dialtime: 'XXXX',
          targetextension: 'XXXXX',
          record: 'XXXXXX',
          domain: 'XXXXX',
          domain_name: 'XXXXXX',
        },
      },
    ]);
  });

  it('the end call event with the spellings of its table of parameters', () => {
    expect(reportsOf(fixture('end/misspelled.query'))).toEqual([REPORT]);
  });
});

describe('an incoming call alert', () => {
  it.each(['query', 'form', 'json', 'xml'])('is read from %s', (format) => {
    expect(reportsOf(fixture(`incoming/extension.${format}`))).toEqual([RINGING]);
  });

  it('keeps the braces that were not filled in, and knows nothing in their place', () => {
    expect(reportsOf(fixture('incoming/half-filled.query'))).toEqual([
      {
        ...RINGING,
        leg: 'only',
        to: '',
        extension: null,
        raw: { ext: '{extention_num}', target: '{taqrget}' },
      },
    ]);
  });

  it('of every extension that rings is a leg of its own', () => {
    const legs = ['101', '102', ''].map((ext) => reportOf({ callid: 'a', ext }, 'incoming').leg);
    expect(legs).toEqual(['ext@101', 'ext@102', 'only']);
  });

  it('keeps what belongs to the other alert', () => {
    const report = reportOf({ callid: 'a', time: 1, ext: 'x'.repeat(65) }, 'incoming');
    expect(report).toMatchObject({ leg: 'only', extension: null });
    expect(Object.keys(report.raw).sort()).toEqual(['ext', 'time']);
  });
});

describe('an end call event', () => {
  it('is read alike in every format', () => {
    for (const format of FORMATS) {
      const request = sent(writeEnd(CALL, format), 'end');
      const vendorCallIds = [REPORT.vendorCallId];
      expect(globalex.read(request, {})).toEqual({ ok: true, format, vendorCallIds, reports: [REPORT] });
    }
  });

  it.each([
    ['ANSWER', 'answered', 'answered'],
    ['"ANSWER"', 'answered', 'answered'],
    ['NO ANSWER', 'missed', 'missed'],
    ['"no answer"', 'missed', 'missed'],
    ['NOANSWER', 'missed', 'missed'],
    ['BUSY', 'busy', 'busy'],
    ['CONGESTION', 'failed', 'failed'],
    ['CANCEL', 'missed', 'cancelled'],
    ['FAILED', 'failed', 'failed'],
    ['BRAND-NEW', 'unknown', 'unknown'],
  ])('with %s is %s when incoming, %s when outgoing', (status, incoming, outgoing) => {
    expect(reportOf({ ...CALL, status })).toMatchObject({ result: incoming, vendorStatus: status });
    expect(reportOf({ ...CALL, status, type: 'Outgoing' }).result).toBe(outgoing);
  });

  it.each([
    [{ type: 'INCOMING' }, 'inbound', '101'],
    [{ type: 'incoming', callerextension: '102', did: '' }, 'inbound', '101'],
    [{ type: 'outgoing', callerextension: '102', targetextension: '' }, 'outbound', '102'],
    [{ type: 'Outgoing', callerextension: '102', did: '' }, 'internal', '102'],
    [{ type: 'Outgoing', callerextension: '102' }, 'outbound', '102'],
    [{ type: '', callerextension: '102', targetextension: '' }, 'outbound', '102'],
    [{ type: '?' }, 'inbound', '101'],
  ])('with %j is %s, on extension %s', (fields, direction, extension) => {
    expect(reportOf({ ...CALL, ...fields })).toMatchObject({ direction, extension });
  });

  it.each([
    ['billed and overall', { duration: '75', dialtime: '60' }, { ringSeconds: 15, talkSeconds: 60 }, []],
    [
      'nothing billed',
      { duration: 20, dialtime: 0, status: 'NO ANSWER' },
      { ringSeconds: 20, talkSeconds: 0 },
      [],
    ],
    [
      'nobody answered, nothing said of billing',
      { duration: 20, dialtime: '', status: 'BUSY' },
      { ringSeconds: 20, talkSeconds: 0 },
      [],
    ],
    [
      'answered, nothing said of billing',
      { duration: 20, dialtime: '' },
      { ringSeconds: null, talkSeconds: null },
      ['duration'],
    ],
    ['no overall time', { duration: '', dialtime: 60 }, { ringSeconds: null, talkSeconds: 60 }, []],
    [
      'more billed than there was',
      { duration: 10, dialtime: 60 },
      { ringSeconds: null, talkSeconds: 60 },
      ['duration'],
    ],
    [
      'no numbers',
      { duration: 'x', dialtime: -1 },
      { ringSeconds: null, talkSeconds: null },
      ['dialtime', 'duration'],
    ],
    ['fractions', { duration: 10.3, dialtime: 10.1 }, { ringSeconds: 0.2, talkSeconds: 10.1 }, []],
  ])('derives ringing and talking: %s', (_what, fields, lengths, kept) => {
    const report = reportOf({ ...CALL, ...fields });
    expect(report).toMatchObject(lengths);
    expect(
      Object.keys(report.raw)
        .filter((name) => name in fields)
        .sort(),
    ).toEqual(kept);
  });

  it.each([
    [1595960350, 1595960350],
    ['1595960350', 1595960350],
    ['1595960350123', 1595960350.123],
    ['2020-07-28 18:19:10', 1595960350],
    ['2020-07-28T18:19:10', 1595960350],
    ['2020-13-28 18:19:10', null],
    ['28/07/2020 18:19', null],
  ])('reads the time %j as %d', (time, expected) => {
    const report = reportOf({ ...CALL, time });
    expect(report.startedEpochSeconds).toBe(expected);
    expect(report.raw['time']).toBe(expected === null ? time : undefined);
  });

  it('takes only an address for a recording', () => {
    const record = 'https://voip.globalex.co.il/rec/a.wav';
    expect(reportOf({ ...CALL, record })).toMatchObject({ recordings: [{ url: record }], raw: { record } });
    expect(reportOf({ ...CALL, record: 'https:' }).recordings).toEqual([]);
  });

  it('knows no queue 0, and keeps its name', () => {
    expect(reportOf({ ...CALL, queueid: 0 })).toMatchObject({
      queue: null,
      raw: { queuename: 'Sales Team' },
    });
  });

  it('can be a list', () => {
    expect(reportsOf(json([CALL, CALL]))).toEqual([REPORT, REPORT]);
    expect(reasonOf(json([{}, {}]))).toBe(
      'The alert has no call id, or the PBX did not fill it in. (message 1 of 2)',
    );
  });

  it.each(['ivruniqeid', 'ivruniqueid', 'callid', 'IVRUNIQUEID', 'Callid', 'ivr-unique-id'])(
    'has its id in %s',
    (name) => {
      expect(reportOf({ [name]: 'a' }).vendorCallId).toBe('a');
    },
  );

  it.each([
    ['<a><b><x>1</x></b></a>', 'The XML is not a root with one element for each field.'],
    ['<a><b>1</b><c><x>1</x></c></a>', 'The alert has no call id, or the PBX did not fill it in.'],
    ['<a>callid<callid>1</callid></a>', 'The XML is not a root with one element for each field.'],
    ['<a><callid>1</callid>', 'The XML ends before its elements are closed.'],
    ['<a/>', 'The alert has no call id, or the PBX did not fill it in.'],
    ['{"callid":{"a":1}}', 'The alert has no call id, or the PBX did not fill it in.'],
  ])('%s: %s', (body, reason) => {
    expect(reasonOf(sent({ method: 'POST', contentType: 'text/xml', body }, 'end'))).toBe(reason);
  });

  it('is answered with nothing', () => {
    expect(globalex.reply({ kind: 'accepted' }, { route: 'end', format: 'xml', settings: {} })).toEqual({
      contentType: 'text/plain',
      body: '',
    });
  });
});

const texts = fc.string({
  unit: fc.constantFrom('a', 'ש', '😀', '&', '<', '%', '+', '=', '"', '[', ' ', '\r', '1'),
});
const ids = texts.map((tail) => `c1${tail}`);

describe('writing alerts', () => {
  it('writes every parameter in the order of the example', () => {
    expect(writeIncoming({ callid: 'a', caller: '1 2' }, 'query')).toEqual({
      method: 'GET',
      query: 'callid=a&ext=&caller=1%202&target=',
    });
    const { query } = fixture('end/seed-example.query');
    const written = writeEnd({}, 'query');
    expect(written.method === 'GET' && written.query).toBe(query.replace(/X/g, ''));
  });

  it('is read back the same in every format: an incoming call alert', () => {
    const alerts = fc.record({ callid: ids, ext: texts, caller: texts, target: texts });
    fc.assert(
      fc.property(alerts, (fields) => {
        const expected = reportsOf(json(fields, 'incoming'));
        for (const format of FORMATS) {
          expect(reportsOf(sent(writeIncoming(fields, format), 'incoming'))).toEqual(expected);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is read back the same in every format and any order and case: an end call event', () => {
    const ends = fc.record({
      ivruniqueid: ids,
      caller: texts,
      time: fc.integer({ min: 1e9, max: 2e9 }),
      duration: fc.nat(100_000),
      dialtime: fc.nat(100_000),
      type: fc.constantFrom('Incoming', 'OUTGOING', ''),
      status: fc.constantFrom('ANSWER', 'NO ANSWER', '"BUSY"', 'odd'),
      targetextension: texts,
      callerextension: texts,
      did: texts,
      queueid: texts,
    });
    fc.assert(
      fc.property(ends, fc.nat(15), (fields, turn) => {
        const expected = reportsOf(json(fields)).map(withTextsInRaw);
        for (const format of FORMATS) {
          const reports = reportsOf(sent(writeEnd(fields, format), 'end'));
          expect(reports.map(withTextsInRaw)).toEqual(expected);
        }
        const entries = Object.entries(fields);
        const turned = [...entries.slice(turn), ...entries.slice(0, turn)];
        expect(reportOf(Object.fromEntries(turned))).toEqual(reportOf(fields));
        const shouted = turned.map(([name, value]): [string, unknown] => [name.toUpperCase(), value]);
        expect({ ...reportOf(Object.fromEntries(shouted)), raw: {} }).toEqual({
          ...reportOf(fields),
          raw: {},
        });
      }),
      { numRuns: 500 },
    );
  });
});

it.each([
  'record=https://r.example/1&record=https://r.example/2',
  'record[]=https://r.example/1&record[]=https://r.example/2',
])('a form that repeats a name tells of two recordings: %s', (form) => {
  const reading = globalex.read(
    { method: 'POST', route: 'end', query: '', headers: {}, body: Buffer.from(`callid=1&${form}`) },
    {},
  );
  expect(reading).toMatchObject({
    reports: [{ recordings: [{ url: 'https://r.example/1' }, { url: 'https://r.example/2' }] }],
  });
});

/** Only JSON tells a number from its digits, and an empty field that nobody knows is no news. */
function withTextsInRaw(report: LegReport): LegReport {
  const told = Object.entries(report.raw).filter(([, value]) => value !== '');
  return { ...report, raw: Object.fromEntries(told.map(([name, value]) => [name, String(value)])) };
}
