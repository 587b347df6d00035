/** The call log: every sample of seed section 3, and of the vendor's newer documents what the seed does not say. */
import { instant, MOST_LOG_ROWS, type AskFailure, type LegReport, type ToldCall } from '#domain';
import { EVERY_FAILURE, toldCall } from '../../../conformance/told.fixture.js';
import type { FacadeSettings } from '../../../facade.js';
import { askOf, IN_ISRAEL, jsonOf, problemOf, readAsked, replyTelling, replyTo } from '../api.fixture.js';

const searchIn = (...args: Parameters<typeof askOf>) => {
  const ask = askOf(...args);
  if (ask.kind !== 'call_log') throw new Error(ask.kind);
  return ask.search;
};
const at = (iso: string) => ({ instant: instant(Date.parse(iso)) });
const span = 'fromdate=2026-11-01T00:00&todate=2026-11-30T00:00';

function logOf(
  query: string,
  calls: readonly ToldCall[],
  settings?: Partial<FacadeSettings>,
  total = calls.length,
) {
  const reading = readAsked('call-log', { query: `${span}&${query}` });
  return jsonOf(replyTelling(reading, { kind: 'call_log', calls, total }, { ...IN_ISRAEL, ...settings })) as {
    TOTAL_HITS: number;
    RETURN_HITS: number;
    ERROR_NUMBER: number;
    CDR_LIST: Record<string, unknown>[];
  };
}
const rowsOf = (query: string, ...calls: ToldCall[]) => logOf(query, calls).CDR_LIST;

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
const LEG_1: Partial<LegReport> = {
  leg: 'agent',
  direction: 'outbound',
  from: '0523258000',
  to: 'SIPSIP',
  did: null,
  extension: 'SIPSIP',
  talkSeconds: 75,
  startedEpochSeconds: 1_595_960_350,
};
const LEG_2: Partial<LegReport> = {
  ...LEG_1,
  leg: 'customer',
  from: '0722776772',
  to: '0523258000',
  extension: null,
  talkSeconds: 60,
  startedEpochSeconds: 1_595_960_354,
  recordings: [{ url: 'https://pbx.example/2.mp3' }],
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

describe('what is told', () => {
  it('is every field where none is named, and only those that exist, spelled as they were asked for', () => {
    const [row] = rowsOf('', toldCall());
    expect(Object.keys(row ?? {})).toEqual([
      ...[
        'Date',
        'Type',
        'CdrType',
        'DID',
        'CallerNumber',
        'CallerExtension',
        'TargetNumber',
        'TargetExtension',
      ],
      ...['TargetPrefixName', 'Duration', 'Price', 'RecordURL', 'RecordExpect', 'RepresentativeName'],
      ...['RepresentativeCode', 'DTMFData', 'CallID', 'QueueName', 'DialStatus', 'DialStatus2', 'RingTime'],
      ...['CustomData', 'DepartmentName', 'DepartmentId'],
    ]);
    expect(rowsOf('fields=calLERnumber&fields=Nonsense&fields=price', toldCall())).toEqual([
      { calLERnumber: '0523258000', price: 7 },
    ]);
  });

  it('has keys in lower case where the connection says so', () => {
    const { CDR_LIST } = logOf('fields=CallerNumber', [toldCall()], { callLogKeys: 'lower' });
    expect(CDR_LIST).toEqual([{ callernumber: '0523258000' }]);
  });

  it('tells an epoch as the connection’s are', () => {
    const local = logOf('fields=DateEpoch', [toldCall()]).CDR_LIST;
    expect(local).toEqual([{ DateEpoch: 1_595_960_350 + 3 * 3600 }]);
    expect(logOf('fields=DateEpoch', [toldCall()], { epochs: 'utc' }).CDR_LIST).toEqual([
      { DateEpoch: 1_595_960_350 },
    ]);
  });

  it('counts the wait of a queue’s call, names its menus, and from which call it came', () => {
    const told = toldCall(
      [
        {
          queue: { id: '12', name: 'Sales' },
          queueSeconds: 20,
          customData: { lead: 7 },
          ivrPath: [{ order: 1, layerId: '1234', layerName: 'Main IVR', layerNumber: 0, digits: '2' }],
        },
      ],
      { transferOf: 'origin' },
    );
    expect(rowsOf('fields=Type,CdrType,Duration,QueueName,DTMFData,CustomData', told)).toEqual([
      {
        Type: 'Queue',
        CdrType: 8,
        Duration: 80,
        QueueName: 'Sales',
        DTMFData: [{ LayerName: 'Main IVR', DTMF: 2, LayerNumber: '0' }],
        CustomData: { lead: 7, OriginalIvrUniqueID: 'origin' },
      },
    ]);
  });

  it('has two CDRs of a call that was placed in two steps, whoever’s PBX placed it', () => {
    const told = toldCall([LEG_1, LEG_2], { recordingUrls: ['https://ours.example/r'] });
    const fields =
      'fields=Type,CdrType,CallerNumber,TargetNumber,CallerExtension,TargetExtension,Duration,RecordURL,CallID';
    const same = { CallID: '20200728211910a1b2c3d4e5f6a1b2c3' };
    expect(rowsOf(fields, told)).toEqual([
      {
        ...same,
        Type: 'Click2Call leg1',
        CdrType: 9,
        CallerNumber: '0523258000',
        TargetNumber: 'SIPSIP',
        CallerExtension: '',
        TargetExtension: 'SIPSIP',
        Duration: 75,
        RecordURL: '',
      },
      {
        ...same,
        Type: 'Click2Call leg2',
        CdrType: 10,
        CallerNumber: '0722776772',
        TargetNumber: '972523258000',
        CallerExtension: 'SIPSIP',
        TargetExtension: '',
        Duration: 60,
        RecordURL: 'https://ours.example/r',
      },
    ]);
  });

  it('calls the steps of a campaign’s call by the dialer’s names, and further parts by theirs', () => {
    const ofCampaign = toldCall([LEG_1, LEG_2], { campaign: 'c' });
    expect(rowsOf('fields=CdrType', ofCampaign)).toEqual([{ CdrType: 14 }, { CdrType: 15 }]);
    const transferred = toldCall([{}, { leg: 'transfer', talkSeconds: 5 }]);
    expect(rowsOf('fields=CdrType,Duration', transferred)).toEqual([
      { CdrType: 1, Duration: 60 },
      { CdrType: 13, Duration: 5 },
    ]);
    const ringGroup = toldCall([{ leg: 'x101' }, { leg: 'x102', result: 'missed', talkSeconds: null }]);
    expect(rowsOf('fields=CdrType', ringGroup)).toEqual([{ CdrType: 1 }]);
  });

  it('keeps the vendor’s own type and status, and has words for the calls of other PBXs', () => {
    const statuses = (said: Partial<LegReport>) => rowsOf('fields=Type,DialStatus', toldCall([said]))[0];
    expect(statuses({ vendorType: 'Incoming Call', vendorStatus: 'TE', result: 'ivr_only' })).toEqual({
      Type: 'Incoming Call',
      DialStatus: 'TE',
    });
    expect(statuses({ result: 'missed', talkSeconds: null })).toEqual({
      Type: 'Incoming Call',
      DialStatus: 'NOANSWER',
    });
    expect(statuses({ direction: 'outbound', result: 'busy', talkSeconds: null })).toEqual({
      Type: 'Extension Outgoing',
      DialStatus: 'BUSY',
    });
    expect(statuses({ result: 'voicemail' })).toEqual({ Type: 'VoiceMail', DialStatus: 'VOICEMAIL' });
  });

  it('is only of the types that are asked for, by number or name', () => {
    const calls = [toldCall([LEG_1, LEG_2]), toldCall()];
    expect(logOf('cdrTypes=10&fields=CdrType', calls)).toMatchObject({
      TOTAL_HITS: 1,
      CDR_LIST: [{ CdrType: 10 }],
    });
    expect(rowsOf('cdrTypes=Incoming Call&fields=CdrType', ...calls)).toEqual([{ CdrType: 1 }]);
  });

  it('is sorted as it is asked for', () => {
    const calls = [60, 5, 120].map((talkSeconds) => toldCall([{ talkSeconds }]));
    const durations = (sort: string) =>
      rowsOf(`fields=Duration&${sort}`, ...calls).map((row) => row['Duration']);
    expect(durations('')).toEqual([60, 5, 120]);
    expect(durations('sort[0][field]=duration&sort[0][order]=DESC')).toEqual([120, 60, 5]);
    expect(durations('sort=Duration')).toEqual([5, 60, 120]);
    expect(durations('sort=-duration')).toEqual([120, 60, 5]);
    expect(durations('sort=type&sort=duration desc')).toEqual([120, 60, 5]);
  });

  it('is an error rather than cut where the CDRs are too many, although the calls are not', () => {
    const call = toldCall([LEG_1, LEG_2]);
    const calls = Array.from({ length: MOST_LOG_ROWS / 2 + 1 }, () => call);
    expect(logOf('fields=CdrType', calls)).toMatchObject({ ERROR_NUMBER: 3, RETURN_HITS: 0 });
    expect(logOf('fields=CdrType&cdrTypes=9', calls)).toMatchObject({ ERROR_NUMBER: 0 });
  });

  it('says how many there are where not all are told', () => {
    expect(logOf('', [toldCall()], {}, 7)).toMatchObject({ TOTAL_HITS: 7, RETURN_HITS: 1 });
  });

  it('knows no price in another currency', () => {
    expect(rowsOf('fields=Price', toldCall([{ price: { amount: 1, currency: 'EUR' } }]))).toEqual([
      { Price: null },
    ]);
  });
});

describe('the page', () => {
  const page = readAsked('call-log', 'page.query');

  it('is a table, in which nothing is run', () => {
    const told = toldCall([{ agent: { code: null, name: '<script>alert("1")</script>' } }]);
    const reply = replyTelling(page, { kind: 'call_log', calls: [told], total: 1 });
    expect(reply).toMatchObject({ status: 200, contentType: 'text/html; charset=utf-8' });
    expect(reply.body).toContain('<th>CallerNumber</th>');
    expect(reply.body).toContain('<td>0523258000</td>');
    expect(reply.body).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(reply.body).not.toContain('<script');
  });

  it('has its heads where there are no calls, and says what is wrong', () => {
    expect(replyTelling(page, { kind: 'call_log', calls: [], total: 0 }).body).toContain(
      '<th>DialStatus</th>',
    );
    const reply = replyTo(page, { ok: false, failure: EVERY_FAILURE.unauthorised });
    expect(reply.status).toBe(403);
    expect(reply.body).toContain('<td>2</td><td>Authorization failed.</td>');
  });
});
