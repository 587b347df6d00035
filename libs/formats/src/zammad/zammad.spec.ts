import { readParty } from '#domain';
import { callTold, eventTold } from '../conformance/told-call.fixture.js';
import { OWN_URL, messagesOf, writerOf } from '../conformance/written.fixture.js';

const CALL_ID = '019a9e5c-7a00-7000-8000-000000000000';
const agent = { code: '7', name: 'Emma Taylor' };
const told = (type: string, call = callTold(), sequence = 2) =>
  messagesOf(writerOf('zammad', {}), eventTold(call, { type, sequence })).map(
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
    expect(told('call.ringing', call, 1)).toEqual([{ event: 'newCall', ...shared, queue: 'sales' }]);
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

  it('are caught up with, in order, where the end is the first that a PBX tells of a call', () => {
    const names = (call = callTold()) => told('call.ended', call, 1).map(({ event }) => event);
    expect(names()).toEqual(['newCall', 'answer', 'hangup']);
    expect(names(callTold({ result: 'missed', answeredAt: null }))).toEqual(['newCall', 'hangup']);
    expect(writerOf('zammad', {}).write(eventTold(callTold()), OWN_URL)).toMatchObject({
      independent: false,
    });
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
    expect([...told('call.missed'), ...told('call.updated')]).toEqual([]);
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
    expect(told('call.ended', callTold({ result, vendorStatus, answeredAt }))[0]).toMatchObject({ cause });
  });
});

it('takes what Zammad asks of a PBX for yes, and an error for no', () => {
  const { readReply } = writerOf('zammad', {});
  const verdict = (body: string) => readReply({ status: 200, headers: {}, body }, 'newCall');
  for (const body of ['{}', '', '{"action":"reject","reason":"busy"}'])
    expect(verdict(body)).toEqual({ ok: true });
  expect(verdict('{"error":"Feature is disabled"}')).toEqual({ ok: false, reason: 'Feature is disabled' });
});
