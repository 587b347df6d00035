import type net from 'node:net';
import http from 'node:http';
import { parseCidrList } from './address-guard.js';
import { Connection } from './connection.js';
import { plainDialler } from './dialler.js';
import { guardedLookup } from './guarded-lookup.js';
import { listening, scripted, until } from './http-sender.fixture.js';
import type { ResolveHost } from './resolve-host.js';

const LOOPBACK = parseCidrList('127.0.0.0/8');

function connectionTo(origin: string, resolve: ResolveHost, allow = LOOPBACK): Connection {
  const lookup = guardedLookup({ resolve, allow, budgetMs: 1_000 });
  const dialler = plainDialler({ lookup, timeout: 5_000, rejectUnauthorized: true });
  const place = { key: origin, origin, dialler };
  return new Connection(place, { allow, keepAliveMs: 5_000, onClosed: () => undefined });
}

const get = async (connection: Connection): Promise<number> => {
  const { statusCode, body } = await connection.client.request({ method: 'GET', path: '/' });
  await body.dump();
  return statusCode;
};

describe('a kept connection that is opened again', () => {
  async function server(): Promise<{ port: number; sockets: net.Socket[] }> {
    const sockets: net.Socket[] = [];
    const port = await listening(
      http
        .createServer((_request, response) => response.end())
        .on('connection', (socket: net.Socket) => {
          sockets.push(socket);
        }),
    );
    return { port, sockets };
  }

  /** The server hangs up, and we have noticed. */
  async function hangUp(connection: Connection, socket: net.Socket | undefined): Promise<void> {
    let isGone = false;
    connection.client.once('disconnect', () => (isGone = true));
    socket?.destroy();
    await until(() => isGone);
  }

  it('has its name judged anew: an answer that has become private leads nowhere', async () => {
    const { port, sockets } = await server();
    const resolve = scripted(['127.0.0.1'], ['127.0.0.1'], ['169.254.169.254']);
    const connection = connectionTo(`http://crm.test:${port}`, resolve);
    expect(await get(connection)).toBe(200);
    await hangUp(connection, sockets[0]);
    expect(await get(connection)).toBe(200);
    await hangUp(connection, sockets[1]);
    await expect(get(connection)).rejects.toMatchObject({ why: 'blocked' });
    expect([sockets.length, resolve.asked.length]).toEqual([2, 3]);
    connection.destroy();
  });

  it('goes to the address that was judged, and to none that is answered later', async () => {
    const { port, sockets } = await server();
    // Nobody may ask again between judging and connecting: the second answer would be an address where nobody listens.
    const resolve = scripted(['127.0.0.1'], ['127.0.0.2']);
    const connection = connectionTo(`http://crm.test:${port}`, resolve);
    expect(await get(connection)).toBe(200);
    expect([sockets.length, sockets[0]?.localAddress, connection.ip]).toEqual([1, '127.0.0.1', '127.0.0.1']);
    expect(resolve.asked).toEqual(['crm.test']);
    connection.destroy();
  });
});

describe('a connection to an address that is written out', () => {
  it.each([
    'http://127.0.0.1:8080',
    'http://[::1]:8080',
    'http://[::ffff:127.0.0.1]:8080',
    'https://10.0.0.1',
  ])('%s is judged by itself, were it not looked at before', async (origin) => {
    const resolve = scripted(['8.8.8.8']);
    const connection = connectionTo(origin, resolve, []);
    await expect(get(connection)).rejects.toMatchObject({ why: 'blocked' });
    expect(resolve.asked).toEqual([]);
    connection.destroy();
  });
});
