import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TenantId } from '#domain';
import { SecretBox } from '#platform';
import { openApi, type Answer, type ApiClient, type TestApi } from '../harness/api.js';
import { SECRET_KEYS, makeEndpoint } from '../harness/tenant.js';

let api: TestApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const NO_AUTH = {
  kind: 'none',
  user: null,
  authoriseUrl: null,
  tokenUrl: null,
  clientId: null,
  scope: null,
  audience: null,
  sendAs: null,
  ...{ authoriseParameters: null, pkce: null, baseUrlFrom: null, keepAliveDays: null },
  certificate: null,
  serverAuthority: null,
};
const OAUTH = {
  kind: 'oauth2',
  tokenUrl: 'https://login.crm.example/token',
  clientId: 'switchhook',
  clientSecret: 's3cret-client',
};
const CODE = { ...OAUTH, kind: 'oauth2_code', authoriseUrl: 'https://login.crm.example/authorise' };
const NONE = { kind: 'none' };

async function endpointOf(): Promise<{ id: string; path: string; client: ApiClient; tenant: TenantId }> {
  const { id: tenant, client } = await api.tenant();
  const { id } = await makeEndpoint(api.sql, tenant, { url: 'https://crm.example/hook' });
  return { id, path: `/v1/endpoints/${id}/access`, client, tenant };
}

function fieldsAtFault({ body }: Answer): unknown[] {
  return (body['errors'] as { field: string }[]).map(({ field }) => field);
}

describe('what an endpoint is shown', () => {
  it('is nothing at first, is shown without its secrets, and can be removed', async () => {
    const { path, client } = await endpointOf();
    expect((await client.get(path)).body).toEqual({ headers: [], auth: NO_AUTH });
    const put = await client.put(path, {
      headers: { 'X-Api-Key': 's3cret-header' },
      auth: { ...OAUTH, scope: 'calls.write', sendAs: 'body' },
    });
    expect(put.body).toEqual({
      headers: ['x-api-key'],
      auth: {
        kind: 'oauth2',
        user: null,
        authoriseUrl: null,
        ...{ authoriseParameters: null, pkce: null, baseUrlFrom: null, keepAliveDays: null },
        tokenUrl: OAUTH.tokenUrl,
        clientId: 'switchhook',
        scope: 'calls.write',
        audience: null,
        sendAs: 'body',
        certificate: null,
        serverAuthority: null,
      },
    });
    const got = await client.get(path);
    expect(got.body).toEqual(put.body);
    expect(put.text + got.text).not.toContain('s3cret');
    expect((await client.delete(path)).status).toBe(204);
    expect((await client.get(path)).body).toEqual({ headers: [], auth: NO_AUTH });
  });

  it('is kept sealed, bound to its endpoint, and told to the audit and the endpoint itself without secrets', async () => {
    const { id, path, client } = await endpointOf();
    await client.put(path, {
      headers: { 'X-Api-Key': 's3cret-header' },
      auth: { kind: 'basic', user: 'switchhook', password: 's3cret-password' },
    });
    const { sealed } = await api.sql.row<{ sealed: string }>(
      'SELECT sealed_access AS sealed FROM endpoint WHERE id = $1',
      [id],
    );
    expect(sealed).not.toContain('s3cret');
    const box = SecretBox.fromKeys(SECRET_KEYS);
    expect(box.open(sealed, `endpoint:${id}:access`)).toContain('s3cret-password');
    expect(() => box.open(sealed, `endpoint:${crypto.randomUUID()}:access`)).toThrow();
    const audit = await client.get('/v1/audit?subjectType=endpoint');
    expect(audit.body.data[0]).toMatchObject({
      action: 'endpoint.access_set',
      changes: { access: { from: { auth: { kind: 'none' } }, to: { auth: { user: 'switchhook' } } } },
    });
    const endpoint = await client.get(`/v1/endpoints/${id}`);
    expect(audit.text + endpoint.text).not.toContain('s3cret');
    expect(api.rings).toContainEqual({ kind: 'endpoint', id });
  });

  it('lets what waited for the breaker of the old credentials go at once', async () => {
    const { id, path, client } = await endpointOf();
    await api.sql.rows(
      `INSERT INTO mailbox VALUES ('endpoint', $1, 1, NULL, now(), now() + interval '1 h', '{"x": 1}')`,
      [id],
    );
    await client.put(path, { auth: { kind: 'bearer', token: 't' } });
    const mailbox = await api.sql.row(
      'SELECT not_before <= now() AS ready, memo FROM mailbox WHERE id = $1',
      [id],
    );
    expect(mailbox).toEqual({ ready: true, memo: {} });
  });

  it.each([
    [{ auth: { kind: 'magic' } }, ['auth.kind']],
    [{}, ['auth']],
    [{ auth: 'none' }, ['auth']],
    [{ auth: { ...NONE, more: 1 } }, ['auth.more']],
    [{ auth: { kind: 'basic', user: 'u' } }, ['auth.password']],
    [{ auth: { kind: 'basic', user: 'u:v', password: 'p' } }, ['auth.user']],
    [{ auth: { kind: 'bearer', token: 'a\nb' } }, ['auth.token']],
    [{ auth: { kind: 'bearer', token: 't', password: 'p' } }, ['auth.password']],
    [{ auth: { kind: 'oauth2' } }, ['auth.tokenUrl', 'auth.clientId', 'auth.clientSecret']],
    [{ auth: { ...OAUTH, tokenUrl: 'http://169.254.169.254/token' } }, ['auth.tokenUrl']],
    [{ auth: { ...OAUTH, tokenUrl: 'ftp://login.example/' } }, ['auth.tokenUrl']],
    [{ auth: { ...OAUTH, sendAs: 'query' } }, ['auth.sendAs']],
    [
      { auth: { kind: 'oauth2_code' } },
      ['auth.authoriseUrl', 'auth.tokenUrl', 'auth.clientId', 'auth.clientSecret'],
    ],
    [{ auth: { ...CODE, authoriseUrl: 'http://10.0.0.1/' } }, ['auth.authoriseUrl']],
    [{ auth: { ...CODE, tokenUrl: 'http://10.0.0.1/' } }, ['auth.tokenUrl']],
    [{ auth: { ...CODE, audience: 'x' } }, ['auth.audience']],
    [{ auth: { ...CODE, keepAliveDays: 0 } }, ['auth.keepAliveDays']],
    [{ auth: { ...CODE, authoriseParameters: { state: 'x' } } }, ['auth.authoriseParameters.state']],
    [{ auth: { ...CODE, authoriseParameters: { a: 7 } } }, ['auth.authoriseParameters.a']],
    [{ auth: { ...CODE, authoriseParameters: { 'a b': 'x' } } }, ['auth.authoriseParameters.a b']],
    [{ auth: { ...OAUTH, pkce: true } }, ['auth.pkce']],
    [{ auth: NONE, headers: ['x'] }, ['headers']],
    [{ auth: NONE, headers: { Host: 'x' } }, ['headers.Host']],
    [{ auth: NONE, headers: { 'Content-Length': '1' } }, ['headers.Content-Length']],
    [{ auth: NONE, headers: { 'Webhook-Signature': 'v1,x' } }, ['headers.Webhook-Signature']],
    [{ auth: NONE, headers: { 'transfer-encoding': 'chunked' } }, ['headers.transfer-encoding']],
    [{ auth: NONE, headers: { 'a b': 'x' } }, ['headers.a b']],
    [{ auth: NONE, headers: { x: 'a\r\nb: c' } }, ['headers.x']],
    [{ auth: NONE, headers: { x: 7 } }, ['headers.x']],
    [{ auth: NONE, headers: { x: 'v'.repeat(1025) } }, ['headers.x']],
    [{ auth: NONE, headers: { x: '1', X: '2' } }, ['headers.X']],
    [{ auth: { kind: 'bearer', token: 't' }, headers: { Authorization: 'x' } }, ['headers.Authorization']],
    [
      { auth: NONE, headers: Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`x-${at}`, 'v'])) },
      ['headers'],
    ],
  ])('is refused as %j', async (access, fields) => {
    const { path, client } = await endpointOf();
    const answer = await client.put(path, access);
    expect([answer.status, fieldsAtFault(answer)]).toEqual([400, fields]);
  });

  it('may be twenty headers of a kilobyte, and an authorization of another kind', async () => {
    const { path, client } = await endpointOf();
    const headers = Object.fromEntries(Array.from({ length: 19 }, (_, at) => [`x-${at}`, 'v'.repeat(1024)]));
    const put = await client.put(path, { auth: NONE, headers: { ...headers, Authorization: 'Token abc' } });
    expect([put.status, (put.body['headers'] as unknown[]).length]).toEqual([200, 20]);
  });

  it('is for administrators to set and to remove, of an endpoint that there is', async () => {
    const { path, client, tenant } = await endpointOf();
    const writer = await api.client(tenant, ['write']);
    expect((await writer.put(path, { auth: NONE })).status).toBe(403);
    expect((await writer.delete(path)).status).toBe(403);
    const nowhere = `/v1/endpoints/${crypto.randomUUID()}/access`;
    expect((await client.get(nowhere)).status).toBe(404);
    expect((await client.put(nowhere, { auth: NONE })).status).toBe(404);
    expect((await client.delete(nowhere)).status).toBe(404);
  });

  it('is not sent to another address by whoever may write but not administer', async () => {
    const { id, path, client, tenant } = await endpointOf();
    const writer = await api.client(tenant, ['write']);
    const endpoint = `/v1/endpoints/${id}`;
    const elsewhere = { url: 'https://elsewhere.example/hook' };
    expect((await writer.patch(endpoint, elsewhere)).status).toBe(200);
    await client.put(path, { headers: { 'x-api-key': 's3cret-header' }, auth: NONE });
    expect((await writer.patch(endpoint, { name: 'CRM', ...elsewhere })).status).toBe(200);
    for (const change of [
      { url: 'https://thief.example/' },
      { format: 'template', formatSettings: { url: 'https://thief.example/', body: '{}' } },
    ]) {
      const answer = await writer.patch(endpoint, change);
      expect([answer.status, answer.body['code']]).toEqual([403, 'endpoint.access_set']);
    }
    expect((await client.patch(endpoint, { url: 'https://moved.example/' })).status).toBe(200);
    await client.delete(path);
    expect((await writer.patch(endpoint, elsewhere)).status).toBe(200);
  });
});
