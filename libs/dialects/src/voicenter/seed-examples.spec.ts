/** Every message that Voicenter's documents print, as printed there: the record that it comes to. */
import { readFileSync } from 'node:fs';
import { RECEIVED, messageOf, recordOf } from '../conformance/record-of.js';
import { voicenter } from './voicenter.js';

const fixture = (path: string) => readFileSync(new URL(`./fixtures/${path}`, import.meta.url));
const record = (...paths: string[]) =>
  recordOf(voicenter, ...paths.map((path) => messageOf(path, fixture(path))));

/** One example with some of its fields changed. */
function recordWith(path: string, change: Record<string, unknown>): Record<string, unknown> {
  const fields = JSON.parse(fixture(path).toString()) as Record<string, unknown>;
  return recordOf(voicenter, messageOf(path, Buffer.from(JSON.stringify({ ...fields, ...change }))));
}

const RECORDINGS = 'https://cpanel.voicenter.co.il/CallsHistory/PlayRecord/';
const OLD_RECORDINGS = 'http://starkey-centrex-recordings.s3.amazonaws.com/';

const OUTGOING = {
  vendorCallId: '2020072818dcDHFJcc804',
  state: 'ended',
  direction: 'outbound',
  result: 'answered',
  vendorType: 'Extension Outgoing',
  vendorStatus: 'ANSWER',
  // 18:19:10 on the wall in Jerusalem, in summer.
  startedAt: '2020-07-28T15:19:10.000Z',
  answeredAt: '2020-07-28T15:19:12.000Z',
  endedAt: '2020-07-28T15:19:23.000Z',
  ringSeconds: 2,
  talkSeconds: 11,
  from: '0722776772 = +972722776772',
  to: '0501234567',
  extension: 'SIPSIP',
  agent: { code: '12345678', name: 'John Doe' },
  department: { id: '12345678', name: 'Voicenter Sales' },
  price: { amount: 0, currency: 'ILS' },
  recordings: [{ url: `${RECORDINGS}2020072818dcDHFJcc804-aws.mp3` }],
};

const FIELDS = {
  vendorCallId: '201809131615530APIAPI-APIAac40c3d53',
  state: 'ended',
  direction: 'inbound',
  result: 'answered',
  vendorType: 'Incoming Call',
  vendorStatus: 'ANSWER',
  // As the id says, 16:15:5x on the wall.
  startedAt: '2018-09-13T13:15:54.000Z',
  answeredAt: '2018-09-13T13:16:22.000Z',
  endedAt: '2018-09-13T13:16:50.000Z',
  ringSeconds: 23,
  queueSeconds: 5,
  talkSeconds: 28,
  from: '0722776772 = +972722776772',
  to: 'AAPINFzL',
  did: '0722776772 = +972722776772',
  extension: 'AAPINFzL',
  agent: { code: '9996', name: 'Walter Melon' },
  queue: { id: '12345', name: 'Service Queue' },
  price: { amount: 0.07, currency: 'ILS' },
  recordings: [{ url: `${OLD_RECORDINGS}2018091316261401072764f-c3eb6844c-aws-AAPINF-zL-972523258000.mp3` }],
  transferOf: '201809131730110122APIAPI-API',
  raw: {
    targetextension_name: 'Walter Melon',
    callerextension_name: 'Walter Melon',
    target_country: 'Israel',
    caller_country: 'Israel',
    duration: 33,
  },
};

const CDRS: [name: string, path: string, record: Record<string, unknown>][] = [
  [
    'seed 003 "CDR Notification", XML-RPC example, its two halves joined',
    'cdr/seed-example.xml',
    {
      vendorCallId: 'sdfsdfsdfsfsf',
      state: 'ended',
      direction: 'outbound',
      result: 'answered',
      vendorType: 'Extension Outgoing',
      vendorStatus: 'ANSWER',
      startedAt: '2012-08-19T07:50:17.000Z',
      answeredAt: '2012-08-19T07:50:17.000Z',
      endedAt: '2012-08-19T07:50:29.000Z',
      talkSeconds: 12,
      from: '0540000000',
      to: '0500000000 = +972500000000',
      extension: 'IuYtReWq',
    },
  ],
  [
    'seed 003 "CDR Notification", JSON example, which repeats queueid',
    'cdr/seed-example.json',
    {
      vendorCallId: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      state: 'ended',
      direction: 'outbound',
      result: 'answered',
      vendorType: 'Extension Outgoing',
      vendorStatus: 'ANSWER',
      // The first morning of winter time: two hours, not three.
      startedAt: '2014-10-26T08:47:35.000Z',
      answeredAt: '2014-10-26T08:48:06.000Z',
      endedAt: '2014-10-26T08:48:18.000Z',
      ringSeconds: 31,
      talkSeconds: 12,
      from: '0544444444 = +972544444444',
      to: '0722776772 = +972722776772',
      extension: 'SIPSIPSI',
      recordings: [{ url: `${OLD_RECORDINGS}xxxxxxxx-aws-0544444444-0722776772.mp3` }],
    },
  ],
  ['seed 003 "CDR request parameters", the example of every field', 'cdr/seed-fields.json', FIELDS],
  ['sample cdr_notification.outgoing', 'cdr/outgoing.json', OUTGOING],
  [
    'sample cdr_notification.incoming_queue',
    'cdr/incoming-queue.json',
    {
      vendorCallId: '202007211213270124c',
      state: 'ended',
      direction: 'inbound',
      result: 'answered',
      vendorType: 'Queue',
      vendorStatus: 'ANSWER',
      startedAt: '2020-07-21T09:13:30.000Z',
      answeredAt: '2020-07-21T09:13:50.000Z',
      endedAt: '2020-07-21T09:13:50.000Z',
      queueSeconds: 20,
      talkSeconds: 0,
      from: '0501234567',
      did: '0722776772 = +972722776772',
      queue: { id: '123456789', name: 'Sales Queue' },
      recordings: [{ url: `${RECORDINGS}202007211213270124c-aws.mp3` }],
      ivrPath: [
        { order: 1, layerId: '1234', layerName: 'Main IVR', layerNumber: 0, digits: '2', at: null },
        { order: 2, layerId: '4321', layerName: 'Sales Department', layerNumber: 2, digits: '0', at: null },
      ],
      raw: { duration: 20 },
    },
  ],
  [
    'sample cdr_notification.aiData, in the outgoing call',
    'cdr/outgoing-with-ai.json',
    {
      ...OUTGOING,
      ai: (JSON.parse(fixture('cdr/outgoing-with-ai.json').toString()) as { aiData: object }).aiData,
    },
  ],
];

describe('a CDR notification', () => {
  it.each(CDRS)('%s', (_name, path, expected) => {
    expect(record(path)).toEqual(expected);
  });

  it.each([
    ['"target": "972722776772"', { target: '972722776772' }, { to: '972722776772 = +972722776772' }],
    [
      '"type":"Extension Outgoing"',
      { type: 'Extension Outgoing', did: '', callerextension: 'AAPINFzL', targetextension: '' },
      { direction: 'outbound', extension: 'AAPINFzL' },
    ],
    ['"type":" Click2Callleg1"', { type: ' Click2Callleg1' }, { direction: 'outbound', result: 'answered' }],
    ['"status":"ABANDONE"', { status: 'ABANDONE' }, { result: 'abandoned', queueSeconds: 5, talkSeconds: 0 }],
    ['"status":"TE"', { status: 'TE', queueid: 0 }, { result: 'ivr_only' }],
  ])('seed 003 "CDR request parameters", the other example %s', (_name, change, expected) => {
    expect(recordWith('cdr/seed-fields.json', change)).toMatchObject(expected);
  });

  it.each([
    ['NOTDIALED', 'missed'],
    ['ANSWER', 'answered'],
    ['BUSY', 'busy'],
    ['NOANSWER', 'missed'],
    ['CANCEL', 'missed'],
    ['ABANDONE', 'abandoned'],
    ['VOEND', 'ivr_only'],
    ['TE', 'ivr_only'],
    ['NOTCALLED', 'cancelled'],
    ['VOICEMAIL', 'voicemail'],
    ['CONGESTION', 'failed'],
    ['CHANUNAVAIL', 'failed'],
    ['INVALIDARGS', 'failed'],
    ['SSWPREAUTH', 'cancelled'],
  ])('seed 003 "Call statuses": an incoming call with %s is %s', (status, result) => {
    const call = recordWith('cdr/seed-fields.json', { status });
    expect(call).toMatchObject({ state: 'ended', result, vendorStatus: status });
    expect('answeredAt' in call).toBe(['answered', 'voicemail'].includes(result));
  });
});

const POPUP = {
  vendorCallId: '20220916103546022555eb61e755c08a',
  direction: 'inbound',
  startedAt: '2022-09-16T07:35:48.000Z',
  from: '972722776772 = +972722776772',
  to: 'KGpK4iWq',
  did: '0776707528 = +972776707528',
  extension: 'KGpK4iWq',
};

describe('a popup', () => {
  it('seed 003 "POP UP Screen", step 2: a number alone makes no call', () => {
    expect(() => record('popup/seed-example.query')).toThrow('about no call');
  });

  it.each([
    ['popup.ringing', 'ringing.json', { state: 'ringing', result: 'unknown', vendorStatus: 'Ringing' }],
    [
      'popup.talking_delta',
      'talking.json',
      { state: 'answered', result: 'answered', answeredAt: RECEIVED, vendorStatus: 'Talking' },
    ],
    [
      'popup.talking_delta with "<epoch>" as printed',
      'talking-as-printed.json',
      { state: 'answered', result: 'answered', answeredAt: RECEIVED, vendorStatus: 'Talking' },
    ],
    [
      'popup.hangup_delta',
      'hangup.json',
      { state: 'ended', result: 'missed', endedAt: RECEIVED, vendorStatus: 'Normal hangup' },
    ],
  ])('sample %s', (_name, file, expected) => {
    const { raw, ...call } = record(`popup/sample-${file}`);
    expect(call).toEqual({ ...POPUP, ...expected });
    expect(raw).toMatchObject({ callerName: 'Queue Testing', originalCallerID: '0722776772' });
  });

  it('samples popup.ringing, talking_delta and hangup_delta of one call: it was answered', () => {
    const { raw: _, ...call } = record(
      ...['hangup', 'talking', 'ringing'].map((name) => `popup/sample-${name}.json`),
    );
    expect(call).toMatchObject({ ...POPUP, state: 'ended', result: 'answered', endedAt: RECEIVED });
  });

  it('sample popup.legacy_get', () => {
    expect(record('popup/sample-legacy.query')).toEqual({
      vendorCallId: '20241001abc',
      state: 'ringing',
      direction: 'inbound',
      result: 'unknown',
      vendorStatus: 'Ringing',
      startedAt: RECEIVED,
      from: '0722776772 = +972722776772',
      to: 'SIPSIP',
      did: '0776707528 = +972776707528',
      extension: 'SIPSIP',
    });
  });
});
