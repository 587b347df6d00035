import { readCall, writeFault, writeResponse } from '#dialects';
import { readParty, type CallView } from '#domain';
import { callTold, eventTold, legTold } from '../conformance/told-call.fixture.js';
import { messagesOf, problemsOf, writerOf } from '../conformance/written.fixture.js';

const told = (settings: object, call = callTold(), type = 'call.ended') =>
  messagesOf(writerOf('voicenter', settings), eventTold(call, { type })).map(
    ({ key, url, body, headers }) => ({
      key,
      url,
      type: headers['content-type'],
      body: body ?? '',
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

  it('by GET has the fields of the vendor’s example behind the URL’s own, with the number as it is dialed at home', () => {
    const settings = { popupUrl: `${popupUrl}?mine=1`, popupEncoding: 'query', cdr: false, epochs: 'utc' };
    const call = callTold({ customData: { ticket: '4711' } });
    const [message] = messagesOf(writerOf('voicenter', settings), eventTold(call, { type: 'call.ringing' }));
    expect([message?.method, message?.body]).toEqual(['GET', null]);
    expect([...new URL(message?.url ?? '').searchParams]).toEqual([
      ['mine', '1'],
      ['phone', '0523258000'],
      ['ivrid', 'v-1'],
      ['extenUser', '101'],
      ['did', '0722776772'],
      ['statusCall', 'Ringing'],
      ['direction', 'Incoming'],
      ['callerName', ''],
      ['callStarted', String(Date.UTC(2026, 10, 21, 9, 28, 52) / 1000)],
      ['isAnswered', 'true'],
      ['callAnswered', String(Date.UTC(2026, 10, 21, 9, 29) / 1000)],
      ['customData', '{"ticket":"4711"}'],
    ]);
  });

  it.each([
    ['14165551234', '14165551234'],
    ['Anonymous', 'Anonymous'],
    ['', ''],
  ])('by GET calls %j %j', (original, phone) => {
    const settings = { popupUrl, popupEncoding: 'query', cdr: false };
    const [notice] = told(settings, callTold({ from: readParty(original, 'IL') }));
    expect(new URL(notice?.url ?? '').searchParams.get('phone')).toBe(phone);
  });

  it('as a form has the members of the JSON, those inside another as JSON text', () => {
    const settings = { popupUrl, cdr: false };
    const [json] = told(settings);
    const [form] = told({ ...settings, popupEncoding: 'form' });
    expect(form?.type).toBe('application/x-www-form-urlencoded');
    const fields = Object.fromEntries(new URLSearchParams(form?.body));
    const { currentCall, ...flat } = json?.fields ?? {};
    expect(fields).toEqual({
      ...Object.fromEntries(Object.entries(flat).map(([name, value]) => [name, String(value)])),
      currentCall: JSON.stringify(currentCall),
    });
  });

  it('is one for each extension that rings; all of them are told of the end, and who answered', () => {
    const legs = [
      legTold('a', { extension: '101', state: 'ringing', answeredAt: null, result: 'missed' }),
      legTold('b', { extension: '102', state: 'ringing' }),
    ];
    const call = callTold({ legs, extension: '102' });
    const ends = (type: string) =>
      told({ popupUrl, cdr: false }, call, type).map(({ key, fields }) => [
        key,
        fields['extenUser'],
        fields['isAnswered'],
        fields['cause'],
      ]);
    expect(ends('call.ringing')).toEqual([
      ['popup@101', '101', false, undefined],
      ['popup@102', '102', true, undefined],
    ]);
    expect(ends('call.answered')).toEqual([['popup', '102', true, undefined]]);
    expect(ends('call.ended')).toEqual([
      ['popup@101', '101', false, 'Answered elsewhere'],
      ['popup@102', '102', true, 'Normal hangup'],
    ]);
  });
});

describe('the IVR calls', () => {
  const ivrUrl = 'https://crm.example/ivr';
  const PRESSED_AT = '2026-11-21T09:30:00.000Z';
  const step = (layerId: string, digits: string, at: string | null = null) => ({
    order: 1,
    layerId,
    layerName: null,
    layerNumber: null,
    digits,
    at,
  });
  const inMenu = callTold({ ivrPath: [step('main', '2'), step('sales', '1', PRESSED_AT)] });
  const pressed = (input: object) => ({ ...inMenu, input: { menu: 'sales', digits: '1', ...input } });
  const ivr = (settings: object, call: object, type = 'ivr.input') =>
    told({ cdr: false, ivrUrl, ...settings }, call as CallView, type);

  it('tell each key with its menu and the one before, as External IVR asks', () => {
    const [first] = ivr({}, pressed({ layerNumber: null }));
    expect([first?.key, first?.url]).toEqual(['ivr', ivrUrl]);
    expect(first?.fields).toEqual({
      METHOD: 'GET_IVR_ACTION',
      DATA: {
        DID: '0722776772',
        CALLER_ID: '0523258000',
        CALLER_NAME: '',
        IVR_UNIQUE_ID: 'v-1',
        DTMF: '1',
        MENU: 'sales',
        PREVIOUS_MENU: 'main',
      },
    });
  });

  it('tell the key of a layer of the PBX’s own as the external layer asks', () => {
    const call = { ...inMenu, ivrPath: [step('8', '1', PRESSED_AT)], raw: { CALLER_NAME: 'Dana' } };
    const [layer] = ivr({}, { ...call, input: { menu: '8', layerNumber: 8, digits: '1' } });
    expect(layer?.fields).toEqual({
      METHOD: 'IVR_LAYER_INPUT',
      DATA: {
        DID: '0722776772',
        CALLER_ID: '0523258000',
        CALLER_NAME: 'Dana',
        IVR_UNIQUE_ID: 'v-1',
        DTMF: '1',
        LAYER_ID: 8,
        PREVIOUS_LAYER_ID: '-1',
      },
    });
  });

  it('end with HANGUP_CALL, where the caller was in a menu', () => {
    const [end] = ivr({ epochs: 'utc' }, inMenu, 'call.ended');
    expect([end?.key, end?.fields]).toEqual([
      'hangup',
      {
        METHOD: 'HANGUP_CALL',
        DATA: {
          DID: '0722776772',
          CALLER_ID: '0523258000',
          IVR_UNIQUE_ID: 'v-1',
          TARGET: '0722776772',
          CALL_TIME_EPOCH: Date.UTC(2026, 10, 21, 9, 28, 52) / 1000,
          CALL_START_EPOCH: Date.UTC(2026, 10, 21, 9, 28, 52) / 1000,
          CALL_DURATION: 68,
          CALL_DAILTIME: 8,
          CALL_STATUS: 'ANSWER',
        },
      },
    ]);
    const [gaveUp] = ivr({}, callTold({ result: 'ivr_only', answeredAt: null }), 'call.ended');
    expect(gaveUp?.fields['DATA']).not.toHaveProperty('TARGET');
    expect(ivr({}, callTold(), 'call.ended')).toEqual([]);
    expect(ivr({}, { ...inMenu, direction: 'outbound' }, 'call.ended')).toEqual([]);
  });

  it('are XML-RPC where that is wanted, and nothing without a URL', () => {
    const [xml] = ivr({ ivrEncoding: 'xmlrpc' }, pressed({ layerNumber: null }));
    expect(xml?.type).toBe('text/xml');
    expect(readCall(xml?.body ?? '')).toMatchObject({
      ok: true,
      methodName: 'GET_IVR_ACTION',
      params: [{ MENU: 'sales', DTMF: '1' }],
    });
    const event = eventTold(pressed({ layerNumber: null }), { type: 'ivr.input' });
    expect(writerOf('voicenter', {}).write(event, '')).toMatchObject({ kind: 'nothing' });
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
  });

  it.each(['popup', 'popup@101', 'ivr'])('to a message %s is yes whatever it says', (key) => {
    for (const body of ['{"STATUS":"OK","TOTAL":1}', '{"STATUS":"NOT FOUND"}', '{"STATUS":1}', '<html>', ''])
      expect(verdict(body, 'xmlrpc', key)).toEqual({ ok: true });
  });

  it('to HANGUP_CALL is its STATUS, and a response where XML-RPC was spoken', () => {
    const hangup = (body: string, ivrEncoding = 'json') =>
      writerOf('voicenter', { ivrEncoding, encoding: 'json' }).readReply(
        { status: 200, headers: {}, body },
        'hangup',
      );
    for (const body of ['{"STATUS":0}', '{"status":"0"}', '{"STATUS":"OK"}', ''])
      expect(hangup(body)).toEqual({ ok: true });
    expect(hangup('{"STATUS":1}')).toEqual({ ok: false, reason: 'status 1' });
    expect(hangup(writeResponse({ STATUS: 0 }), 'xmlrpc')).toEqual({ ok: true });
    expect(hangup(writeResponse({ STATUS: 1 }), 'xmlrpc')).toEqual({ ok: false, reason: 'status 1' });
    expect(hangup(writeFault(3, 'no'), 'xmlrpc')).toEqual({ ok: false, reason: 'fault 3, no' });
    expect(hangup('{"STATUS":0}', 'xmlrpc')).toMatchObject({ ok: false });
  });
});

it('names every place that it leads to', () => {
  const [popupUrl, ivrUrl] = ['https://crm.example/p', 'https://crm.example/i'];
  expect(writerOf('voicenter', { popupUrl, ivrUrl }).urls).toEqual([
    { path: 'popupUrl', url: popupUrl },
    { path: 'ivrUrl', url: ivrUrl },
  ]);
});

it('says which settings are wrong', () => {
  const wrong = { popupEncoding: 'get', ivrUrl: 'ivr', ivrEncoding: 'form' };
  const settings = { encoding: 'soap', popupUrl: 'crm', timeZone: 'Mars', cdr: 1, ...wrong };
  expect(problemsOf('voicenter', settings)).toEqual([
    'encoding: This must be one of: json, form, xmlrpc.',
    'cdr: This must be true or false.',
    'popupUrl: This is not a complete URL; write it like https://crm.example/hook.',
    'popupEncoding: This must be one of: json, form, query.',
    'ivrUrl: This is not a complete URL; write it like https://crm.example/hook.',
    'ivrEncoding: This must be one of: json, xmlrpc.',
    'timeZone: This is no time zone of the IANA database, such as Asia/Jerusalem.',
  ]);
});
