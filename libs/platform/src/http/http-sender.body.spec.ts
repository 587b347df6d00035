import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { answered, crm, KIB, local, post, senderWith, until } from './http-sender.fixture.js';

describe('a body', () => {
  it('that is long is kept up to 16 KiB, and the connection too', async () => {
    const port = await crm((_request, response) => response.end('x'.repeat(40 * KIB)));
    const sender = senderWith();
    expect(answered(await sender.send(post(local(port)))).body).toBe('x'.repeat(16 * KIB));
    expect(sender.idleConnections).toBe(1);
  });

  it.each(['plain', 'gzip'])('that is a list is kept as far as was asked, %s', async (coding) => {
    const list = 'x'.repeat(300 * KIB);
    const port = await crm((_request, response) => {
      if (coding === 'gzip') response.setHeader('content-encoding', 'gzip').end(gzipSync(list));
      else response.end(list);
    });
    const sender = senderWith();
    expect(answered(await sender.send(post(local(port), { keepBodyBytes: 400 * KIB }))).body).toBe(list);
    expect(answered(await sender.send(post(local(port), { keepBodyBytes: 100 * KIB }))).body).toHaveLength(
      100 * KIB,
    );
  });

  it('that is cut never ends in half a character', async () => {
    const port = await crm((_request, response) => response.end(`x${'é'.repeat(20 * KIB)}`));
    expect(answered(await senderWith().send(post(local(port)))).body).toBe(`x${'é'.repeat(8 * KIB - 1)}`);
  });

  it('that never ends is read no further than needed, and the connection is closed', async () => {
    let isClosed = false;
    let written = 0;
    const port = await crm((request, response) => {
      request.socket.on('close', () => (isClosed = true));
      const more = (): void => {
        written += 64 * KIB;
        if (!request.socket.destroyed && response.write('x'.repeat(64 * KIB))) setImmediate(more);
      };
      response.on('drain', more);
      response.on('error', () => undefined);
      more();
    });
    const sender = senderWith();
    expect(answered(await sender.send(post(local(port))))).toMatchObject({
      status: 200,
      body: 'x'.repeat(16 * KIB),
    });
    await until(() => isClosed);
    expect(sender.idleConnections).toBe(0);
    expect(written).toBeLessThan(64 * KIB * KIB);
  });

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['GZIP', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ])('that is coded with %s is decoded', async (encoding, code) => {
    const port = await crm((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(code('{"err":0}'));
    });
    expect(answered(await senderWith().send(post(local(port)))).body).toBe('{"err":0}');
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(64 * KIB * KIB, 'a'))],
    ['br', brotliCompressSync(Buffer.alloc(64 * KIB * KIB, 'a'))],
  ])('that is a %s bomb of 64 MiB is decoded no further than 16 KiB', async (encoding, bomb) => {
    const port = await crm((_request, response) => {
      response.on('error', () => undefined);
      response.writeHead(200, { 'content-encoding': encoding }).end(bomb);
    });
    const before = process.memoryUsage().arrayBuffers;
    expect(answered(await senderWith().send(post(local(port)))).body).toBe('a'.repeat(16 * KIB));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * KIB * KIB);
  });

  it('that is coded and cut off is decoded as far as it goes', async () => {
    const coded = gzipSync(Buffer.from(Array.from({ length: 4 * KIB }, (_, index) => `${index},`).join('')));
    const port = await crm((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(coded.subarray(0, coded.length / 2));
    });
    expect(answered(await senderWith().send(post(local(port)))).body).toMatch(/^0,1,2,/);
  });

  it.each(['gzip', 'deflate', 'br', 'zstd', 'gzip, br'])(
    'that only claims to be coded with %s does no harm',
    async (encoding) => {
      const port = await crm((_request, response) => {
        response.writeHead(200, { 'content-encoding': encoding }).end('not coded');
      });
      expect(answered(await senderWith().send(post(local(port)))).status).toBe(200);
    },
  );
});
