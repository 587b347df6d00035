import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { instant, type CallLeg, type TenantId } from '#domain';
import { RECORDING_LINK_PURPOSE, RecordingLinks, SecretBox, TokenSigner } from '#platform';
import { makeCall } from '../builders/history.js';
import { openApi, type ApiClient, type TestApi } from '../harness/api.js';
import { SECRET_KEYS, makeConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';

const PUBLIC = 'https://hook.example';
const SOUND = Buffer.from('RIFF-0123456789');
const BASIC = { kind: 'basic', user: 'rec', password: 's3cret', hosts: ['127.0.0.1'] };

let api: TestApi;
beforeAll(async () => {
  api = await openApi({ EGRESS_ALLOW: '127.0.0.0/8' });
});
afterAll(() => api.close());

/** A PBX's server of recordings that knows parts, counts requests and writes them down. */
interface Pbx {
  url: string;
  asked: http.IncomingMessage[];
  answer: http.RequestListener;
}
const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function pbx(answer: http.RequestListener = playParts): Promise<Pbx> {
  const made: Pbx = { url: '', asked: [], answer };
  const server = http.createServer((request, reply) => {
    made.asked.push(request);
    made.answer(request, reply);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  made.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return made;
}

function playParts({ headers }: http.IncomingMessage, reply: http.ServerResponse): void {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
  const common = {
    'content-type': 'audio/wav',
    'accept-ranges': 'bytes',
    etag: '"e1"',
    'set-cookie': 'pbx=1',
  };
  if (from === undefined) {
    reply.writeHead(200, { ...common, 'content-length': SOUND.length }).end(SOUND);
    return;
  }
  if (Number(from) >= SOUND.length) {
    reply.writeHead(416, { 'content-range': `bytes */${SOUND.length}` }).end();
    return;
  }
  const part = SOUND.subarray(Number(from), to === '' ? SOUND.length : Number(to) + 1);
  const last = Number(from) + part.length - 1;
  const range = { 'content-range': `bytes ${from}-${last}/${SOUND.length}`, 'content-length': part.length };
  reply.writeHead(206, { ...common, ...range }).end(part);
}

interface Recorded {
  tenant: TenantId;
  client: ApiClient;
  call: string;
  connectionPath: string;
  /** Asks for the recording by the link that CRMs would be given. */
  listen: (init?: RequestInit) => Promise<Response>;
}

/** @param leg  what the PBX told of the call; an address that has no host is at the PBX */
async function recorded(leg: Partial<CallLeg>, access?: object): Promise<Recorded> {
  const { id: tenant, client } = await api.tenant();
  const connection = await makeConnection(api.sql, tenant);
  const connectionPath = `/v1/connections/${connection.id}`;
  if (access !== undefined) {
    const put = await client.put(`${connectionPath}/recording-access`, access);
    expect(put.status).toBe(200);
  }
  const call = await makeCall(api.sql, connection, { leg });
  const listen = async (init?: RequestInit) => fetch(here(await linkOf(client, call)), init);
  return { tenant, client, call, connectionPath, listen };
}

const at = (server: Pbx, path = '/1.wav'): Partial<CallLeg> => ({ recordings: [{ url: server.url + path }] });

async function linkOf(client: ApiClient, call: string): Promise<string> {
  const { body } = await client.get(`/v1/calls/${call}`);
  const [first] = body['recordings'] as { url: string }[];
  return first?.url ?? '';
}

/** Where the public URL leads in this test. */
const here = (url: string) => url.replace(PUBLIC, api.url);
const codeOf = async (response: Response) => {
  const { code } = (await response.json()) as { code: string };
  return [response.status, code];
};

describe('a link to a recording', () => {
  it('plays it to whoever has it, without a key, as a sound and as nothing else', async () => {
    const server = await pbx();
    const { listen } = await recorded(at(server));
    const response = await listen();
    expect(Buffer.from(await response.arrayBuffer())).toEqual(SOUND);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': String(SOUND.length),
      'content-disposition': expect.stringMatching(/^inline; filename="recording-[\w-]+\.wav"$/) as unknown,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private',
      'accept-ranges': 'bytes',
      etag: '"e1"',
    });
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(server.asked).toMatchObject([{ method: 'GET', url: '/1.wav' }]);
    expect(server.asked[0]?.headers.authorization).toBeUndefined();
  });

  it('plays a part of it', async () => {
    const server = await pbx();
    const { listen } = await recorded(at(server));
    const part = await listen({ headers: { range: 'bytes=5-8', 'if-range': '"e1"' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      `bytes 5-8/${SOUND.length}`,
      '0123',
    ]);
    expect(server.asked[0]?.headers).toMatchObject({ range: 'bytes=5-8', 'if-range': '"e1"' });
    const beyond = await listen({ headers: { range: 'bytes=99-' } });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${SOUND.length}`]);
  });

  it('answers HEAD without playing', async () => {
    const server = await pbx();
    const { listen } = await recorded(at(server));
    const head = await listen({ method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '15', '']);
    expect(head.headers.get('content-type')).toBe('audio/wav');
  });

  it('shows the connection’s credentials to the PBX and to nobody else', async () => {
    const server = await pbx();
    const { listen, client, call } = await recorded(at(server), BASIC);
    const response = await listen();
    await response.arrayBuffer();
    const pair = Buffer.from('rec:s3cret').toString('base64');
    expect([response.status, server.asked[0]?.headers.authorization]).toEqual([200, `Basic ${pair}`]);
    const shown = await client.get(`/v1/calls/${call}`);
    expect(shown.body['recordings']).toEqual([
      { url: expect.stringContaining('/recordings/k1.') as unknown, vendorUrl: null },
    ]);
    expect(shown.text).not.toContain(server.url);
  });

  it('shows them to no other server, whatever a webhook says', async () => {
    const server = await pbx();
    const { listen } = await recorded(at(server), { ...BASIC, hosts: ['pbx.example'] });
    expect(await codeOf(await listen())).toEqual([502, 'recording.untrusted_host']);
    expect(server.asked).toEqual([]);
  });

  it('is made by the template where the PBX tells a file’s name', async () => {
    const server = await pbx();
    const access = {
      kind: 'query',
      name: 'code',
      value: 'c0de',
      hosts: ['127.0.0.1'],
      template: `${server.url}/play/{record}?id={callid}`,
      encoding: 'base64url',
    };
    const { listen } = await recorded({ raw: { record: 'r 1.wav' } }, access);
    expect((await listen()).status).toBe(200);
    expect(server.asked[0]?.url).toMatch(/^\/play\/ciAxLndhdg\?id=vendor-[\w-]+&code=c0de$/);
  });

  it('is refused when it was changed, made up or is too old', async () => {
    const server = await pbx();
    const { client, call, tenant } = await recorded(at(server));
    const link = here(await linkOf(client, call));
    expect(await codeOf(await fetch(`${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`))).toEqual([
      403,
      'recording_link.invalid',
    ]);
    expect(await codeOf(await fetch(`${api.url}/recordings/x`))).toEqual([403, 'recording_link.invalid']);
    const past = new RecordingLinks({
      signer: TokenSigner.fromKeys(SECRET_KEYS, RECORDING_LINK_PURPOSE),
      now: () => instant(Date.now() - 2_000),
      publicUrl: () => api.url,
      lifetimeMs: 1_000,
    });
    const old = past.linkTo({ tenant, call: call as never, told: `${server.url}/1.wav` }).url;
    expect(await codeOf(await fetch(old))).toEqual([410, 'recording_link.expired']);
    expect(server.asked).toEqual([]);
  });

  it('is of one tenant: signed for another, it finds nothing', async () => {
    const server = await pbx();
    const { call } = await recorded(at(server));
    const { id: stranger } = await api.tenant('Stranger');
    const links = new RecordingLinks({
      signer: TokenSigner.fromKeys(SECRET_KEYS, RECORDING_LINK_PURPOSE),
      now: () => instant(Date.now()),
      publicUrl: () => api.url,
      lifetimeMs: 60_000,
    });
    const link = links.linkTo({ tenant: stranger, call: call as never, told: `${server.url}/1.wav` }).url;
    expect((await fetch(link)).status).toBe(404);
  });

  it('can be revoked with all others of its call, and given out again', async () => {
    const server = await pbx();
    const { client, call } = await recorded(at(server));
    const old = here(await linkOf(client, call));
    expect((await client.post(`/v1/calls/${call}/recording-links/revoke`)).status).toBe(200);
    expect(await codeOf(await fetch(old))).toEqual([410, 'recording_link.revoked']);
    const fresh = await client.post(`/v1/calls/${call}/recordings/0/link`, { expiresInSeconds: 60 });
    expect(fresh.status).toBe(201);
    const left = Date.parse(String(fresh.body['expiresAt'])) - Date.now();
    expect([left > 50_000, left <= 60_000]).toEqual([true, true]);
    expect((await fetch(here(String(fresh.body['url'])))).status).toBe(200);
    const [entry] = (await client.get('/v1/audit?subjectType=call')).body.data;
    expect(entry).toMatchObject({ action: 'call.recording_links_revoked', subjectId: call });
    expect((await client.post(`/v1/calls/${call}/recordings/1/link`)).status).toBe(404);
    expect((await client.post(`/v1/calls/${call}/recordings/x/link`)).status).toBe(404);
  });

  it('can be revoked and given out by nobody of another tenant', async () => {
    const server = await pbx();
    const { call, listen } = await recorded(at(server));
    const { client } = await api.tenant('Stranger');
    expect((await client.post(`/v1/calls/${call}/recording-links/revoke`)).status).toBe(404);
    expect((await client.post(`/v1/calls/${call}/recordings/0/link`)).status).toBe(404);
    expect((await listen()).status).toBe(200);
  });

  it('leads nowhere once the connection was deleted', async () => {
    const server = await pbx();
    const { client, call, connectionPath } = await recorded(at(server));
    const link = here(await linkOf(client, call));
    await client.delete(connectionPath);
    expect(await codeOf(await fetch(link))).toEqual([410, 'recording_link.connection_deleted']);
    expect((await client.get(`/v1/calls/${call}`)).text).not.toContain(server.url);
  });
});

describe('a PBX that does not give the recording', () => {
  it('is left alone as long as it asks for, and everybody is told so', async () => {
    const server = await pbx((_, reply) => reply.writeHead(429, { 'retry-after': '60' }).end());
    const { listen } = await recorded(at(server));
    for (let count = 0; count < 3; count += 1) {
      const response = await listen();
      expect([await codeOf(response), Number(response.headers.get('retry-after')) > 50]).toEqual([
        [429, 'recording.wait'],
        true,
      ]);
    }
    expect(server.asked).toHaveLength(1);
    const other = await recorded(at(server));
    await other.listen();
    expect(server.asked).toHaveLength(2);
  });

  it.each([
    [
      'a page',
      (reply: http.ServerResponse) => reply.writeHead(200, { 'content-type': 'text/html' }),
      502,
      'not_audio',
    ],
    ['a refusal', (reply: http.ServerResponse) => reply.writeHead(401), 502, 'refused'],
    [
      'a redirect',
      (reply: http.ServerResponse) => reply.writeHead(302, { location: '/2' }),
      502,
      'redirected',
    ],
    ['nothing', (reply: http.ServerResponse) => reply.writeHead(404), 404, 'gone'],
  ])('but %s is answered with a problem of ours, without its words', async (_, begin, status, code) => {
    const server = await pbx((__, reply) => begin(reply).end('<script>alert(1)</script>'));
    const response = await (await recorded(at(server))).listen();
    const text = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([
      status,
      expect.stringContaining('application/problem+json') as unknown,
    ]);
    expect(JSON.parse(text)).toMatchObject({ status, code: `recording.${code}` });
    expect(text).not.toContain('script');
  });

  it('cannot make us look into our own network', async () => {
    for (const url of [
      'http://10.0.0.1/1.wav',
      'http://[::ffff:169.254.169.254]/latest',
      'file:///etc/passwd',
    ]) {
      const { listen } = await recorded({ recordings: [{ url }] });
      expect([url, await codeOf(await listen())]).toEqual([url, [502, 'recording.blocked']]);
    }
  });

  it('fails openly when it breaks off in the middle, and costs nobody else anything', async () => {
    const server = await pbx((request, reply) => {
      reply.writeHead(200, { 'content-type': 'audio/wav', 'content-length': 100 });
      reply.write(SOUND, () => request.socket.destroy());
    });
    const { listen } = await recorded(at(server));
    const broken = await listen()
      .then((response) => response.arrayBuffer())
      .catch(() => 'broken off');
    expect(broken).toBe('broken off');
    server.answer = playParts;
    expect((await listen()).status).toBe(200);
  });

  it('is let go when the listener goes away', async () => {
    let closed = 0;
    const server = await pbx((request, reply) => {
      request.socket.once('close', () => (closed += 1));
      reply.writeHead(200, { 'content-type': 'audio/wav' });
      reply.write(SOUND);
    });
    const { listen } = await recorded(at(server));
    const away = new AbortController();
    const response = await listen({ signal: away.signal });
    expect(response.status).toBe(200);
    expect(closed).toBe(0);
    away.abort();
    await until('the connection to the PBX to be closed', () => closed === 1);
  });

  it('is let go when the listener goes away before it answers', async () => {
    let closed = 0;
    const server = await pbx((request) => void request.socket.once('close', () => (closed += 1)));
    const { listen } = await recorded(at(server));
    const away = new AbortController();
    const response = listen({ signal: away.signal }).catch(() => undefined);
    await until('the PBX to be asked', () => server.asked.length === 1);
    away.abort();
    await response;
    await until('the connection to the PBX to be closed', () => closed === 1);
  });
});

describe('recording access', () => {
  it('is shown without its secrets, and kept sealed', async () => {
    const { id: tenant, client } = await api.tenant();
    const connection = await makeConnection(api.sql, tenant);
    const path = `/v1/connections/${connection.id}/recording-access`;
    const nothing = { kind: 'none', user: null, name: null, hosts: [], template: null, encoding: 'plain' };
    expect((await client.get(path)).body).toEqual(nothing);
    const put = await client.put(path, { ...BASIC, template: 'https://{domain}/{record}' });
    expect(put.body).toEqual({
      ...nothing,
      kind: 'basic',
      user: 'rec',
      hosts: ['127.0.0.1'],
      template: 'https://{domain}/{record}',
    });
    expect((await client.get(path)).body).toEqual(put.body);
    const row = await api.sql.row<{ sealed_credentials: string; recordings_by_name: boolean }>(
      'SELECT sealed_credentials, recordings_by_name FROM connection WHERE id = $1',
      [connection.id],
    );
    expect([row.sealed_credentials.includes('s3cret'), row.recordings_by_name]).toEqual([false, true]);
    const context = `connection:${connection.id}:recording_access`;
    expect(SecretBox.fromKeys(SECRET_KEYS).open(row.sealed_credentials, context)).toContain('s3cret');
    const audit = await client.get('/v1/audit?subjectType=connection');
    expect(audit.body.data[0]).toMatchObject({ action: 'connection.recording_access_set' });
    expect(audit.text).not.toContain('s3cret');
    await client.put(path, { kind: 'none' });
    expect((await client.get(path)).body).toEqual(nothing);
    expect(
      await api.sql.count(
        'SELECT count(*) FROM connection WHERE sealed_credentials IS NOT NULL AND id = $1',
        [connection.id],
      ),
    ).toBe(0);
  });

  it.each([
    [{ kind: 'basic', user: 'u', hosts: ['a.example'] }, ['password']],
    [{ kind: 'basic', user: 'u', password: 'p' }, ['hosts']],
    [{ kind: 'header', name: 'x', value: 'v', user: 'u', hosts: ['a.example'] }, ['user']],
    [{ kind: 'header', name: 'Host', value: 'v', hosts: ['a.example'] }, ['name']],
    [{ kind: 'header', name: 'a b', value: 'v', hosts: ['a.example'] }, ['name']],
    [{ kind: 'query', name: 'x', value: 'v', hosts: ['https://a.example/'] }, ['hosts']],
    [{ kind: 'none', template: 'ftp://x/{record}' }, ['template']],
    [{ kind: 'none', template: 'http://10.0.0.1/{record}' }, ['template']],
    [{ kind: 'none', template: 'https://{record}/x' }, ['template']],
    [{ kind: 'none', template: 'https://{callid}.pbx.example/{record}' }, ['template']],
    [{ kind: 'magic' }, ['kind']],
  ])('is refused as %j', async (access, fields) => {
    const { id: tenant, client } = await api.tenant();
    const connection = await makeConnection(api.sql, tenant);
    const answer = await client.put(`/v1/connections/${connection.id}/recording-access`, access);
    expect([answer.status, (answer.body['errors'] as { field: string }[]).map(({ field }) => field)]).toEqual(
      [400, fields],
    );
  });

  it('is for administrators to set', async () => {
    const { id: tenant } = await api.tenant();
    const connection = await makeConnection(api.sql, tenant);
    const writer = await api.client(tenant, ['write']);
    expect(
      (await writer.put(`/v1/connections/${connection.id}/recording-access`, { kind: 'none' })).status,
    ).toBe(403);
  });
});
