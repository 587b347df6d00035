import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openApi, type ApiClient, type TestApi } from '../harness/api.js';
import { makeConnection } from '../harness/tenant.js';

let api: TestApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const ENDPOINT = { name: 'CRM', url: 'https://crm.example/hook', eventTypes: ['*'] };

function withKey(client: ApiClient, key: string): ApiClient {
  return client.with({ 'idempotency-key': key });
}

describe('a POST with an Idempotency-Key', () => {
  it('is done once and answered twice with the same answer, secret included', async () => {
    const { client } = await api.tenant();
    const first = await withKey(client, 'a').post('/v1/endpoints', ENDPOINT);
    const { name, ...rest } = ENDPOINT;
    const again = await withKey(client, 'a').post('/v1/endpoints', { ...rest, name });
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect((await client.get('/v1/endpoints')).body.data).toHaveLength(1);
  });

  it('is refused when the key was used for something else', async () => {
    const { client } = await api.tenant();
    await withKey(client, 'b').post('/v1/endpoints', ENDPOINT);
    const other = await withKey(client, 'b').post('/v1/endpoints', { ...ENDPOINT, name: 'Other' });
    expect([other.status, other.body['code']]).toEqual([422, 'idempotency.mismatch']);
    const elsewhere = await withKey(client, 'b').post('/v1/connections', ENDPOINT);
    expect(elsewhere.status).toBe(422);
  });

  it('is refused for another tenant of the same operator', async () => {
    const [one, other] = [await api.tenant(), await api.tenant()];
    const operator = withKey(api.operator, 'c');
    expect(
      (await operator.with({ 'switchhook-tenant': one.id }).post('/v1/endpoints', ENDPOINT)).status,
    ).toBe(201);
    expect(
      (await operator.with({ 'switchhook-tenant': other.id }).post('/v1/endpoints', ENDPOINT)).status,
    ).toBe(422);
  });

  it('is done once when it comes many times at once', async () => {
    const { client } = await api.tenant();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => withKey(client, 'd').post('/v1/endpoints', ENDPOINT)),
    );
    const codes = answers.map(({ status, body }) => (status === 201 ? 201 : body['code']));
    expect(codes.filter((code) => code !== 201 && code !== 'idempotency.in_progress')).toEqual([]);
    expect((await client.get('/v1/endpoints')).body.data).toHaveLength(1);
  });

  it('is given the same problem again', async () => {
    const { client } = await api.tenant();
    const first = await withKey(client, 'e').post('/v1/endpoints', { ...ENDPOINT, url: 'nonsense' });
    const again = await withKey(client, 'e').post('/v1/endpoints', { ...ENDPOINT, url: 'nonsense' });
    expect([again.status, again.body]).toEqual([400, first.body]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('content-type')).toContain('application/problem+json');
  });

  it('may be tried again after we failed', async () => {
    const { id, client } = await api.tenant();
    const connection = await makeConnection(api.sql, id);
    // Sealed with a key that we do not have: opening it is our failure.
    await api.sql.rows(`UPDATE connection_token SET sealed = 'v1.lost.AAAA.AAAA' WHERE connection_id = $1`, [
      connection.id,
    ]);
    const rotate = () =>
      withKey(client, 'f').post(`/v1/connections/${connection.id}/rotate`, { graceSeconds: 60 });
    expect((await rotate()).status).toBe(500);
    await api.sql.rows(`DELETE FROM connection_token WHERE sealed = 'v1.lost.AAAA.AAAA'`);
    const again = await rotate();
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, null]);
  });

  it('is taken over from a process that died with it, and forgotten after a day', async () => {
    const { client } = await api.tenant();
    await withKey(client, 'g').post('/v1/endpoints', ENDPOINT);
    const age = (set: string) => api.sql.rows(`UPDATE idempotency_key SET ${set} WHERE key = 'g'`);
    await age(`status = NULL, sealed_body = NULL, created_at = now() - interval '59 s'`);
    expect((await withKey(client, 'g').post('/v1/endpoints', ENDPOINT)).body['code']).toBe(
      'idempotency.in_progress',
    );
    await age(`created_at = now() - interval '61 s'`);
    expect((await withKey(client, 'g').post('/v1/endpoints', ENDPOINT)).status).toBe(201);
    await age(`created_at = now() - interval '25 h'`);
    expect((await withKey(client, 'g').post('/v1/endpoints', { ...ENDPOINT, name: 'New' })).status).toBe(201);
  });

  it('needs a key that can be kept', async () => {
    const { client } = await api.tenant();
    const { status, body } = await withKey(client, 'x'.repeat(256)).post('/v1/endpoints', ENDPOINT);
    expect([status, body['code']]).toEqual([400, 'idempotency.invalid_key']);
    expect((await withKey(client, 'x'.repeat(255)).post('/v1/endpoints', ENDPOINT)).status).toBe(201);
  });
});

describe('secrets', () => {
  it('are in no table and no later answer in the clear', async () => {
    const { client } = await api.tenant();
    const repeatable = withKey(client, crypto.randomUUID());
    const endpoint = await repeatable.post('/v1/endpoints', ENDPOINT);
    const path = `/v1/endpoints/${String(endpoint.body['id'])}`;
    const rotated = await withKey(client, crypto.randomUUID()).post(`${path}/rotate-secret`);
    const key = await withKey(client, crypto.randomUUID()).post('/v1/api-keys', {
      name: 'k',
      scopes: ['read'],
    });
    const connection = await withKey(client, crypto.randomUUID()).post('/v1/connections', {
      name: 'p',
      dialect: 'voicenter',
    });
    const [url] = connection.body['ingressUrls'] as { url: string }[];
    const token = url?.url.split('/')[4] ?? '';
    const secrets = [endpoint.body['secret'], rotated.body['secret'], key.body['key'], token].map(String);
    for (const secret of secrets) expect(secret.length).toBeGreaterThan(20);

    const tables = [
      'audit_entry',
      'idempotency_key',
      'api_key',
      'endpoint',
      'endpoint_secret',
      'connection',
      'connection_token',
    ];
    const stored: string[] = [];
    for (const table of tables) {
      stored.push(
        ...(await api.sql.rows<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM ${table} t`)).map(
          ({ row }) => row,
        ),
      );
    }
    const later = ['/v1/endpoints', path, '/v1/api-keys', '/v1/audit', '/v1/connections'];
    const shown = await Promise.all(later.map(async (where) => (await client.get(where)).text));
    for (const text of [...stored, ...shown])
      for (const secret of secrets) expect(text).not.toContain(secret);
  });
});

describe('the audit', () => {
  it('has one entry for each change, with who, what and the fields that changed', async () => {
    const { client } = await api.tenant();
    const key = (await client.get('/v1/api-keys')).body.data[0];
    const made = await client.post('/v1/endpoints', ENDPOINT);
    const id = String(made.body['id']);
    const path = `/v1/endpoints/${id}`;
    await client.patch(path, { name: 'New CRM', concurrency: 10 });
    await client.post(`${path}/disable`);
    await client.post(`${path}/disable`);
    await client.post(`${path}/enable`);
    await client.post(`${path}/rotate-secret`);
    await client.post(`${path}/test`);
    await client.delete(path);
    const { body } = await client.get(`/v1/audit?subjectId=${id}`);
    expect(body.data.map((entry) => entry['action']).reverse()).toEqual([
      'endpoint.created',
      'endpoint.changed',
      'endpoint.disabled',
      'endpoint.enabled',
      'endpoint.secret_rotated',
      'endpoint.tested',
      'endpoint.deleted',
    ]);
    for (const entry of body.data)
      expect(entry).toMatchObject({ actor: key?.['id'], actorKind: 'key', subjectType: 'endpoint' });
    expect(body.data.at(-2)).toMatchObject({ changes: { name: { from: 'CRM', to: 'New CRM' } } });
    const changes = body.data.at(-2)?.['changes'] as object;
    expect(Object.keys(changes)).toEqual(['name']);
  });

  it('is for administrators', async () => {
    const { id } = await api.tenant();
    const writer = await api.client(id, ['write']);
    expect((await writer.get('/v1/audit')).status).toBe(403);
    expect((await api.operator.get('/v1/audit')).body['code']).toBe('tenant.required');
    const own = await api.operator.get('/v1/audit?operator=true');
    expect(own.body.data.at(-1)).toMatchObject({
      action: 'api_key.created',
      actor: 'system',
      actorKind: 'system',
    });
  });

  it('has no entry for a change that did not happen', async () => {
    const { id: tenantId, client } = await api.tenant();
    const before = await api.sql.count(`SELECT count(*) FROM audit_entry WHERE tenant_id = $1`, [tenantId]);
    await client.post('/v1/endpoints', { ...ENDPOINT, url: 'nonsense' });
    await client.delete(`/v1/endpoints/${crypto.randomUUID()}`);
    expect(await api.sql.count(`SELECT count(*) FROM audit_entry WHERE tenant_id = $1`, [tenantId])).toBe(
      before,
    );
  });
});
