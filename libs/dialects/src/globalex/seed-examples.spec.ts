/** Every alert that GlobalEx's document prints, as printed there and as it is sent: the record that it comes to. */
import { readFileSync } from 'node:fs';
import { RECEIVED, messageOf, recordOf } from '../conformance/record-of.js';
import { globalex } from './globalex.js';

const message = (path: string) =>
  messageOf(path, readFileSync(new URL(`./fixtures/${path}`, import.meta.url)));
const record = (...paths: string[]) => recordOf(globalex, ...paths.map(message));

const RINGING = {
  vendorCallId: '1595960350.77',
  state: 'ringing',
  direction: 'inbound',
  result: 'unknown',
  startedAt: RECEIVED,
  from: '0501234567',
  to: '0722776772 = +972722776772',
  extension: '101',
};
const ENDED = {
  ...RINGING,
  state: 'ended',
  vendorType: 'Incoming',
  // 18:19:10 on the wall in Jerusalem, in summer.
  startedAt: '2020-07-28T15:19:10.000Z',
  endedAt: '2020-07-28T15:20:25.000Z',
  did: '0722776772 = +972722776772',
};
const SWITCHBOARD = { domain: 'pbx1.globalex.co.il', domain_name: 'Acme' };
const ANSWERED = {
  ...ENDED,
  result: 'answered',
  vendorStatus: 'ANSWER',
  answeredAt: '2020-07-28T15:19:25.000Z',
  ringSeconds: 15,
  talkSeconds: 60,
  queue: { id: '7', name: 'Sales Team' },
  raw: { ...SWITCHBOARD, record: 'in-0501234567-1595960350.77.wav' },
};

const EXAMPLES: [name: string, path: string, record: Record<string, unknown>][] = [
  ['seed 004 "Incoming call alert", its URL filled in', 'incoming/extension.query', RINGING],
  ['seed 004 "Incoming call alert", "json post"', 'incoming/extension.json', RINGING],
  ['seed 004 "Incoming call alert", "XML"', 'incoming/extension.xml', RINGING],
  [
    'seed 004 "END CALL EVENT", webhook example as printed',
    'end/seed-example.query',
    {
      vendorCallId: 'XXXX',
      state: 'ended',
      direction: 'outbound',
      result: 'unknown',
      vendorType: 'XXXXXXX',
      vendorStatus: 'XXXXX',
      endedAt: RECEIVED,
      from: 'XXXXXX',
      to: 'XXXX',
      did: 'X',
      extension: 'XXXX',
      queue: { id: 'XXXX', name: 'XXX' },
      unreadableFields: ['dialtime', 'duration', 'time'],
      raw: {
        time: 'XXXXX',
        duration: 'XX',
        dialtime: 'XXXX',
        targetextension: 'XXXXX',
        record: 'XXXXXX',
        domain: 'XXXXX',
        domain_name: 'XXXXXX',
      },
    },
  ],
  ['seed 004 "END CALL EVENT", "parameters" as spelled there', 'end/misspelled.query', ANSWERED],
  [
    'seed 004 "END CALL EVENT", status NO ANSWER',
    'end/no-answer.form',
    {
      ...ENDED,
      result: 'missed',
      vendorStatus: 'NO ANSWER',
      ringSeconds: 75,
      talkSeconds: 0,
      raw: SWITCHBOARD,
    },
  ],
  [
    'seed 004 "END CALL EVENT", type Outgoing, status "ANSWER" with its quotation marks',
    'end/outgoing.json',
    {
      vendorCallId: '1595960350.78',
      state: 'ended',
      direction: 'outbound',
      result: 'answered',
      vendorType: 'OUTGOING',
      vendorStatus: '"ANSWER"',
      startedAt: '2020-07-28T15:19:10.000Z',
      answeredAt: '2020-07-28T15:19:25.000Z',
      endedAt: '2020-07-28T15:20:25.000Z',
      ringSeconds: 15,
      talkSeconds: 60,
      from: '0722776772 = +972722776772',
      to: '0501234567',
      extension: '101',
      recordings: [{ url: 'https://voip.globalex.co.il/rec/out-0501234567.wav' }],
      raw: { ...SWITCHBOARD, record: 'https://voip.globalex.co.il/rec/out-0501234567.wav' },
    },
  ],
];

describe('an alert', () => {
  it('seed 004 "Incoming call alert", example as printed: no call', () => {
    expect(() => record('incoming/seed-example.unreadable.query')).toThrow('the PBX did not fill it in');
  });

  it.each(EXAMPLES)('%s', (_name, path, expected) => {
    expect(record(path)).toEqual(expected);
  });

  it.each([
    ['CONGESTION', 'failed'],
    ['BUSY', 'busy'],
  ])('seed 004 "END CALL EVENT", status %s', (status, result) => {
    const { query, ...rest } = message('end/misspelled.query');
    const told = { ...rest, query: query.replace('status=ANSWER', `status=${status}`) };
    expect(recordOf(globalex, told)).toMatchObject({ state: 'ended', result, vendorStatus: status });
  });

  it('seed 004, both alerts of one call, in either order', () => {
    // Of two legs each keeps its own unknown fields.
    const { raw: _, ...whole } = ANSWERED;
    expect(record('incoming/extension.query', 'end/misspelled.query')).toEqual(whole);
    expect(record('end/misspelled.query', 'incoming/extension.query')).toEqual(whole);
  });

  it.each(EXAMPLES)('%s: answered with nothing', (_name, path) => {
    const { route, format } = { ...message(path), ...globalex.read(message(path), {}) };
    const reply = globalex.reply({ kind: 'accepted' }, { route, format, settings: {} });
    expect(reply.body).toBe('');
  });
});
