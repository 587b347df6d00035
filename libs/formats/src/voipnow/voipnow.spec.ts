import { callTold, eventTold, legTold } from '../conformance/told-call.fixture.js';
import { messagesOf, problemsOf, writerOf } from '../conformance/written.fixture.js';

const EVERY = [0, 1, 2, 3, 4].map((kind) => ({ kind, url: `https://crm.example/${kind}` }));
const told = (settings: object, call = callTold(), type = 'call.ended') =>
  messagesOf(writerOf('voipnow', settings), eventTold(call, { type })).map(({ key, url, method, body }) => ({
    key,
    method,
    path: new URL(url).pathname,
    fields: Object.fromEntries(new URLSearchParams(body ?? new URL(url).search)),
  }));
const ringing = (traits: object = {}) =>
  callTold({ state: 'ringing', result: 'unknown', answeredAt: null, endedAt: null, ...traits });

describe('the kind of an event', () => {
  it.each([
    ['call.ringing', 'inbound', '/0'],
    ['call.ringing', 'outbound', '/1'],
    ['call.answered', 'inbound', '/3'],
    ['call.answered', 'outbound', '/4'],
    ['call.ended', 'inbound', '/2'],
    ['call.ended', 'outbound', '/2'],
    ['endpoint.test', 'inbound', '/2'],
  ] as const)('%s of an %s call goes to %s', (type, direction, path) => {
    expect(told({ rows: EVERY }, callTold({ direction }), type).map((one) => one.path)).toEqual([path]);
  });

  it('is none of those for what VoipNow does not tell', () => {
    const writer = writerOf('voipnow', { rows: EVERY });
    expect(writer.write(eventTold(callTold(), { type: 'call.updated' }), '')).toEqual({
      kind: 'nothing',
      reason: 'no message for call.updated',
    });
  });
});

describe('the parameters', () => {
  it('are the seed’s, each once', () => {
    expect(told({ rows: EVERY, organization: '0003' })[0]?.fields).toEqual({
      CallID: 'v-1',
      CallerIDNum: '0523258000',
      CallerIDName: '',
      CalledDID: '0722776772',
      CalledExtension: '0003*101',
      CallStatus: 'ANSWER',
      CallFlow: 'IN',
      CallerExtension: '',
      CalledNumber: '0722776772',
      CallAPIID: 'v-1',
    });
  });

  it('are the vendor’s own where the event came from it', () => {
    const raw = { CallID: 'c-7', CallerIDName: 'Dana Levi' };
    const call = callTold({ raw, vendorStatus: 'CHANUNAVAIL', result: 'failed', extension: '0003*210' });
    expect(told({ rows: EVERY, organization: '9' }, call)[0]?.fields).toMatchObject({
      ...raw,
      CallStatus: 'CHANUNAVAIL',
      CalledExtension: '0003*210',
    });
  });

  it('say CALLING while a call rings', () => {
    expect(told({ rows: EVERY }, ringing(), 'call.ringing')[0]?.fields).toMatchObject({
      CallStatus: 'CALLING',
    });
  });
});

describe('the rows', () => {
  it('are asked by extension, kind and whether they are active', () => {
    const rows = [
      { kind: 2, extension: '0003*101', url: 'https://crm.example/mine', method: 'POST' },
      { kind: 2, extension: '0003*999', url: 'https://crm.example/other' },
      { kind: 2, url: 'https://crm.example/off', active: false },
      { kind: 2, url: 'https://crm.example/all?x=1' },
    ];
    const sent = told({ rows, organization: '0003' });
    expect(sent.map(({ path, method, key }) => [path, method, key])).toEqual([
      ['/mine', 'POST', '1'],
      ['/all', 'GET', '4'],
    ]);
    expect(sent[1]?.fields).toMatchObject({ x: '1', CallID: 'v-1' });
    const nobody = writerOf('voipnow', { rows: [] }).write(eventTold(callTold()), '');
    expect(nobody).toEqual({ kind: 'nothing', reason: 'no active row for call.ended and its extension' });
  });

  it('of a ring group are told of each extension that rings, and of each that was rung when it is over', () => {
    const legs = [
      legTold('a', { extension: '0003*101', state: 'ringing' }),
      legTold('b', { extension: '0003*102', state: 'ringing' }),
      legTold('c', { extension: '0003*103', state: 'ended', result: 'missed' }),
    ];
    const rows = EVERY;
    const called = (type: string) =>
      told({ rows }, ringing({ legs }), type).map(({ key, fields }) => [key, fields['CalledExtension']]);
    expect(called('call.ringing')).toEqual([
      ['1@0003*101', '0003*101'],
      ['1@0003*102', '0003*102'],
    ]);
    expect(called('call.ended')).toHaveLength(3);
  });
});

it('keeps the event ids it is given, generates the others, and says what is wrong where', () => {
  const url = 'https://crm.example/';
  const writer = writerOf('voipnow', {
    nextEventId: 10,
    rows: [
      { kind: 0, url, eventId: 4 },
      { kind: 1, url },
    ],
  });
  expect(writer.settings).toMatchObject({
    nextEventId: 11,
    rows: [{ eventId: 4 }, { eventId: 10, extension: '*' }],
  });
  expect(writer.urls).toEqual([
    { path: 'rows.0.url', url },
    { path: 'rows.1.url', url },
  ]);
  const rows = [{ kind: 5, url }, { kind: 0 }, { kind: 0, url, metod: 'GET' }, 7];
  expect(problemsOf('voipnow', { rows })).toEqual([
    'rows.0.kind: This must be one of: 0, 1, 2, 3, 4.',
    'rows.1.url: This is needed: the URL to make the request to.',
    'rows.2.metod: The format has no such setting.',
    'rows.3: This must be an object.',
    expect.stringContaining('rows.3.kind'),
    expect.stringContaining('rows.3.url'),
  ]);
  const twice = [
    { kind: 0, url, eventId: 1 },
    { kind: 0, url, eventId: 1 },
  ];
  expect(problemsOf('voipnow', { rows: twice })).toEqual(['rows: Two rows have the event id 1.']);
});
