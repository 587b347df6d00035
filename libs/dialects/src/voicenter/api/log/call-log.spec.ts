/** The call log: every sample of seed section 3, and of the vendor's newer documents what the seed does not say. */
import { instant, type AskFailure, type LegReport } from '#domain';
import { EVERY_FAILURE, toldCall } from '../../../conformance/told.fixture.js';
import {
  askOf,
  jsonOf,
  logOf,
  problemOf,
  readAsked,
  replyTelling,
  replyTo,
  rowsOf,
  span,
} from '../api.fixture.js';

const searchIn = (...args: Parameters<typeof askOf>) => {
  const ask = askOf(...args);
  if (ask.kind !== 'call_log') throw new Error(ask.kind);
  return ask.search;
};
const at = (iso: string) => ({ instant: instant(Date.parse(iso)) });
const OUTGOING: Partial<LegReport> = {
  vendorType: 'Extension Outgoing',
  vendorStatus: 'ANSWER',
  direction: 'outbound',
  startedEpochSeconds: Date.parse('2024-06-10T09:04:58Z') / 1000,
  talkSeconds: 2,
  ringSeconds: 10,
  from: '0722776772',
  to: '972501234567',
  did: null,
  extension: 'SIPSIP1',
  agent: { name: 'John Doe', code: '87654321' },
  department: { id: '12345678', name: 'Sales' },
};
describe('the samples of seed section 3', () => {
  it('request example in JSON format', () => {
    expect(searchIn('call-log', 'seed-request.json')).toEqual({
      from: at('2015-05-14T08:00:00Z'),
      to: at('2015-05-14T16:30:00Z'),
      phones: ['97272776772'],
    });
    const reply = replyTelling(readAsked('call-log', 'seed-request.json'), {
      kind: 'call_log',
      calls: [toldCall([OUTGOING])],
      total: 1,
    });
    const [row] = jsonOf(reply)['CDR_LIST'] as object[];
    expect(Object.keys(row ?? {})).toEqual([
      ...['Date', 'Type', 'DID', 'CallerNumber', 'CallerExtension', 'TargetNumber', 'Duration', 'RecordURL'],
      'RepresentativeName',
    ]);
  });

  it('request example in GET format: repeated names are lists, in any case', () => {
    const reading = readAsked('call-log', 'seed-request.query');
    expect(reading.presented).toEqual({ kind: 'code', code: 'xxxxxxxxxxxxxxxxxxxxxxxx' });
    expect(searchIn('call-log', 'seed-request.query')).toEqual({
      from: at('2014-11-11T16:31:00Z'),
      to: at('2014-11-18T16:31:00Z'),
      phones: ['972547588535', '0500000000'],
      extensions: ['SipSip'],
    });
    const reply = replyTelling(reading, { kind: 'call_log', calls: [toldCall()], total: 1 });
    expect(jsonOf(reply)['CDR_LIST']).toEqual([
      { Date: '2020-07-28T18:19:10Z', Type: 'Incoming Call', DID: '0722776772', CallerNumber: '0523258000' },
    ]);
  });

  const numbers: [AskFailure['code'], number, number, RegExp][] = [
    ['rate', 1, 403, /^Request limit exceeded\. Please try again later\.$/],
    ['unauthorised', 2, 403, /^Authorization failed\.$/],
    ['too_many', 3, 403, /^CDR limit exceeded\./],
    ['address', 4, 403, /^IP address 203\.0\.113\.7 is not trusted\.$/],
    ['unavailable', 6, 503, /./],
    ['invalid', 6, 400, /./],
  ];
  it.each(numbers)('errors: %s is %i, by HTTP %i', (code, number, status, words) => {
    const reply = replyTo(readAsked('call-log', 'seed-request.json'), {
      ok: false,
      failure: EVERY_FAILURE[code],
    });
    expect(reply.status).toBe(status);
    expect(jsonOf(reply)).toEqual({
      ERROR_NUMBER: number,
      ERROR_DESCRIPTION: expect.stringMatching(words) as string,
      STATUS_CODE: status,
      TOTAL_HITS: 0,
      RETURN_HITS: 0,
      CDR_LIST: [],
    });
  });

  it('errors: dates that are no span are 5, by HTTP 404', () => {
    const reading = readAsked('call-log', 'dates-missing.query');
    if (reading.ask.ok) throw new Error('It should not be read.');
    const reply = replyTo(reading, reading.ask);
    expect([reply.status, jsonOf(reply)['ERROR_NUMBER'], jsonOf(reply)['ERROR_DESCRIPTION']]).toEqual([
      404,
      5,
      'FromDate is missing',
    ]);
  });
});

describe('the newer sample', () => {
  it('is asked by types, extensions and identity, and answered as it is printed', () => {
    expect(searchIn('call-log', 'newer-request.json')).toEqual({
      from: at('2024-06-01T00:00:00Z'),
      to: at('2024-06-30T23:59:59Z'),
      phones: ['972501234567'],
      extensions: ['SIPSIP1'],
      vendorTypes: ['Incoming Call', 'Queue', 'Click2Call leg1', 'Click2Call leg2'],
      scope: 'account',
    });
    const query =
      'fields=CallerNumber,TargetNumber,Date,Duration,CallID,CustomData,Type,CdrType,DialStatus,CallerExtension,DID,RecordURL,RingTime,RepresentativeName,RepresentativeCode,DTMFData,DepartmentName';
    const url = 'https://cpanel.voicenter.co.il/CallsHistory/PlayRecord/2024061043950926.mp3';
    const told = toldCall([{ ...OUTGOING, recordings: [{ url: 'x' }] }], {
      callId: '202406101204550233243ghff3189e5c',
      recordingUrls: [url],
    });
    expect(logOf(query, [told])).toEqual({
      ERROR_NUMBER: 0,
      ERROR_DESCRIPTION: 'OK',
      STATUS_CODE: 200,
      TOTAL_HITS: 1,
      RETURN_HITS: 1,
      CDR_LIST: [
        {
          CallerNumber: '0722776772',
          TargetNumber: '972501234567',
          Date: '2024-06-10T09:04:58Z',
          Duration: 2,
          CallID: '202406101204550233243ghff3189e5c',
          CustomData: {},
          Type: 'Extension Outgoing',
          CdrType: 4,
          DialStatus: 'ANSWER',
          CallerExtension: 'SIPSIP1',
          DID: '',
          RecordURL: url,
          RingTime: 10,
          RepresentativeName: 'John Doe',
          RepresentativeCode: '87654321',
          DTMFData: [],
          DepartmentName: 'Sales',
        },
      ],
    });
  });
});

describe('what is asked', () => {
  it('may be nested in a form, with epochs of the connection', () => {
    expect(searchIn('call-log', 'everything.form')).toEqual({
      // In winter two hours ahead of Greenwich: the epochs are the wall clock's.
      from: { instant: instant((1_604_000_000 - 7200) * 1000) },
      to: { instant: instant((1_604_100_000 - 7200) * 1000) },
      phones: ['0523258000'],
      callIds: ['20240601abc123def456'],
      queues: ['12'],
      campaigns: ['77'],
    });
  });

  it.each([
    ['fromdate=2026-11-01&todate=2026-11-01', '2026-11-01T00:00:00.000Z', '2026-11-01T23:59:59.999Z'],
    ['fromdate=20261101&todate=2026-11-02T10:00:00Z', '2026-11-01T00:00:00Z', '2026-11-02T10:00:00Z'],
    [
      'fromdate=2026-11-01T10:00+02:00&todate=2026-11-01T10:00:00%2B02:00',
      '2026-11-01T08:00:00Z',
      '2026-11-01T08:00:00Z',
    ],
    ['fromdate=2026-11-01 10:00&todate=2026-11-01+11:00', '2026-11-01T10:00:00Z', '2026-11-01T11:00:00Z'],
  ])('dates: %s', (query, from, to) => {
    expect(searchIn('call-log', { query })).toEqual({ from: at(from), to: at(to) });
  });

  it.each([
    ['todate=2026-11-01', 'FromDate is missing'],
    ['fromdate=2026-11-01', 'ToDate is missing'],
    ['fromdate=yesterday&todate=2026-11-01', 'FromDate is invalid'],
    ['fromdate=2026-11-01&todate=2026-02-30', 'ToDate is invalid'],
    ['fromdate=2026-11-02&todate=2026-11-01', 'ToDate is before FromDate'],
    [`${span}&IdentityCriteria=Everybody`, 'IdentityCriteria is invalid'],
  ])('%s: %s', (query, problem) => {
    expect(problemOf('call-log', { query })).toBe(problem);
  });

  it('needs no dates where single calls are asked for', () => {
    expect(searchIn('call-log', { query: 'callID=abc&callID=def' })).toEqual({ callIds: ['abc', 'def'] });
  });

  it('is nothing where a type is asked for that does not exist', () => {
    expect(searchIn('call-log', { query: `${span}&cdrTypes=99` }).vendorTypes).toEqual(['']);
    expect(rowsOf('cdrTypes=99', toldCall())).toEqual([]);
  });
});
