import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instant, orderOf } from '#domain';
import type { DriverAccount, WantedCall } from '../driver.js';
import { answering, NOW, scriptedPbx } from '../scripted-pbx.fixture.js';
import { phoneCallsIn } from './phone-call.js';
import { isSameParty } from './same-party.js';
import { voipnowDriver as driver } from './voipnow.js';

const CORRELATOR = '019aceb1-2345-7abc-9def-0123456789ab';
const ACCOUNT: DriverAccount = {
  settings: { url: 'https://voipnow.test', organisation: '0003' },
  secrets: { client_id: 'app-key', client_secret: 'app-secret' },
  numbers: 'e164',
  country: 'IL',
  timeZone: 'Asia/Jerusalem',
  token: { value: 'held-token', expiresAt: instant(NOW + 3_600_000) },
};
const CALL = { vendorCallId: 'b817d2618fe6f1804333', extension: '210' };
/** As 4PSA prints one, shortened: names as there. */
const PHONE_CALL = {
  id: CALL.vendorCallId,
  nonce: CORRELATOR,
  extension: '0003*210',
  published: '2026-05-03T09:29:00Z',
  phoneCallView: [
    { id: '00', extension: '0003*211', source: ['0003*211'], destination: ['3334444'], status: 3 },
    {
      id: '01',
      extension: '0003*210',
      source: ['0003*211', '0003*210'],
      destination: ['97231234567'],
      status: '5',
    },
  ],
};
const NOTHING = answering('', 204);

describe('calls that go on', () => {
  it('are listed, one for each extension', async () => {
    const { io, requests } = scriptedPbx({ totalResults: 1, entry: [PHONE_CALL] });
    const told = { vendorCallId: CALL.vendorCallId, correlator: CORRELATOR, startedAt: NOW - 60_000 };
    expect(await driver.listCalls?.(null, ACCOUNT, io)).toEqual({
      kind: 'done',
      calls: [
        { ...told, extension: '0003*211', number: '3334444', state: 'ringing' },
        { ...told, extension: '0003*210', number: '97231234567', state: 'answered' },
      ],
    });
    expect(requests[0]?.url).toContain('/uapi/phoneCalls/@me/@self/?');
  });

  it('are read page after page, and not told where there are too many', async () => {
    const page = { totalResults: 3, entry: { a: PHONE_CALL, b: PHONE_CALL } };
    const rest = { totalResults: 3, entry: { c: PHONE_CALL } };
    const pages = scriptedPbx(page, rest);
    expect(await driver.listCalls?.(null, ACCOUNT, pages.io)).toMatchObject({ kind: 'done' });
    expect(pages.requests[1]?.url).toContain('startIndex=2');
    const endless = scriptedPbx({ totalResults: 9_999, entry: [PHONE_CALL] });
    expect(await driver.listCalls?.(null, ACCOUNT, endless.io)).toMatchObject({ kind: 'unknown' });
  });

  it('are none where the PBX has nothing to tell', async () => {
    const { io } = scriptedPbx(NOTHING);
    expect(await driver.listCalls?.('210', ACCOUNT, io)).toEqual({ kind: 'done', calls: [] });
  });
});

describe('a call', () => {
  it('is ended alone where its id is known, and with all of its extension where not', async () => {
    const { io, requests } = scriptedPbx([{ id: CALL.vendorCallId }]);
    expect(await driver.hangUp?.(CALL, ACCOUNT, io)).toEqual({ kind: 'done', endsAllOfExtension: false });
    const all = await driver.hangUp?.({ ...CALL, vendorCallId: null }, ACCOUNT, io);
    expect(all).toEqual({ kind: 'done', endsAllOfExtension: true });
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `DELETE https://voipnow.test/uapi/phoneCalls/@me/0003*210/${CALL.vendorCallId}/`,
      'DELETE https://voipnow.test/uapi/phoneCalls/@me/0003*210/',
    ]);
  });

  it.each(['', '.', '..'])('is never taken for all calls, were its id "%s"', async (vendorCallId) => {
    const { io, requests } = scriptedPbx([{ id: 'x' }]);
    expect(await driver.hangUp?.({ ...CALL, vendorCallId }, ACCOUNT, io)).toMatchObject({ kind: 'refused' });
    expect(requests).toEqual([]);
  });

  it('that is over cannot be ended', async () => {
    const { io } = scriptedPbx(NOTHING);
    expect(await driver.hangUp?.(CALL, ACCOUNT, io)).toMatchObject({ kind: 'refused' });
  });

  it.each([
    ['on', { action: 'StartRecording', format: 'wav', phoneCallViewId: '01' }],
    ['mute', { action: 'StopRecording', phoneCallViewId: '01' }],
  ] as const)('is recorded from the side of its extension: %s', async (state, body) => {
    const { io, requests } = scriptedPbx(PHONE_CALL);
    expect(await driver.record?.(CALL, state, ACCOUNT, io)).toEqual({ kind: 'done' });
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'PUT']);
    expect(JSON.parse(String(requests[1]?.body))).toEqual(body);
  });

  it('is given away', async () => {
    const { io, requests } = scriptedPbx(PHONE_CALL);
    expect(await driver.transfer?.({ ...CALL, to: '+97231234567' }, ACCOUNT, io)).toEqual({ kind: 'done' });
    expect(JSON.parse(String(requests[0]?.body))).toEqual({
      action: 'Transfer',
      sendCallTo: '97231234567',
      transferFromNumber: '0003*210',
    });
  });
});

describe('extensions and agents', () => {
  it.each([
    ['1', '-1', 'free'],
    ['2', '1', 'ringing'],
    ['3', '1', 'busy'],
    ['0', '1', 'free'],
    ['0', '-2', 'unavailable'],
  ])('presence %s with registration %s is %s', async (status, registration, state) => {
    const { io } = scriptedPbx([{ status, extension: '0003*210', registration: [{ registration }] }]);
    expect(await driver.extensionState?.('210', ACCOUNT, io)).toMatchObject({ kind: 'done', state });
  });

  it.each([
    ['available', '1'],
    ['paused', '2'],
    ['away', '0'],
  ] as const)('an agent who is %s has status %s in the queue', async (standing, status) => {
    const { io, requests } = scriptedPbx([{ agentNumber: '0003*210', status }]);
    const agent = { code: null, extension: '210', queue: '801', standing, status: 3 };
    expect(await driver.setAgentState?.(agent, ACCOUNT, io)).toEqual({ kind: 'done' });
    expect(requests).toMatchObject([{ method: 'PUT', body: JSON.stringify({ status }) }]);
    expect(requests[0]?.url).toBe('https://voipnow.test/uapi/extensions/@me/0003*801/queue/agents/0003*210/');
    const everywhere = scriptedPbx([{ status }], [{ status }]);
    const inAll = { ...ACCOUNT, settings: { ...ACCOUNT.settings, queues: '801, 0003*802' } };
    await driver.setAgentState?.({ ...agent, queue: null }, inAll, everywhere.io);
    expect(everywhere.requests.map(({ url }) => url.split('/')[6])).toEqual(['0003*801', '0003*802']);
    const half = scriptedPbx([{ status }], answering('{"error":{"code":"qag_agent_invalid"}}', 400));
    expect(await driver.setAgentState?.({ ...agent, queue: null }, inAll, half.io)).toMatchObject({
      kind: 'unknown',
    });
    const nowhere = await driver.setAgentState?.({ ...agent, queue: null }, ACCOUNT, io);
    expect(nowhere).toMatchObject({ kind: 'refused' });
  });
});

describe('the history', () => {
  const order = orderOf(
    'call',
    { kind: 'extension', value: '210' },
    { kind: 'number', value: '+972501234567' },
  );
  const wanted: WantedCall = {
    order,
    correlator: CORRELATOR,
    vendorCallId: null,
    from: instant(NOW - 30_000),
    to: NOW,
  };
  const row = {
    id: 'c1',
    published: '2026-05-03T09:29:30Z',
    phoneCallView: [{ source: '0003*210', destination: '0501234567', disposition: '0' }],
  };
  const find = (entry: object, more: Partial<WantedCall> = {}) =>
    driver.findCall?.({ ...wanted, ...more }, ACCOUNT, scriptedPbx({ entry, totalResults: 1 }).io);

  it('is searched by id, by nonce, and by who called whom when', async () => {
    const found = { vendorCallId: 'c1', extension: '0003*210', number: '0501234567', answered: true };
    expect(await find({ c1: row })).toMatchObject({ kind: 'done', call: found });
    const strange = { ...row, phoneCallView: [] };
    expect(await find([strange], { vendorCallId: 'c1' })).toMatchObject({ call: { vendorCallId: 'c1' } });
    expect(await find([{ ...strange, nonce: CORRELATOR }])).toMatchObject({ call: { vendorCallId: 'c1' } });
  });

  it.each<[string, object, Partial<WantedCall>]>([
    ['of another id', row, { vendorCallId: 'c2' }],
    ['of another order', { ...row, nonce: 'another' }, {}],
    ['at another time', { ...row, published: '2026-05-03T09:20:00Z' }, {}],
    ['to somebody else', { ...row, phoneCallView: [{ source: '0003*210', destination: '0507654321' }] }, {}],
    ['of somebody else', { ...row, phoneCallView: [{ source: '0003*211', destination: '0501234567' }] }, {}],
  ])('is not said to hold the call where it holds one %s', async (_, entry, more) => {
    expect(await find([entry], more)).toEqual({ kind: 'done', call: null });
  });

  it('is not said to lack a call where it could not be read whole', async () => {
    const { io } = scriptedPbx({ entry: [{ ...row, nonce: 'another' }], totalResults: 5_000 });
    expect(await driver.findCall?.(wanted, ACCOUNT, io)).toMatchObject({ kind: 'unknown' });
  });

  it('is asked for more than the time, as nobody says whose clock it means', async () => {
    const { io, requests } = scriptedPbx(NOTHING);
    await driver.findCall?.(wanted, ACCOUNT, io);
    const { searchParams } = new URL(requests[0]?.url ?? '');
    expect(searchParams.get('saveStartDate')).toBe('2026-05-02T19:29:30');
    expect(searchParams.get('saveEndDate')).toBe('2026-05-04T03:30:00');
  });
});

describe('what is read', () => {
  it('has times with a zone, and without one those of the connection', () => {
    const at = (published: string) => phoneCallsIn([{ published }], 'Asia/Jerusalem')[0]?.publishedAt;
    expect(at('2026-05-03T12:30:00+03:00')).toBe(NOW);
    expect(at('2026-05-03T12:30:00')).toBe(NOW);
    expect(at('yesterday')).toBeNull();
  });

  it('may be anything', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(Array.isArray(phoneCallsIn(value, 'UTC'))).toBe(true);
      }),
    );
  });

  it.each([
    ['972501234567', '0501234567', true],
    ['+972501234567', '00972501234567', true],
    ['0501234567', '0501234568', false],
    ['0003*210', '210', true],
    ['0003*210', '0004*210', false],
    ['210', '1210', false],
  ])('%s and %s are the same party: %s', (one, other, same) => {
    expect(isSameParty(one, other)).toBe(same);
    expect(isSameParty(other, one)).toBe(same);
  });
});
