import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forgetLinks } from '#db';
import { openPortal, portalCode } from '../builders/portal.js';
import { ApiClient, openApi, type TestApi, type TestTenant } from '../harness/api.js';
import { TestBrowser } from '../harness/browser.js';

let api: TestApi;
let tenant: TestTenant;
beforeAll(async () => {
  api = await openApi({ API_RATE_PER_MINUTE: '100000' });
  tenant = await api.tenant();
});
afterAll(() => api.close());

const open = (code: string) => new TestBrowser(api.url).post('/v1/portal-session', { code });
const ofToken = (token: unknown) => new ApiClient(api.url, String(token));

async function auditOf(subjectId: unknown): Promise<unknown[]> {
  const { body } = await tenant.client.get(`/v1/audit?subjectId=${String(subjectId)}`);
  return body.data.map((entry) => [entry['action'], entry['actorKind']]);
}

describe('a portal link', () => {
  it('leads to the page, with its code where browsers send it to nobody', async () => {
    const { status, body } = await tenant.client.post('/v1/portal-links', { areas: ['calls'] });
    expect(status).toBe(201);
    expect(body).toMatchObject({ areas: ['calls'], readOnly: false, minutes: 480, openedAt: null, look: {} });
    const page = `^https://hook\\.example/portal\\?t=${tenant.id}#swo_[\\w-]{43}$`;
    expect(body['url']).toMatch(new RegExp(page));
  });

  it('is refused with areas that there are not, for too long, with a look that is none, or with an agent in no area', async () => {
    const wrong = [
      { areas: [] },
      { areas: ['keys'] },
      { areas: ['calls'], minutes: 481 },
      { areas: ['calls'], look: { accent: 'red;}' } },
      { areas: ['calls'], look: { script: 'x' } },
      { areas: ['agent'] },
      { areas: ['calls'], agentId: crypto.randomUUID() },
    ];
    for (const order of wrong) {
      const { status, body } = await tenant.client.post('/v1/portal-links', order);
      expect([order, status, body['code']]).toEqual([order, 400, 'request.invalid']);
    }
  });

  it('is for agents of the tenant alone', async () => {
    const other = await (await api.tenant()).client.post('/v1/agents', { name: 'Noa' });
    const order = { areas: ['agent'], agentId: other.body['id'] };
    expect((await tenant.client.post('/v1/portal-links', order)).status).toBe(404);
  });

  it('is made by no key that only writes', async () => {
    const client = await api.client(tenant.id, ['write']);
    const { status, body } = await client.post('/v1/portal-links', { areas: ['calls'] });
    expect([status, body['code']]).toEqual([403, 'scope.missing']);
  });

  it('works once, also when two use it in the same moment', async () => {
    const code = await portalCode(tenant.client, { areas: ['calls'], look: { accent: '#0a6cff' } });
    const answers = await Promise.all([open(code), open(code), open(code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404, 404]);
    const opened = answers.find(({ status }) => status === 201);
    expect(opened?.body).toMatchObject({ tenantId: tenant.id, look: { accent: '#0a6cff' } });
    expect(opened?.headers.getSetCookie()).toEqual([]);
    expect((await open(code)).body['code']).toBe('portal.code_invalid');
  });

  it('works for ten minutes', async () => {
    const code = await portalCode(tenant.client, { areas: ['calls'] });
    await api.sql.rows(`UPDATE portal SET code_expires_at = code_expires_at - interval '10 minutes'`);
    expect((await open(code)).body['code']).toBe('portal.code_invalid');
  });

  it('is opened by our own page alone', async () => {
    const code = await portalCode(tenant.client, { areas: ['calls'] });
    const foreign = new TestBrowser(api.url, { 'sec-fetch-site': 'cross-site' });
    const { status, body } = await foreign.post('/v1/portal-session', { code });
    expect([status, body['code']]).toEqual([403, 'session.cross_site']);
    expect((await open(code)).status).toBe(201);
  });

  it('is kept as a hash, and so is the token', async () => {
    const code = await portalCode(tenant.client, { areas: ['calls'] });
    const { body } = await open(code);
    const rows = await api.sql.rows(
      `SELECT p::text || t::text AS row FROM portal p JOIN portal_token t ON t.portal_id = p.id`,
    );
    const kept = JSON.stringify(rows);
    for (const secret of [code, String(body['token'])]) {
      expect(kept).not.toContain(secret);
      expect(kept).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });
});

describe('a portal', () => {
  it('is for its tenant and no other', async () => {
    const portal = await openPortal(api.url, tenant.client, { areas: ['calls'] });
    expect((await portal.get('/v1/calls')).status).toBe(200);
    const other = await api.tenant();
    expect((await portal.with({ 'switchhook-tenant': other.id }).get('/v1/calls')).status).toBe(404);
  });

  it('has a token for a quarter of an hour, and a new one while the old still works', async () => {
    const { body: first } = await open(await portalCode(tenant.client, { areas: ['calls'], minutes: 60 }));
    const lasts = Date.parse(String(first['expiresAt'])) - Date.parse(String(first['openedAt']));
    expect(lasts).toBe(15 * 60_000);
    const { status, body: second } = await ofToken(first['token']).post('/v1/portal-session/renew');
    expect(status).toBe(201);
    for (const { token } of [first, second]) expect((await ofToken(token).get('/v1/calls')).status).toBe(200);
    await api.sql.rows(`UPDATE portal_token SET expires_at = now() WHERE portal_id = $1`, [first['id']]);
    const late = await openPortal(api.url, tenant.client, { areas: ['calls'] });
    await api.sql.rows(`UPDATE portal_token SET expires_at = now() - interval '1 minute'`);
    const { status: refused, body } = await late.get('/v1/calls');
    expect([refused, body['code']]).toEqual([401, 'portal.ended']);
  });

  it('ends when its minutes are over, however often it is renewed', async () => {
    const { body } = await open(await portalCode(tenant.client, { areas: ['calls'], minutes: 1 }));
    expect(body['expiresAt']).toBe(body['endsAt']);
    await api.sql.rows(`UPDATE portal SET ends_at = now() WHERE id = $1`, [body['id']]);
    const { status } = await ofToken(body['token']).post('/v1/portal-session/renew');
    expect(status).toBe(404);
  });

  it('is listed until it ends, and ended by an admin at once', async () => {
    const { body } = await open(await portalCode(tenant.client, { areas: ['calls', 'contacts'] }));
    const portal = ofToken(body['token']);
    expect((await portal.get('/v1/contacts')).status).toBe(200);
    const listed = async () => {
      const { body: page } = await tenant.client.get('/v1/portal-sessions?limit=200');
      return page.data.map(({ id }) => id);
    };
    expect(await listed()).toContain(body['id']);
    const other = await api.tenant();
    expect((await other.client.delete(`/v1/portal-sessions/${String(body['id'])}`)).status).toBe(404);
    expect((await tenant.client.delete(`/v1/portal-sessions/${String(body['id'])}`)).status).toBe(204);
    expect((await portal.get('/v1/contacts')).body['code']).toBe('portal.ended');
    expect(await listed()).not.toContain(body['id']);
    expect(await auditOf(body['id'])).toEqual([
      ['portal.ended', 'key'],
      ['portal.opened', 'portal'],
      ['portal.created', 'key'],
    ]);
  });

  it('is left by its holder', async () => {
    const portal = await openPortal(api.url, tenant.client, { areas: ['calls'] });
    expect((await portal.delete('/v1/portal-session')).status).toBe(204);
    expect((await portal.get('/v1/portal-session')).status).toBe(401);
  });

  it('is named by the audit where it changes something', async () => {
    const { body } = await open(await portalCode(tenant.client, { areas: ['contacts'] }));
    const made = await ofToken(body['token']).post('/v1/contacts', {
      name: 'Dana',
      phones: [{ number: '+972502345678' }],
    });
    expect(made.status).toBe(201);
    const { body: audit } = await tenant.client.get(`/v1/audit?subjectId=${String(made.body['id'])}`);
    expect(audit.data[0]).toMatchObject({ actorKind: 'portal', actor: body['id'] });
  });

  it('of an agent has the agent’s own calls, and ends with the agent', async () => {
    const agent = await tenant.client.post('/v1/agents', { name: 'Noa' });
    const agentId = String(agent.body['id']);
    const portal = await openPortal(api.url, tenant.client, { areas: ['agent'], agentId });
    expect((await portal.get('/v1/me/calls')).body.data).toEqual([]);
    expect((await portal.get('/v1/portal-session')).body).toMatchObject({ agentId, areas: ['agent'] });
    expect((await portal.get('/v1/calls')).body['code']).toBe('portal.not_for_this');
    expect((await tenant.client.delete(`/v1/agents/${agentId}`)).status).toBe(204);
    expect(await api.sql.rows('SELECT 1 FROM portal WHERE agent_id = $1', [agentId])).toEqual([]);
  });

  it('that only shows says so', async () => {
    const portal = await openPortal(api.url, tenant.client, { areas: ['contacts'], readOnly: true });
    const { status, body } = await portal.post('/v1/contacts', { name: 'Dana', phones: [] });
    expect([status, body['code']]).toEqual([403, 'portal.read_only']);
  });

  it('is nothing that an API key or a person is', async () => {
    const { status, body } = await tenant.client.get('/v1/portal-session');
    expect([status, body['code']]).toEqual([409, 'portal.required']);
  });

  it('is forgotten a week after its end', async () => {
    const { body } = await open(await portalCode(tenant.client, { areas: ['calls'] }));
    const week = 7 * 24 * 60 * 60_000;
    const isThere = async () =>
      (await api.sql.rows(`SELECT 1 FROM portal WHERE id = $1`, [body['id']])).length === 1;
    const endsAt = Date.parse(String(body['endsAt']));
    await forgetLinks(api.world.url, endsAt + week - 1_000);
    expect(await isThere()).toBe(true);
    await forgetLinks(api.world.url, endsAt + week + 1_000);
    expect(await isThere()).toBe(false);
  });
});

describe('the page of portals', () => {
  const policyOf = async (query: string) => {
    const answer = await fetch(`${api.url}/portal${query}`);
    expect(answer.status).toBe(200);
    return answer.headers.get('content-security-policy');
  };

  it('may be shown by the pages that the tenant names, and by no others', async () => {
    const { id, client } = await api.tenant();
    const origins = ['https://crm.example', 'https://desk.example:8443'];
    expect((await client.put('/v1/portal-settings', { origins })).body).toEqual({ origins });
    expect((await client.get('/v1/portal-settings')).body).toEqual({ origins });
    expect(await policyOf(`?t=${id}`)).toContain(`frame-ancestors ${origins.join(' ')}`);
    for (const query of ['', '?t=x', `?t=${crypto.randomUUID()}`, `?t=${id}&t=${id}`, `?t=${tenant.id}`]) {
      expect(await policyOf(query)).toContain("frame-ancestors 'none'");
    }
    const { body } = await client.post('/v1/portal-links', { areas: ['calls'] });
    expect((await open(new URL(String(body['url'])).hash.slice(1))).body['origins']).toEqual(origins);
  });

  it.each([
    'http://crm.example',
    'https://crm.example/',
    'https://crm.example:443',
    'https://CRM.example',
    'https://*.example',
    "https://crm.example;script-src 'unsafe-inline'",
    'https://a;b',
    '*',
  ])('is shown by none that says %j', async (origin) => {
    const { status } = await tenant.client.put('/v1/portal-settings', { origins: [origin] });
    expect(status).toBe(400);
  });

  it('runs nothing but its own script', async () => {
    const answer = await fetch(`${api.url}/portal/page.js`);
    expect(answer.headers.get('content-type')).toContain('text/javascript');
    const script = await answer.text();
    expect(() => new Script(script)).not.toThrow();
    expect(script).not.toMatch(/localStorage|sessionStorage|document\.cookie|innerHTML/);
  });
});
