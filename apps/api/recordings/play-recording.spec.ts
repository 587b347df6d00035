import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { id, instant, restoreCall, type CallId, type ConnectionId, type TenantId } from '#domain';
import { HttpStreamer, targetPolicy } from '#platform';
import { sampleLeg } from '../endpoints/sample-call.js';
import { PlayRecording } from './play-recording.js';
import { VendorWaits } from './vendor-waits.js';

const NOW = instant(1_000_000);
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Plays the recording of a call at a server that answers so, and writes down what is logged. */
async function player(answer: http.RequestListener, limits: { headersMs?: number } = {}) {
  const server = http.createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/1.wav?key=s3cret`;
  const streamer = new HttpStreamer({ policy: targetPolicy(['127.0.0.0/8']), limits });
  closers.push(() => {
    streamer.close();
    server.closeAllConnections();
    server.close();
  });
  const ids = { id: id<CallId>('c'), connectionId: id<ConnectionId>('k'), vendorCallId: 'v' };
  const call = restoreCall(ids, { legs: [{ ...sampleLeg(NOW), recordings: [{ url }] }] });
  const lines: unknown[] = [];
  const playing = new PlayRecording({
    links: {
      read: () => ({
        tenant: id<TenantId>('t'),
        call: ids.id,
        issuedAt: NOW,
        expiresAt: NOW,
        isFor: () => true,
      }),
    },
    recordings: {
      recordedCall: () =>
        Promise.resolve({ call, linksRevokedAt: null, access: { sealed: null, byName: false } }),
    },
    streamer,
    waits: new VendorWaits(),
    box: { open: () => '' },
    clock: { now: () => NOW },
    log: { info: (...line: unknown[]) => void lines.push(line) },
  });
  const play = (signal = new AbortController().signal) =>
    playing.play('token', { range: undefined, ifRange: undefined, signal });
  return { play, lines };
}

const code = (of: string, status: number) =>
  expect.objectContaining({ code: of, status }) as unknown as Error;

describe('PlayRecording', () => {
  it('says clearly that a PBX hangs', async () => {
    const { play } = await player(() => undefined, { headersMs: 50 });
    await expect(play()).rejects.toThrow(code('recording.timeout', 504));
  });

  it('gives every place back, however it ends', async () => {
    let status = 500;
    const { play } = await player((_, reply) =>
      reply.writeHead(status, { 'content-type': 'audio/wav' }).end('x'),
    );
    for (let count = 0; count < 20; count += 1)
      await expect(play()).rejects.toThrow(code('recording.failed', 502));
    status = 200;
    for (let count = 0; count < 20; count += 1) {
      const { body } = await play();
      body.destroy();
      if (!body.closed) await once(body, 'close');
    }
    const away = new AbortController();
    away.abort();
    for (let count = 0; count < 20; count += 1) {
      await expect(play(away.signal)).rejects.toThrow(code('request.aborted', 499));
    }
    expect((await play()).status).toBe(200);
  });

  it('logs what was asked, and no address', async () => {
    const { play, lines } = await player((_, reply) =>
      reply.writeHead(200, { 'content-type': 'audio/wav' }).end('x'),
    );
    (await play()).body.destroy();
    expect(lines).toMatchObject([[{ callId: 'c', connectionId: 'k', outcome: 200 }, 'recording.asked']]);
    expect(JSON.stringify(lines)).not.toMatch(/s3cret|127\.0\.0\.1|token/);
  });
});
