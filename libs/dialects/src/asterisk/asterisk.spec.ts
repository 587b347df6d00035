import type { LegReport } from '#domain';
import { asterisk } from './asterisk.js';
import { NO_LINKED_ID } from './channel.js';
import { socketMessage } from './recorded-call.fixture.js';

interface Said {
  name?: string;
  id?: string;
  callId?: string;
  state?: string;
  app?: string;
  data?: string;
  exten?: string;
  number?: string;
  connected?: string;
  vars?: Record<string, string>;
}

const channel = ({ name = 'PJSIP/101-00000001', id = '17.1', callId = '17.0', ...said }: Said = {}) => ({
  id,
  name,
  state: said.state ?? 'Up',
  caller: { name: '', number: said.number ?? '' },
  connected: { name: '', number: said.connected ?? '' },
  dialplan: {
    context: 'from-internal',
    exten: said.exten ?? '',
    priority: 1,
    app_name: said.app ?? '',
    app_data: said.data ?? '',
  },
  creationtime: '2026-11-30T04:06:14.432+0000',
  channelvars: { 'CHANNEL(linkedid)': callId, ...said.vars },
});
/** Asterisk's own ids have nine digits at least. */
const OWN = { id: '1796011574.0', callId: '1796011574.0' };
const CALLED = { id: '1796011574.1', callId: '1796011574.0' };

const TOLD = Date.parse('2026-11-30T04:06:20.000Z');
const event = (type: string, fields: object) => ({
  type,
  timestamp: '2026-11-30T04:06:20.000+0000',
  ...fields,
});

function read(value: unknown, settings = {}, headers: Record<string, string> = {}): readonly LegReport[] {
  const reading = asterisk.read(socketMessage(JSON.stringify(value), headers), settings);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.reports;
}
const about = (type: string, said: Said, fields: object = {}, settings = {}) =>
  read(event(type, { channel: channel(said), ...fields }), settings)[0];

describe('whose a channel is', () => {
  it.each([
    ['PJSIP/101-00000001', {}, '101'],
    ['PJSIP/990123-00000001', {}, '990123'],
    ['SIP/42-0a', {}, '42'],
    ['PJSIP/my-own-trunk-00000001', {}, null],
    ['PJSIP/1-00000001', {}, null],
    ['PJSIP/1234567-00000001', {}, null],
    ['DAHDI/i1/0501234567-1', {}, null],
    ['PJSIP/101-00000001', { trunks: ['100', '101'] }, null],
    ['PJSIP/101-00000001', { trunks: '100, 101' }, null],
    ['PJSIP/101-00000001', { trunks: 7 }, '101'],
  ])('%s with %j is extension %s', (name, settings, extension) => {
    expect(about('ChannelStateChange', { ...CALLED, name }, {}, settings)?.extension).toBe(extension);
  });
});

describe('an event', () => {
  it('without the linked id says what is missing, and where', () => {
    const bare = { ...channel(), channelvars: undefined };
    const reading = asterisk.read(
      socketMessage(JSON.stringify(event('ChannelDestroyed', { channel: bare }))),
      {},
    );
    expect(reading).toMatchObject({ ok: false, reason: NO_LINKED_ID });
  });

  it('has its own time, less what the clock of the PBX is ahead', () => {
    const told = (headers: Record<string, string>) =>
      read(event('ChannelStateChange', { channel: channel() }), {}, headers)[0];
    expect(told({})?.toldAt).toBe(TOLD);
    const ahead = told({ 'x-switchhook-clock-ahead-ms': '1500' });
    expect(ahead?.toldAt).toBe(TOLD - 1500);
    expect(ahead?.startedEpochSeconds).toBe(Date.parse('2026-11-30T04:06:12.932Z') / 1000);
    expect(told({ 'x-switchhook-clock-ahead-ms': 'soon' })?.toldAt).toBe(TOLD);
  });

  it('of a kind that nobody knows is of no call', () => {
    expect(read(event('ChannelSomethingNew', { channel: channel() }))).toEqual([]);
    expect(read(event('DeviceStateChanged', { device_state: { name: 'PJSIP/101' } }))).toEqual([]);
  });

  it('of a call counts though everything else about its channel is odd', () => {
    const odd = {
      id: '1796011574.0',
      channelvars: { 'CHANNEL(linkedid)': '1796011574.0' },
      name: 'PJSIP/101-1',
    };
    expect(
      read(event('ChannelDestroyed', { channel: { ...odd, caller: 7, dialplan: [], state: {} } })),
    ).toMatchObject([
      { phase: 'ended', vendorCallId: '1796011574.0', extension: '101', startedEpochSeconds: null },
    ]);
  });

  it('tells variables under the names that they were ordered with, and no secrets', () => {
    const vars = {
      X_ATT: 'a-1',
      X_shop: '17',
      X_PIN: '1234',
      X_RECORD: 'yes',
      FROM_DID: '0722000101',
      SHOP: 'x',
    };
    expect(about('ChannelStateChange', { ...CALLED, vars })?.customData).toEqual({
      X_ATT: 'a-1',
      shop: '17',
      SHOP: 'x',
    });
    const set = (variable: string, value: string) =>
      read(event('ChannelVarset', { channel: channel(CALLED), variable, value }))[0];
    expect(set('__X_shop', '18')?.customData).toEqual({ shop: '18' });
    expect(set('X_PIN', '1234')).toBeUndefined();
    expect(set('MIXMONITOR_FILENAME', '/rec/a.wav')?.raw).toMatchObject({ record: '/rec/a.wav' });
  });

  it('of a dialplan may tell more: UserEvent(Switchhook,...)', () => {
    const told = (eventname: string) =>
      about('ChannelUserevent', CALLED, { eventname, userevent: { eventname, ticket: '42', empty: '' } });
    expect(told('Switchhook')).toMatchObject({ phase: 'noted', customData: { ticket: '42' } });
    expect(told('Other')).toBeUndefined();
  });
});

describe('the channel that a call began with', () => {
  const trunk = { ...OWN, name: 'PJSIP/trunk-00000000', number: '0501234567' };

  it('tells who calls and what he dialled, while it is new', () => {
    expect(about('ChannelCreated', { ...trunk, state: 'Ring', exten: '0722000101' })).toMatchObject({
      phase: 'ringing',
      direction: 'inbound',
      from: '0501234567',
      did: '0722000101',
    });
    expect(about('ChannelCreated', { ...OWN, state: 'Ring', exten: '0501234567' })).toMatchObject({
      direction: 'outbound',
      from: '101',
      extension: '101',
      to: '0501234567',
    });
    expect(about('ChannelCreated', { ...OWN, state: 'Ring', exten: '*98' })?.direction).toBe('internal');
    const vars = { FROM_DID: '0722000101' };
    expect(about('ChannelCreated', { ...trunk, exten: 's', vars })).toMatchObject({
      to: '',
      did: '0722000101',
    });
  });

  it('is answered by a machine only', () => {
    expect(about('ChannelStateChange', trunk)).toMatchObject({ phase: 'answered', result: 'ivr_only' });
    expect(about('ChannelDestroyed', trunk, { cause: 16 })).toMatchObject({
      phase: 'ended',
      result: 'ivr_only',
    });
    const box = { ...trunk, app: 'VoiceMail', data: '101@default,u' };
    expect(about('ChannelDialplan', box)).toMatchObject({ phase: 'answered', result: 'voicemail' });
  });

  it.each([
    [16, 'failed'],
    [17, 'busy'],
    [19, 'missed'],
    [1, 'failed'],
  ])('that nobody answered, and whom the PBX hung up with cause %s: %s', (cause, result) => {
    expect(about('ChannelDestroyed', { ...trunk, state: 'Ring' }, { cause })?.result).toBe(result);
  });

  it('gave up by himself', () => {
    const hangup = (said: Said, fields: object = {}) => about('ChannelHangupRequest', said, fields);
    expect(hangup({ ...trunk, state: 'Ring' })?.result).toBe('missed');
    expect(hangup({ ...OWN, state: 'Ring' })?.result).toBe('cancelled');
    expect(hangup({ ...trunk, state: 'Ring' }, { soft: true })).toBeUndefined();
    expect(hangup(trunk)).toBeUndefined();
  });

  it('waits in a queue until that tells what became of him', () => {
    const waiting = { ...trunk, app: 'Queue', data: 'support,tT,,,60' };
    const queue = { id: 'support', name: null };
    expect(about('ChannelDialplan', waiting)).toMatchObject({ phase: 'noted', queued: true, queue });
    const set = (variable: string, value: string) => about('ChannelVarset', waiting, { variable, value });
    expect(set('ABANDONED', 'TRUE')).toMatchObject({ result: 'abandoned', queue });
    expect(set('QUEUESTATUS', 'JOINEMPTY')).toMatchObject({
      result: 'missed',
      vendorStatus: 'JOINEMPTY',
      queue,
    });
    expect(set('QUEUESTATUS', 'CONTINUE')).toBeUndefined();
    expect(set('DIALSTATUS', 'CHANUNAVAIL')).toMatchObject({ result: 'failed' });
    expect(set('DIALSTATUS', 'ANSWER')).toBeUndefined();
  });

  it('presses keys in a menu, and nobody listens while he talks', () => {
    const press = (said: Said) =>
      about('ChannelDtmfReceived', { ...trunk, ...said }, { digit: '5' })?.ivrPath;
    expect(press({ app: 'WaitExten', exten: 's' })).toMatchObject([
      { layerId: 'from-internal', digits: '5' },
    ]);
    expect(press({ app: 'Dial' })).toBeUndefined();
    expect(press({ app: 'Queue' })).toBeUndefined();
  });
});

describe('a dialling', () => {
  const caller = channel({ ...OWN, name: 'PJSIP/trunk-00000000', number: '0501234567', state: 'Ring' });
  const dial = (dialstatus: string, from: object | undefined, to: Said) =>
    read(event('Dial', { dialstatus, caller: from, peer: channel({ ...CALLED, ...to }), dialstring: 'x' }));

  it.each([
    ['', 'ringing', 'unknown'],
    ['RINGING', 'ringing', 'unknown'],
    ['PROGRESS', 'ringing', 'unknown'],
    ['ANSWER', 'answered', 'answered'],
    ['BUSY', 'ended', 'busy'],
    ['NOANSWER', 'ended', 'missed'],
    ['CANCEL', 'ended', 'missed'],
    ['CONGESTION', 'ended', 'failed'],
    ['BEAMED', 'noted', 'unknown'],
  ])('%s: the phone %s, %s', (status, phase, result) => {
    const [told] = dial(status, caller, { state: 'Ringing', app: 'AppDial' });
    expect(told).toMatchObject({ phase, result, direction: 'inbound', from: '0501234567', to: '101' });
    expect(told?.unknownWords).toEqual(
      status === 'BEAMED' ? [{ kind: 'status', word: 'BEAMED' }] : undefined,
    );
  });

  it('of a queue or through a channel of the PBX leaves it to them what became of the caller', () => {
    expect(dial('NOANSWER', caller, { app: 'AppQueue' })[0]?.result).toBe('cancelled');
    const half = channel({
      id: '1796011574.5',
      callId: OWN.id,
      name: 'Local/101@q-0;2',
      number: '0501234567',
    });
    const [told, ...others] = dial('NOANSWER', half, { app: 'AppDial' });
    expect(told).toMatchObject({ result: 'cancelled', direction: 'inbound', from: '0501234567', to: '101' });
    expect(others).toEqual([]);
  });

  it.each([
    ['PJSIP/101-1', 'PJSIP/102-2', 'internal'],
    ['PJSIP/101-1', 'PJSIP/trunk-2', 'outbound'],
    ['PJSIP/trunk-1', 'PJSIP/102-2', 'inbound'],
    ['PJSIP/trunk-1', 'PJSIP/other-2', 'inbound'],
  ])('from %s to %s is %s', (from, to, direction) => {
    const [told] = dial('', channel({ ...OWN, name: from, number: '101' }), { name: to });
    expect(told?.direction).toBe(direction);
  });

  it('of an order goes out: the agent is rung with the number, the customer by what is dialled', () => {
    const order = { callId: 'f3a1c0de-0001', id: 'f3a1c0de-0001' };
    const rung = (said: Said, dialstring: string) =>
      read(
        event('Dial', { dialstatus: '', dialstring, peer: channel({ ...order, state: 'Down', ...said }) }),
      )[0];
    expect(rung({ connected: '0501234567' }, '101')).toMatchObject({
      leg: 'agent',
      direction: 'outbound',
      from: '101',
      to: '0501234567',
    });
    const trunk = { name: 'PJSIP/trunk-00000000', number: '0722000000' };
    expect(rung(trunk, '0501234567@trunk')).toMatchObject({
      leg: 'customer',
      from: '0722000000',
      to: '0501234567',
    });
    const [second] = read(
      event('Dial', {
        dialstatus: 'ANSWER',
        caller: channel({ ...order }),
        peer: channel({ ...trunk, id: '1796011578.2', callId: order.id, number: '0501234567' }),
      }),
    );
    expect(second).toMatchObject({
      leg: 'customer',
      direction: 'outbound',
      from: '101',
      to: '0501234567',
      extension: '101',
    });
  });
});

describe('whoever takes a call over', () => {
  it('is a leg of it once he is with somebody', () => {
    const pickedUp = (channels: string[], app: string) =>
      about('ChannelEnteredBridge', { ...CALLED, app }, { bridge: { channels } });
    expect(pickedUp(['17.0', '17.1'], 'Pickup')).toMatchObject({ phase: 'answered', result: 'answered' });
    expect(pickedUp(['17.1'], 'Pickup')).toBeUndefined();
    expect(pickedUp(['17.0', '17.1'], 'AppDial')).toBeUndefined();
  });
});

describe('a recording that we ordered', () => {
  it('is of the call that its name says', () => {
    const finished = (name: string) =>
      read(event('RecordingFinished', { recording: { name, format: 'wav', state: 'done' } }));
    expect(finished('switchhook-1796011574.0')).toMatchObject([
      {
        phase: 'noted',
        vendorCallId: '1796011574.0',
        leg: '1796011574.0',
        raw: { record: 'switchhook-1796011574.0.wav' },
      },
    ]);
    expect(finished('switchhook-order-1')).toMatchObject([{ vendorCallId: 'order-1', leg: 'agent' }]);
    expect(finished('voicemail-greeting')).toEqual([]);
  });
});
