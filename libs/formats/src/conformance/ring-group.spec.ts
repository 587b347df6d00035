/** A call that rings several phones, told in the formats that tell phones on their own. */
import { dialectNamed } from '#dialects';
import {
  callView,
  foldCall,
  id,
  instant,
  normaliseLeg,
  type CallId,
  type CallLegView,
  type CallView,
  type ConnectionId,
} from '#domain';
import type { OutgoingMessage, ToldEvent } from '../format.js';
import { callTold, eventTold, legTold } from './told-call.fixture.js';
import { arrived, messagesOf, writerOf } from './written.fixture.js';

const ANSWERED_AT = '2026-11-21T09:29:00.000Z';
const PHONES = ['101', '102', '103'];
const RANG: Partial<CallLegView> = { state: 'ringing', result: 'unknown', answeredAt: null };
const LOST: Partial<CallLegView> = { state: 'ended', result: 'cancelled', answeredAt: null };
const TALKS: Partial<CallLegView> = { state: 'answered', result: 'answered', answeredAt: ANSWERED_AT };

/** As VoipNow tells it: an id for each phone's leg, and the caller's name in the first message alone. */
function legsOf(of: (phone: string) => Partial<CallLegView>): CallLegView[] {
  return PHONES.map((phone) =>
    legTold(`c${phone}@${phone}`, {
      extension: phone,
      raw: { CallID: `c${phone}`, ...(phone === '101' ? { CallerIDName: 'Dana Levi' } : {}) },
      ...of(phone),
    }),
  );
}

function event(type: string, call: CallView, more: object, traits: Partial<ToldEvent> = {}): ToldEvent {
  return eventTold({ ...call, ...more }, { type, ...traits });
}

function rings(phone: string): ToldEvent {
  const at = PHONES.indexOf(phone);
  const rang = PHONES.slice(0, at + 1);
  const legs = legsOf(() => RANG).slice(0, at + 1);
  const call = callTold({
    state: 'ringing',
    result: 'unknown',
    answeredAt: null,
    endedAt: null,
    extension: null,
    legs,
  });
  return event('call.ringing', call, {
    rang,
    ringing: { leg: `c${phone}@${phone}`, extension: phone, first: at === 0 },
  });
}

const talking = callTold({
  state: 'answered',
  extension: '102',
  endedAt: null,
  legs: legsOf((phone) => (phone === '102' ? TALKS : RANG)),
});
const over = callTold({
  extension: '102',
  legs: legsOf((phone) => (phone === '102' ? { ...TALKS, state: 'ended' } : LOST)),
});
const missed = callTold({
  result: 'missed',
  extension: null,
  answeredAt: null,
  legs: legsOf(() => ({ ...LOST, result: 'missed' })),
});
const answered = event('call.answered', talking, { rang: PHONES });
const BEFORE = { events: ['call.ringing', 'call.answered'], messages: [] };
const ended = event('call.ended', over, { rang: PHONES }, { before: BEFORE });
const all = [...PHONES.map(rings), answered, ended];

const voipnow = writerOf('voipnow', {
  rows: [0, 1, 2, 3, 4].map((kind) => ({ kind, url: `https://crm.example/${kind}` })),
});
const popups = writerOf('voicenter', { cdr: false, popupUrl: 'https://crm.example/popup' });

const pathOf = ({ url }: OutgoingMessage) => new URL(url).pathname;
const fieldsOf = ({ url }: OutgoingMessage) => Object.fromEntries(new URL(url).searchParams);
const noticeOf = ({ body }: OutgoingMessage) => {
  const { extenUser, status, cause } = JSON.parse(body ?? '') as Record<string, unknown>;
  return [extenUser, status, ...(cause === undefined ? [] : [cause])];
};
const toldInVoipnow = (one: ToldEvent) =>
  messagesOf(voipnow, one).map((message) => {
    const { CalledExtension, CallStatus } = fieldsOf(message);
    return [pathOf(message), CalledExtension, CallStatus];
  });
const popped = (one: ToldEvent) => messagesOf(popups, one).map(noticeOf);

describe('the phones of a ring group', () => {
  it('are each told to ring, once; who answers ends the others; the end is told of who is left', () => {
    expect(all.map(popped)).toEqual([
      [['101', 'Ringing']],
      [['102', 'Ringing']],
      [['103', 'Ringing']],
      [
        ['102', 'Talking'],
        ['101', 'Hangup', 'Answered elsewhere'],
        ['103', 'Hangup', 'Answered elsewhere'],
      ],
      [['102', 'Hangup', 'Normal hangup']],
    ]);
    expect(all.map(toldInVoipnow)).toEqual([
      [['/0', '101', 'CALLING']],
      [['/0', '102', 'CALLING']],
      [['/0', '103', 'CALLING']],
      [
        ['/3', '102', 'CALLING'],
        ['/2', '101', 'CANCEL'],
        ['/2', '103', 'CANCEL'],
      ],
      [['/2', '102', 'ANSWER']],
    ]);
  });

  it('are all told of the end where nobody answered, or where the answer was not told', () => {
    const unanswered = event('call.ended', missed, { rang: PHONES });
    expect(popped(unanswered).map(([phone, status]) => [phone, status])).toEqual(
      PHONES.map((phone) => [phone, 'Hangup']),
    );
    expect(toldInVoipnow(unanswered)).toEqual(PHONES.map((phone) => ['/2', phone, 'NOANSWER']));
    const untold = { ...ended, before: { events: ['call.ringing'], messages: [] } };
    expect(toldInVoipnow(untold).map(([path, phone]) => [path, phone])).toEqual(
      PHONES.map((phone) => ['/2', phone]),
    );
    expect(popped(untold)).toHaveLength(3);
  });

  it('are told what the receiver took before only where that matters', () => {
    for (const writer of [voipnow, popups]) {
      expect(all.map((one) => writer.buildsUpon?.(one) === true)).toEqual([false, false, false, false, true]);
    }
    expect(writerOf('voicenter', {}).buildsUpon?.(ended)).toBe(false);
    expect(voipnow.buildsUpon?.(event('call.ended', callTold(), { rang: ['101'] }))).toBe(false);
  });

  it('that call each other inside the house are no group: neither outdoes the other', () => {
    const legs = [
      legTold('a', { extension: '101', direction: 'internal', vendorType: 'OUT', ...TALKS }),
      legTold('b', { extension: '102', direction: 'internal', vendorType: 'IN', ...RANG }),
    ];
    const call = callTold({ direction: 'internal', state: 'answered', extension: '101', legs });
    expect(popped(event('call.answered', call, { rang: ['101', '102'] }))).toEqual([['101', 'Talking']]);
    const end = event('call.ended', call, { rang: ['101', '102'] }, { before: BEFORE });
    expect(popped(end).map(([phone, status]) => [phone, status])).toEqual([
      ['101', 'Hangup'],
      ['102', 'Hangup'],
    ]);
  });

  it('that takes the call by a transfer later is told of its end', () => {
    const moved = callTold({
      extension: '103',
      legs: legsOf((phone) => (phone === '101' ? LOST : { ...TALKS, state: 'ended' })),
    });
    const end = event('call.ended', moved, { rang: PHONES }, { before: BEFORE });
    expect(popped(end).map(([phone]) => phone)).toEqual(['102', '103']);
  });

  it('keep one id from ringing to the end, and the caller’s name', () => {
    const ids = new Map<string, Set<string>>();
    for (const message of all.flatMap((one) => messagesOf(voipnow, one))) {
      const { CalledExtension = '', CallID = '', CallerIDName, CallAPIID } = fieldsOf(message);
      ids.set(CalledExtension, (ids.get(CalledExtension) ?? new Set()).add(CallID));
      expect([CallerIDName, CallAPIID]).toEqual(['Dana Levi', 'v-1']);
    }
    expect([...ids]).toEqual(PHONES.map((phone) => [phone, new Set([`c${phone}`])]));
  });

  it('keep one id also where one of them rang twice', () => {
    const again = legTold('c9@102', { extension: '102', raw: { CallID: 'c9' }, ...LOST });
    const twice = { ...over, legs: [...over.legs, again] };
    const [hangup] = messagesOf(voipnow, event('call.ended', twice, { rang: PHONES }, { before: BEFORE }));
    expect(hangup && fieldsOf(hangup)).toMatchObject({ CallID: 'c102', CallStatus: 'ANSWER' });
  });

  it('are the same call to whoever reads VoipNow’s events', () => {
    const routes = ['dial-in', 'dial-out', 'hangup', 'answer-in', 'answer-out'];
    const connection = { epochs: 'utc', timeZone: 'UTC', country: 'IL' } as const;
    const ids = {
      id: id<CallId>(over.id),
      connectionId: id<ConnectionId>(over.connectionId),
      vendorCallId: over.vendorCallId,
    };
    const messages = all.flatMap((one) => messagesOf(voipnow, one));
    const legs = messages.flatMap((message, second) => {
      const route = routes[Number(pathOf(message).slice(1))] ?? '';
      const reading = dialectNamed('voipnow')?.read(arrived(message, route), {});
      if (reading?.ok !== true) throw new Error(JSON.stringify(reading));
      return reading.reports.map((report) => normaliseLeg(report, connection, instant(second * 1000)));
    });
    const heard = callView(foldCall(null, legs, ids).call);
    expect(heard).toMatchObject({
      state: 'ended',
      result: 'answered',
      extension: '102',
      direction: 'inbound',
    });
    expect([heard.from.e164, heard.vendorCallId]).toEqual([over.from.e164, over.vendorCallId]);
    expect(heard.legs.map(({ key, extension, state }) => [key, extension, state])).toEqual(
      over.legs.map(({ key, extension, state }) => [key, extension, state]),
    );
    expect(heard.legs.find(({ extension }) => extension === '102')).toMatchObject({ result: 'answered' });
  });

  it('are each told by GlobalEx’s alert', () => {
    const writer = writerOf('globalex', {});
    const alerts = PHONES.map(rings).flatMap((one) => messagesOf(writer, one));
    expect(alerts.map((message) => fieldsOf(message)['ext'])).toEqual(PHONES);
    expect(messagesOf(writer, answered)).toEqual([]);
  });

  it('may have no number, as a queue’s announcement has none', () => {
    const call = callTold({ state: 'ringing', extension: null, answeredAt: null, result: 'unknown' });
    const one = event('call.ringing', call, {
      rang: [],
      ringing: { leg: 'q', extension: null, first: true },
    });
    expect(popped(one)).toEqual([['', 'Ringing']]);
    expect(toldInVoipnow(one)).toEqual([['/0', '', 'CALLING']]);
  });
});
