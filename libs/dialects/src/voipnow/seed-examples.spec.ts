/** Every value that VoipNow's documents print for a call event: the record that it comes to, and the answer. */
import { readFileSync } from 'node:fs';
import { RECEIVED, messageOf, recordOf } from '../conformance/record-of.js';
import { voipnow } from './voipnow.js';

const message = (path: string) =>
  messageOf(path, readFileSync(new URL(`./fixtures/${path}`, import.meta.url)));
const record = (...paths: string[]) => recordOf(voipnow, ...paths.map(message));

const INCOMING = {
  vendorCallId: 'a1',
  direction: 'inbound',
  vendorType: 'IN',
  from: '0501234567',
  to: '0003*001',
  did: '14165551234 = +14165551234',
  extension: '0003*210',
  raw: { CallerIDName: 'Dana Levi', CallID: 'c1' },
};
const OUTGOING = {
  vendorCallId: 'a7',
  state: 'ringing',
  direction: 'outbound',
  result: 'unknown',
  vendorType: 'OUT',
  vendorStatus: 'CALLING',
  startedAt: RECEIVED,
  from: '0722776772 = +972722776772',
  raw: { CallID: 'c7' },
};

const EXAMPLES: [name: string, path: string, record: Record<string, unknown>][] = [
  [
    'seed 000 and 001, Dial-In, CALLING, by GET',
    'dial-in/from-outside.query',
    { ...INCOMING, state: 'ringing', result: 'unknown', vendorStatus: 'CALLING', startedAt: RECEIVED },
  ],
  [
    'seed 000 and 001, Dial-In, CALLING, by POST',
    'dial-in/from-outside.form',
    { ...INCOMING, state: 'ringing', result: 'unknown', vendorStatus: 'CALLING', startedAt: RECEIVED },
  ],
  [
    'seed 000, Dial-Out, CalledNumber "an external number: 14165551234"',
    'dial-out/seed-000-external.query',
    { ...OUTGOING, to: '14165551234 = +14165551234', extension: 'xxxx*xxx' },
  ],
  [
    'seed 000, Dial-Out, CalledNumber "the extended IVR number: xxxx*xxx"',
    'dial-out/seed-000-extended.query',
    { ...OUTGOING, direction: 'internal', to: 'xxxx*xxx', extension: 'xxxx*xxx' },
  ],
  [
    'seed 000, Dial-Out, CalledNumber "the short IVR number: xxx"',
    'dial-out/seed-000-short.query',
    { ...OUTGOING, to: 'xxx', extension: 'xxxx*xxx' },
  ],
  [
    'seed 001, Dial-Out, CalledNumber "an external number: 003258422544"',
    'dial-out/seed-001-external.query',
    { ...OUTGOING, to: '003258422544 = +3258422544', extension: 'yyyy*zzz' },
  ],
  [
    'seed 001, Dial-Out, CalledNumber "the extended IVR number: 0003*001"',
    'dial-out/seed-001-extended.query',
    { ...OUTGOING, direction: 'internal', to: '0003*001', extension: 'yyyy*zzz' },
  ],
  [
    'seed 001, Dial-Out, CalledNumber "the short IVR number: 001"',
    'dial-out/seed-001-short.query',
    { ...OUTGOING, to: '001', extension: 'yyyy*zzz' },
  ],
  [
    'seeds 001 and 002, Answer on incoming call',
    'answer-in/from-outside.query',
    { ...INCOMING, state: 'answered', result: 'answered', vendorStatus: 'ANSWER', answeredAt: RECEIVED },
  ],
  [
    'seeds 001 and 002, Answer on outgoing call (by the other party)',
    'answer-out/to-outside.query',
    {
      ...OUTGOING,
      state: 'answered',
      result: 'answered',
      vendorStatus: 'ANSWER',
      startedAt: undefined,
      answeredAt: RECEIVED,
      to: '003258422544 = +3258422544',
      extension: '0003*210',
    },
  ],
];

describe('a call event', () => {
  it.each(EXAMPLES)('%s', (_name, path, expected) => {
    expect(record(path)).toEqual(expected);
  });

  it.each([
    ['ANSWER', 'answered'],
    ['BUSY', 'busy'],
    ['NOANSWER', 'missed'],
    ['CANCEL', 'missed'],
    ['CONGESTION', 'failed'],
    ['CHANUNAVAIL', 'failed'],
  ])('seeds 000 and 001, Hangup, %s: %s', (status, result) => {
    const hangup = `hangup/seed-${status.toLowerCase()}.query`;
    const ended = { ...INCOMING, state: 'ended', result, vendorStatus: status, endedAt: RECEIVED };
    expect(record(hangup)).toEqual(ended);
    // Without an answer of its own, an answered call rang nobody knows how long.
    const rang = result === 'answered' ? {} : { ringSeconds: 0 };
    const whole = { ...ended, ...rang, startedAt: RECEIVED };
    expect(record('dial-in/from-outside.query', hangup)).toEqual(whole);
    expect(record(hangup, 'dial-in/from-outside.query')).toEqual(whole);
  });

  it('seeds 001 and 002, Dial-In, Answer on incoming call and Hangup of one call', () => {
    const call = record(
      'hangup/seed-answer.form',
      'answer-in/from-outside.query',
      'dial-in/from-outside.form',
    );
    const times = { startedAt: RECEIVED, answeredAt: RECEIVED, endedAt: RECEIVED };
    const known = { state: 'ended', result: 'answered', vendorStatus: 'ANSWER' };
    expect(call).toEqual({ ...INCOMING, ...known, ...times, ringSeconds: 0, talkSeconds: 0 });
  });

  it.each(EXAMPLES)('%s: answered with nothing', (_name, path) => {
    const { route, format } = { ...message(path), ...voipnow.read(message(path), {}) };
    const reply = voipnow.reply({ kind: 'accepted' }, { route, format, settings: {} });
    expect(reply.body).toBe('');
  });
});
