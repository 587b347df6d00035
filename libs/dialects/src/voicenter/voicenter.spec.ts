import fc from 'fast-check';
import { readResponse } from '../xmlrpc/read-response.js';
import type { CdrFields } from './write-cdr.js';
import { writeCdr } from './write-cdr.js';
import { voicenter } from './voicenter.js';

const CALL: CdrFields = {
  caller: '0722776772',
  target: '972523258000',
  time: 1595960350,
  duration: 11,
  ivruniqueid: '2020072818dcDHFJcc804',
  type: 'Extension Outgoing',
  status: 'ANSWER',
  targetextension: '',
  callerextension: 'SIPSIP',
  did: '',
  queueid: 0,
  queuename: '',
  record: 'https://cpanel.voicenter.co.il/PlayRecord/2020072818dcDHFJcc804-aws.mp3?a=1&b=2',
  price: 7,
  dialtime: 2,
  representative_name: 'ג׳ון Doe',
  representative_code: '9996 ',
  DepartmentID: 12345678,
  DepartmentName: 'Voicenter Sales',
};

const send = (body: string, contentType = 'application/json') =>
  voicenter.read(
    {
      method: 'POST',
      route: 'cdr',
      query: '',
      headers: { 'content-type': contentType },
      body: Buffer.from(body),
    },
    {},
  );
const reportOf = (fields: CdrFields) => {
  const reading = send(writeCdr(fields, 'json').body);
  if (!reading.ok) throw new Error(reading.reason);
  const [report] = reading.reports;
  if (report === undefined) throw new Error('no report');
  return report;
};
const reasonOf = (body: string) => {
  const reading = send(body);
  return reading.ok ? undefined : reading.reason;
};

describe('reading a CDR', () => {
  it('puts every field in its place', () => {
    expect(reportOf(CALL)).toEqual({
      phase: 'ended',
      vendorCallId: '2020072818dcDHFJcc804',
      leg: 'only',
      vendorType: 'Extension Outgoing',
      vendorStatus: 'ANSWER',
      direction: 'outbound',
      result: 'answered',
      startedEpochSeconds: 1595960350,
      ringSeconds: 2,
      queueSeconds: null,
      talkSeconds: 11,
      from: '0722776772',
      to: '972523258000',
      did: null,
      extension: 'SIPSIP',
      agent: { code: '9996', name: 'ג׳ון Doe' },
      queue: null,
      department: { id: '12345678', name: 'Voicenter Sales' },
      price: { amount: 0.07, currency: 'ILS' },
      recordings: [
        { url: 'https://cpanel.voicenter.co.il/PlayRecord/2020072818dcDHFJcc804-aws.mp3?a=1&b=2' },
      ],
      ivrPath: [],
      customData: {},
      transferOf: null,
      ai: null,
      raw: {},
    });
  });

  it.each(['json', 'form', 'xmlrpc'] as const)('reads the same from %s', (format) => {
    const fields = {
      ...CALL,
      IVR: [{ layer_id: 1, Dtmf: 2, dtmf_order: 1 }],
      CustomData: { lead: '7' },
      zzz: 'kept',
    };
    const { body, contentType } = writeCdr(fields, format);
    const told = reportOf(fields);
    const vendorCallIds = [told.vendorCallId];
    expect(send(body, contentType)).toEqual({ ok: true, format, vendorCallIds, reports: [told] });
  });

  it('knows field names in any case and with any punctuation', () => {
    const shouted = Object.fromEntries(
      Object.entries(CALL).map(([name, value]) => [name.toUpperCase(), value]),
    );
    expect(reportOf(shouted)).toEqual(reportOf(CALL));
    expect(reportOf({ 'ivrunique-id': 'a' }).vendorCallId).toBe('a');
    expect(reportOf({ ...CALL, OriginalivrUniqueID: 'b ' }).transferOf).toBe('b');
    expect(reportOf({ ...CALL, OriginalIvrUniqueID: 'b' }).transferOf).toBe('b');
  });

  it('takes the last of several spellings that is not empty', () => {
    expect(reportOf({ ivruniqueid: 'a', QueueID: 5, queueid: 6, QUEUEID: '' }).queue?.id).toBe('6');
  });

  it('keeps fields that it does not know as they came', () => {
    const fields = {
      ...CALL,
      target_country: 'Israel',
      leg1DialStatusName: 'ANSWER',
      dialerData: { CampaignID: 1 },
    };
    expect(reportOf(fields).raw).toEqual({
      target_country: 'Israel',
      leg1DialStatusName: 'ANSWER',
      dialerData: { CampaignID: 1 },
    });
  });

  it("does not take the dialer's own CallID for the id of the call", () => {
    expect(reportOf({ ...CALL, CallID: '77' })).toMatchObject({
      vendorCallId: CALL['ivruniqueid'],
      raw: { CallID: '77' },
    });
  });

  it('takes the wait out of the duration of a queue call', () => {
    const queue = {
      ...CALL,
      type: 'Queue',
      queueid: 5,
      queuename: 'Sales',
      duration: 33,
      seconds_waiting_in_queue: '20',
    };
    expect(reportOf(queue)).toMatchObject({
      direction: 'inbound',
      queue: { id: '5', name: 'Sales' },
      queueSeconds: 20,
      talkSeconds: 13,
      raw: { duration: 33 },
    });
  });

  it('takes the whole duration for waiting when nobody in the queue answered', () => {
    const abandoned = reportOf({ ...CALL, type: 'Queue', status: 'ABANDONE', queueid: 5, duration: 40 });
    expect(abandoned).toMatchObject({ result: 'abandoned', queueSeconds: 40, talkSeconds: 0 });
  });

  it('believes the newer lengths first', () => {
    expect(reportOf({ ...CALL, actualCallDuration: 9, actualCallDialtime: 3 })).toMatchObject({
      talkSeconds: 9,
      ringSeconds: 3,
      raw: { duration: 11, dialtime: 2 },
    });
  });

  it.each(['soon', '', -5, null, [1], { a: 1 }, true, 1e300])(
    'leaves the start unknown when time is %j',
    (time) => {
      const report = reportOf({ ...CALL, time });
      expect(report.startedEpochSeconds).toBeNull();
      expect(report.raw['time'] ?? '').toEqual(time ?? '');
    },
  );

  it('reads time in milliseconds and as text', () => {
    expect(reportOf({ ...CALL, time: 1595960350000 }).startedEpochSeconds).toBe(1595960350);
    expect(reportOf({ ...CALL, time: ' 1595960350 ' }).startedEpochSeconds).toBe(1595960350);
  });

  it('reads the IVR path from a list, from text, or from one layer, in the order of the keys pressed', () => {
    const one = { layer_id: 1234, layer_name: 'Main IVR', layer_number: 0, Dtmf: 2, dtmf_order: 1 };
    const two = { layer_id: '4321', layer_name: '', layer_number: '2', Dtmf: 0, dtmf_order: '2' };
    const steps = [
      { order: 1, layerId: '1234', layerName: 'Main IVR', layerNumber: 0, digits: '2' },
      { order: 2, layerId: '4321', layerName: null, layerNumber: 2, digits: '0' },
    ];
    expect(reportOf({ ...CALL, IVR: [two, one] }).ivrPath).toEqual(steps);
    expect(reportOf({ ...CALL, ivr: JSON.stringify([one, two]) }).ivrPath).toEqual(steps);
    expect(reportOf({ ...CALL, IVR: one }).ivrPath).toEqual(steps.slice(0, 1));
  });

  it.each([
    [{ IVR: 'press 1' }],
    [{ CustomData: 'lead 7' }],
    [{ price: 'free' }],
    [{ record: [{}] }],
    [{ record: 'N/A' }],
    [{ CustomData: [{ key: 'a' }, { key: 'b' }] }],
    [{ representative_code: { a: 1 } }],
  ])('keeps %j in raw, as it has no place', (odd) => {
    expect(reportOf({ ...CALL, ...odd }).raw).toEqual(odd);
  });

  it('reads custom data and AI data from text too', () => {
    const fields = { ...CALL, CustomData: '{"lead":"7"}', aiData: '{"insights":{"summary":"s"}}' };
    expect(reportOf(fields)).toMatchObject({ customData: { lead: '7' }, ai: { insights: { summary: 's' } } });
  });

  it.each([
    [[], {}],
    [[{ lead: '7' }, { ticket: 8 }], { lead: '7', ticket: 8 }],
    ['[{"lead":"7"}]', { lead: '7' }],
  ])('reads custom data from the list %j, as the seed calls it an array', (CustomData, customData) => {
    expect(reportOf({ ...CALL, CustomData })).toMatchObject({ customData, raw: {} });
  });

  it.each([
    [7, 0.07],
    ['0.0', 0],
    [29, 0.29],
    [1234.5, 12.345],
  ])('turns a price of %j agorot into %d shekels', (price, amount) => {
    expect(reportOf({ ...CALL, price }).price).toEqual({ amount, currency: 'ILS' });
  });

  it('replaces halves of surrogate pairs, which no database could keep', () => {
    expect(reportOf({ ...CALL, caller: 'a\ud800' }).from).toBe('a\ufffd');
  });

  it('keeps a field called __proto__ a field', () => {
    const reading = send('{"ivruniqueid":"a","__proto__":{"polluted":true}}');
    expect(reading.ok && Object.keys(reading.reports[0]?.raw ?? {})).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('a form that repeats a name', () => {
  const REC = ['https://rec.example/1.mp3', 'https://rec.example/2.mp3'];

  it.each([
    `record=${REC[0]}&record=${REC[1]}`,
    `record[]=${REC[0]}&record[]=${REC[1]}`,
    `record[0]=${REC[0]}&record[1]=${REC[1]}`,
  ])('tells of two recordings: %s', (form) => {
    expect(send(`ivruniqueid=1&${form}`)).toMatchObject({
      reports: [{ recordings: REC.map((url) => ({ url })), raw: {} }],
    });
  });

  it.each([
    'IVR[0][layer_id]=1&IVR[0][Dtmf]=2&IVR[1][layer_id]=3&CustomData[deal]=5',
    'IVR%5B0%5D%5Blayer_id%5D=1&IVR%5B0%5D%5BDtmf%5D=2&IVR%5B1%5D.layer_id=3&CustomData%5Bdeal%5D=5',
    'IVR={"layer_id":1,"Dtmf":2}&IVR={"layer_id":3}&CustomData={"deal":"5"}',
  ])('tells of a path and of data: %s', (form) => {
    expect(send(`ivruniqueid=1&${form}`)).toMatchObject({
      reports: [{ ivrPath: [{ layerId: '1', digits: '2' }, { layerId: '3' }], customData: { deal: '5' } }],
    });
  });

  it('of which there can be but one lets the last one count that is filled, and keeps the others', () => {
    const reading = send('ivruniqueid=1&caller=a&caller=b&caller=&caller=c&caller=c&zz=1&zz=2&did[]=7');
    expect(reading).toMatchObject({
      reports: [{ from: 'c', did: '7', raw: { caller: ['a', 'b'], zz: ['1', '2'] } }],
    });
  });
});

describe('types', () => {
  it.each([
    ['Incoming Call', 'only', 'inbound'],
    ['Extension Outgoing', 'only', 'outbound'],
    ['Queue', 'only', 'inbound'],
    ['CC', 'only', 'outbound'],
    ['VoiceMail', 'only', 'inbound'],
    ['Click2Call leg1', 'agent', 'outbound'],
    [' Click2Callleg1', 'agent', 'outbound'],
    ['CLICK2CALL LEG2', 'customer', 'outbound'],
    ['ProductiveCall Leg1', 'agent', 'outbound'],
    ['productivecallleg2', 'customer', 'outbound'],
    ['Click 2 IVR', 'agent', 'outbound'],
    ['Click2IVR', 'agent', 'outbound'],
    ['Click 2 IVR Incoming', 'customer', 'outbound'],
    ['Click 2 Queue Incoming', 'customer', 'outbound'],
    ['XferCDR', 'transfer', 'outbound'],
    ['Attended CDR leg1', 'attended_1', 'outbound'],
    ['AttendedCDRleg2', 'attended_2', 'outbound'],
    ['Something New', 'only', 'outbound'],
    ['', 'only', 'outbound'],
  ])('%j is leg %s, %s', (type, leg, direction) => {
    expect(reportOf({ ...CALL, type })).toMatchObject({ vendorType: type, leg, direction });
  });

  it('take the direction from the vendor where the type does not fix it', () => {
    expect(reportOf({ ...CALL, direction: 'internal' }).direction).toBe('internal');
    expect(reportOf({ ...CALL, type: 'XferCDR', direction: 'Incoming' }).direction).toBe('inbound');
    expect(reportOf({ ...CALL, type: 'Click 2 IVR Incoming', direction: 'incoming' }).direction).toBe(
      'outbound',
    );
  });

  it('one extension calling another is internal, a call to a DID is not', () => {
    const both = { ...CALL, targetextension: 'AAPINFzL' };
    expect(reportOf(both)).toMatchObject({
      direction: 'internal',
      extension: 'SIPSIP',
      raw: { targetextension: 'AAPINFzL' },
    });
    expect(reportOf({ ...both, did: '0722776772' }).direction).toBe('outbound');
  });

  it('take our extension from our end of the call', () => {
    const both = { ...CALL, callerextension: 'A', targetextension: 'B', did: '1' };
    expect(reportOf({ ...both, type: 'Incoming Call' }).extension).toBe('B');
    expect(reportOf({ ...both, type: 'Click2Call leg1' }).extension).toBe('B');
    expect(reportOf({ ...both, type: 'Click2Call leg2' }).extension).toBe('A');
    expect(reportOf({ ...CALL, callerextension: '', extenUser: 'C' }).extension).toBe('C');
  });
});

describe('statuses', () => {
  it.each([
    ['ANSWER', 'answered', 'answered'],
    ['answer', 'answered', 'answered'],
    ['VOICEMAIL', 'voicemail', 'voicemail'],
    ['NOANSWER', 'missed', 'missed'],
    ['NO ANSWER', 'missed', 'missed'],
    ['BUSY', 'busy', 'busy'],
    ['CANCEL', 'missed', 'cancelled'],
    ['NOTDIALED', 'missed', 'cancelled'],
    ['NOTCALLED', 'cancelled', 'cancelled'],
    ['ABANDONE', 'abandoned', 'abandoned'],
    ['ABANDONED', 'abandoned', 'abandoned'],
    ['EXIT', 'abandoned', 'abandoned'],
    ['TIMEOUT', 'missed', 'missed'],
    ['FULL', 'missed', 'missed'],
    ['JOINEMPTY', 'failed', 'failed'],
    ['VOEND', 'ivr_only', 'ivr_only'],
    ['TE', 'ivr_only', 'ivr_only'],
    ['CONGESTION', 'failed', 'failed'],
    ['CHANUNAVAIL', 'failed', 'failed'],
    ['INVALIDARGS', 'failed', 'failed'],
    ['SSWPREAUTH', 'cancelled', 'cancelled'],
    ['BRAND-NEW', 'unknown', 'unknown'],
    ['', 'unknown', 'unknown'],
  ])('%j is %s inbound and %s outbound', (status, inbound, outbound) => {
    expect(reportOf({ ...CALL, type: 'Incoming Call', status })).toMatchObject({
      result: inbound,
      vendorStatus: status,
    });
    expect(reportOf({ ...CALL, status }).result).toBe(outbound);
  });

  it('an answered voicemail call is voicemail', () => {
    expect(reportOf({ ...CALL, type: 'VoiceMail' }).result).toBe('voicemail');
  });
});

it.each([
  ['20180913161553001234', '20180913161553001234'],
  ['1595960350.70', '1595960350.70'],
  ['1595960350.7', '1595960350.7'],
  ['12', '12'],
])('an id and a caller that come as the number %s keep its digits', (number, digits) => {
  const reading = send(`{"ivruniqueid":${number},"caller":${number},"CustomData":{"deal":${number}}}`);
  expect(reading).toMatchObject({ ok: true, reports: [{ vendorCallId: digits, from: digits }] });
});

describe('messages that cannot be read', () => {
  it.each([
    ['{}', 'The CDR has no ivruniqueid.'],
    ['{"ivruniqueid":"  "}', 'The CDR has no ivruniqueid.'],
    ['{"ivruniqueid":0}', 'The ivruniqueid stands for nothing: the PBX did not fill it in.'],
    ['{"ivruniqueid":{"a":1}}', 'The CDR has no ivruniqueid.'],
    ['[]', 'The list of CDRs is empty.'],
    ['[1]', 'A CDR is not a set of named fields.'],
    ['[[{"a":"b"}]]', 'A CDR is not a set of named fields.'],
    ['{"cdr":{"x":1}}', 'The CDR has no ivruniqueid.'],
    ['{"caller":"1","other":{"ivruniqueid":"a"}}', 'The CDR has no ivruniqueid.'],
    ['{"customdata":{"ivruniqueid":"a"}}', 'The CDR has no ivruniqueid.'],
    ['[{},{}]', 'The CDR has no ivruniqueid. (CDR 1 of 2)'],
    ['<methodCall><methodName>PING</methodName></methodCall>', 'The XML-RPC method is not CDR.'],
    ['<methodCall><methodName>CDR</methodName></methodCall>', 'A CDR is not a set of named fields.'],
    ['caller=1', 'The CDR has no ivruniqueid.'],
  ])('%s: %s', (body, reason) => {
    expect(reasonOf(body)).toBe(reason);
  });
});

describe('replies', () => {
  const verdicts = [
    [{ kind: 'accepted' }, 0, 'OK'],
    [{ kind: 'unreadable', reason: 'no id' }, 1, 'Parse error'],
    [{ kind: 'refused', reason: 'Too large.' }, 2, 'Too large.'],
    [{ kind: 'unavailable' }, 2, 'Temporarily unavailable, please send it again.'],
  ] as const;

  it.each(verdicts)('%j is err %d in every format', (verdict, err, errdesc) => {
    for (const format of ['json', 'form'] as const) {
      const reply = voicenter.reply(verdict, { route: 'cdr', format, settings: {} });
      expect(reply).toEqual({ contentType: 'application/json', body: JSON.stringify({ err, errdesc }) });
    }
    const reply = voicenter.reply(verdict, {
      route: 'cdr',
      format: 'xmlrpc',
      settings: { errSpelling: 'string' },
    });
    expect(reply.contentType).toBe('text/xml');
    expect(readResponse(reply.body)).toEqual({ ok: true, value: { err, errdesc } });
    expect(reply.body).toContain(`<int>${err}</int>`);
  });

  it('are spelled as the connection asks', () => {
    const body = (errSpelling: unknown) =>
      voicenter.reply({ kind: 'accepted' }, { route: 'cdr', format: 'json', settings: { errSpelling } }).body;
    expect(body('number')).toBe('{"err":0,"errdesc":"OK"}');
    expect(body('string')).toBe('{"err":"0","errdesc":"OK"}');
    expect(body('capitalised')).toBe('{"Err":0,"Errdesc":"OK"}');
    expect(body('shouted')).toBe('{"err":0,"errdesc":"OK"}');
  });
});

describe('writing a CDR', () => {
  it('writes time as i8 and other integers as int, as the seed does', () => {
    const { body } = writeCdr(CALL, 'xmlrpc');
    expect(body).toContain('<name>time</name><value><i8>1595960350</i8></value>');
    expect(body).toContain('<name>duration</name><value><int>11</int></value>');
  });

  it('leaves out what is undefined', () => {
    expect(writeCdr({ a: 1, b: undefined }, 'json').body).toBe('{"a":1}');
    expect(writeCdr({ a: 1, b: undefined, c: null }, 'form').body).toBe('a=1&c=');
    expect(writeCdr({ a: 1, b: undefined }, 'xmlrpc').body).not.toContain('<name>b</name>');
  });

  it('is read back the same in every format, whatever the texts hold', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'ש', '😀', '&', '<', '%', '+', '=', '"', '[', '{', ' ', '\n'),
    });
    const fields = fc.record({
      ivruniqueid: text.map((tail) => `c1${tail}`),
      caller: text,
      representative_name: text,
      status: text,
      unknown: text,
      IVR: fc.constantFrom([{ layer_id: 1, Dtmf: 0 }], undefined),
      duration: fc.nat(100_000),
    });
    fc.assert(
      fc.property(fields, (cdr) => {
        const [json, form, xmlrpc] = (['json', 'form', 'xmlrpc'] as const).map((format) => {
          const { body, contentType } = writeCdr(cdr, format);
          const reading = send(body, contentType);
          return reading.ok ? reading.reports : reading;
        });
        expect(json).toHaveLength(1);
        expect(form).toEqual(json);
        expect(xmlrpc).toEqual(json);
      }),
      { numRuns: 500 },
    );
  });
});
