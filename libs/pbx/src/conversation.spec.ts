import { describe, expect, it } from '@jest/globals';
import { instant } from '#domain';
import type { OutgoingRequest, Sent } from '#platform';
import { converse, type Conversed } from './conversation.js';
import { answering, failing } from './scripted-pbx.fixture.js';

const now = () => instant(Date.UTC(2026, 4, 3, 9, 30));
const ACCOUNT = { secrets: { code: 'c0de' }, token: null };
const REQUEST = { method: 'GET', url: 'https://pbx.test/dial?code=c0de' } as const;

async function told(sent: Sent): Promise<Conversed> {
  return converse(REQUEST, ACCOUNT, { send: () => Promise.resolve(sent), now, timeoutMs: 1_000 });
}

describe('converse', () => {
  it('hands on what a PBX says, also where that is a 4xx', async () => {
    const html = { 'content-type': 'Text/HTML; charset=utf-8' };
    expect(await told(answering('no such extension', 404, html))).toEqual({
      kind: 'replied',
      status: 404,
      contentType: 'text/html',
      body: 'no such extension',
      clockAheadMs: null,
    });
  });

  it('knows how far the PBX’s clock is ahead, where that tells its time', async () => {
    const aheadFor = async (date: string) => {
      const reply = await told(answering('ok', 200, { date }));
      return 'clockAheadMs' in reply ? reply.clockAheadMs : undefined;
    };
    expect(await aheadFor('Sun, 03 May 2026 09:40:00 GMT')).toBe(600_000);
    expect(await aheadFor('Sun, 03 May 2026 09:29:59 GMT')).toBe(-1_000);
    expect(await aheadFor('now and then')).toBeNull();
  });

  it.each(['dns', 'refused', 'tls', 'blocked', 'timeout', 'reset'] as const)(
    'is refused where nothing was sent, for %s',
    async (cause) => {
      expect(await told(failing(cause, 'unsent'))).toMatchObject({ kind: 'refused' });
    },
  );

  it.each(['timeout', 'reset', 'protocol', 'tls', 'unknown'] as const)(
    'is unknown once the request had left, for %s',
    async (cause) => {
      expect(await told(failing(cause, 'sent'))).toMatchObject({ kind: 'unknown' });
    },
  );

  it.each([301, 302, 303, 307, 308, 500, 502, 503, 504])('is unknown for HTTP %d', async (status) => {
    expect(await told(answering('', status))).toMatchObject({ kind: 'unknown' });
  });

  it('is unknown when we stop while the PBX may be dialling, and refused when we had stopped before', async () => {
    expect(await told({ kind: 'aborted' })).toMatchObject({ kind: 'unknown' });
    const io = {
      send: () => Promise.reject(new Error('sent')),
      now,
      timeoutMs: 1_000,
      signal: AbortSignal.abort(),
    };
    expect(await converse(REQUEST, ACCOUNT, io)).toMatchObject({ kind: 'refused' });
  });

  it('tells no secret of a URL', async () => {
    const sent = failing('unknown', 'sent', 'It broke at https://pbx.test/dial?code=c0de.');
    expect(JSON.stringify(await told(sent))).not.toContain('c0de');
  });

  it('goes by a connection of its own, is never repeated and reads lists whole', async () => {
    const requests: OutgoingRequest[] = [];
    const send = (request: OutgoingRequest) => {
      requests.push(request);
      return Promise.resolve(answering('ok'));
    };
    await converse(REQUEST, ACCOUNT, { send, now, timeoutMs: 7_000 });
    expect(requests).toMatchObject([{ onNewConnection: true, keepBodyBytes: 4_194_304, timeoutMs: 7_000 }]);
    expect(requests[0]).not.toHaveProperty('mayRepeat');
  });
});
