/** What the vendors' own messages come to: each call in the order in which its messages came. */
import { describe, expect, it } from '@jest/globals';
import { recordOf, sample, samplesOf, speaking } from './sample.fixture.js';

interface Example {
  mapping: string;
  samples: string[];
  zone?: string;
  record: Record<string, unknown>;
}

const EXAMPLES: Record<string, Example> = {
  'Twilio: a call over the API, answered': {
    mapping: 'twilio',
    samples: ['1-outgoing-initiated', '2-outgoing-ringing', '3-outgoing-in-progress', '4-outgoing-completed'],
    record: {
      state: 'ended',
      direction: 'outbound',
      result: 'answered',
      from: '+12025550163 = +12025550163',
      to: '+551123456789 = +551123456789',
      startedAt: '2018-03-25T09:52:20.000Z',
      answeredAt: '2018-03-25T09:52:30.000Z',
      endedAt: '2018-03-25T09:53:19.000Z',
      talkSeconds: 49,
    },
  },
  'Twilio: a call over the API, busy': {
    mapping: 'twilio',
    samples: ['busy'],
    record: { direction: 'outbound', result: 'busy', endedAt: '2022-05-07T14:30:14.000Z' },
  },
  'Twilio: a call to a number that dials an app': {
    mapping: 'twilio',
    samples: [
      '1-incoming-dialled-ringing',
      '2-incoming-dialled-in-progress',
      '3-incoming-dialled-completed',
      '4-incoming-completed',
    ],
    record: {
      vendorCallId: 'CA00000000000000000000000000000020',
      direction: 'inbound',
      result: 'answered',
      from: '+12025550163 = +12025550163',
      to: '+12025550101 = +12025550101',
      did: '+12025550101 = +12025550101',
      extension: 'dana',
      startedAt: '2024-02-01T08:00:02.000Z',
      endedAt: '2024-02-01T08:01:12.000Z',
      talkSeconds: 70,
    },
  },
  'Telnyx: an incoming call, answered': {
    mapping: 'telnyx',
    samples: ['1-incoming-initiated', '2-incoming-answered', '3-incoming-hangup', 'recording-saved'],
    record: {
      state: 'ended',
      direction: 'inbound',
      result: 'answered',
      from: '+12025550133 = +12025550133',
      to: '+12025550131 = +12025550131',
      startedAt: '2018-02-02T22:25:20.521Z',
      answeredAt: '2018-02-02T22:25:27.521Z',
      endedAt: '2018-02-02T22:26:27.521Z',
      talkSeconds: 60,
      recordings: [{ url: 'https://example.com/recordings/a.mp3' }],
    },
  },
  'Telnyx: an outgoing call, rejected, with the state of the client': {
    mapping: 'telnyx',
    samples: ['1-outgoing-initiated', '2-outgoing-rejected'],
    record: {
      direction: 'outbound',
      result: 'missed',
      vendorStatus: 'call_rejected',
      startedAt: '2018-02-02T22:20:27.521Z',
      endedAt: '2018-02-02T22:20:41.521Z',
      customData: { client_state: 'have a nice day =]' },
    },
  },
  'Yeastar: an incoming call by its states and its CDR': {
    mapping: 'yeastar',
    zone: 'Asia/Shanghai',
    samples: ['1-incoming-rings', '2-incoming-answered', '3-incoming-bye', '4-incoming-cdr'],
    record: {
      vendorCallId: '1648861726.280',
      state: 'ended',
      direction: 'inbound',
      result: 'answered',
      from: '5503301',
      to: '2002',
      did: '5503300',
      extension: '2002',
      startedAt: '2022-04-02T01:08:46.000Z',
      answeredAt: '2022-04-02T01:08:52.000Z',
      endedAt: '2022-04-02T01:09:15.000Z',
      talkSeconds: 23,
    },
  },
  'Yeastar: a call that rings': {
    mapping: 'yeastar',
    samples: ['1-incoming-rings'],
    record: { state: 'ringing', direction: 'inbound', from: '5503301', to: '2002', extension: '2002' },
  },
  'Yeastar: an outgoing call, busy': {
    mapping: 'yeastar',
    zone: 'Asia/Shanghai',
    samples: ['outgoing-busy'],
    record: {
      direction: 'outbound',
      result: 'busy',
      from: '703',
      to: '0872858652',
      extension: '703',
      startedAt: '2023-12-11T03:05:25.000Z',
    },
  },
  'Yeastar: a call within the office': {
    mapping: 'yeastar',
    zone: 'Asia/Shanghai',
    samples: ['internal-answered'],
    record: { direction: 'internal', result: 'answered', from: '2005', to: '2002', talkSeconds: 9 },
  },
  'sipgate: an incoming call to two people, answered by one': {
    mapping: 'sipgate',
    samples: ['1-incoming-new-call', '2-incoming-answer', '3-incoming-hangup'],
    record: {
      state: 'ended',
      direction: 'inbound',
      result: 'answered',
      from: '+492111234567 = +492111234567',
      to: '+4915791234567 = +4915791234567',
      agent: { code: '1234567w0', name: 'Alice' },
      extension: 'w0',
      startedAt: '2024-03-05T10:00:00.000Z',
      answeredAt: '2024-03-05T10:00:09.000Z',
      endedAt: '2024-03-05T10:01:39.000Z',
      talkSeconds: 90,
    },
  },
  'sipgate: an outgoing call, given up': {
    mapping: 'sipgate',
    samples: ['1-outgoing-new-call', '2-outgoing-cancelled'],
    record: {
      direction: 'outbound',
      result: 'cancelled',
      from: '+4930600000000 = +4930600000000',
      agent: { code: '1234567w0', name: 'Alice' },
    },
  },
  'sipgate: an incoming call, busy': {
    mapping: 'sipgate',
    samples: ['incoming-busy'],
    record: { direction: 'inbound', result: 'busy' },
  },
  '3CX: an incoming call by a queue, answered': {
    mapping: '3cx',
    samples: ['incoming-answered'],
    record: {
      direction: 'inbound',
      result: 'answered',
      from: '+4319909300 = +4319909300',
      to: '101',
      extension: '101',
      agent: { code: 'dana@example.com', name: 'Dana Levi' },
      startedAt: '2024-05-06T07:11:20.000Z',
      answeredAt: '2024-05-06T07:11:30.000Z',
      endedAt: '2024-05-06T07:12:40.000Z',
      ringSeconds: 10,
      talkSeconds: 70,
    },
  },
  '3CX: an incoming call, missed': {
    mapping: '3cx',
    samples: ['incoming-missed'],
    record: { direction: 'inbound', result: 'missed', ringSeconds: 30, talkSeconds: 0 },
  },
  '3CX: an outgoing call, answered': {
    mapping: '3cx',
    samples: ['outgoing-answered'],
    record: { direction: 'outbound', from: '101', to: '+4319909302 = +4319909302', talkSeconds: 285 },
  },
  '3CX: an outgoing call, not answered': {
    mapping: '3cx',
    samples: ['outgoing-not-answered'],
    record: { direction: 'outbound', result: 'missed', talkSeconds: 0 },
  },
  'FreeSWITCH: a call within the office, as plain JSON': {
    mapping: 'freeswitch',
    samples: ['internal-plain'],
    record: {
      vendorCallId: '3da8bf84-c133-4959-9e24-e72875cb33a1',
      direction: 'internal',
      result: 'answered',
      from: '1001',
      to: '1002',
      startedAt: '2018-01-11T10:25:44.534Z',
      answeredAt: '2018-01-11T10:25:47.954Z',
      talkSeconds: 68,
    },
  },
  'FreeSWITCH: an incoming call, its values URL-encoded': {
    mapping: 'freeswitch',
    samples: ['incoming-encoded'],
    record: {
      direction: 'inbound',
      result: 'answered',
      from: '+12025550163 = +12025550163',
      to: '+12025550101 = +12025550101',
      extension: '1002',
    },
  },
  'FreeSWITCH: an outgoing call, busy, in a form': {
    mapping: 'freeswitch',
    samples: ['outgoing-busy-in-a-form'],
    record: {
      direction: 'outbound',
      result: 'busy',
      vendorStatus: 'USER_BUSY',
      from: '1001',
      to: '+12025550163 = +12025550163',
      talkSeconds: 0,
    },
  },
  'Aircall: an incoming call, answered': {
    mapping: 'aircall',
    samples: [
      '1-incoming-created',
      '2-incoming-ringing-on-agent',
      '3-incoming-answered',
      '4-incoming-hungup',
      '5-incoming-ended',
    ],
    record: {
      vendorCallId: '812',
      state: 'ended',
      direction: 'inbound',
      result: 'answered',
      from: '+1 202-555-0163 = +12025550163',
      to: '+33 1 76 36 06 95 = +33176360695',
      agent: { code: '42', name: 'Madelaine Dupont' },
      startedAt: '2024-11-26T12:08:15.000Z',
      answeredAt: '2024-11-26T12:08:20.000Z',
      endedAt: '2024-11-26T12:09:20.000Z',
      talkSeconds: 60,
      recordings: [{ url: 'https://example.com/recordings/812.mp3' }],
    },
  },
  'Aircall: an incoming call, missed': {
    mapping: 'aircall',
    samples: ['incoming-missed'],
    record: { direction: 'inbound', result: 'missed', vendorStatus: 'no_available_agent' },
  },
  'Aircall: an outgoing call that rings': {
    mapping: 'aircall',
    samples: ['outgoing-created'],
    record: {
      state: 'ringing',
      direction: 'outbound',
      from: '+33 1 76 36 06 95 = +33176360695',
      to: '+1 202-555-0163 = +12025550163',
    },
  },
  'Placetel: an incoming call, answered': {
    mapping: 'placetel',
    samples: ['1-incoming-call', '2-incoming-accepted', '3-incoming-hung-up'],
    record: {
      direction: 'inbound',
      result: 'answered',
      from: '0123456789',
      to: '0987654321 = +49987654321',
      startedAt: '2024-06-03T09:00:00.000Z',
      answeredAt: '2024-06-03T09:00:07.000Z',
      talkSeconds: 45,
    },
  },
  'Placetel: an outgoing call, busy': {
    mapping: 'placetel',
    samples: ['1-outgoing-call', '2-outgoing-busy'],
    record: { direction: 'outbound', result: 'busy', extension: '7777abcdefg' },
  },
};

describe('messages that vendors and repositories print', () => {
  it.each(Object.entries(EXAMPLES))('%s', (_, { mapping, samples, zone, record }) => {
    expect(recordOf(mapping, samples, zone)).toMatchObject(record);
  });
});

describe('messages of no call', () => {
  it.each([
    ['yeastar', 'extension-status'],
    ['aircall', 'number-closed'],
  ])('%s %s is read, and tells of none', (mapping, name) => {
    const { dialect, settings } = speaking(mapping);
    expect(dialect.read(sample(mapping, name), settings)).toMatchObject({ ok: true, vendorCallIds: [] });
  });
});

describe('the samples', () => {
  it.each(['3cx', 'aircall', 'freeswitch', 'placetel', 'sipgate', 'telnyx', 'twilio', 'yeastar'])(
    '%s: each is read by the mapping',
    (mapping) => {
      const { dialect, settings } = speaking(mapping);
      const unread = samplesOf(mapping).filter((name) => !dialect.read(sample(mapping, name), settings).ok);
      expect(unread).toEqual([]);
    },
  );
});

describe('what a vendor must be answered', () => {
  it('asks sipgate to tell of the answer and of the end', () => {
    const { dialect, settings } = speaking('sipgate');
    const asked = sample('sipgate', '1-incoming-new-call');
    const reply = dialect.reply({ kind: 'accepted' }, { route: 'events', format: 'form', settings, asked });
    const url = 'https://hooks.example.com/in/TOKEN/generic/events';
    expect(reply).toMatchObject({ contentType: 'application/xml' });
    expect(reply.body).toContain(`<Response onAnswer="${url}" onHangup="${url}"/>`);
  });
});
