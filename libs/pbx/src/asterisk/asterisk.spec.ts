import { instant, orderOf, type Order } from '#domain';
import type { DriverAccount, PbxDriver } from '../driver.js';
import { NOW, answering, failing, scriptedPbx, type ScriptedRequest } from '../scripted-pbx.fixture.js';
import { asteriskDriver } from './asterisk.js';

const ID = '019aceb1-2345-7abc-9def-0123456789ab';
const ACCOUNT: DriverAccount = {
  settings: {},
  secrets: {},
  numbers: 'local',
  country: 'IL',
  timeZone: 'Asia/Jerusalem',
  token: null,
};
const PHONE = { kind: 'extension', value: '101' } as const;
const NUMBER = { kind: 'number', value: '+972501234567' } as const;
const CHANNEL = {
  id: ID,
  name: 'PJSIP/101-00000001',
  state: 'Down',
  channelvars: { 'CHANNEL(linkedid)': ID },
};
const EXISTS = answering('{"message":"Channel with given unique ID already exists"}', 409);
const NO_CHANNEL = answering('{"message":"Channel not found"}', 404);
const driver = asteriskDriver as PbxDriver & Required<PbxDriver>;

async function place(order: Order, answers: Parameters<typeof scriptedPbx>, settings: object = {}) {
  const { io, requests } = scriptedPbx(...answers);
  const account = { ...ACCOUNT, settings: { ...settings } };
  return { answer: await driver.place(order, ID, account, io), requests };
}

async function planned(order: Order, settings: object = {}) {
  const { requests } = await place(order, [CHANNEL], settings);
  const body = requests[0]?.asked?.body as Record<string, unknown> | undefined;
  return { ...body, variables: (body?.['variables'] ?? {}) as Record<string, string> } as Record<
    string,
    unknown
  > & {
    variables: Record<string, string>;
  };
}

function asked(requests: readonly ScriptedRequest[]): string[] {
  return requests.map(({ method, asked: one }) => `${method} ${one?.path ?? ''}`);
}

function channel(id: string, name: string, more: object = {}): object {
  const numbers = { caller: { name: '', number: '' }, connected: { name: '', number: '' } };
  return {
    id,
    name,
    state: 'Up',
    ...numbers,
    channelvars: { 'CHANNEL(linkedid)': 'c1', X_ATT: '' },
    ...more,
  };
}

/** An agent talks to a customer; Asterisk made halves for itself. */
const TALK = [
  channel('c1', 'PJSIP/101-00000001', {
    caller: { name: '', number: '101' },
    connected: { name: '', number: '0501234567' },
    channelvars: { 'CHANNEL(linkedid)': 'c1', X_ATT: ID },
    creationtime: '2026-05-03T12:30:00.000+0300',
  }),
  channel('c2', 'Local/0501234567@from-internal-00000001;1'),
  channel('c3', 'Local/0501234567@from-internal-00000001;2'),
  channel('c4', 'PJSIP/line-1-00000002', { caller: { name: '', number: '0501234567' } }),
];

describe('an order to an Asterisk', () => {
  it('rings the extension under our id and goes on in the dialplan to the number', async () => {
    expect(await planned(orderOf('call', PHONE, NUMBER))).toMatchObject({
      endpoint: 'PJSIP/101',
      ...{ context: 'from-internal', extension: '0501234567', priority: 1 },
      ...{ channelId: ID, callerId: '0501234567', timeout: 30 },
      variables: { __X_ATT: ID, 'CALLERID(num)': '101' },
    });
  });

  it('tells the phone the id that a client of the vendor knows the call by', async () => {
    const { variables } = await planned(orderOf('call', PHONE, NUMBER));
    expect(variables['PJSIP_HEADER(add,X-IVR-UNIQUE-ID)']).toMatch(/^\d{14}[0-9a-f]{18}$/);
    const named = await planned(orderOf('call', PHONE, NUMBER), { id_header: 'X-Call' });
    expect(Object.keys(named.variables)).toContain('PJSIP_HEADER(add,X-Call)');
  });

  it('calls the number first through the dialplan, or through the line that the account names', async () => {
    const order = orderOf('call', NUMBER, PHONE);
    expect(await planned(order)).toMatchObject({
      ...{ endpoint: 'Local/0501234567@from-internal/n', otherChannelId: `${ID}-2`, extension: '101' },
      variables: { 'CALLERID(num)': '0501234567' },
    });
    const byLine = await planned(order, { number_dial: 'PJSIP/{number}@line-1' });
    expect(byLine).toMatchObject({ endpoint: 'PJSIP/0501234567@line-1' });
    expect(byLine).not.toHaveProperty('otherChannelId');
  });

  it('shows each party what the order says, and never the customer their own number', async () => {
    const order = orderOf('call', PHONE, NUMBER, {
      callerId: { first: '+972501234567', second: '+97231234567' },
      callerName: { first: 'Dana "D" <1>', second: 'Acme' },
    });
    expect(await planned(order)).toMatchObject({
      callerId: '"Dana  D   1" <0501234567>',
      variables: { 'CALLERID(num)': '031234567', 'CALLERID(name)': 'Acme' },
    });
    const usual = await planned(orderOf('call', PHONE, NUMBER), { caller_id: '031112222' });
    expect(usual.variables['CALLERID(num)']).toBe('031112222');
    const hidden = orderOf('call', PHONE, NUMBER, { callerId: { first: null, second: 'Anonymous' } });
    expect((await planned(hidden)).variables).toMatchObject({
      'CALLERID(pres)': 'prohib',
      'CALLERID(num)': '101',
    });
  });

  it('has a phone answer by itself, ends a call that is too long and tells the dialplan whether to record', async () => {
    const order = orderOf('call', PHONE, NUMBER, {
      autoAnswer: { first: true, second: false },
      ringSeconds: { first: 20, second: 40 },
      ...{ maxSeconds: 600, record: true },
    });
    const { timeout, variables } = await planned(order);
    expect(timeout).toBe(20);
    expect(variables).toMatchObject({
      'TIMEOUT(absolute)': '660',
      __X_RECORD: 'yes',
      __REC_POLICY_MODE: 'FORCE',
    });
    expect(variables['PJSIP_HEADER(add,Call-Info)']).toContain('answer-after=0');
  });

  it('tells variables under names that are no functions, and no other correlator', async () => {
    const own = { order: '7', att: 'x', 'PJSIP_HEADER(add,X)': 'y', 'a)b': 'z' };
    const { variables } = await planned(orderOf('call', PHONE, NUMBER, { variables: own }));
    expect(variables).toMatchObject({ __X_order: '7', __X_ATT: ID });
    expect(JSON.stringify(variables)).not.toMatch(/"[yzx]"/);
  });

  it('puts whoever answers into a room of the dialplan', async () => {
    const order = orderOf('conference', PHONE, null, { conferenceRoom: '8001' });
    expect(await planned(order)).toMatchObject({ context: 'from-internal', extension: '8001' });
    expect(await planned(order, { conference_context: 'rooms' })).toMatchObject({ context: 'rooms' });
  });

  it('puts whoever answers into a room of ours where the account says so, which has no PIN', async () => {
    const order = orderOf('conference', PHONE, null, { conferenceRoom: '8001' });
    const ours = await planned(order, { rooms: 'ours' });
    expect(ours).toMatchObject({ app: 'switchhook', appArgs: 'room,8001' });
    expect(ours).not.toHaveProperty('extension');
    const { io, requests } = scriptedPbx();
    const locked = orderOf('conference', PHONE, null, { conferenceRoom: '8001', conferencePin: '1' });
    const account = { ...ACCOUNT, settings: { ...ACCOUNT.settings, rooms: 'ours' } };
    expect(await driver.place(locked, ID, account, io)).toMatchObject({ kind: 'refused' });
    expect(requests).toEqual([]);
  });

  it('has an announcement played by our application, or by the dialplan where the account says so', async () => {
    const announcement = { before: 'welcome', digits: '12', between: 'beep', after: 'bye,evil' };
    const order = orderOf('announce', PHONE, null, { announcement });
    const ours = await planned(order);
    expect(ours).toMatchObject({
      app: 'switchhook',
      appArgs: 'announce,sound:welcome,digits:1,sound:beep,digits:2,sound:beep',
    });
    expect(ours).not.toHaveProperty('extension');
    expect(await planned(order, { announce_context: 'say' })).toMatchObject({
      ...{ context: 'say', extension: 's' },
      variables: { X_BEFORE: 'welcome', X_DIGITS: '12', X_BETWEEN: 'beep' },
    });
  });

  it.each([
    [{ kind: 'extension', value: '101&Local/x' }, NUMBER],
    [{ kind: 'login_code', value: '77' }, NUMBER],
    [PHONE, { kind: 'extension', value: '1,2' }],
    [PHONE, { kind: 'trunk', value: '' }],
  ] as const)('refuses what cannot be dialled, and sends nothing: %j', async (first, second) => {
    const { answer, requests } = await place(orderOf('call', first, second), [CHANNEL]);
    expect([answer.kind, requests]).toEqual(['refused', []]);
  });

  it('rings nobody whose phone is not there, where the order wants that looked up', async () => {
    const order = orderOf('call', PHONE, NUMBER, { checkDevice: { first: true, second: false } });
    const offline = { technology: 'PJSIP', resource: '101', state: 'offline', channel_ids: [] };
    const { answer, requests } = await place(order, [offline]);
    expect(answer).toMatchObject({ kind: 'refused', offline: true });
    expect(asked(requests)).toEqual(['GET endpoints/PJSIP/101']);
    const online = await place(order, [{ ...offline, state: 'online' }, CHANNEL]);
    expect(online.answer.kind).toBe('done');
  });
});

describe('the answer to an order', () => {
  const order = orderOf('call', PHONE, NUMBER);
  const LOOKED_UP = ['POST channels', `GET channels/${ID}`];

  it('is a repeat’s where the id exists: the call is there', async () => {
    const { answer, requests } = await place(order, [EXISTS, CHANNEL]);
    expect(answer).toEqual({ kind: 'done', vendorCallId: ID });
    expect(asked(requests)).toEqual(LOOKED_UP);
  });

  it('is a refusal where the same words mean an endpoint that is not there', async () => {
    const { answer, requests } = await place(order, [EXISTS, NO_CHANNEL]);
    expect(answer).toMatchObject({ kind: 'refused', code: '409' });
    expect(asked(requests)).toEqual(LOOKED_UP);
  });

  it('is unknown where that cannot be told apart', async () => {
    expect((await place(order, [EXISTS, failing('timeout', 'sent')])).answer.kind).toBe('unknown');
  });

  it('is a refusal where no channel could be made', async () => {
    const { answer, requests } = await place(order, [answering('{"error":"Allocation failed"}', 500)]);
    expect(answer).toMatchObject({ kind: 'refused', code: '500' });
    expect(requests).toHaveLength(1);
  });

  it('is looked up after a time-out, and is unknown where no such channel is to be seen', async () => {
    const late = failing('timeout', 'sent');
    expect((await place(order, [late, CHANNEL])).answer).toEqual({ kind: 'done', vendorCallId: ID });
    expect((await place(order, [late, NO_CHANNEL])).answer.kind).toBe('unknown');
  });

  it('is a refusal where the PBX holds no socket open', async () => {
    const { io } = scriptedPbx(CHANNEL);
    const { ask: _ask, ...without } = io;
    expect(await driver.place(order, ID, ACCOUNT, without)).toMatchObject({ kind: 'refused' });
  });
});

describe('calls that go on at an Asterisk', () => {
  it('are told once for each extension, without the halves that Asterisk makes for itself', async () => {
    const { io } = scriptedPbx(TALK);
    expect(await driver.listCalls(null, ACCOUNT, io)).toEqual({
      kind: 'done',
      calls: [
        {
          ...{ vendorCallId: 'c1', extension: '101', number: '0501234567', state: 'answered' },
          ...{ startedAt: Date.UTC(2026, 4, 3, 9, 30), correlator: ID },
        },
      ],
    });
    expect(await driver.listCalls('102', ACCOUNT, io)).toMatchObject({ calls: [] });
  });

  it('ring until both sides are there', async () => {
    const [agent, , , line] = TALK;
    const { io } = scriptedPbx([agent, { ...line, state: 'Ringing' }]);
    expect(await driver.listCalls('101', ACCOUNT, io)).toMatchObject({ calls: [{ state: 'ringing' }] });
  });

  it('are told without an extension while a number is called first', async () => {
    const half = channel('c1', 'Local/0501234567@from-internal-00000001;1', { state: 'Down' });
    const line = channel('c2', 'PJSIP/line-1-00000002', {
      state: 'Ringing',
      caller: { number: '0501234567' },
    });
    const call = { vendorCallId: 'c1', extension: null, state: 'ringing' };
    for (const channels of [[half], [half, line]]) {
      const { io } = scriptedPbx(channels);
      expect(await driver.listCalls(null, ACCOUNT, io)).toMatchObject({ calls: [call] });
    }
  });

  it('are of an extension unless the account calls it a trunk', async () => {
    const { io } = scriptedPbx([channel('c1', 'PJSIP/4433-00000002')]);
    expect(await driver.listCalls(null, ACCOUNT, io)).toMatchObject({ calls: [{ extension: '4433' }] });
    const account = { ...ACCOUNT, settings: { trunks: '77, 4433' } };
    expect(await driver.listCalls(null, account, io)).toMatchObject({ calls: [{ extension: null }] });
  });

  it('end by the channel that began them, with one request', async () => {
    const { io, requests } = scriptedPbx(answering('', 204));
    const call = { extension: '101', vendorCallId: 'c1' };
    expect(await driver.hangUp(call, ACCOUNT, io)).toEqual({ kind: 'done', endsAllOfExtension: false });
    expect(asked(requests)).toEqual(['DELETE channels/c1']);
  });

  it('end by the channels that are left where the first is gone', async () => {
    const left = [
      channel('c4', 'PJSIP/line-1-00000002'),
      channel('d1', 'PJSIP/102-00000003', { channelvars: {} }),
    ];
    const { io, requests } = scriptedPbx(NO_CHANNEL, left, answering('', 204));
    const call = { extension: '101', vendorCallId: 'c1' };
    expect((await driver.hangUp(call, ACCOUNT, io)).kind).toBe('done');
    expect(asked(requests)).toEqual(['DELETE channels/c1', 'GET channels', 'DELETE channels/c4']);
    const gone = scriptedPbx(NO_CHANNEL, []);
    expect((await driver.hangUp(call, ACCOUNT, gone.io)).kind).toBe('refused');
  });

  it('end for an extension where no call is named', async () => {
    const { io, requests } = scriptedPbx(TALK, answering('', 204));
    const answer = await driver.hangUp({ extension: '101', vendorCallId: null }, ACCOUNT, io);
    expect(answer).toEqual({ kind: 'done', endsAllOfExtension: true });
    expect(asked(requests)).toEqual(['GET channels', 'DELETE channels/c1']);
  });

  it('are recorded by a listener of ours, which is asked again while it is not ready', async () => {
    const early = answering('{"message":"Channel not in Stasis application"}', 409);
    const { io, requests } = scriptedPbx(TALK, { id: 'switchhook-c1' }, early, answering('{}', 201));
    const call = { extension: '101', vendorCallId: 'c1' };
    expect((await driver.record(call, 'on', ACCOUNT, io)).kind).toBe('done');
    expect(asked(requests)).toEqual([
      'GET channels',
      'POST channels/c1/snoop/switchhook-c1',
      'POST channels/switchhook-c1/record',
      'POST channels/switchhook-c1/record',
    ]);
    const failed = scriptedPbx(TALK, { id: 'switchhook-c1' }, answering('{"message":"No"}', 422));
    expect((await driver.record(call, 'on', ACCOUNT, failed.io)).kind).toBe('refused');
    expect(asked(failed.requests).at(-1)).toBe('DELETE channels/switchhook-c1');
    const muted = scriptedPbx(answering('', 204));
    await driver.record(call, 'mute', ACCOUNT, muted.io);
    expect(asked(muted.requests)).toEqual(['POST recordings/live/switchhook-c1/mute']);
    const none = scriptedPbx(answering('{"message":"Recording not found"}', 404));
    expect((await driver.record(call, 'off', ACCOUNT, none.io)).kind).toBe('refused');
  });

  it('are recorded once, however often that is asked, and by the listener that is there', async () => {
    const call = { extension: '101', vendorCallId: 'c1' };
    const hasListener = answering('{"message":"Snoop channel could not be created"}', 500);
    const isRecorded = answering(
      '{"message":"Recording \'x\' already exists and can not be overwritten"}',
      409,
    );
    const going = scriptedPbx(TALK, hasListener, isRecorded);
    expect((await driver.record(call, 'on', ACCOUNT, going.io)).kind).toBe('done');
    expect(going.requests).toHaveLength(3);
    const leftOver = scriptedPbx(TALK, hasListener, answering('{}', 201));
    expect((await driver.record(call, 'on', ACCOUNT, leftOver.io)).kind).toBe('done');
  });

  it('cannot be recorded where the PBX has no place for it, which is said', async () => {
    const failed = answering('{"message":"Internal Server Error"}', 500);
    const { io, requests } = scriptedPbx(TALK, { id: 'switchhook-c1' }, failed);
    const answer = await driver.record({ extension: '101', vendorCallId: 'c1' }, 'on', ACCOUNT, io);
    expect(answer).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('/var/spool/asterisk/recording') as string,
    });
    expect(asked(requests).at(-1)).toBe('DELETE channels/switchhook-c1');
  });
});

describe('an order of which nothing is known', () => {
  const order = orderOf('call', PHONE, NUMBER);
  const wanted = (to: number) => ({ order, correlator: ID, vendorCallId: null, from: NOW, to: instant(to) });

  it('is found by its channel while its call goes on', async () => {
    const { io, requests } = scriptedPbx({ ...CHANNEL, state: 'Up' });
    const found = { vendorCallId: ID, extension: '101', number: '+972501234567', answered: true };
    expect(await driver.findCall(wanted(NOW + 90_000), ACCOUNT, io)).toMatchObject({ call: found });
    expect(asked(requests)).toEqual([`GET channels/${ID}`]);
  });

  it('has no call once there was time enough to tell of it, and is unknown before', async () => {
    const { io } = scriptedPbx(NO_CHANNEL);
    expect((await driver.findCall(wanted(NOW + 1), ACCOUNT, io)).kind).toBe('unknown');
    expect(await driver.findCall(wanted(NOW), ACCOUNT, io)).toEqual({ kind: 'done', call: null });
    const { io: mute } = scriptedPbx(failing('timeout', 'sent'));
    expect((await driver.findCall(wanted(NOW), ACCOUNT, mute)).kind).toBe('unknown');
  });
});

describe('extensions of an Asterisk', () => {
  const endpoint = { technology: 'PJSIP', resource: '101', state: 'online', channel_ids: [] };

  it('are the endpoints whose names are short numbers', async () => {
    const { io } = scriptedPbx([
      endpoint,
      { ...endpoint, resource: 'line-1' },
      { ...endpoint, resource: '77' },
    ]);
    const account = { ...ACCOUNT, settings: { trunks: '77' } };
    expect(await driver.listExtensions(account, io)).toMatchObject({ extensions: [{ extension: '101' }] });
  });

  it('are told with whether their phones are registered, where that is wanted and the PBX knows it', async () => {
    const { feed } = driver;
    expect([feed.isOn({}), feed.isOn({ feed: 'on' })]).toEqual([false, true]);
    if (!('phonesNow' in feed)) throw new Error('It has no channel to log in to.');
    const others = [
      { ...endpoint, resource: '102', state: 'offline' },
      { ...endpoint, resource: '103', state: 'unknown' },
      { ...endpoint, resource: 'line-1' },
    ];
    const answer = await feed.phonesNow(ACCOUNT, scriptedPbx([endpoint, ...others]).io);
    const phones = answer.kind === 'done' ? answer.phones : [];
    expect(phones.map(({ words, device, status }) => [...words, device, status])).toEqual([
      ['101', 'reachable', null],
      ['102', 'unreachable', null],
      ['103', 'unknown', null],
    ]);
  });

  it.each([
    [[endpoint], { state: 'free', vendorCallId: null }],
    [[{ ...endpoint, state: 'offline' }], { state: 'unavailable' }],
    [[{ ...endpoint, channel_ids: ['c1'] }, TALK], { state: 'busy', vendorCallId: 'c1' }],
    [
      [{ ...endpoint, channel_ids: ['c1'] }, [{ ...TALK[0], state: 'Ringing' }]],
      { state: 'ringing', vendorCallId: 'c1' },
    ],
  ])('are in the state that their registration and channels say: %j', async (answers, state) => {
    const { io } = scriptedPbx(...answers);
    expect(await driver.extensionState('101', ACCOUNT, io)).toMatchObject(state);
  });

  it('are refused where the PBX has none of that name', async () => {
    const { io } = scriptedPbx(answering('{"message":"Endpoint not found"}', 404));
    expect(await driver.extensionState('999', ACCOUNT, io)).toMatchObject({ kind: 'refused' });
  });
});

describe('the account of an Asterisk', () => {
  it.each([
    ['context', 'a,b'],
    ['extension_dial', 'PJSIP/101'],
    ['number_dial', 'PJSIP/{number}&PJSIP/1'],
    ['id_header', 'X)=1'],
    ['record_format', 'mp3'],
  ])('has no %s %s', (name, value) => {
    expect(driver.problemsOf({ [name]: value })).toMatchObject([{ field: name }]);
  });

  it('is right where the PBX tells its version through its socket', async () => {
    const { io } = scriptedPbx({ system: { version: '22.8.2', entity_id: 'x' } });
    expect(await driver.probe(ACCOUNT, io)).toEqual({
      kind: 'done',
      what: 'Asterisk 22.8.2 answers through its socket.',
    });
  });
});
