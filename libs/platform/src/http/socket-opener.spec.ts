import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Server as SocketServer } from 'socket.io';
import { SocketOpener, type SocketOpenerOptions } from './socket-opener.js';
import { targetPolicy } from './target-policy.js';

const PATH = '/socket.io/?EIO=3&transport=websocket';
/** What this protocol says first, and what it answers to a `2`. */
const GREETING = expect.stringMatching(/^0\{"sid"/) as unknown as string;
const SAID = ['opened', GREETING, '40', '3'];

const servers: Server[] = [];
const openers: SocketOpener[] = [];
afterEach(async () => {
  await Promise.all(openers.splice(0).map((opener) => opener.close()));
  for (const server of servers.splice(0)) server.close();
});

function opener(options: Partial<SocketOpenerOptions> = {}): SocketOpener {
  const made = new SocketOpener({ policy: targetPolicy(['127.0.0.0/8']), ...options });
  openers.push(made);
  return made;
}

/** Speaks at one path, and sends whoever asks for another one there. */
async function talker(asked: string[] = []): Promise<number> {
  const server = createServer();
  servers.push(server);
  new SocketServer(server, { allowEIO3: true, transports: ['websocket'], destroyUpgrade: false });
  server.prependListener('upgrade', ({ url = '' }, socket) => {
    asked.push(url);
    if (url.startsWith('/socket.io')) return;
    const { port } = server.address() as AddressInfo;
    socket.end(
      `HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:${port}${PATH}\r\ncontent-length: 0\r\n\r\n`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Says `2`, and closes it when that is answered. */
function heardAt(url: string, by: SocketOpener) {
  const heard: string[] = [];
  const ended = new Promise<string>((resolve) => {
    const socket = by.open(url, {
      opened: () => {
        heard.push('opened');
        socket.send('2');
      },
      text: (message) => {
        heard.push(message);
        if (message === '3') socket.close();
      },
      ended: resolve,
    });
  });
  return { heard, ended };
}

describe('a guarded WebSocket', () => {
  it('says and hears, until it is closed', async () => {
    const { heard, ended } = heardAt(`http://127.0.0.1:${await talker()}${PATH}`, opener());
    expect(await ended).toBe('We closed the connection.');
    expect(heard).toEqual(SAID);
  });

  it('goes to no address that is not allowed, whether it is written or what a name resolves to', async () => {
    const asked: string[] = [];
    const port = await talker(asked);
    const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 as const }]);
    const closed = opener({ policy: targetPolicy([]), resolve });
    for (const host of ['127.0.0.1', 'pbx.test', '[::1]', '2130706433']) {
      const { heard, ended } = heardAt(`http://${host}:${port}${PATH}`, closed);
      expect(await ended).toContain('not allowed');
      expect(heard).toEqual([]);
    }
    expect(await heardAt('ftp://pbx.test/', closed).ended).toContain('http');
    expect(await heardAt('http://u:p@pbx.test/', closed).ended).not.toContain('u:p');
    expect(asked).toEqual([]);
  });

  it('judges a name at each connection by the address that it then goes to', async () => {
    const port = await talker();
    const addresses = ['127.0.0.1', '10.0.0.1'];
    const resolve = () => Promise.resolve([{ address: addresses.shift() ?? '', family: 4 as const }]);
    const one = opener({ resolve });
    const { heard, ended } = heardAt(`http://pbx.test:${port}${PATH}`, one);
    await ended;
    expect(heard).toEqual(SAID);
    expect(await heardAt(`http://pbx.test:${port}${PATH}`, one).ended).toContain('not allowed');
  });

  it('follows no redirect, and says what became of it without the query', async () => {
    const asked: string[] = [];
    const port = await talker(asked);
    const reason = await heardAt(`http://127.0.0.1:${port}/elsewhere?token=s3cret`, opener()).ended;
    expect(reason).toMatch(/^The connection failed/);
    expect(reason).not.toContain('s3cret');
    expect(asked).toEqual(['/elsewhere?token=s3cret']);
    expect(await heardAt('http://127.0.0.1:1025/', opener()).ended).toContain('ECONNREFUSED');
  });

  it('ends at a message that is too long', async () => {
    const port = await talker();
    const { heard, ended } = heardAt(`http://127.0.0.1:${port}${PATH}`, opener({ mostMessageBytes: 20 }));
    await ended;
    expect(heard).toEqual(['opened']);
  });
});
