import { once } from 'node:events';
import type http from 'node:http';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crm, KIB, local, rawServer, scripted, until } from './http-sender.fixture.js';
import { HttpStreamer, type HttpStreamerOptions } from './http-streamer.js';
import type { Opened, StreamRequest } from './opened.js';
import { targetPolicy } from './target-policy.js';

const streamers: HttpStreamer[] = [];
afterEach(() => {
  for (const streamer of streamers.splice(0)) streamer.close();
});

function streamerWith(options: Partial<HttpStreamerOptions> = {}): HttpStreamer {
  const streamer = new HttpStreamer({ policy: targetPolicy(['127.0.0.0/8']), ...options });
  streamers.push(streamer);
  return streamer;
}

function get(url: string, more: Partial<StreamRequest> = {}): StreamRequest {
  return { url, headers: {}, ...more };
}

function answered(opened: Opened): Extract<Opened, { kind: 'answered' }> {
  if (opened.kind !== 'answered') throw new Error(`expected an answer, it was ${JSON.stringify(opened)}`);
  return opened;
}

const failure = (body: Readable) =>
  buffer(body).then(
    () => 'no failure',
    (error: unknown) => (error as Error).message,
  );

describe('HttpStreamer', () => {
  it('hands over the headers at once and the body as it comes', async () => {
    let finish = () => undefined as unknown;
    const port = await crm((_, answer) => {
      answer.writeHead(206, { 'content-type': 'audio/mpeg', 'x-two': ['a', 'b'] });
      answer.write('first ');
      finish = () => answer.end('second');
    });
    const streamer = streamerWith();
    const { status, headers, body } = answered(await streamer.get(get(local(port))));
    expect([status, headers['content-type'], headers['x-two']]).toEqual([206, 'audio/mpeg', 'a, b']);
    expect(String((await once(body, 'data'))[0])).toBe('first ');
    finish();
    expect(String(await buffer(body))).toBe('second');
    await until(() => streamer.openCount === 0);
  });

  it('carries more than fits into memory at a time, byte for byte', async () => {
    const chunk = Buffer.alloc(64 * KIB, 7);
    const port = await crm((_, answer) => {
      for (let count = 0; count < 100; count += 1) answer.write(chunk);
      answer.end();
    });
    const { body } = answered(await streamerWith().get(get(local(port))));
    const read = await buffer(body);
    expect([read.length, read.every((byte) => byte === 7)]).toEqual([100 * chunk.length, true]);
  });

  it('holds the server back while nobody reads', async () => {
    const chunk = Buffer.alloc(64 * KIB);
    let isHeldBack = false;
    const port = await crm((_, answer) => {
      const more = () => {
        while (answer.write(chunk));
        isHeldBack = true;
        answer.once('drain', more);
      };
      more();
    });
    const { body } = answered(await streamerWith().get(get(local(port))));
    await until(() => isHeldBack && body.readableLength > 0);
    expect(body.readableLength).toBeLessThan(1_024 * KIB);
    body.destroy();
  });

  it('goes on when the reader does, after it was held back', async () => {
    const size = 5 * 1_024 * KIB;
    const port = await crm((_, answer) => {
      answer.end(Buffer.alloc(size, 1));
    });
    const { body } = answered(await streamerWith().get(get(local(port))));
    await until(() => body.readableLength > 0);
    expect((await buffer(body)).length).toBe(size);
  });

  it('refuses what the guard refuses: literal addresses, names that lead to them, and odd schemes', async () => {
    const streamer = streamerWith({ policy: targetPolicy([]), resolve: scripted(['10.0.0.1']) });
    for (const url of [
      'http://127.0.0.1:8080/',
      'http://[::1]/',
      'http://pbx.example/',
      'file:///etc/passwd',
    ]) {
      expect([url, await streamer.get(get(url))]).toEqual([
        url,
        expect.objectContaining({ kind: 'failed', cause: 'blocked' }),
      ]);
    }
    expect(streamer.openCount).toBe(0);
  });

  it('connects to the address that it judged', async () => {
    const port = await crm((_, answer) => answer.end('here'));
    const resolve = scripted(['127.0.0.1'], ['10.0.0.1']);
    const { body } = answered(await streamerWith({ resolve }).get(get(`http://pbx.example:${port}/`)));
    expect(String(await buffer(body))).toBe('here');
    expect(resolve.asked).toEqual(['pbx.example']);
  });

  it('does not follow a redirect', async () => {
    const port = await crm((_, answer) => answer.writeHead(302, { location: 'http://127.0.0.1:1/' }).end());
    const { status, body } = answered(await streamerWith().get(get(local(port))));
    expect(status).toBe(302);
    body.destroy();
  });

  it('does not wait for ever for the headers', async () => {
    const port = await crm(() => undefined);
    const opened = await streamerWith({ limits: { headersMs: 50 } }).get(get(local(port)));
    expect(opened).toMatchObject({ kind: 'failed', cause: 'timeout' });
  });

  it('ends a body that falls silent', async () => {
    const port = await crm((_, answer) => void answer.write('x'));
    const { body } = answered(await streamerWith({ limits: { silenceMs: 50 } }).get(get(local(port))));
    expect(await failure(body)).toContain('too long');
  });

  it('ends a body that nobody reads for too long', async () => {
    const port = await crm((_, answer) => {
      answer.end(Buffer.alloc(1_024 * KIB));
    });
    const streamer = streamerWith({ limits: { pauseMs: 50 } });
    const { body } = answered(await streamer.get(get(local(port))));
    await until(() => body.destroyed);
    expect(streamer.openCount).toBe(0);
  });

  it('ends a body that is larger than any recording', async () => {
    const port = await crm((_, answer) => void answer.write(Buffer.alloc(10 * KIB)));
    const { body } = answered(await streamerWith({ limits: { maxBytes: 9 * KIB } }).get(get(local(port))));
    expect(await failure(body)).toContain('larger than');
  });

  it('fails a body that is cut short', async () => {
    const port = await rawServer('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc', (socket) => {
      socket.destroy();
    });
    const { body } = answered(await streamerWith().get(get(local(port))));
    expect(await failure(body)).not.toBe('no failure');
  });

  it('says why nothing came', async () => {
    const opened = await streamerWith().get(get('http://127.0.0.1:1/'));
    expect(opened).toMatchObject({ kind: 'failed', cause: 'blocked' });
    const port = await rawServer('', (socket) => {
      socket.destroy();
    });
    expect(await streamerWith().get(get(local(port)))).toMatchObject({ kind: 'failed', cause: 'reset' });
  });

  it('closes the connection when the reader goes away, before the headers and after', async () => {
    const sockets: http.IncomingMessage['socket'][] = [];
    const port = await crm((request, answer) => {
      sockets.push(request.socket);
      if (request.url === '/begun') answer.write('x');
    });
    const streamer = streamerWith();
    const away = new AbortController();
    const waiting = streamer.get(get(local(port, '/silent'), { signal: away.signal }));
    await until(() => sockets.length === 1);
    away.abort();
    expect(await waiting).toEqual({ kind: 'aborted' });
    expect(await streamer.get(get(local(port), { signal: away.signal }))).toEqual({ kind: 'aborted' });

    const { body } = answered(await streamer.get(get(local(port, '/begun'))));
    body.destroy();
    await until(() => sockets.length === 2 && sockets.every((socket) => socket.destroyed));
    expect(streamer.openCount).toBe(0);
  });
});
