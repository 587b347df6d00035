import { once } from 'node:events';
import net from 'node:net';
import {
  answered,
  crm,
  exchanged,
  KIB,
  listening,
  local,
  post,
  rawServer,
  senderWith,
} from './http-sender.fixture.js';

describe('an endpoint that fails', () => {
  it('refuses the connection', async () => {
    const server = net.createServer();
    const port = await listening(server);
    server.close();
    await once(server, 'close');
    expect(exchanged(await senderWith().send(post(local(port)))).exchange).toEqual({
      kind: 'failed',
      cause: 'refused',
      message: 'The server did not accept the connection (ECONNREFUSED).',
    });
  });

  it('has no address', async () => {
    const sender = senderWith({ resolve: () => Promise.reject(new Error('ENOTFOUND')) });
    expect(exchanged(await sender.send(post('http://crm.test/'))).exchange).toEqual({
      kind: 'failed',
      cause: 'dns',
      message: 'The name crm.test does not resolve.',
    });
  });

  it('has a name server that never answers', async () => {
    const sender = senderWith({ resolve: () => new Promise(() => undefined), dnsBudgetMs: 20 });
    expect(exchanged(await sender.send(post('http://crm.test/'))).exchange).toMatchObject({
      kind: 'failed',
      cause: 'dns',
    });
  });

  it('is out of time while its name is still being resolved', async () => {
    const sender = senderWith({ resolve: () => new Promise(() => undefined) });
    expect(exchanged(await sender.send(post('http://crm.test/', { timeoutMs: 20 })))).toMatchObject({
      exchange: { kind: 'failed', cause: 'timeout' },
      resolvedIp: null,
    });
  });

  it('says nothing within the deadline', async () => {
    const port = await rawServer('');
    expect(exchanged(await senderWith().send(post(local(port), { timeoutMs: 30 }))).exchange).toEqual({
      kind: 'failed',
      cause: 'timeout',
      message: 'No complete answer within 0.03 s.',
    });
  });

  it('drips its body a byte at a time: the deadline is for the whole exchange', async () => {
    const port = await rawServer('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n', (socket) => {
      const drip = setInterval(() => socket.write('x'), 5);
      socket.on('close', () => {
        clearInterval(drip);
      });
    });
    const sent = exchanged(await senderWith().send(post(local(port), { timeoutMs: 80 })));
    expect(sent.exchange).toMatchObject({ kind: 'failed', cause: 'timeout' });
    expect(sent.timings.firstByteMs).not.toBeNull();
    expect(sent.durationMs).toBeLessThan(2_000);
  });

  it('resets the connection', async () => {
    const port = await rawServer('', (socket) => {
      socket.resetAndDestroy();
    });
    expect(exchanged(await senderWith().send(post(local(port)))).exchange).toMatchObject({
      kind: 'failed',
      cause: 'reset',
    });
  });

  it('closes the connection in the middle of the body', async () => {
    const port = await rawServer('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc', (socket) => {
      socket.end();
    });
    const { exchange } = exchanged(await senderWith().send(post(local(port))));
    expect(exchange).toMatchObject({
      kind: 'failed',
      cause: expect.stringMatching(/^(reset|protocol)$/) as string,
    });
  });

  it.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['two different lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    ['a broken chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n'],
    [
      'an upgrade that nobody asked for',
      'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
    ],
    ['headers without end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(80 * KIB)}\r\n\r\n`],
  ])('answers with %s', async (_what, bytes) => {
    const port = await rawServer(bytes);
    expect(exchanged(await senderWith().send(post(local(port)))).exchange).toMatchObject({
      kind: 'failed',
      cause: 'protocol',
    });
  });

  it('does not stop the next request to it', async () => {
    let count = 0;
    const port = await crm((request, response) => {
      count += 1;
      if (count === 1) request.socket.destroy();
      else response.end('ok');
    });
    const sender = senderWith();
    expect(exchanged(await sender.send(post(local(port)))).exchange.kind).toBe('failed');
    expect(answered(await sender.send(post(local(port)))).body).toBe('ok');
  });
});

describe('a connection that the server closes as we use it', () => {
  /** Answers the first request of each connection and drops the connection at the second. */
  async function closesOnReuse(): Promise<{ port: number; requests: () => number }> {
    let requests = 0;
    const port = await listening(
      net.createServer((socket) => {
        let mine = 0;
        socket.on('error', () => undefined);
        socket.on('data', () => {
          requests += 1;
          mine += 1;
          if (mine === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
          else socket.destroy();
        });
      }),
    );
    return { port, requests: () => requests };
  }

  it('costs a delivery nothing: it is sent again on a new connection', async () => {
    const { port, requests } = await closesOnReuse();
    const sender = senderWith();
    await sender.send(post(local(port)));
    const second = exchanged(await sender.send(post(local(port), { body: '', mayRepeat: true })));
    expect(answered(second).body).toBe('ok');
    expect(second.timings.connectMs).not.toBeNull();
    expect(requests()).toBe(3);
  });

  it('never takes along a request that wants a connection of its own', async () => {
    const { port, requests } = await closesOnReuse();
    const sender = senderWith();
    await sender.send(post(local(port)));
    const alone = { body: '', onNewConnection: true };
    for (const sent of [
      await sender.send(post(local(port), alone)),
      await sender.send(post(local(port), alone)),
    ]) {
      expect(answered(sent).body).toBe('ok');
      expect(exchanged(sent).timings.connectMs).not.toBeNull();
    }
    expect(requests()).toBe(3);
    // Only the first one's is kept.
    expect(sender.idleConnections).toBe(1);
  });

  it('tells by its timings whether the request had left', async () => {
    const silent = await listening(net.createServer((socket) => socket.on('data', () => socket.destroy())));
    const gone = net.createServer();
    const port = await listening(gone);
    gone.close();
    await once(gone, 'close');
    const sender = senderWith({ resolve: () => new Promise(() => undefined) });
    const sends = [local(silent), local(port), 'http://crm.test/'].map((url) =>
      sender.send(post(url, { onNewConnection: true, timeoutMs: 300 })),
    );
    const had = (await Promise.all(sends)).map((sent) => exchanged(sent).timings.connectMs !== null);
    expect(had).toEqual([true, false, false]);
  });

  it('fails a request that must not be repeated', async () => {
    const { port, requests } = await closesOnReuse();
    const sender = senderWith();
    await sender.send(post(local(port), { body: '' }));
    expect(exchanged(await sender.send(post(local(port), { body: '' }))).exchange).toMatchObject({
      cause: 'reset',
    });
    expect(requests()).toBe(2);
  });

  it('is not taken for one when the connection is new', async () => {
    let requests = 0;
    const port = await crm((request) => {
      requests += 1;
      request.socket.destroy();
    });
    expect(exchanged(await senderWith().send(post(local(port), { mayRepeat: true }))).exchange).toMatchObject(
      { cause: 'reset' },
    );
    expect(requests).toBe(1);
  });
});
