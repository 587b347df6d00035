import { describe, expect, it } from '@jest/globals';
import { instant, orderOf, type Order } from '#domain';
import type { Sent } from '#platform';
import type { DriverAccount, DriverIo } from '../driver.js';
import { answering, failing, NOW, scriptedPbx } from '../scripted-pbx.fixture.js';
import { voipnowDriver } from './voipnow.js';

const CORRELATOR = '019aceb1-2345-7abc-9def-0123456789ab';
const HOUR_MS = 3_600_000;
const ACCOUNT: DriverAccount = {
  settings: {
    url: 'https://voipnow.test/',
    organisation: '0003',
    callback_extension: '900',
    conference_extension: '0003*901',
  },
  secrets: { client_id: 'app-key', client_secret: 'app-secret', conference_pin: '2233' },
  numbers: 'e164',
  country: 'IL',
  timeZone: 'Asia/Jerusalem',
  token: { value: 'held-token', expiresAt: instant(NOW + HOUR_MS) },
};
const EXTENSION = { kind: 'extension', value: '210' } as const;
const NUMBER = { kind: 'number', value: '+972501234567' } as const;
const OTHER = { kind: 'number', value: '+97231234567' } as const;
const PLACED = [{ id: 'b817d2618fe6f1804333', nonce: CORRELATOR, extension: '0003*210' }];
const TOKEN = { access_token: 'new-token', expires_in: '3600', token_type: 'Bearer' };
const EXPIRED = answering('{"error":{"code":"access_token_invalid","message":"It has expired."}}', 401);

/** What was asked, after the driver has placed the order. */
async function placing(order: Order, account = ACCOUNT, ...answers: (object | Sent)[]) {
  const { io, requests } = scriptedPbx(...(answers.length > 0 ? answers : [PLACED]));
  const answer = await voipnowDriver.place(order, CORRELATOR, account, io);
  return { answer, asked: requests.map(asRead), requests };
}

function asRead({ method, url, body }: { method: string; url: string; body?: unknown }) {
  const text = typeof body === 'string' ? body : null;
  const isJson = text?.startsWith('{') === true;
  return { method, url, body: isJson && text !== null ? (JSON.parse(text) as object) : text };
}

describe('an order', () => {
  it('rings the extension first, then the number, under our nonce', async () => {
    const order = orderOf('call', EXTENSION, NUMBER, {
      callerId: { first: '+972501234567', second: '+97231234567' },
      callerName: { first: 'Dana Levi (VIP)', second: null },
      ringSeconds: { first: 25, second: null },
      maxSeconds: 600,
    });
    const { answer, asked } = await placing(order);
    expect(answer).toEqual({ kind: 'done', vendorCallId: 'b817d2618fe6f1804333' });
    expect(asked).toEqual([
      {
        method: 'POST',
        url: 'https://voipnow.test/uapi/phoneCalls/@me/simple/?waitForPickup=25&callDuration=600',
        body: {
          extension: '0003*210',
          phoneCallView: [
            {
              source: ['0003*210'],
              destination: ['972501234567'],
              callerId: 'Dana Levi VIP <+972501234567>',
              callerDestination: 'Call <+97231234567>',
            },
          ],
          nonce: CORRELATOR,
        },
      },
    ]);
  });

  it('may ring the customer first: the extension is charged all the same', async () => {
    const { asked } = await placing(orderOf('call', NUMBER, { kind: 'extension', value: '0007*211' }));
    expect(asked[0]).toMatchObject({
      url: 'https://voipnow.test/uapi/phoneCalls/@me/simple/',
      body: {
        extension: '0007*211',
        phoneCallView: [{ source: ['972501234567'], destination: ['0007*211'] }],
      },
    });
  });

  it('between two numbers is a callback, by the extension that is set up for it', async () => {
    const { asked } = await placing(orderOf('call', NUMBER, OTHER));
    expect(asked[0]).toMatchObject({
      url: 'https://voipnow.test/uapi/phoneCalls/@me/callback/',
      body: { extension: '0003*900', phoneCallView: [{ source: ['972501234567'] }] },
    });
  });

  it('invites a number into a room, by the extension that is set up for it', async () => {
    const { asked } = await placing(orderOf('conference', NUMBER, null, { conferenceRoom: '3' }));
    expect(asked[0]).toMatchObject({
      url: 'https://voipnow.test/uapi/phoneCalls/@me/conferenceInvite/?number=3&pin=2233',
      body: { extension: '0003*901', phoneCallView: [{ destination: ['972501234567'] }] },
    });
  });

  it.each<[string, Order]>([
    ['of a trunk', orderOf('call', { kind: 'trunk', value: 't1' }, EXTENSION)],
    ['between numbers where no extension is set up', orderOf('call', NUMBER, OTHER)],
    ['of a room where no extension is set up', orderOf('conference', NUMBER, null)],
    ['of one party', orderOf('call', EXTENSION, null)],
  ])('%s is refused, and nothing is sent', async (_, order) => {
    const account = { ...ACCOUNT, settings: { url: 'https://voipnow.test' } };
    const { answer, asked } = await placing(order, account);
    expect(answer).toMatchObject({ kind: 'refused' });
    expect(asked).toEqual([]);
  });

  it('is not sent where the phone is to be there and is not', async () => {
    const order = orderOf('call', EXTENSION, NUMBER, { checkDevice: { first: true, second: true } });
    const away = { extension: '0003*210', status: '0', registration: [{ registration: '-1' }] };
    const { answer, asked } = await placing(order, ACCOUNT, { entry: [away] });
    expect(answer).toMatchObject({ kind: 'refused', offline: true });
    expect(asked).toMatchObject([{ method: 'GET' }]);
    const unclear = await placing(order, ACCOUNT, answering('', 503));
    expect(unclear.answer).toMatchObject({ kind: 'refused' });
    const there = await placing(order, ACCOUNT, { entry: [{ ...away, status: '1' }] }, PLACED);
    expect(there.answer.kind).toBe('done');
  });

  it("tells the vendor's words when it is refused", async () => {
    const error = { code: 'extension_invalid', message: 'Parameter extension is invalid.' };
    const { answer } = await placing(
      orderOf('call', EXTENSION, NUMBER),
      ACCOUNT,
      answering(JSON.stringify({ error }), 400),
    );
    expect(answer).toMatchObject({ kind: 'refused', code: error.code, text: error.message });
  });

  it('that the PBX took without naming a call is unknown, but for one under our nonce', async () => {
    const order = orderOf('call', EXTENSION, NUMBER);
    expect((await placing(order, ACCOUNT, [])).answer.kind).toBe('unknown');
    expect((await placing(order, ACCOUNT, [{ extension: '0003*210' }])).answer.kind).toBe('unknown');
    expect((await placing(order, ACCOUNT, [{ nonce: CORRELATOR }])).answer).toEqual({
      kind: 'done',
      vendorCallId: null,
    });
  });
});

describe('the token', () => {
  const order = orderOf('call', EXTENSION, NUMBER);
  const bare = { ...ACCOUNT, token: null };

  it('is traded for the secret of the app, kept, and shown', async () => {
    const { io, requests } = scriptedPbx(TOKEN, PLACED);
    const kept: unknown[] = [];
    const keeping: DriverIo = { ...io, keepToken: (token) => Promise.resolve(void kept.push(token)) };
    await voipnowDriver.place(order, CORRELATOR, bare, keeping);
    expect(requests.map(({ url }) => url)).toEqual([
      'https://voipnow.test/oauth/token.php',
      'https://voipnow.test/uapi/phoneCalls/@me/simple/',
    ]);
    expect(Object.fromEntries(new URLSearchParams(String(requests[0]?.body)))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'app-key',
      client_secret: 'app-secret',
      type: 'unifiedapi',
      redirect_uri: 'https://voipnow.test/oauth/token.php',
    });
    expect(requests[1]?.headers['authorization']).toBe('Bearer new-token');
    expect(kept).toEqual([{ value: 'new-token', expiresAt: NOW + HOUR_MS }]);
  });

  it('is renewed before it ends, and once where it is taken no more', async () => {
    const ending = { ...ACCOUNT, token: { value: 'old', expiresAt: instant(NOW + 30_000) } };
    expect((await placing(order, ending, TOKEN, PLACED)).asked).toHaveLength(2);
    const renewed = await placing(order, ACCOUNT, EXPIRED, answering(JSON.stringify(TOKEN)), PLACED);
    expect(renewed.answer.kind).toBe('done');
    expect(renewed.asked).toHaveLength(3);
    const refused = await placing(order, ACCOUNT, EXPIRED, answering(JSON.stringify(TOKEN)), EXPIRED);
    expect(refused.answer).toMatchObject({ kind: 'refused', code: 'access_token_invalid' });
    expect(refused.asked).toHaveLength(3);
  });

  it.each<[string, Sent]>([
    ['no answer in time', failing('timeout', 'sent')],
    ['HTTP 500', answering('', 500)],
    ['a wrong secret', answering('{"error":"invalid_client"}', 401)],
    ['one that no header can hold', answering('{"access_token":"a\\r\\nb: c"}')],
  ])('that cannot be had is a refusal, as nothing was dialled: %s', async (_, sent) => {
    const { answer, asked } = await placing(order, bare, sent);
    expect(answer).toMatchObject({ kind: 'refused' });
    expect(asked).toHaveLength(1);
  });

  it('that is new is told to nobody, also where the PBX echoes it', async () => {
    const echo = answering('{"error":{"code":"x","message":"new-token and app-secret are wrong"}}', 400);
    const { answer } = await placing(order, bare, TOKEN, echo);
    expect(JSON.stringify(answer)).not.toMatch(/new-token|app-secret/);
  });

  it('does not give an order more time than it has', async () => {
    let now = NOW as number;
    const { io, requests } = scriptedPbx(TOKEN, PLACED);
    const send: DriverIo['send'] = (request) => {
      now += 4_000;
      return io.send(request);
    };
    const slow: DriverIo = { ...io, send, now: () => instant(now) };
    await voipnowDriver.place(order, CORRELATOR, bare, slow);
    expect(requests.map(({ timeoutMs }) => timeoutMs)).toEqual([5_000, 1_000]);
  });
});
