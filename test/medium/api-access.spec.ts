import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { ApiClient, openApi, type TestApi } from '../harness/api.js';
import { RedisServer } from '../harness/redis-server.js';
import { ownRedis } from '../harness/test-services.js';
import { until } from '../harness/until.js';

const RATE = 100;

let api: TestApi;
beforeAll(async () => {
  api = await openApi({ API_RATE_PER_MINUTE: String(RATE) });
});
afterAll(() => api.close());

describe('who may use the API', () => {
  it('refuses a request without a key, and says how to send one', async () => {
    const { status, headers, body } = await new ApiClient(api.url, '').get('/v1/endpoints');
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({ code: 'key.missing', status: 401, instance: '/v1/endpoints' });
  });

  it('refuses a key that nobody has', async () => {
    const { status, body } = await new ApiClient(api.url, 'sk_nobody').get('/v1/endpoints');
    expect([status, body['code']]).toEqual([401, 'key.invalid']);
  });

  it('refuses a key without scopes everywhere', async () => {
    const tenant = await api.tenant();
    const none = await api.client(tenant.id, []);
    const answers = await Promise.all([
      none.get('/v1/endpoints'),
      none.post('/v1/endpoints', {}),
      none.get('/v1/event-types'),
    ]);
    for (const { status, body } of answers) expect([status, body['code']]).toEqual([403, 'scope.missing']);
  });

  it('lets a reader read and no more, and a writer write but make no keys', async () => {
    const tenant = await api.tenant();
    const reader = await api.client(tenant.id, ['read']);
    const writer = await api.client(tenant.id, ['write']);
    expect((await reader.get('/v1/endpoints')).status).toBe(200);
    expect((await reader.post('/v1/endpoints', {})).status).toBe(403);
    expect((await writer.get('/v1/endpoints')).status).toBe(200);
    expect((await writer.post('/v1/endpoints', {})).status).toBe(400);
    expect((await writer.get('/v1/api-keys')).status).toBe(403);
  });

  it('keeps tenants to the operator', async () => {
    const tenant = await api.tenant();
    const { status, body } = await tenant.client.get('/v1/tenants');
    expect([status, body['code']]).toEqual([403, 'operator.required']);
  });

  it('asks an operator for the tenant that it acts for', async () => {
    const tenant = await api.tenant();
    const nobody = await api.operator.get('/v1/endpoints');
    expect([nobody.status, nobody.body['code']]).toEqual([400, 'tenant.required']);
    expect((await api.operator.with({ 'switchhook-tenant': tenant.id }).get('/v1/endpoints')).status).toBe(
      200,
    );
    const stranger = await api.operator
      .with({ 'switchhook-tenant': crypto.randomUUID() })
      .get('/v1/endpoints');
    expect(stranger.status).toBe(404);
  });

  it('does not let a tenant act for another one', async () => {
    const [one, other] = [await api.tenant(), await api.tenant()];
    const { status, body } = await one.client.with({ 'switchhook-tenant': other.id }).get('/v1/endpoints');
    expect([status, body['code']]).toEqual([403, 'tenant.forbidden']);
  });

  it('shows a key once, keeps its hash, and refuses it after it was revoked or has expired', async () => {
    const tenant = await api.tenant();
    const made = await tenant.client.post('/v1/api-keys', { name: 'CRM', scopes: ['read'] });
    expect(made.status).toBe(201);
    const key = String(made.body['key']);
    const id = String(made.body['id']);
    const client = new ApiClient(api.url, key);
    expect((await client.get('/v1/endpoints')).status).toBe(200);
    const listed = await tenant.client.get('/v1/api-keys');
    expect(listed.text).not.toContain(key);
    expect(listed.body.data.map((entry) => entry['id'])).toContain(id);
    const stored = await api.sql.row<{ row: string }>(
      `SELECT row_to_json(k)::text AS row FROM api_key k WHERE id = $1`,
      [id],
    );
    expect(stored.row).not.toContain(key);

    expect((await tenant.client.delete(`/v1/api-keys/${id}`)).status).toBe(204);
    const revoked = await client.get('/v1/endpoints');
    expect([revoked.status, revoked.body['code']]).toEqual([401, 'key.revoked']);

    const brief = await tenant.client.post('/v1/api-keys', {
      name: 'CRM',
      scopes: ['read'],
      expiresAt: '2100-01-01T00:00:00Z',
    });
    await api.sql.rows(`UPDATE api_key SET expires_at = now() - interval '1 s' WHERE id = $1`, [
      brief.body['id'],
    ]);
    const expired = await new ApiClient(api.url, String(brief.body['key'])).get('/v1/endpoints');
    expect([expired.status, expired.body['code']]).toEqual([401, 'key.expired']);
  });

  it('notes when a key was used', async () => {
    const tenant = await api.tenant();
    await tenant.client.get('/v1/endpoints');
    await until('lastUsedAt', async () => {
      const { body } = await tenant.client.get('/v1/api-keys');
      return body.data[0]?.['lastUsedAt'];
    });
  });

  it("makes operator keys only when asked in words, and never lets the operator's last one go", async () => {
    expect((await api.operator.post('/v1/api-keys', { name: 'x', scopes: ['read'] })).body['code']).toBe(
      'tenant.required',
    );
    const made = await api.operator.post('/v1/api-keys', {
      name: 'second',
      scopes: ['admin'],
      operator: true,
    });
    expect(made.body).toMatchObject({ operator: true });
    const second = new ApiClient(api.url, String(made.body['key']));
    expect((await second.get('/v1/tenants')).status).toBe(200);
    const itself = await second.delete(`/v1/api-keys/${String(made.body['id'])}`);
    expect([itself.status, itself.body['code']]).toEqual([409, 'key.in_use']);
    expect((await api.operator.delete(`/v1/api-keys/${String(made.body['id'])}`)).status).toBe(204);
    const tenant = await api.tenant();
    const refused = await tenant.client.post('/v1/api-keys', { name: 'x', scopes: ['read'], operator: true });
    expect([refused.status, refused.body['code']]).toEqual([403, 'operator.required']);
  });
});

describe('the rate limit', () => {
  it('tells what is left, then refuses until the minute is over, each key for itself', async () => {
    const tenant = await api.tenant();
    const [busy, other] = [await api.client(tenant.id, ['read']), await api.client(tenant.id, ['read'])];
    const first = await busy.get('/v1/event-types');
    expect(first.headers.get('ratelimit-limit')).toBe(String(RATE));
    expect(first.headers.get('ratelimit-remaining')).toBe(String(RATE - 1));
    expect(Number(first.headers.get('ratelimit-reset'))).toBeGreaterThan(0);
    expect(first.headers.get('ratelimit-policy')).toBe(`${String(RATE)};w=60`);
    await Promise.all(Array.from({ length: RATE - 1 }, () => busy.get('/v1/event-types')));
    const refused = await busy.get('/v1/event-types');
    expect([refused.status, refused.body['code']]).toEqual([429, 'rate.limited']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    expect((await other.get('/v1/event-types')).status).toBe(200);
  });

  it('counts in the database, where other processes count too', async () => {
    const tenant = await api.tenant();
    await tenant.client.get('/v1/event-types');
    expect(await api.sql.count(`SELECT count(*) FROM rate_limit WHERE points > 0`)).toBeGreaterThan(0);
  });
});

(ownRedis() === 'none' ? describe.skip : describe)('the rate limit with a Redis', () => {
  it('counts there, and goes on by itself when Redis is away', async () => {
    const redis = await RedisServer.start();
    const own = await openApi({ REDIS_URL: redis.url });
    const reader = new Redis(redis.url);
    reader.on('error', () => undefined);
    try {
      const { client } = await own.tenant();
      await until('a count in Redis', async () => {
        await client.get('/v1/event-types');
        return (await reader.keys('switchhook_rate*')).length > 0;
      });
      expect(await own.sql.count('SELECT count(*) FROM rate_limit')).toBe(0);
      await redis.close();
      const { status, headers } = await client.get('/v1/event-types');
      expect(status).toBe(200);
      expect(headers.get('ratelimit-limit')).toBe('600');
    } finally {
      reader.disconnect();
      await own.close();
      await redis.close();
    }
  });
});
