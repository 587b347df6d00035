/** Popups and the CDR of one call, read, normalised and folded: one record, whatever came first. */
import { foldCall, id, instant, normaliseLeg } from '#domain';
import type { Call, CallId, CallLeg, ConnectionId } from '#domain';
import { voicenter } from './voicenter.js';

const CONNECTION = { epochs: 'local', timeZone: 'Asia/Jerusalem', country: 'IL' } as const;
const IDS = { id: id<CallId>('c-1'), connectionId: id<ConnectionId>('k-1'), vendorCallId: 'v-1' };
const S = 1000;
/** 10:35:48 on the wall in Jerusalem, encoded as if it were UTC; and what it truly is, three hours before. */
const STARTED = 1663324548;
const TRUE_START = Date.UTC(2022, 8, 16, 7, 35, 48);

function legsAt(route: string, fields: object, receivedAt: number): CallLeg[] {
  const body = Buffer.from(JSON.stringify(fields));
  const reading = voicenter.read({ method: 'POST', route, query: '', headers: {}, body }, {});
  if (!reading.ok) throw new Error(reading.reason);
  return reading.reports.map((report) => normaliseLeg(report, CONNECTION, instant(receivedAt)));
}

/** @param atSecond  after the start, when it was received */
function popup(extenUser: string, status: string, atSecond: number, more: object = {}): CallLeg[] {
  const answered = status === 'Talking';
  const fields = { phone: '972722776772', ivrid: 'v-1', extenUser, did: '0776707528', status };
  const told = { direction: 'Incoming', callStarted: STARTED, isAnswered: answered, ...more };
  return legsAt('popup', { ...fields, ...told }, TRUE_START + atSecond * S);
}

function cdr(more: object = {}): CallLeg[] {
  const fields = { caller: '0722776772', target: '102', time: STARTED, duration: 60, ivruniqueid: 'v-1' };
  const told = {
    type: 'Incoming Call',
    status: 'ANSWER',
    targetextension: '102',
    did: '0776707528',
    dialtime: 5,
  };
  return legsAt('cdr', { ...fields, ...told, ...more }, TRUE_START + 70 * S);
}

/** Every order of the messages, each folded one by one as they come. */
function inEveryOrder(...messages: CallLeg[][]): Call {
  const calls = permutations(messages).map((order) =>
    order.reduce<Call | null>((call, legs) => foldCall(call, legs, IDS).call, null),
  );
  for (const call of calls) expect(call).toEqual(calls[0]);
  return calls[0] as Call;
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) =>
    permutations(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest]),
  );
}

const rang101 = popup('101', 'Ringing', 0);
const rang102 = popup('102', 'Ringing', 0);
const talks102 = popup('102', 'Talking', 5);
const hungUp102 = popup('102', 'Hangup', 65, { isAnswered: true, cause: 'Normal hangup' });
const elsewhere101 = popup('101', 'Hangup', 5, { cause: 'Answered elsewhere' });

describe('a ring group told by popups', () => {
  it('rings, is answered at one phone and goes on although the other one stops', () => {
    expect(inEveryOrder(rang101, rang102)).toMatchObject({
      state: 'ringing',
      result: 'unknown',
      startedAt: TRUE_START,
    });
    expect(inEveryOrder(rang101, rang102, talks102, elsewhere101)).toMatchObject({
      state: 'answered',
      result: 'answered',
      extension: '102',
      endedAt: null,
    });
  });

  it('and by its CDR is one answered call of the CDR’s times, in every order', () => {
    expect(inEveryOrder(rang101, rang102, talks102, hungUp102, elsewhere101, cdr())).toMatchObject({
      state: 'ended',
      result: 'answered',
      direction: 'inbound',
      from: { original: '0722776772', e164: '+972722776772' },
      extension: '102',
      startedAt: TRUE_START,
      answeredAt: TRUE_START + 5 * S,
      endedAt: TRUE_START + 65 * S,
      ringSeconds: 5,
      talkSeconds: 60,
    });
  });

  it('that nobody answered is missed once all phones have stopped, and so says the CDR', () => {
    const stopped = [popup('101', 'Hangup', 20), popup('102', 'Hangup', 20)];
    expect(inEveryOrder(rang101, rang102, stopped[0] ?? [])).toMatchObject({ state: 'ringing' });
    expect(inEveryOrder(rang101, rang102, ...stopped)).toMatchObject({ state: 'ended', result: 'missed' });
    const missed = cdr({ status: 'NOANSWER', duration: 0, dialtime: 20 });
    expect(inEveryOrder(rang101, rang102, ...stopped, missed)).toMatchObject({
      state: 'ended',
      result: 'missed',
    });
  });

  it('is never missed when a phone stopped because somebody answered, told by whom or not', () => {
    expect(inEveryOrder(rang101, elsewhere101)).toMatchObject({ state: 'ended', result: 'answered' });
    expect(inEveryOrder(rang101, rang102, talks102, hungUp102, elsewhere101)).toMatchObject({
      state: 'ended',
      result: 'answered',
      extension: '102',
      talkSeconds: 60,
    });
  });

  it('rings the same phone again and again, for which its popups may be repetitions, until it is answered', () => {
    const again = [
      popup('101', 'Hangup', 10),
      popup('101', 'Ringing', 15),
      popup('101', 'Hangup', 25),
      popup('101', 'Ringing', 30),
    ];
    expect(inEveryOrder(rang101, ...again)).toMatchObject({ state: 'ended', startedAt: TRUE_START });
    const answered = popup('101', 'Talking', 33);
    expect(inEveryOrder(rang101, ...again, answered)).toMatchObject({
      state: 'answered',
      result: 'answered',
    });
  });

  it('is over with its CDR although a phone was never heard to stop', () => {
    expect(inEveryOrder(rang101, rang102, talks102, cdr())).toMatchObject({
      state: 'ended',
      result: 'answered',
      extension: '102',
    });
  });
});

describe('a call in two steps with popups', () => {
  it('is the customer’s leg of the CDRs, in every order', () => {
    const outgoing = { direction: 'Outgoing' };
    const call = inEveryOrder(
      popup('101', 'Ringing', 0, outgoing),
      popup('101', 'Talking', 3, outgoing),
      popup('101', 'Hangup', 40, { ...outgoing, isAnswered: true }),
      cdr({ type: 'Click2Call leg1', targetextension: '101', target: '101', duration: 37, dialtime: 3 }),
      cdr({
        type: 'Click2Call leg2',
        targetextension: '',
        callerextension: '101',
        target: '0502345678',
        duration: 20,
      }),
    );
    expect(call).toMatchObject({
      state: 'ended',
      result: 'answered',
      direction: 'outbound',
      talkSeconds: 20,
    });
    expect(call.to.e164).toBe('+972502345678');
  });
});

describe('a popup’s parties', () => {
  it.each(['101', '10234', 'SIPSIP', 'Anonymous', ''])('%j is no phone number', (phone) => {
    const [leg] = popup('12345', 'Ringing', 0, { phone });
    expect([leg?.from.e164, leg?.to.e164]).toEqual([null, null]);
  });
});
