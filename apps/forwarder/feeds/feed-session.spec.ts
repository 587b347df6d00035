import { describe, expect, it } from '@jest/globals';
import { instant, type Instant } from '#domain';
import type { OpenSocket, SocketEars } from '#platform';
import type { FeedLogin, FeedNews } from '#pbx';
import { FeedSession, type FeedSessionParts } from './feed-session.js';

const LOGIN: FeedLogin = { url: 'https://pbx.test', query: { token: 't' }, expiresAt: null };
const PHONES: FeedNews = { kind: 'phones', phones: [], isAll: true };
const news = (name: string): FeedNews | undefined =>
  ({
    all: PHONES,
    changed: { kind: 'say', name: 'resync', data: {} } as const,
    no: { kind: 'refused', reason: 'No.' } as const,
  })[name];

interface Server {
  url: string;
  ears: SocketEars;
  said: string[];
  isClosed: boolean;
}

/** @param speak  what the server does with each connection */
function session(speak: (server: Server) => void, traits: Partial<FeedSessionParts> = {}, login = LOGIN) {
  const servers: Server[] = [];
  let heard = 0;
  const time = { now: instant(1_000_000) };
  const open = (url: string, ears: SocketEars): OpenSocket => {
    const server: Server = { url, ears, said: [], isClosed: false };
    servers.push(server);
    queueMicrotask(() => {
      speak(server);
    });
    return { send: (message) => void server.said.push(message), close: () => void (server.isClosed = true) };
  };
  const end = FeedSession.run(
    {
      sockets: { open },
      clock: { now: (): Instant => time.now },
      delay: (ms) => {
        time.now = instant(time.now + ms);
        return new Promise((resolve) => setImmediate(resolve));
      },
      read: (name) => news(name),
      heard: () => {
        heard += 1;
        return Promise.resolve();
      },
      isOver: () => false,
      ...traits,
    },
    login,
  );
  return { servers, end, heard: () => heard, time };
}

const opened = '0{"pingInterval":1000,"pingTimeout":1000}';
const event = (name: string) => `42${JSON.stringify([name, {}])}`;

describe('a session with a PBX’s channel', () => {
  it('hears what it tells, asks for all when told to, and ends when it is told no more', async () => {
    const { servers, end, heard } = session(({ ears }) => {
      for (const said of [
        opened,
        '40',
        event('all'),
        event('changed'),
        event('other'),
        event('no'),
        event('all'),
      ]) {
        ears.text(said);
      }
    });
    expect(await end).toMatchObject({ kind: 'refused', reason: 'No.' });
    expect(heard()).toBe(1);
    expect(servers).toMatchObject([{ said: ['42["resync",{}]'], isClosed: true }]);
    expect(servers[0]?.url).toContain('EIO=3');
  });

  it('pings by the older protocol, and answers pings', async () => {
    const { servers, end } = session(({ ears }) => {
      ears.text(opened);
      ears.text('2');
    });
    expect(await end).toMatchObject({ kind: 'broken', reason: 'The PBX fell silent.' });
    expect(servers[0]?.said.slice(0, 2)).toEqual(['3', '2']);
  });

  it('speaks the newer protocol to a server that does not know the older one', async () => {
    const { servers, end } = session(({ url, ears, said }) => {
      if (url.includes('EIO=3')) {
        ears.ended('The connection failed.');
        return;
      }
      ears.text(opened);
      expect(said).toEqual(['40']);
      ears.text('44{"message":"no"}');
    });
    expect(await end).toMatchObject({ kind: 'refused' });
    expect(servers).toHaveLength(2);
  });

  it('logs in again before it has to', async () => {
    const login = { ...LOGIN, expiresAt: instant(1_000_000) };
    const { end, time } = session(
      ({ ears }) => {
        ears.text('0{"pingInterval":300000}');
      },
      {},
      login,
    );
    expect(await end).toEqual({ kind: 'expired' });
    // However soon it says that is, not at once.
    expect(time.now).toBe(1_010_000);
  });

  it('ends when we want it to, and with what goes wrong here', async () => {
    expect(await session(() => undefined, { isOver: () => true }).end).toEqual({ kind: 'ours' });
    const failing = session(
      ({ ears }) => {
        ears.text(event('all'));
      },
      { heard: () => Promise.reject(new Error('the database is away')) },
    );
    await expect(failing.end).rejects.toThrow('the database is away');
    expect(failing.servers[0]?.isClosed).toBe(true);
  });
});
