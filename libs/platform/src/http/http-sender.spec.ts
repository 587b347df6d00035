import { once } from 'node:events';
import http from 'node:http';
import type net from 'node:net';
import {
  answered,
  crm,
  exchanged,
  listening,
  local,
  post,
  rawServer,
  senderWith,
  until,
} from './http-sender.fixture.js';
import type { ResolveHost } from './resolve-host.js';

describe('HttpSender', () => {
  it('sends the request as it is and brings back the answer', async () => {
    const seen: unknown[] = [];
    const port = await crm((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push([request.method, request.url, request.headers['webhook-id'], body]);
        response.writeHead(201, { 'X-Two': ['a', 'b'], 'content-type': 'text/plain' }).end('héllo');
      });
    });
    const sent = exchanged(
      await senderWith().send(post(local(port, '/hook?x=%20y'), { headers: { 'webhook-id': 'msg_1' } })),
    );
    expect(seen).toEqual([['POST', '/hook?x=%20y', 'msg_1', '{"a":1}']]);
    expect(sent.exchange).toMatchObject({ kind: 'answered', status: 201, body: 'héllo' });
    expect(answered(sent).headers).toMatchObject({ 'x-two': 'a, b', 'content-type': 'text/plain' });
    expect(sent.resolvedIp).toBe('127.0.0.1');
    expect(Math.abs(sent.sentAt - Date.now())).toBeLessThan(5_000);
  });

  it('sends bytes, and nothing at all', async () => {
    const bodies: string[] = [];
    const port = await crm((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        bodies.push(`${request.method ?? ''} ${Buffer.concat(chunks).toString('hex')}`);
        response.end();
      });
    });
    const sender = senderWith();
    await sender.send(post(local(port), { body: new Uint8Array([0, 255]) }));
    await sender.send({ method: 'GET', url: local(port), headers: {}, timeoutMs: 5_000 });
    expect(bodies).toEqual(['POST 00ff', 'GET ']);
  });

  it('keeps the connection, and shows connect timings for the first exchange only', async () => {
    let connections = 0;
    const server = http.createServer((_request, response) => response.end('ok'));
    server.on('connection', () => (connections += 1));
    const port = await listening(server);
    const sender = senderWith();
    const first = exchanged(await sender.send(post(local(port))));
    const second = exchanged(await sender.send(post(local(port))));
    expect(connections).toBe(1);
    expect(first.timings).toMatchObject({
      dnsMs: expect.any(Number) as number,
      connectMs: expect.any(Number) as number,
      tlsMs: null,
    });
    expect(second.timings).toMatchObject({ dnsMs: null, connectMs: null, tlsMs: null });
    expect(second.timings.firstByteMs).not.toBeNull();
    expect(second.timings.totalMs).toBeGreaterThanOrEqual(second.timings.firstByteMs ?? Infinity);
    expect(second.resolvedIp).toBe('127.0.0.1');
  });

  it('keeps no more idle connections than it may', async () => {
    const waiting: http.ServerResponse[] = [];
    const port = await crm((_request, response) => {
      waiting.push(response);
      if (waiting.length === 5) waiting.forEach((each) => each.end());
    });
    const sender = senderWith({ maxIdleConnections: 2 });
    await Promise.all(Array.from({ length: 5 }, () => sender.send(post(local(port)))));
    expect(sender.idleConnections).toBe(2);
  });

  it('forgets a connection that the server closed while it was idle', async () => {
    const sockets: net.Socket[] = [];
    const server = http.createServer((_request, response) => response.end('ok'));
    server.on('connection', (socket) => sockets.push(socket));
    const port = await listening(server);
    const sender = senderWith();
    await sender.send(post(local(port)));
    expect(sender.idleConnections).toBe(1);
    sockets[0]?.destroy();
    await until(() => sender.idleConnections === 0);
    expect(answered(await sender.send(post(local(port)))).status).toBe(200);
  });

  it('a redirect is an answer and is not followed', async () => {
    const paths: string[] = [];
    const port = await crm((request, response) => {
      paths.push(request.url ?? '');
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
    });
    expect(answered(await senderWith().send(post(local(port)))).status).toBe(302);
    expect(paths).toEqual(['/hook']);
  });

  it('uses no proxy from the environment', async () => {
    let proxied = 0;
    const proxy = await crm((_request, response) => {
      proxied += 1;
      response.end('proxy');
    });
    const names = [
      'HTTP_PROXY',
      'http_proxy',
      'HTTPS_PROXY',
      'https_proxy',
      'ALL_PROXY',
      'NODE_USE_ENV_PROXY',
    ] as const;
    const before = names.map((name) => [name, process.env[name]] as const);
    for (const name of names)
      process.env[name] = name === 'NODE_USE_ENV_PROXY' ? '1' : `http://127.0.0.1:${proxy}`;
    try {
      const port = await crm((_request, response) => response.end('direct'));
      expect(answered(await senderWith().send(post(local(port)))).body).toBe('direct');
      expect(proxied).toBe(0);
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
  });

  it('interim answers are skipped', async () => {
    const port = await rawServer(
      'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok',
    );
    expect(answered(await senderWith().send(post(local(port))))).toMatchObject({ status: 200, body: 'ok' });
  });

  it.each([
    ['announces a body and sends it', 'content-length: 5\r\n\r\nhello'],
    ['announces one and sends none', 'content-length: 5\r\n\r\n'],
    ['sends one in pieces', 'transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'],
    ['sends one unannounced', '\r\nhello'],
  ])('an answer that has no body is one, also where it %s', async (_what, rest) => {
    for (const status of ['204 No Content', '205 Reset Content']) {
      const port = await rawServer(`HTTP/1.1 ${status}\r\n${rest}`, (socket) => socket.end());
      const { exchange } = exchanged(await senderWith().send(post(local(port))));
      expect(exchange).toMatchObject({ kind: 'answered', status: Number(status.slice(0, 3)) });
    }
  });

  it('text that PostgreSQL could not store is made harmless', async () => {
    const port = await crm((_request, response) => response.end('a\0b'));
    expect(answered(await senderWith().send(post(local(port)))).body).toBe('a\uFFFDb');
  });

  it('a header that cannot be sent is a failed exchange, not an exception', async () => {
    const port = await crm((_request, response) => response.end());
    const sent = await senderWith().send(post(local(port), { headers: { 'x-bad': 'a\r\nevil: 1' } }));
    expect(exchanged(sent).exchange).toMatchObject({ kind: 'failed', cause: 'unknown' });
  });
});

describe('a send that is aborted', () => {
  it('is no exchange, and the server sees the connection close', async () => {
    const seen: Promise<unknown>[] = [];
    const server = http.createServer((request) => {
      seen.push(once(request.socket, 'close'));
      stop.abort();
    });
    const stop = new AbortController();
    const port = await listening(server);
    expect(await senderWith().send(post(local(port), { signal: stop.signal }))).toEqual({ kind: 'aborted' });
    await seen[0];
  });

  it('before it began is not sent', async () => {
    let requests = 0;
    const port = await crm(() => (requests += 1));
    expect(await senderWith().send(post(local(port), { signal: AbortSignal.abort() }))).toEqual({
      kind: 'aborted',
    });
    expect(requests).toBe(0);
  });

  it('while its name is being resolved ends at once', async () => {
    const stop = new AbortController();
    const resolve: ResolveHost = () => {
      stop.abort();
      return new Promise(() => undefined);
    };
    const sent = await senderWith({ resolve }).send(post('http://crm.test/', { signal: stop.signal }));
    expect(sent).toEqual({ kind: 'aborted' });
  });

  it('ends together with all others under the same signal', async () => {
    const stop = new AbortController();
    let requests = 0;
    const port = await crm(() => {
      requests += 1;
      if (requests === 20) stop.abort();
    });
    const sender = senderWith();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => sender.send(post(local(port), { signal: stop.signal }))),
    );
    expect(new Set(all.map((sent) => sent.kind))).toEqual(new Set(['aborted']));
  });

  it('after it was answered stays answered', async () => {
    const stop = new AbortController();
    const port = await crm((_request, response) => response.end('ok'));
    const sent = await senderWith().send(post(local(port), { signal: stop.signal }));
    stop.abort();
    expect(answered(sent).body).toBe('ok');
  });
});
