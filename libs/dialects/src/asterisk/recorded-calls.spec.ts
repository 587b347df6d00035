/** Whole calls of a real Asterisk 22, held against its own CDRs. */
import fc from 'fast-check';
import type { Call, CallResult } from '#domain';
import { callOfRows, callsOf, cdrsOf, legsOf, messagesOf, RECORDED } from './recorded-call.fixture.js';

const DISPOSITIONS: Readonly<Record<CallResult, string>> = {
  answered: 'ANSWERED',
  voicemail: 'ANSWERED',
  ivr_only: 'ANSWERED',
  busy: 'BUSY',
  missed: 'NO ANSWER',
  abandoned: 'NO ANSWER',
  cancelled: 'NO ANSWER',
  failed: 'FAILED',
  unknown: '?',
};

/** The dialplan, or the order's first phone, answers there before the one who was called: a CDR counts from then, we do not. */
const ANSWERED_BEFORE = /^(queue|ivr|originate)/;

function callOf(calls: ReadonlyMap<string, Call>, id: string): Call {
  const call = calls.get(id);
  if (call === undefined) throw new Error(`There is no call ${id}.`);
  return call;
}

const CASES = RECORDED.flatMap((name) =>
  [...new Set(cdrsOf(name).map(({ linkedid }) => linkedid))].map((id) => [name, id] as const),
);

describe('a call of a real Asterisk', () => {
  it.each(CASES)('%s is what its CDRs say: %s', (name, id) => {
    const cdr = callOfRows(cdrsOf(name).filter(({ linkedid }) => linkedid === id));
    const call = callOf(callsOf(messagesOf(name)), id);
    expect(call.state).toBe('ended');
    expect(call.direction).toBe(cdr.direction);
    expect(DISPOSITIONS[call.result]).toBe(cdr.disposition);
    expect(Math.abs((call.startedAt ?? 0) - cdr.start)).toBeLessThan(100);
    expect(Math.abs((call.endedAt ?? 0) - cdr.end)).toBeLessThan(100);
    expect(call.answeredAt === null).toBe(cdr.answer === null);
    if (cdr.answer === null || ANSWERED_BEFORE.test(name)) return;
    expect(Math.abs((call.answeredAt ?? 0) - cdr.answer)).toBeLessThan(100);
    // Asterisk cuts seconds off, for each row.
    expect(Math.abs((call.talkSeconds ?? 0) - cdr.billsec)).toBeLessThanOrEqual(1);
  });

  it.each(RECORDED)('%s is the same in any order, and with everything said twice', (name) => {
    const messages = messagesOf(name);
    const expected = callsOf(messages);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...messages, ...messages], { minLength: messages.length * 2 }),
        (shuffled) => {
          expect(callsOf(shuffled)).toEqual(expected);
        },
      ),
      { numRuns: 15 },
    );
  });

  it.each(RECORDED)('%s is the same when all of it comes hours late', (name) => {
    const messages = messagesOf(name);
    const late = Date.parse('2026-12-01T09:00:00Z');
    expect(callsOf(messages, late)).toEqual(callsOf(messages));
  });

  it.each(RECORDED)('%s loses no more than what one lost message told', (name) => {
    const messages = messagesOf(name);
    const whole = callsOf(messages);
    for (const [index, lost] of messages.entries()) {
      const calls = callsOf(messages.filter((_, other) => other !== index));
      for (const [id, call] of calls) {
        const expected = callOf(whole, id);
        const { type } = JSON.parse(lost) as { type: string };
        // Two calls become one by them, and the other is over.
        const joins = type === 'BridgeAttendedTransfer' || (type === 'Dial' && name === 'pickup');
        const isTheEnd = type === 'ChannelDestroyed' || joins;
        // Whom an extension dialled, only its first word tells, unless somebody is rung.
        const tellsWay = type === 'ChannelCreated' && expected.result === 'ivr_only';
        if (!tellsWay) expect([lost, call.direction]).toEqual([lost, expected.direction]);
        if (!isTheEnd) expect([lost, call.state]).toEqual([lost, 'ended']);
        if (call.state === 'ended' && expected.result === 'answered') {
          expect([lost, call.result]).toEqual([lost, 'answered']);
          const late = Math.abs((call.answeredAt ?? 0) - (expected.answeredAt ?? 0));
          // Of whoever picked it up nothing else tells when.
          if (name !== 'pickup' || !joins) expect(late).toBeLessThan(1000);
        }
      }
    }
  });

  it.each(['internal', 'inbound-answered', 'outbound-answered', 'blind-transfer'])(
    '%s still tells when it was answered when every word of the answer got lost',
    (name) => {
      const messages = messagesOf(name);
      const isAnswer = (text: string) => {
        const { type, dialstatus, channel } = JSON.parse(text) as Record<string, unknown>;
        const isUp = (channel as { state?: string } | undefined)?.state === 'Up';
        if (type === 'Dial') return dialstatus === 'ANSWER';
        return type === 'ChannelStateChange' ? isUp : type === 'ChannelEnteredBridge';
      };
      const kept = messages.filter((text) => !isAnswer(text));
      expect(kept.length).toBeLessThan(messages.length);
      for (const [id, { result, answeredAt }] of callsOf(kept)) {
        expect(result).toBe('answered');
        expect(Math.abs((answeredAt ?? 0) - (callOf(callsOf(messages), id).answeredAt ?? 0))).toBeLessThan(
          100,
        );
      }
    },
  );

  it('shows nobody but phones and lines', () => {
    for (const name of RECORDED) {
      for (const { leg } of legsOf(messagesOf(name))) {
        expect([name, leg.from.original, leg.to.original, leg.extension].join()).not.toMatch(/;|Local/);
      }
    }
  });
});

describe('what is told of a call', () => {
  const one = (name: string) => [...callsOf(messagesOf(name)).values()][0] as Call;

  it.each([
    ['inbound-answered', { from: '0501234567', to: '101', did: '0722000101', extension: '101' }],
    ['outbound-answered', { from: '101', to: '0501234567', did: undefined, extension: '101' }],
    ['internal', { from: '101', to: '102', did: undefined, extension: '102' }],
    ['originate-answered', { from: '101', to: '0501234567', did: undefined, extension: '101' }],
    ['originate-customer-first', { from: '0722000000', to: '0501234567', did: undefined, extension: '101' }],
    ['queue-answered', { from: '0501234567', to: '105', did: '0722000600', extension: '105' }],
    ['inbound-unregistered', { from: '0501234567', to: '0722000106', did: '0722000106', extension: null }],
  ])('%s: who called whom', (name, parties) => {
    const { from, to, did, extension } = one(name);
    expect({ from: from.original, to: to.original, did: did?.original, extension }).toEqual(parties);
  });

  it.each([
    ['inbound-caller-cancels', 'missed', true],
    ['inbound-no-answer', 'missed', true],
    ['inbound-busy', 'busy', true],
    ['inbound-unregistered', 'failed', true],
    ['outbound-busy', 'busy', false],
    ['queue-abandoned', 'abandoned', true],
    ['queue-local-abandoned', 'abandoned', true],
    ['queue-timeout', 'missed', true],
    ['originate-agent-no-answer', 'missed', false],
    ['originate-customer-busy', 'busy', false],
  ] as const)('%s: what it came to', (name, result, missed) => {
    expect(one(name)).toMatchObject({ result, missed });
  });

  it('a queue, how long the caller waited, and whose phone rang in vain', () => {
    const call = one('queue-answered');
    expect(call).toMatchObject({ queue: { id: 'sales' }, queueSeconds: 1, talkSeconds: 1 });
    expect(call.legs.map(({ extension, result }) => [extension, result])).toEqual([
      [null, 'ivr_only'],
      ['104', 'cancelled'],
      ['105', 'answered'],
    ]);
    expect(one('queue-abandoned')).toMatchObject({ queue: { id: 'sales' }, talkSeconds: null });
    expect(one('queue-timeout')).toMatchObject({ queueSeconds: 20, vendorStatus: 'TIMEOUT' });
  });

  it('a queue whose members are behind channels of the PBX', () => {
    const call = one('queue-unanswered-channel');
    expect(call).toMatchObject({
      queue: { id: 'support' },
      queueSeconds: 1,
      talkSeconds: 3,
      extension: '105',
    });
    expect(call.legs.map(({ extension }) => extension).sort()).toEqual(['104', '105', null].sort());
    expect(one('queue-local-abandoned')).toMatchObject({ result: 'abandoned', missed: true });
  });

  it('a call that somebody picks up whose phone did not ring', () => {
    const [call, code] = [...callsOf(messagesOf('pickup')).values()];
    expect(call).toMatchObject({
      direction: 'inbound',
      result: 'answered',
      extension: '102',
      talkSeconds: 2,
    });
    expect(call?.legs.map(({ extension, result }) => [extension, result])).toEqual([
      [null, 'ivr_only'],
      ['103', 'cancelled'],
      ['102', 'answered'],
    ]);
    expect(code).toMatchObject({ state: 'ended', direction: 'internal', result: 'ivr_only' });
  });

  it('a machine: a menu that the caller left, a voicemail box', () => {
    const menu = one('ivr-caller-hangs-up');
    expect(menu).toMatchObject({ result: 'ivr_only', talkSeconds: 2 });
    expect(menu.answeredAt).toBe(Math.trunc(cdrsOf('ivr-caller-hangs-up')[0]?.answer ?? 0));
    expect(one('voicemail')).toMatchObject({
      result: 'voicemail',
      vendorStatus: 'VOICEMAIL',
      talkSeconds: 4,
    });
  });

  it('the keys that a caller pressed in a menu', () => {
    expect(one('ivr-dtmf').ivrPath).toMatchObject([
      { order: 1, layerId: 'menu', layerName: 's', digits: '1' },
    ]);
  });

  it('an order of ours: its two halves, the correlator, and talk from the answer of the customer', () => {
    const call = one('originate-answered');
    expect(call.vendorCallId).toBe('order-1');
    expect(call.legs.map(({ key, extension }) => [key, extension])).toEqual([
      ['agent', '101'],
      ['customer', '101'],
    ]);
    expect(call).toMatchObject({ customData: { X_ATT: 'order-1' }, talkSeconds: 2 });
    expect(one('originate-local-channel').legs.map(({ key }) => key)).toContain('customer');
  });

  it('a call that is handed on: everybody who had it, and one talk', () => {
    expect(one('blind-transfer')).toMatchObject({ extension: '101', talkSeconds: 4 });
    expect(one('blind-transfer').legs.map(({ extension }) => extension)).toEqual([null, '101', '102']);
    const [first, asked] = [...callsOf(messagesOf('attended-transfer')).values()];
    expect(first?.legs.map(({ extension }) => extension)).toEqual([null, '101', '102']);
    expect(first).toMatchObject({ direction: 'inbound', talkSeconds: 5 });
    expect(asked).toMatchObject({
      direction: 'internal',
      state: 'ended',
      result: 'answered',
      talkSeconds: 1,
    });
  });
});
