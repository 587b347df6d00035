/** What VoipNow's driver and its simulated UnifiedAPI say to each other beyond what every vendor's do. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { instant, orderOf, type Order } from '#domain';
import { driverOf, type DriverAccount, type DriverIo, type PbxDriver } from '#pbx';
import { HttpSender, targetPolicy } from '#platform';
import { ApiServer, type ApiServerOptions } from '../api-server.js';

const CORRELATOR = '019aceb1-2345-7abc-9def-0123456789ab';
const START = Date.UTC(2026, 4, 3, 9, 30);
const AGENT = { kind: 'extension', value: '101' } as const;
const NUMBER = { kind: 'number', value: '+972501234500' } as const;
const OTHER = { kind: 'number', value: '+97231234567' } as const;
const HOUR_MS = 3_600_000;
const driver = driverOf('voipnow') as PbxDriver & Required<Pick<PbxDriver, 'transfer' | 'hangUp'>>;

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function rig(options: Partial<ApiServerOptions> = {}) {
  const server = new ApiServer({ vendor: 'voipnow', now: () => START, ...options });
  const sender = new HttpSender({ policy: targetPolicy(['127.0.0.0/8']) });
  closers.push(() => server.close());
  closers.push(() => {
    sender.close();
  });
  const url = await server.listen();
  const kept: NonNullable<DriverAccount['token']>[] = [];
  const account: DriverAccount = {
    settings: { ...server.account.settings, url },
    secrets: server.account.secrets,
    numbers: 'e164',
    country: 'IL',
    timeZone: 'Asia/Jerusalem',
    token: null,
  };
  const io: DriverIo = {
    send: (request) => sender.send(request),
    now: () => instant(START),
    timeoutMs: 5_000,
    keepToken: (token) => Promise.resolve(void kept.push(token)),
  };
  const place = (order: Order, of = account) => driver.place(order, CORRELATOR, of, io);
  const asked = () => server.requests.map(({ method, path }) => `${method} ${path}`);
  return { server, account, io, kept, place, asked };
}

const SIMPLE = 'POST /uapi/phoneCalls/@me/simple/';
const TRADE = 'POST /oauth/token.php';

describe('a token', () => {
  it('that is kept is used again', async () => {
    const { account, kept, place, asked } = await rig();
    await place(orderOf('call', AGENT, NUMBER));
    const [token = null] = kept;
    await place(orderOf('call', AGENT, NUMBER), { ...account, token });
    expect(asked()).toEqual([TRADE, SIMPLE, SIMPLE]);
    expect(token?.expiresAt).toBe(START + HOUR_MS);
  });

  it('that is taken no more is renewed, and the call placed once', async () => {
    const { server, account, kept, place, asked } = await rig();
    const token = { value: 'of-last-week', expiresAt: instant(START + HOUR_MS) };
    expect(await place(orderOf('call', AGENT, NUMBER), { ...account, token })).toMatchObject({
      kind: 'done',
    });
    expect(asked()).toEqual([SIMPLE, TRADE, SIMPLE]);
    expect(server.placedTo(NUMBER.value)).toBe(1);
    expect(kept).toHaveLength(1);
  });

  it('that was renewed does not have a call placed twice whose answer was lost', async () => {
    const { server, account, place, asked } = await rig();
    const token = { value: 'of-last-week', expiresAt: instant(START + HOUR_MS) };
    const lost = { kind: 'number', value: '+972501234533' } as const;
    expect(await place(orderOf('call', AGENT, lost), { ...account, token })).toMatchObject({
      kind: 'unknown',
    });
    expect(asked()).toEqual([SIMPLE, TRADE, SIMPLE]);
    expect(server.placedTo(lost.value)).toBe(1);
  });
});

describe('a call', () => {
  it.each<[string, Order, string]>([
    ['between two numbers', orderOf('call', NUMBER, OTHER), 'callback'],
    ['into a room', orderOf('conference', NUMBER, null, { conferenceRoom: '3' }), 'conferenceInvite'],
    ['to a colleague', orderOf('call', AGENT, { kind: 'extension', value: '102' }), 'simple'],
    ['to a queue', orderOf('call', AGENT, { kind: 'queue', value: '801' }), 'simple'],
  ])('%s is placed', async (_, order, way) => {
    const { server, place, asked } = await rig();
    expect(await place(order)).toMatchObject({ kind: 'done' });
    expect(asked()).toEqual([TRADE, `POST /uapi/phoneCalls/@me/${way}/`]);
    expect(server.desk.calls).toHaveLength(1);
  });

  it('is placed where the phone is there', async () => {
    const { place, asked } = await rig();
    const checkDevice = { first: true, second: false };
    expect(await place(orderOf('call', AGENT, NUMBER, { checkDevice }))).toMatchObject({ kind: 'done' });
    expect(asked()).toEqual([TRADE, 'GET /uapi/extensions/@me/0003*101/presence/', SIMPLE]);
  });

  it('is given away while it goes on, and not when it is over', async () => {
    const { server, account, io, place } = await rig();
    await place(orderOf('call', AGENT, NUMBER));
    const call = { vendorCallId: server.desk.calls[0]?.id ?? '', extension: '101' };
    expect(await driver.transfer({ ...call, to: '102' }, account, io)).toEqual({ kind: 'done' });
    expect(await driver.hangUp(call, account, io)).toEqual({ kind: 'done', endsAllOfExtension: false });
    expect(await driver.transfer({ ...call, to: '102' }, account, io)).toMatchObject({ kind: 'refused' });
    expect(await driver.hangUp(call, account, io)).toMatchObject({ kind: 'refused' });
  });

  it('is told of by webhooks that name it as the order was answered', async () => {
    const told: URLSearchParams[] = [];
    const ingressUrl = await ingress((event) => told.push(event));
    const { server, place } = await rig({ ingressUrl, speed: Infinity });
    const placed = await place(orderOf('call', AGENT, NUMBER));
    await server.told();
    expect(told.map((event) => event.get('CallStatus'))).toEqual(['CALLING', 'ANSWER', 'ANSWER']);
    const ids = new Set(told.map((event) => event.get('CallAPIID')));
    expect(placed).toEqual({ kind: 'done', vendorCallId: [...ids][0] });
    expect(ids.size).toBe(1);
  });
});

describe('the simulated API', () => {
  it.each<[string, string, object | null, number]>([
    ['a body that is none', 'phoneCalls/@me/simple', null, 400],
    ['a field that it has not', 'phoneCalls/@me/simple', { ...body(), colour: 'red' }, 400],
    ['a foreign extension', 'phoneCalls/@me/simple', { ...body(), extension: '0004*101' }, 400],
    ['a callback by a phone terminal', 'phoneCalls/@me/callback', body(), 400],
    ['a parameter that it has not', 'phoneCalls/@me/simple?colour=red', body(), 400],
    ['a user that is none', 'phoneCalls/@you/simple', body(), 400],
    ['a way that it has not', 'phoneCalls/@me/shouting', body(), 404],
  ])('refuses %s', async (_, path, said, status) => {
    const { server, account, kept, io } = await rig();
    await driver.probe(account, io);
    const url = String(account.settings['url']);
    const ask = (token: string) =>
      fetch(`${url}/uapi/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: said === null ? 'nothing' : JSON.stringify(said),
      });
    expect((await ask(kept[0]?.value ?? '')).status).toBe(status);
    expect((await ask('wrong')).status).toBe(401);
    expect(server.desk.calls).toHaveLength(0);
  });
});

function body() {
  const view = { source: ['0003*101'], destination: ['972501234500'] };
  return { extension: '0003*101', phoneCallView: [view], nonce: CORRELATOR };
}

/** Takes webhooks. @returns its URL */
async function ingress(take: (event: URLSearchParams) => void): Promise<string> {
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [, query = ''] = (request.url ?? '').split('?');
      take(new URLSearchParams(chunks.length > 0 ? Buffer.concat(chunks).toString() : query));
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  );
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
