import { callTold, eventTold, legTold } from '../conformance/told-call.fixture.js';
import { messagesOf, problemsOf, writerOf } from '../conformance/written.fixture.js';

const told = (settings: object, call = callTold(), type = 'call.ended') =>
  messagesOf(writerOf('voicenter', settings), eventTold(call, { type })).map(
    ({ key, url, body, headers }) => ({
      key,
      url,
      type: headers['content-type'],
      fields: (headers['content-type'] === 'application/json' ? JSON.parse(body ?? '') : body) as Record<
        string,
        unknown
      >,
    }),
  );
const cdr = (call = callTold(), settings: object = {}) => told(settings, call)[0]?.fields;

describe('the CDR notification', () => {
  it('has the fields of the seed in its order, and nothing else for a call without more', () => {
    expect(JSON.stringify(cdr())).toBe(
      JSON.stringify({
        caller: '0523258000',
        target: '0722776772',
        time: Date.UTC(2026, 10, 21, 11, 28, 52) / 1000,
        duration: 60,
        ivruniqueid: 'v-1',
        type: 'Incoming Call',
        status: 'ANSWER',
        targetextension: '101',
        callerextension: '',
        did: '0722776772',
        queueid: 0,
        queuename: '',
        record: '',
        dialtime: 8,
        caller_country: 'Israel',
        direction: 'Incoming',
      }),
    );
  });

  it('tells the account’s wall clock, summer time included, or UTC', () => {
    const summer = callTold({ startedAt: '2026-07-01T09:00:00.000Z' });
    expect(cdr(summer)).toMatchObject({ time: Date.UTC(2026, 6, 1, 12) / 1000 });
    expect(cdr(summer, { epochs: 'utc' })).toMatchObject({ time: Date.UTC(2026, 6, 1, 9) / 1000 });
    expect(cdr(summer, { timeZone: 'Europe/London' })).toMatchObject({
      time: Date.UTC(2026, 6, 1, 10) / 1000,
    });
  });

  it('counts the wait into the duration of a queue’s call, and tells it beside', () => {
    const queue = { id: '123', name: 'Sales' };
    const call = callTold({ queue, queueSeconds: 40 });
    expect(cdr(call)).toMatchObject({
      type: 'Queue',
      duration: 100,
      queueid: 123,
      seconds_waiting_in_queue: 40,
    });
  });

  it('tells the price in agorot, and no price in another currency', () => {
    expect(cdr(callTold({ price: { amount: 0.07, currency: 'ILS' } }))).toMatchObject({ price: 7 });
    expect(cdr(callTold({ price: { amount: 1, currency: 'EUR' } }))).not.toHaveProperty('price');
  });

  it.each([
    ['outbound', 'answered', 'Extension Outgoing', 'ANSWER'],
    ['outbound', 'cancelled', 'Extension Outgoing', 'CANCEL'],
    ['inbound', 'cancelled', 'Incoming Call', 'NOTCALLED'],
    ['inbound', 'missed', 'Incoming Call', 'NOANSWER'],
    ['inbound', 'voicemail', 'VoiceMail', 'VOICEMAIL'],
    ['inbound', 'ivr_only', 'Incoming Call', 'VOEND'],
    ['internal', 'failed', 'Extension Outgoing', 'CONGESTION'],
    ['inbound', 'unknown', 'Incoming Call', ''],
  ] as const)('an %s call that was %s is a %s with %j', (direction, result, type, status) => {
    expect(cdr(callTold({ direction, result }))).toMatchObject({ type, status });
  });

  it('keeps Voicenter’s own words and fields, unless the record says otherwise', () => {
    const own = { vendorType: 'Auto forward', vendorStatus: 'TIMEOUT', result: 'missed' } as const;
    const raw = { target_country: 'Israel', callerextension_name: 'Dana', Duration: 3 };
    expect(cdr(callTold({ ...own, raw }))).toMatchObject({
      type: 'Auto forward',
      status: 'TIMEOUT',
      target_country: 'Israel',
      callerextension_name: 'Dana',
    });
    expect(cdr(callTold({ ...own, raw }))).not.toHaveProperty('Duration');
    expect(cdr(callTold({ ...own, result: 'answered' }))).toMatchObject({ status: 'ANSWER' });
    expect(cdr(callTold({ ...own, vendorType: 'IN', raw }))).not.toHaveProperty('target_country');
  });

  it('of a call in two steps is the customer’s, with the agent and the price of both', () => {
    const call = callTold({
      direction: 'outbound',
      extension: 'SIPSIP',
      price: { amount: 0.1, currency: 'ILS' },
      agent: { code: '1', name: 'John' },
      legs: [
        legTold('agent', { extension: 'SIPSIP', vendorType: 'Click2Call leg1' }),
        legTold('customer', {
          direction: 'outbound',
          extension: null,
          vendorType: 'Click2Call leg2',
          vendorStatus: 'ANSWER',
          startedAt: '2026-11-21T09:28:56.000Z',
          talkSeconds: 50,
          price: { amount: 0.07, currency: 'ILS' },
        }),
      ],
    });
    expect(cdr(call)).toMatchObject({
      type: 'Click2Call leg2',
      time: Date.UTC(2026, 10, 21, 11, 28, 56) / 1000,
      duration: 50,
      callerextension: 'SIPSIP',
      representative_name: 'John',
      price: 10,
    });
  });

  it('is sent again when more becomes known, if that is wanted, and not by itself while a call goes on', () => {
    expect(told({}, callTold(), 'call.updated')).toEqual([]);
    expect(told({ updates: true }, callTold(), 'call.updated')).toHaveLength(1);
    expect(told({}, callTold(), 'call.missed')).toEqual([]);
    expect(told({}, callTold(), 'call.ringing')).toEqual([]);
    expect(told({}, callTold(), 'endpoint.test')).toHaveLength(1);
  });
});

describe('the popup notice', () => {
  const popupUrl = 'https://crm.example/popup';

  it.each([
    ['call.ringing', 'Ringing'],
    ['call.answered', 'Talking'],
    ['call.ended', 'Hangup'],
  ])('of %s is %s', (type, status) => {
    const notice = told({ popupUrl, cdr: false, epochs: 'utc' }, callTold(), type);
    expect(notice).toHaveLength(1);
    expect(notice[0]).toMatchObject({
      key: 'popup',
      url: popupUrl,
      fields: {
        phone: '972523258000',
        ivrid: 'v-1',
        extenUser: '101',
        status,
        direction: 'Incoming',
        callStarted: Date.UTC(2026, 10, 21, 9, 28, 52) / 1000,
        currentCall: { callstatus: status, originalCallerID: '0523258000', isInternal: false },
      },
    });
  });

  it('goes beside the CDR when a call is over', () => {
    expect(told({ popupUrl }).map(({ key }) => key)).toEqual(['cdr', 'popup']);
  });
});

describe('the answer', () => {
  const verdict = (body: string, encoding = 'json', key = 'cdr') =>
    writerOf('voicenter', { encoding, popupUrl: 'https://crm.example/p' }).readReply(
      { status: 200, headers: {}, body },
      key,
    );

  it.each([
    '{"err":0,"errdesc":"OK"}',
    '{"err":"0"}',
    '{"Err":0,"Errdesc":"OK"}',
    '\ufeff {"ERR": 0}',
    '',
    'OK',
    '{"status":"done"}',
    '{"err":null}',
    '{"err":0,"long":"',
  ])('%j is yes', (body) => {
    expect(verdict(body)).toEqual({ ok: true });
  });

  it.each([
    ['{"err":2,"errdesc":"Customer code exception"}', 'err 2, Customer code exception'],
    ['{"err":"1"}', 'err 1'],
    ['{"Err":2,"Errdesc":"no"}', 'err 2, no'],
    ['{"err":""}', 'err '],
    ['{"err":"boom"}', 'err boom'],
  ])('%j is no: %s', (body, reason) => {
    expect(verdict(body)).toEqual({ ok: false, reason });
  });

  it('to an XML-RPC call is a response, or no', () => {
    for (const body of ['', 'OK', '<html>login</html>', '<methodResponse>'])
      expect(verdict(body, 'xmlrpc')).toEqual({ ok: false, reason: 'its answer is no XML-RPC response' });
    expect(verdict('{"STATUS":"OK","TOTAL":1}', 'xmlrpc', 'popup')).toEqual({ ok: true });
  });
});

it('says which settings are wrong', () => {
  expect(problemsOf('voicenter', { encoding: 'soap', popupUrl: 'crm', timeZone: 'Mars', cdr: 1 })).toEqual([
    'encoding: This must be one of: json, form, xmlrpc.',
    'cdr: This must be true or false.',
    'popupUrl: This is not a complete URL; write it like https://crm.example/hook.',
    'timeZone: This is no time zone of the IANA database, such as Asia/Jerusalem.',
  ]);
});
