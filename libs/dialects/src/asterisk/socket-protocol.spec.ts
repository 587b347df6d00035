import fc from 'fast-check';
import { messagesOf, RECORDED, socketMessage } from './recorded-call.fixture.js';
import { asterisk } from './asterisk.js';
import { socketProtocol } from './socket-protocol.js';

const AT = Date.parse('2026-11-30T04:00:00.250Z');
const CHANNEL = {
  id: '1796011574.1',
  name: 'PJSIP/101-00000001',
  state: 'Up',
  caller: { name: '', number: '101' },
  connected: { name: '', number: '0501234567' },
  dialplan: { context: 'from-internal', exten: '', priority: 1, app_name: 'AppDial', app_data: '' },
  creationtime: '2026-11-30T03:59:00.000+0000',
  channelvars: { 'CHANNEL(linkedid)': '1796011574.0' },
};
const event = (type: string, more: object = {}) =>
  JSON.stringify({ type, timestamp: '2026-11-30T04:00:00.250+0000', channel: CHANNEL, ...more });
const reportsOf = (message: string, headers: Record<string, string> = {}) => {
  const reading = asterisk.read(socketMessage(message, headers), {});
  return reading.ok ? reading.reports : reading.reason;
};

describe('a message of the socket', () => {
  it('is an answer to what we asked', () => {
    const answer = {
      type: 'RESTResponse',
      transaction_id: 'ask-1',
      request_id: 'ask-1',
      status_code: 409,
      reason_phrase: 'Conflict',
      uri: 'channels',
      message_body: '{"message":"Channel with given unique ID already exists"}',
    };
    expect(socketProtocol.sort(JSON.stringify(answer))).toEqual({
      kind: 'answer',
      id: 'ask-1',
      status: 409,
      body: answer.message_body,
    });
    const { message_body: _, ...empty } = answer;
    expect(socketProtocol.sort(JSON.stringify(empty))).toMatchObject({ kind: 'answer', body: '' });
  });

  it('is an event of a channel, which goes on until it is destroyed', () => {
    const part = { part: '1796011574.1 PJSIP/101', callId: '1796011574.0' };
    const of = (message: string) => socketProtocol.sort(message);
    expect(of(event('ChannelStateChange'))).toEqual({
      kind: 'event',
      at: AT,
      quiet: false,
      part: { ...part, goesOn: true },
    });
    expect(of(event('ChannelDestroyed'))).toMatchObject({ quiet: false, part: { ...part, goesOn: false } });
    expect(of(event('Dial', { channel: undefined, peer: CHANNEL }))).toMatchObject({ part });
    expect(of(event('ChannelCreated'))).toMatchObject({ quiet: true, part });
  });

  it.each([
    ['Local/101@from-internal-00000000;1'],
    ['Snoop/1796011574.1-00000000'],
    ['AsyncGoto/PJSIP/trunk-00000000<ZOMBIE>'],
  ])('is of no part where the channel is nobody: %s', (name) => {
    const message = event('ChannelDestroyed', { channel: { ...CHANNEL, name } });
    expect(socketProtocol.sort(message)).toMatchObject({ part: null });
    expect(reportsOf(message)).toEqual([]);
  });

  it('is quiet only where it is known to tell nothing', () => {
    const quiet = (message: string) => {
      const sorted = socketProtocol.sort(message);
      return sorted.kind === 'event' && sorted.quiet;
    };
    expect(quiet(event('ChannelConnectedLine'))).toBe(true);
    expect(quiet(event('ChannelVarset', { variable: 'BRIDGEPEER', value: 'x' }))).toBe(true);
    expect(quiet(event('ChannelVarset', { variable: 'X_ATT', value: 'x' }))).toBe(false);
    expect(quiet(event('ChannelVarset', { variable: 'X_PIN', value: '1234' }))).toBe(true);
    expect(quiet(event('SomethingNew'))).toBe(false);
    expect(quiet('what is this?')).toBe(false);
    const unclear = { ...CHANNEL, channelvars: {} };
    expect(quiet(event('ChannelStateChange', { channel: unclear }))).toBe(false);
  });

  it('is quiet exactly where it is read to nothing, in whole calls', () => {
    for (const message of RECORDED.flatMap(messagesOf)) {
      const sorted = socketProtocol.sort(message);
      const isQuiet = sorted.kind === 'event' && sorted.quiet;
      expect([message, isQuiet]).toEqual([message, reportsOf(message).length === 0]);
    }
  });

  it('never throws, whatever it is', () => {
    const junk = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc
        .record({
          type: fc.constantFrom('Dial', 'RESTResponse', 'ChannelDestroyed'),
          channel: fc.jsonValue(),
        })
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(junk, fc.double(), (text, at) => {
        expect(['answer', 'event']).toContain(socketProtocol.sort(text).kind);
        socketProtocol.readWhatGoesOn(text, at);
        expect(typeof socketProtocol.writeGone({ part: text, callId: text }, { at, isGuess: true })).toBe(
          'string',
        );
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a request', () => {
  it('is a message with its id, its query in a list and its body as text', () => {
    const asked = socketProtocol.ask({
      id: 'ask-7',
      method: 'POST',
      path: 'channels/1.2/play',
      query: { media: 'sound:hello' },
      body: { variables: { A: '1' } },
    });
    expect(JSON.parse(asked)).toEqual({
      type: 'RESTRequest',
      transaction_id: 'ask-7',
      request_id: 'ask-7',
      method: 'POST',
      uri: 'channels/1.2/play',
      query_strings: [{ name: 'media', value: 'sound:hello' }],
      content_type: 'application/json',
      message_body: '{"variables":{"A":"1"}}',
    });
    expect(JSON.parse(socketProtocol.ask({ id: 'a', ...socketProtocol.whatGoesOn }))).toEqual({
      type: 'RESTRequest',
      transaction_id: 'a',
      request_id: 'a',
      method: 'GET',
      uri: 'channels',
    });
  });
});

describe('what was missed', () => {
  it('is found in what goes on: a message for each channel that is somebody', () => {
    const list = [CHANNEL, { ...CHANNEL, id: '1.9', name: 'Local/1@x-0;2' }, { id: 'odd' }, null];
    const parts = socketProtocol.readWhatGoesOn(JSON.stringify(list), AT) ?? [];
    expect(parts.map(({ part, callId }) => [part, callId])).toEqual([
      ['1796011574.1 PJSIP/101', '1796011574.0'],
    ]);
    const [told] = parts;
    // In our own clock, whatever the PBX's says.
    const reports = reportsOf(told?.message ?? '', { 'x-switchhook-clock-ahead-ms': '60000' });
    expect(reports).toMatchObject([{ phase: 'answered', leg: '1796011574.1', toldAt: AT }]);
    expect(socketProtocol.sort(told?.message ?? '')).toMatchObject({ quiet: false, part: { goesOn: true } });
  });

  it.each(['', '{}', 'Not found', '{"message":"x"}'])('cannot be read in %j', (body) => {
    expect(socketProtocol.readWhatGoesOn(body, AT)).toBeUndefined();
  });

  it.each([
    ['1796011574.1 PJSIP/101', '1796011574.0', '1796011574.1'],
    ['order-1 PJSIP/101', 'order-1', 'agent'],
    ['1796011578.2 PJSIP/my-trunk', 'order-1', 'customer'],
    ['an id / with blanks PJSIP/102', 'an id / with blanks', 'agent'],
  ])('ends a part that is gone: %s', (part, callId, leg) => {
    const ends = {
      phase: 'ended',
      result: 'unknown',
      resultGuessed: true,
      vendorCallId: callId,
      leg,
      toldAt: AT,
    };
    const ahead = { 'x-switchhook-clock-ahead-ms': '60000' };
    const message = socketProtocol.writeGone({ part, callId }, { at: AT, isGuess: false });
    const guess = socketProtocol.writeGone({ part, callId }, { at: AT, isGuess: true });
    expect(reportsOf(message, ahead)).toMatchObject([ends]);
    expect(reportsOf(message, ahead)[0]).not.toHaveProperty('endGuessed');
    expect(reportsOf(guess, ahead)).toMatchObject([{ ...ends, endGuessed: true, raw: {} }]);
    expect(socketProtocol.sort(message)).toMatchObject({
      quiet: false,
      part: { part, callId, goesOn: false },
    });
  });
});
