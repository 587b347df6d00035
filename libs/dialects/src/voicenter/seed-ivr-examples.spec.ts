/** Every message of a caller in a menu that Voicenter's documents print, as printed there: the record that it comes to. */
import { readFileSync } from 'node:fs';
import { RECEIVED, messageOf, recordOf } from '../conformance/record-of.js';
import { voicenter } from './voicenter.js';

const fixture = (path: string) => readFileSync(new URL(`./fixtures/${path}`, import.meta.url));
const record = (...paths: string[]) =>
  recordOf(voicenter, ...paths.map((path) => messageOf(path, fixture(path))));

const RINGS = { state: 'ringing', direction: 'inbound', result: 'unknown', startedAt: RECEIVED };
const HUNG_UP = {
  vendorCallId: 'ced4619f30fc17182d8e41ddf4d6869X',
  state: 'ended',
  direction: 'inbound',
  result: 'answered',
  vendorStatus: 'ANSWERED',
  endedAt: RECEIVED,
  from: '0540000000',
  to: '0500000555 = +972500000555',
  did: '0730000000',
};
/** The epochs have a digit too many. */
const EPOCHS = { CALL_TIME_EPOCH: 15616841651, CALL_START_EPOCH: 15616841612, CALL_DAILTIME: 15 };
const step = (menu: number, digits: string) => [
  { order: 1, layerId: String(menu), layerName: null, layerNumber: menu, digits, at: RECEIVED },
];

const EXAMPLES: [name: string, path: string, record: Record<string, unknown>][] = [
  [
    'seed 003 "External IVR", GET_IVR_ACTION, XML-RPC example',
    'ivr/seed-get-ivr-action.xml',
    {
      ...RINGS,
      vendorCallId: 'ced4619f30fc17182d8e41ddf4d6869X',
      from: '0540000000',
      did: '0730000000',
      raw: { CALLER_NAME: '017W' },
    },
  ],
  [
    'seed 003 "External IVR", GET_IVR_ACTION, JSON example, its member names quoted',
    'ivr/seed-get-ivr-action.json',
    {
      ...RINGS,
      vendorCallId: '1bcd7954224861f85a2d70612f248282',
      from: 'n5zx1C2a',
      did: '0732793256 = +972732793256',
      raw: { CALLER_NAME: 'n5zx1C2a' },
    },
  ],
  [
    'seed 003 "External IVR", HANGUP_CALL, XML-RPC example',
    'ivr/seed-hangup-call.xml',
    { ...HUNG_UP, raw: { ...EPOCHS, CALL_DURATION: 125 } },
  ],
  [
    'seed 003 "External IVR", HANGUP_CALL, JSON example',
    'ivr/seed-hangup-call.json',
    { ...HUNG_UP, raw: { ...EPOCHS, CALL_DURATION: 650 } },
  ],
  [
    'seed 003 "External Layer IVR", request example',
    'layer/seed-layer-input.json',
    {
      ...RINGS,
      vendorCallId: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      from: '0523574321 = +972523574321',
      did: '0732793256 = +972732793256',
      ivrPath: step(8, '1234567'),
    },
  ],
  [
    'sample external_layer.request',
    'layer/sample.json',
    {
      ...RINGS,
      vendorCallId: '1bcd7954224861f85a2d70612f2',
      from: '0501234567',
      did: '0722776772 = +972722776772',
      ivrPath: step(5, '1234'),
    },
  ],
];

describe('a caller in a menu', () => {
  it.each(EXAMPLES)('%s', (_name, path, expected) => {
    expect(record(path)).toEqual(expected);
  });

  it('seed 003 "External IVR", GET_IVR_ACTION and HANGUP_CALL of one call: nobody knows how long it rang', () => {
    const { raw: _, ...call } = record('ivr/seed-get-ivr-action.xml', 'ivr/seed-hangup-call.xml');
    expect(call).toEqual({ ...HUNG_UP, startedAt: RECEIVED });
  });
});

describe('HANGUP_CALL', () => {
  const hangup = (data: object) => {
    const body = Buffer.from(fixture('ivr/seed-hangup-call.json'));
    const { METHOD, DATA } = JSON.parse(body.toString()) as { METHOD: string; DATA: object };
    const changed = JSON.stringify({ METHOD, DATA: { ...DATA, ...data } });
    return messageOf('ivr/x.json', Buffer.from(changed));
  };
  const resultOf = (data: object) => recordOf(voicenter, hangup(data))['result'];

  it.each([
    ['ANSWER', 'answered'],
    ['ANSWERED', 'answered'],
    ['BUSY', 'busy'],
    ['NOANSWER', 'missed'],
    ['CANCEL', 'missed'],
    ['CONGESTION', 'failed'],
    ['CHANUNAVAIL', 'failed'],
    ['DONTCALL', 'missed'],
    ['TORTURE', 'missed'],
    ['INVALIDARGS', 'failed'],
  ])('seed 003 "CALL_STATUS options": %s of a call to somebody is %s', (CALL_STATUS, result) => {
    expect(resultOf({ CALL_STATUS })).toBe(result);
  });

  it.each([[{ TARGET: '' }], [{ TARGET: null }], [{ CALL_STATUS: '' }]])(
    'with %j is a call that nobody but the IVR took',
    (data) => {
      expect(resultOf(data)).toBe('ivr_only');
    },
  );

  describe('alone', () => {
    const end = Date.parse(RECEIVED) / 1000;
    const times = (offset: number, also: object = {}) => ({
      CALL_START_EPOCH: end - 125 + offset,
      CALL_TIME_EPOCH: end - 86 + offset,
      CALL_DURATION: 125,
      CALL_DAILTIME: 15,
      ...also,
    });
    const at = (secondsBefore: number) => new Date((end - secondsBefore) * 1000).toISOString();
    const LOCAL = 2 * 3600;

    it.each([
      ['the wall clock', LOCAL],
      ['UTC', 0],
    ])('gives the call its times, be they told by %s', (_, offset) => {
      expect(recordOf(voicenter, hangup(times(offset)))).toMatchObject({
        state: 'ended',
        result: 'answered',
        startedAt: at(125),
        answeredAt: at(71),
        endedAt: RECEIVED,
        ringSeconds: 15,
        talkSeconds: 71,
      });
    });

    it('gives them to a call that nobody answered, and to one that ended in the menu', () => {
      const missed = recordOf(voicenter, hangup(times(LOCAL, { CALL_STATUS: 'NOANSWER', CALL_DAILTIME: 0 })));
      expect(missed).toMatchObject({
        result: 'missed',
        startedAt: at(125),
        endedAt: RECEIVED,
        ringSeconds: 86,
        talkSeconds: 0,
      });
      expect(missed).not.toHaveProperty('answeredAt');
      expect(recordOf(voicenter, hangup(times(LOCAL, { TARGET: '' })))).toMatchObject({
        result: 'ivr_only',
        startedAt: at(125),
        endedAt: RECEIVED,
        talkSeconds: 125,
      });
    });

    it('counts a length that is too short for the menu from the time when somebody was called', () => {
      expect(recordOf(voicenter, hangup(times(LOCAL, { CALL_DURATION: 40 })))).toMatchObject({
        startedAt: at(125),
        answeredAt: at(71),
        talkSeconds: 25,
      });
    });

    it('is believed of a call in the past, which came late, and of none that is to come', () => {
      const late = recordOf(voicenter, hangup(times(LOCAL - 3600)));
      expect(late).toMatchObject({ startedAt: at(125 + 3600), talkSeconds: 71 });
      const early = recordOf(voicenter, hangup(times(LOCAL + 86_400)));
      expect(early).not.toHaveProperty('startedAt');
      expect(early).toMatchObject({ endedAt: RECEIVED, raw: { CALL_DURATION: 125 } });
    });

    it('doubles nothing when a CDR follows, in whatever order', () => {
      const fields = {
        ivrid: HUNG_UP.vendorCallId,
        type: 'Incoming Call',
        status: 'ANSWER',
        time: end - 100 + LOCAL,
        duration: 80,
        dialtime: 20,
      };
      const cdr = messageOf('cdr/x.json', Buffer.from(JSON.stringify(fields)));
      const expected = { startedAt: at(100), endedAt: RECEIVED, ringSeconds: 20, talkSeconds: 80 };
      expect(recordOf(voicenter, hangup(times(LOCAL)), cdr)).toMatchObject(expected);
      expect(recordOf(voicenter, cdr, hangup(times(LOCAL)))).toMatchObject(expected);
    });
  });

  it('leaves the phone that answered, and what the CDR accounts for, as they are', () => {
    const told = (route: string, fields: object) =>
      messageOf(`${route}/x.json`, Buffer.from(JSON.stringify({ ivrid: HUNG_UP.vendorCallId, ...fields })));
    const popup = { phone: '0523574321', extenUser: '101', isAnswered: true };
    const live = [
      messageOf('ivr/x.xml', fixture('ivr/seed-get-ivr-action.xml')),
      told('popup', { ...popup, status: 'Ringing' }),
      told('popup', { ...popup, status: 'Talking' }),
      told('popup', { ...popup, status: 'Hangup' }),
      hangup({}),
    ];
    const answered = { state: 'ended', result: 'answered', extension: '101', ringSeconds: 0 };
    expect(recordOf(voicenter, ...live)).toMatchObject(answered);
    const cdr = { type: 'Incoming Call', status: 'ANSWER', time: 1595960350, duration: 60, dialtime: 15 };
    expect(recordOf(voicenter, ...live, told('cdr', cdr))).toMatchObject({
      ...answered,
      startedAt: '2020-07-28T15:19:10.000Z',
      endedAt: '2020-07-28T15:20:25.000Z',
      ringSeconds: 15,
      talkSeconds: 60,
    });
  });

  it('with a status that nobody knows says so', () => {
    expect(resultOf({ CALL_STATUS: 'BRAND-NEW' })).toBe('unknown');
    const reading = voicenter.read(hangup({ CALL_STATUS: 'BRAND-NEW' }), {});
    expect(reading).toMatchObject({
      reports: [{ unknownWords: [{ kind: 'status', word: 'BRAND-NEW' }], vendorStatus: 'BRAND-NEW' }],
    });
  });
});
