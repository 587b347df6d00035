/** Every request that GlobalEx's document prints, as printed there, and the answer that the document describes. */
import { orderOf } from '#domain';
import {
  HALF_PAST_NINE,
  askFacade,
  callTold,
  extensionTold,
  liveCall,
} from '../../conformance/ask-facade.fixture.js';

const LOGIN = { kind: 'login', user: 'XXXXXX', password: 'XXXX', organisation: 'XXXXX' };
const DIAL =
  '/API/dialup.php?user=XXXXXX&pass=XXXX&org=XXXXX&dial1=XXXXX&dial2=XXXXXX&Response=yes&SetCID=XXXXX';
const STATUS = '/API/dialup.php?user=XXXX&pass=XXXX&org=XXXX&exten=XXXX';
const placed = (more: object = {}) => ({
  kind: 'place' as const,
  callId: '20261121113000abcdef0123456789ab',
  order: orderOf('call', { kind: 'extension', value: '101' }, { kind: 'number', value: '+972501234567' }),
  at: HALF_PAST_NINE,
  ...more,
});
const filledIn = DIAL.replace('dial1=XXXXX', 'dial1=101')
  .replace('dial2=XXXXXX', 'dial2=972501234567')
  .replace('SetCID=XXXXX', 'SetCID=0722776772');

describe('seed 004 "click2call", the request as printed', () => {
  it('is somebody’s with a user name, a password and an organisation', () => {
    expect(askFacade('GET', DIAL).presented).toEqual(LOGIN);
  });

  it('is refused for the placeholder in SetCID, which has digits only', () => {
    const asked = askFacade('GET', DIAL);
    expect(asked.ask).toMatchObject({ ok: false, failure: { code: 'invalid', field: 'SetCID' } });
  });

  it('rings the extension first, the E.164 number then, filled in', () => {
    expect(askFacade('GET', filledIn).ask).toEqual({
      ok: true,
      ask: {
        kind: 'place',
        order: orderOf(
          'call',
          { kind: 'extension', value: '101' },
          { kind: 'number', value: '+972501234567' },
          {
            callerId: { first: '0722776772', second: '0722776772' },
            ringSeconds: { first: 20, second: null },
          },
        ),
      },
    });
  });

  it('may be posted as a form or as JSON', () => {
    const [path = '', query = ''] = filledIn.split('?');
    const { ask } = askFacade('GET', filledIn);
    expect(askFacade('POST', path, { body: query }).ask).toEqual(ask);
    expect(askFacade('POST', path, { body: Object.fromEntries(new URLSearchParams(query)) }).ask).toEqual(
      ask,
    );
  });

  it('is answered with text, as that is the default', () => {
    expect(askFacade('GET', filledIn).tell(placed())).toEqual({
      status: 200,
      contentType: 'text/plain; charset=utf-8',
      body: 'dial1: 101\ndial2: 972501234567\nResponse: OK\n',
    });
  });

  it.each([
    [
      'text',
      'text/plain',
      'dial1: 101\ndial2: 972501234567\nResponse: OK\nUniqueid1: 20261121113000abcdef0123456789ab\n',
    ],
    [
      'HTML',
      'text/html',
      '<html><body>\ndial1: 101<br>\ndial2: 972501234567<br>\nResponse: OK<br>\nUniqueid1: 20261121113000abcdef0123456789ab<br>\n</body></html>\n',
    ],
    [
      'xml',
      'text/xml',
      '<?xml version="1.0" encoding="UTF-8"?>\n<data><dial1>101</dial1><dial2>972501234567</dial2><Response>OK</Response><Uniqueid1>20261121113000abcdef0123456789ab</Uniqueid1></data>\n',
    ],
    [
      'json',
      'application/json',
      '{"data":{"dial1":"101","dial2":"972501234567","Response":"OK","Uniqueid1":"20261121113000abcdef0123456789ab"}}',
    ],
  ])('with RFormat=%s is answered so, with the id where it is wanted', (format, type, body) => {
    const asked = askFacade('GET', `${filledIn}&RFormat=${format}&showUID=yes`);
    expect(asked.tell(placed())).toEqual({ status: 200, contentType: `${type}; charset=utf-8`, body });
  });

  it('is answered with nothing where Response is no', () => {
    const asked = askFacade('GET', filledIn.replace('Response=yes', 'Response=no'));
    expect([asked.tell(placed()).body, asked.fail({ code: 'unavailable' }).body]).toEqual(['\n', '\n']);
  });

  it.each([
    ['', 20],
    ['&Timeout=1', 1],
    ['&timeout=300', 300],
  ])('%s rings for %i s', (parameter, seconds) => {
    expect(askFacade('GET', filledIn + parameter).ask).toMatchObject({
      ask: { order: { ringSeconds: { first: seconds } } },
    });
  });

  it.each(['0', '301', '-1', '2.5', 'soon'])('is refused with a Timeout of %s', (seconds) => {
    expect(askFacade('GET', `${filledIn}&Timeout=${seconds}`).ask).toMatchObject({
      failure: { code: 'invalid', field: 'Timeout' },
    });
  });

  it.each(['yes', '1', 'TRUE'])('with Reverse=%s rings dial2 first', (word) => {
    expect(askFacade('GET', `${filledIn}&Reverse=${word}`).ask).toMatchObject({
      ask: { order: { first: { value: '+972501234567' }, second: { value: '101' } } },
    });
  });
});

describe('seed 004 "Extension status check", the request as printed', () => {
  const told = (more: object = {}) => ({
    kind: 'extension_state' as const,
    extension: extensionTold({ extension: 'XXXX', ...more }),
  });

  it('asks for the state of the extension', () => {
    const asked = askFacade('GET', STATUS);
    expect(asked.ask).toEqual({ ok: true, ask: { kind: 'extension_state', extension: 'XXXX' } });
    expect(asked.presented).toMatchObject({ user: 'XXXX', password: 'XXXX', organisation: 'XXXX' });
  });

  it.each([
    ['free', 'Idle', {}],
    ['free', 'Idle', { device: 'unknown' as const }],
    ['busy', 'InUse', { calls: [liveCall('ringing'), liveCall('answered')] }],
    ['ringing', 'Ringing', { calls: [liveCall('ringing')] }],
    ['unavailable', 'Disconnected', { device: 'unreachable' as const }],
    ['free', 'Idle', { calls: [callTold()] }],
  ])('says %s, and CHstatus.php %s', (word, channelWord, traits) => {
    expect(askFacade('GET', STATUS).tell(told(traits)).body).toBe(`${word}\n`);
    const channel = askFacade('GET', STATUS.replace('dialup', 'CHstatus'));
    expect(channel.ask).toEqual({ ok: true, ask: { kind: 'extension_state', extension: 'XXXX' } });
    expect(channel.tell(told(traits)).body).toBe(`${channelWord}\n`);
  });

  it('has the details of the call where Response is yes', () => {
    const asked = askFacade('GET', `${STATUS}&Response=yes&RFormat=json`);
    const recorded = { ...liveCall('answered'), recordingUrls: ['https://us.example/r/1'] };
    expect(JSON.parse(asked.tell(told({ calls: [recorded] })).body)).toEqual({
      data: {
        exten: 'XXXX',
        Response: 'OK',
        Status: 'busy',
        Channel: 'SIP/XXXX-456789ab',
        BridgedUniqueid: '20261121113000abcdef0123456789ab',
        Uniqueid: '20261121113000abcdef0123456789ab',
        Destination: '0722776772',
        Calltime: '2026-11-21 11:30:00',
        Recordingfile: 'https://us.example/r/1',
      },
    });
    expect(JSON.parse(asked.tell(told()).body)).toEqual({
      data: { exten: 'XXXX', Response: 'OK', Status: 'free' },
    });
  });

  it('ends the call with "operation: hangup"', () => {
    const asked = askFacade('GET', `${STATUS}&operation=Hangup&Response=yes`);
    expect(asked.ask).toEqual({ ok: true, ask: { kind: 'hang_up', extension: 'XXXX' } });
    expect(asked.tell({ kind: 'hang_up', calls: 1 }).body).toBe('exten: XXXX\nResponse: OK\n');
    expect(asked.tell({ kind: 'hang_up', calls: 0 }).body).toContain('Response: fail\n');
    expect(askFacade('GET', `${STATUS}&operation=park`).ask).toMatchObject({
      failure: { field: 'operation' },
    });
  });
});

describe('seed 004 "Add numbers to Callback Queue"', () => {
  const PARAMETERS =
    'org_token=t0ken&action=AddCB&CBsource=0722776772&CBnum=0501234567&CBQdest=600&maxCBdial=3';

  it.each([
    ['GET', `/api/PBXpostOut.php?${PARAMETERS}`, ''],
    ['POST', '/api/PBXpostOut.php', PARAMETERS],
    ['POST', '/api/PBXpostOut.php', JSON.stringify(Object.fromEntries(new URLSearchParams(PARAMETERS)))],
  ])('is read from a %s of %s', (method, url, body) => {
    const asked = askFacade(method, url, { body });
    expect(asked.presented).toEqual({ kind: 'code', code: 't0ken' });
    expect(asked.ask).toEqual({
      ok: true,
      ask: { kind: 'queue_callback', queue: '600', number: '0501234567', from: '0722776772', maxTries: 3 },
    });
    expect(JSON.parse(asked.tell({ kind: 'queue_callback', id: 5 }).body)).toEqual({
      data: { CBnum: '0501234567', CBQdest: '600', Response: 'OK', id: '5' },
    });
  });

  it('needs no more than the mandatory parameters', () => {
    const url = '/api/PBXpostOut.php?org_token=t&action=AddCB&CBnum=0501234567&CBQdest=600';
    expect(askFacade('GET', url).ask).toMatchObject({ ok: true, ask: { from: null, maxTries: null } });
  });

  it.each([
    ['action', 'action=AddCB', 'action=DelCB'],
    ['CBnum', 'CBnum=0501234567', 'CBnum='],
    ['CBnum', 'CBnum=0501234567', 'CBnum=nobody'],
    ['CBnum', 'CBnum=0501234567', 'CBnum=0501234567;1'],
    ['CBsource', 'CBsource=0722776772', 'CBsource=Sales'],
    ['CBQdest', 'CBQdest=600', `CBQdest=${'6'.repeat(65)}`],
    ['CBQdest', 'CBQdest=600', ''],
    ['maxCBdial', 'maxCBdial=3', 'maxCBdial=many'],
  ])('is refused for its %s: %s -> %s', (field, from, to) => {
    const asked = askFacade('POST', '/api/PBXpostOut.php', { body: PARAMETERS.replace(from, to) });
    expect(asked.ask).toMatchObject({ ok: false, failure: { code: 'invalid', field } });
  });

  it.each([
    [
      '',
      '{"data":{"CBnum":"0501234567","CBQdest":"600","Response":"fail","Message":"The number is on the do-not-call list."}}',
    ],
    [
      'text',
      'CBnum: 0501234567\nCBQdest: 600\nResponse: fail\nMessage: The number is on the do-not-call list.\n',
    ],
    [
      'xml',
      '<?xml version="1.0" encoding="UTF-8"?>\n<data><CBnum>0501234567</CBnum><CBQdest>600</CBQdest><Response>fail</Response><Message>The number is on the do-not-call list.</Message></data>\n',
    ],
  ])('says why it was not done, as every other answer does: RFormat "%s"', (format, body) => {
    const asked = askFacade('POST', '/api/PBXpostOut.php', { body: `${PARAMETERS}&RFormat=${format}` });
    const failure = { code: 'blocked', reason: 'The number is on the do-not-call list.' } as const;
    expect(asked.fail(failure)).toMatchObject({ status: 200, body });
  });

  it('is asked for in a number’s own spelling, by whoever logs in as well', () => {
    const body = 'user=dana&pass=p&org=o&action=addcb&CBnum=+972+50-1234567&CBQdest=600';
    const asked = askFacade('POST', '/api/PBXpostOut.php', { body });
    expect(asked.presented).toEqual({ kind: 'login', user: 'dana', password: 'p', organisation: 'o' });
    expect(asked.ask).toMatchObject({ ok: true, ask: { number: '+972 50-1234567' } });
  });
});
