import { readParty, type CallView } from '#domain';
import { callTold, eventTold, legTold } from '../conformance/told-call.fixture.js';
import type { ToldBefore } from '../format.js';
import { OWN_URL, messagesOf, writerOf } from '../conformance/written.fixture.js';

const CALL_ID = '019a9e5c-7a00-7000-8000-000000000000';
const agent = { code: '7', name: 'Emma Taylor' };
/** By default to a Zammad that has heard of the call and of its answer. */
const OPENED = { events: ['call.ringing', 'call.answered'], messages: [] };
const told = (type: string, call = callTold(), before: ToldBefore = OPENED) =>
  messagesOf(writerOf('zammad', {}), eventTold(call, { type, before })).map(
    ({ body }) => JSON.parse(body ?? '') as Record<string, unknown>,
  );

describe('the events of Zammad’s generic CTI', () => {
  it('are its documentation’s: newCall, answer, hangup', () => {
    const call = callTold({ agent, queue: { id: '1', name: 'sales' } });
    const shared = {
      from: '972523258000',
      to: '972722776772',
      direction: 'in',
      callId: CALL_ID,
      user: 'Emma Taylor',
    };
    expect(told('call.ringing', call)).toEqual([{ event: 'newCall', ...shared, queue: 'sales' }]);
    expect(told('call.answered', call)).toEqual([{ event: 'answer', ...shared, answeringNumber: '101' }]);
    expect(told('call.ended', call)).toEqual([
      { event: 'hangup', ...shared, cause: 'normalClearing', answeringNumber: '101' },
    ]);
  });

  it('as a form list the users', () => {
    const [message] = messagesOf(
      writerOf('zammad', { encoding: 'form' }),
      eventTold(callTold({ agent }), { type: 'call.ringing' }),
    );
    expect(message?.url).toBe(OWN_URL);
    expect(message?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect([...new URLSearchParams(message?.body ?? '')]).toEqual([
      ['event', 'newCall'],
      ['from', '972523258000'],
      ['to', '972722776772'],
      ['direction', 'in'],
      ['callId', CALL_ID],
      ['user[]', 'Emma Taylor'],
    ]);
  });

  const MISSED = { result: 'missed', answeredAt: null } as const;
  it.each<[type: string, call: Partial<CallView>, events: string[], messages: string[], sent: string[]]>([
    ['call.ringing', {}, [], [], ['newCall']],
    ['call.answered', {}, [], [], ['newCall', 'answer']],
    ['call.answered', {}, ['queue.joined', 'ivr.input'], [], ['newCall', 'answer']],
    ['call.answered', {}, ['call.ringing'], [], ['answer']],
    ['call.answered', {}, [], ['newCall'], ['answer']],
    ['call.ended', {}, [], [], ['newCall', 'answer', 'hangup']],
    ['call.ended', MISSED, [], [], ['newCall', 'hangup']],
    ['call.ended', MISSED, ['queue.joined', 'queue.left'], [], ['newCall', 'hangup']],
    ['call.ended', {}, ['call.ringing'], [], ['answer', 'hangup']],
    ['call.ended', {}, ['call.answered'], [], ['hangup']],
    ['call.ended', {}, [], ['newCall', 'answer'], ['hangup']],
    ['call.ended', { result: 'voicemail' }, ['call.answered'], [], ['answer', 'hangup']],
    ['call.missed', MISSED, [], [], ['newCall', 'hangup']],
    ['call.missed', MISSED, ['call.ringing'], [], ['hangup']],
    ['call.missed', MISSED, ['call.ended'], [], []],
    ['call.updated', {}, [], [], []],
    ['queue.joined', {}, [], [], []],
  ])('for %s of a call %j, after the events %j and the messages %j, are %j', (...row) => {
    const [type, traits, events, messages, sent] = row;
    expect(told(type, callTold(traits), { events, messages }).map(({ event }) => event)).toEqual(sent);
  });

  it('open the call with the first phone of a group that rings, and with no other', () => {
    const ringing = (first: boolean) => ({ ...callTold(), ringing: { leg: 'a', extension: '101', first } });
    const sent = (first: boolean, before: ToldBefore) =>
      told('call.ringing', ringing(first), before).map(({ event }) => event);
    expect(sent(true, OPENED)).toEqual(['newCall']);
    expect(sent(false, OPENED)).toEqual([]);
    expect(sent(false, { events: [], messages: [] })).toEqual(['newCall']);
  });

  it('depend on each other', () => {
    const writer = writerOf('zammad', {});
    expect(writer.buildsUpon?.(eventTold(callTold()))).toBe(true);
    expect(writer.write(eventTold(callTold()), OWN_URL)).toMatchObject({ independent: false });
  });

  it.each(['json', 'form'])(
    'name one person where one took the call, and whose phones rang, as %s',
    (encoding) => {
      const legs = ['Emma', 'Dana', 'Emma'].map((name, at) =>
        legTold(String(at), { agent: { code: '1', name } }),
      );
      const call = callTold({ agent, legs });
      const bodies = messagesOf(writerOf('zammad', { encoding }), eventTold(call)).map(
        ({ body }) => body ?? '',
      );
      const users = bodies.map((body) =>
        encoding === 'json'
          ? (JSON.parse(body) as { user: unknown }).user
          : [...new URLSearchParams(body)].filter(([name]) => name.startsWith('user')),
      );
      const one = encoding === 'json' ? 'Emma Taylor' : [['user', 'Emma Taylor']];
      const all = ['Emma', 'Dana', 'Emma Taylor'];
      expect(users).toEqual([encoding === 'json' ? all : all.map((name) => ['user[]', name]), one, one]);
    },
  );

  it('call the voicemail by the name that Zammad knows, and no extension', () => {
    expect(told('call.ended', callTold({ result: 'voicemail', agent }))).toMatchObject([
      { event: 'answer', user: 'voicemail' },
      { event: 'hangup', user: 'voicemail', cause: 'normalClearing' },
    ]);
    expect(JSON.stringify(told('call.ended', callTold({ result: 'voicemail', agent })))).not.toContain(
      'answeringNumber',
    );
  });

  it('go out where one of ours called, inside the house as well', () => {
    expect(told('call.ringing', callTold({ direction: 'outbound' }))[0]).toMatchObject({ direction: 'out' });
    expect(told('call.ringing', callTold({ direction: 'internal' }))[0]).toMatchObject({ direction: 'out' });
  });

  it.each(['', 'Anonymous', 'Restricted'])('call the caller %j anonymous', (from) => {
    expect(told('call.ringing', callTold({ from: readParty(from, 'IL') }))[0]).toMatchObject({
      from: 'anonymous',
    });
  });

  it('say nothing of what Zammad has no event for', () => {
    expect([...told('call.updated'), ...told('ivr.input')]).toEqual([]);
  });
});

describe('the cause of a hangup', () => {
  it.each([
    ['answered', '', 'normalClearing'],
    ['voicemail', '', 'normalClearing'],
    ['busy', 'BUSY', 'busy'],
    ['missed', 'NOANSWER', 'noAnswer'],
    ['missed', 'CANCEL', 'cancel'],
    ['abandoned', 'ABANDONE', 'cancel'],
    ['cancelled', '', 'cancel'],
    ['failed', 'CONGESTION', 'congestion'],
    ['failed', 'CHANUNAVAIL', 'notFound'],
    ['unknown', '', 'cancel'],
  ] as const)('of %s (%s) is %s', (result, vendorStatus, cause) => {
    const answeredAt = result === 'answered' ? '2026-11-21T09:29:00.000Z' : null;
    expect(told('call.ended', callTold({ result, vendorStatus, answeredAt })).at(-1)).toMatchObject({
      cause,
    });
  });
});

it('takes what Zammad asks of a PBX for yes, and an error for no', () => {
  const { readReply } = writerOf('zammad', {});
  const verdict = (body: string) => readReply({ status: 200, headers: {}, body }, 'newCall');
  for (const body of ['{}', '', '{"action":"reject","reason":"busy"}'])
    expect(verdict(body)).toEqual({ ok: true });
  expect(verdict('{"error":"Feature is disabled"}')).toEqual({ ok: false, reason: 'Feature is disabled' });
});

describe('an error of Zammad’s own code', () => {
  const EXISTS = '{"error":"call_id 7 already exists!"}';
  const UNKNOWN = '{"error":"No such call_id 7"}';
  const FINAL = { kind: 'final', reason: 'No such call_id 7' };

  it.each<[key: string, body: string, verdict: object | undefined]>([
    ['newCall', EXISTS, { kind: 'known' }],
    ['newCall', '{"error":"Object already exists!"}', { kind: 'known' }],
    ['answer', EXISTS, undefined],
    ['newCall', UNKNOWN, undefined],
    ['answer', UNKNOWN, FINAL],
    ['hangup', UNKNOWN, FINAL],
    ['hangup', '{"error":"Error ID x: Please contact your administrator."}', undefined],
    ['hangup', '<html>No such call_id</html>', undefined],
    ['hangup', '{"error":7}', undefined],
    ['hangup', '', undefined],
  ])('to %s: %s', (key, body, verdict) => {
    const { readRefusal, readReply } = writerOf('zammad', {});
    expect(readRefusal?.({ status: 500, headers: {}, body }, key)).toEqual(verdict);
    if (verdict === undefined) return;
    expect(readReply({ status: 200, headers: {}, body }, key)).toEqual(
      verdict === FINAL ? { ok: false, reason: FINAL.reason, final: true } : { ok: true },
    );
  });
});
