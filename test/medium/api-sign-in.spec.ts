import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PASSWORD, makePerson, signedIn } from '../builders/person.js';
import { ApiClient, openApi, type Json, type TestApi } from '../harness/api.js';
import { TestBrowser } from '../harness/browser.js';

const COOKIE = '__Host-switchhook';

let api: TestApi;
beforeAll(async () => {
  // Each test comes from an address of its own, so that the throttle of one is not another's.
  api = await openApi({ INGRESS_TRUST_PROXY: '1' });
});
afterAll(() => api.close());

let addresses = 0;
const browser = (): TestBrowser =>
  new TestBrowser(api.url, { 'x-forwarded-for': `192.0.2.${String((addresses += 1))}` });

async function member(role: 'admin' | 'supervisor' | 'agent' = 'admin') {
  const tenant = await api.tenant();
  return { tenant, person: await makePerson(api.sql, [{ tenant: tenant.id, role }]) };
}

describe('signing in', () => {
  it('sets a cookie for this host alone, and says who it is', async () => {
    const { tenant, person } = await member();
    const own = browser();
    const { status, headers, body } = await own.post('/v1/session', {
      email: person.email.toUpperCase(),
      password: PASSWORD,
    });
    expect(status).toBe(201);
    expect(headers.get('set-cookie')).toMatch(
      /^__Host-switchhook=sws_[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure$/,
    );
    expect(headers.get('cache-control')).toBe('no-store');
    const who = {
      user: { id: person.id, email: person.email, name: 'Dana Levi' },
      memberships: [{ tenantId: tenant.id, tenantName: 'Acme', role: 'admin', agentId: null }],
      session: { method: 'password', current: true },
    };
    expect(body).toMatchObject(who);
    expect((await own.get('/v1/session')).body).toMatchObject(who);
    expect((await own.get('/v1/endpoints')).status).toBe(200);
  });

  it('has a plain cookie where the installation is this machine, which has no certificate', async () => {
    const here = await openApi({ PUBLIC_URL: 'http://localhost:3000' });
    try {
      const person = await makePerson(here.sql, []);
      const own = await signedIn(here.url, person);
      expect([...own.cookies.keys()]).toEqual(['switchhook']);
    } finally {
      await here.close();
    }
  });

  it('answers an unknown person and a wrong password alike', async () => {
    const { person } = await member();
    const wrong = await browser().post('/v1/session', { email: person.email, password: 'not it at all' });
    const unknown = await browser().post('/v1/session', { email: 'nobody@example.com', password: PASSWORD });
    expect([wrong.status, wrong.body['code']]).toEqual([401, 'sign_in.refused']);
    expect(unknown.body).toEqual(wrong.body);
  });

  it('lets an account wait after ten wrong passwords, from wherever they come, and forgets them after a right one', async () => {
    const { person } = await member();
    const attempt = async (password: string) =>
      (await browser().post('/v1/session', { email: person.email, password })).status;
    const nine = await Promise.all(Array.from({ length: 9 }, () => attempt('not it at all')));
    expect(nine).toEqual(Array(9).fill(401));
    expect(await attempt(PASSWORD)).toBe(201);
    const more = await Promise.all(Array.from({ length: 12 }, () => attempt('not it at all')));
    expect(more.filter((status) => status === 401)).toHaveLength(10);
    const { status, headers, body } = await browser().post('/v1/session', {
      email: person.email,
      password: PASSWORD,
    });
    expect([status, body['code']]).toEqual([429, 'sign_in.too_many']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('lets an address wait after fifty wrong ones, whosever they are', async () => {
    const own = browser();
    const people = await Promise.all(Array.from({ length: 6 }, () => makePerson(api.sql, [])));
    const statuses: number[] = [];
    for (let turn = 0; turn < 52; turn += 1) {
      // Nine tries of each, so that it is not their account that has to wait.
      const email = people[Math.floor(turn / 9)]?.email;
      statuses.push((await own.post('/v1/session', { email, password: 'not it' })).status);
    }
    expect(statuses.slice(0, 50)).toEqual(Array(50).fill(401));
    expect(statuses.slice(50)).toEqual([429, 429]);
  });
});

describe('a session', () => {
  it('is not looked at where there is an Authorization', async () => {
    const { person } = await member();
    const own = await signedIn(api.url, person);
    const { status, body } = await own.with({ authorization: 'Bearer sk_nobody' }).get('/v1/endpoints');
    expect([status, body['code']]).toEqual([401, 'key.invalid']);
    const empty = await own.with({ authorization: 'Basic eA==' }).get('/v1/endpoints');
    expect([empty.status, empty.body['code']]).toEqual([401, 'key.missing']);
  });

  const NO = undefined as unknown as string;
  it.each([
    ['from a page of ours', { 'sec-fetch-site': 'same-origin' }, 201],
    ['without our header', { 'x-switchhook': NO }, 403],
    ['from another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['from a neighbour of the same site', { 'sec-fetch-site': 'same-site' }, 403],
    ['from an address bar', { 'sec-fetch-site': 'none' }, 403],
    [
      'from an older browser by a page of ours',
      { 'sec-fetch-site': NO, origin: 'https://hook.example' },
      201,
    ],
    ['from an older browser by another page', { 'sec-fetch-site': NO, origin: 'https://evil.example' }, 403],
    ['from a page without an origin', { 'sec-fetch-site': NO, origin: 'null' }, 403],
    ['from who knows where', { 'sec-fetch-site': NO }, 403],
  ])('asked for a change %s', async (_, headers, expected) => {
    const { person } = await member();
    const own = await signedIn(api.url, person);
    const given = Object.fromEntries(
      Object.entries({ 'sec-fetch-site': 'same-origin', 'x-switchhook': '1', ...headers }).filter(
        ([, value]) => (value as string | undefined) !== undefined,
      ),
    );
    const cookie = [...own.cookies].map((pair) => pair.join('=')).join('; ');
    const plain = new ApiClient(api.url, '', { cookie, ...given });
    const { status, body } = await plain.post('/v1/contacts', { name: 'Dana', phones: [] });
    expect(status).toBe(expected);
    if (expected === 403) expect(body['code']).toBe('session.cross_site');
    // Signing somebody in is a change too: another site must not do it to them.
    const signIn = await new ApiClient(api.url, '', given).post('/v1/session', {
      email: 'a@b.example',
      password: 'x',
    });
    expect(signIn.status).toBe(expected === 403 ? 403 : 401);
    // And reading is none.
    expect((await plain.get('/v1/contacts')).status).toBe(200);
  });

  it('ends when one signs out, and its cookie opens nothing any more', async () => {
    const { person } = await member();
    const own = await signedIn(api.url, person);
    const before = own.with({});
    expect((await own.delete('/v1/session')).status).toBe(204);
    expect(own.cookies.size).toBe(0);
    const { status, body } = await before.get('/v1/session');
    expect([status, body['code']]).toEqual([401, 'session.ended']);
  });

  it('is listed with the others of the person, who ends them', async () => {
    const { person } = await member();
    const [one, two, three] = [
      await signedIn(api.url, person),
      await signedIn(api.url, person),
      await signedIn(api.url, person),
    ];
    const listed = async (own: TestBrowser) => (await own.get('/v1/sessions')).body.data;
    const all = await listed(one);
    expect(all.map(({ current }) => current)).toEqual([false, false, true]);
    expect(all[0]).toMatchObject({ method: 'password', address: '127.0.0.1', userAgent: 'node' });
    expect(JSON.stringify(all)).not.toContain('sws_');
    expect((await two.get('/v1/session')).status).toBe(200);
    expect((await one.delete(`/v1/sessions/${String(all[1]?.['id'])}`)).status).toBe(204);
    expect((await two.get('/v1/session')).status).toBe(401);
    expect((await one.delete('/v1/sessions')).status).toBe(204);
    expect((await three.get('/v1/session')).status).toBe(401);
    expect(await listed(one)).toHaveLength(1);
  });

  it('of somebody else cannot be ended', async () => {
    const [mine, theirs] = [await member(), await member()];
    const [own, other] = [await signedIn(api.url, mine.person), await signedIn(api.url, theirs.person)];
    const [session] = (await other.get('/v1/sessions')).body.data;
    expect((await own.delete(`/v1/sessions/${String(session?.['id'])}`)).status).toBe(404);
    expect((await other.get('/v1/session')).status).toBe(200);
  });

  it.each([
    ['twelve hours idle', `last_seen_at = now() - interval '12 hours 1 minute'`, 401],
    ['almost twelve hours idle', `last_seen_at = now() - interval '11 hours 59 minutes'`, 200],
    ['seven days old', `expires_at = now() - interval '1 second'`, 401],
  ])('that is %s', async (_, set, expected) => {
    const { person } = await member();
    const own = await signedIn(api.url, person);
    await api.sql.rows(`UPDATE session SET ${set} WHERE user_id = $1`, [person.id]);
    expect((await own.get('/v1/session')).status).toBe(expected);
  });

  it('is kept as a hash', async () => {
    const { person } = await member();
    const own = await signedIn(api.url, person);
    const kept = await api.sql.row<{ row: string }>(
      `SELECT row_to_json(s)::text || encode(hash, 'escape') AS row FROM session s WHERE user_id = $1`,
      [person.id],
    );
    expect(kept.row).not.toContain(own.cookies.get(COOKIE));
  });

  it('is told nothing by a cookie that is none of ours', async () => {
    for (const value of ['sws_nobody', 'a b', '', '"', 'x'.repeat(5_000)]) {
      const { status } = await new ApiClient(api.url, '', { cookie: `a=1; ${COOKIE}=${value}; b` }).get(
        '/v1/session',
      );
      expect(status).toBe(401);
    }
  });
});

describe('a new password', () => {
  it('wants the old one, ends all sessions, and gives this browser a new one', async () => {
    const { person } = await member();
    const [own, other] = [await signedIn(api.url, person), await signedIn(api.url, person)];
    const before = own.cookies.get(COOKIE);
    const refused = await own.put('/v1/session/password', {
      current: 'not it at all',
      password: 'a new one, long',
    });
    expect([refused.status, refused.body['code']]).toEqual([401, 'sign_in.refused']);
    const short = await own.put('/v1/session/password', { current: PASSWORD, password: 'too short' });
    expect([short.status, short.body['code']]).toEqual([400, 'request.invalid']);
    expect(
      (await own.put('/v1/session/password', { current: PASSWORD, password: 'a new one, long' })).status,
    ).toBe(200);
    expect(own.cookies.get(COOKIE)).not.toBe(before);
    expect((await own.get('/v1/session')).status).toBe(200);
    expect((await other.get('/v1/session')).status).toBe(401);
    const again = await browser().post('/v1/session', { email: person.email, password: 'a new one, long' });
    expect(again.status).toBe(201);
    const kept = await api.sql.row<Json>(`SELECT password_hash FROM app_user WHERE id = $1`, [person.id]);
    expect(kept['password_hash']).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
    const audit = await api.operator.get('/v1/audit?operator=true&subjectType=user');
    expect(audit.body.data[0]).toMatchObject({
      action: 'user.password_changed',
      actor: person.id,
      actorKind: 'user',
      subjectId: person.id,
    });
  });
});

describe('people of several tenants', () => {
  it('say for which one, and others are not there for them', async () => {
    const [one, two, third] = [await api.tenant('One'), await api.tenant('Two'), await api.tenant('Third')];
    const person = await makePerson(api.sql, [
      { tenant: one.id, role: 'admin' },
      { tenant: two.id, role: 'agent' },
    ]);
    const own = await signedIn(api.url, person);
    const nobody = await own.get('/v1/endpoints');
    expect([nobody.status, nobody.body['code']]).toEqual([400, 'tenant.required']);
    const as = (tenant: string) => own.with({ 'switchhook-tenant': tenant }).get('/v1/endpoints');
    expect((await as(one.id)).status).toBe(200);
    expect((await as(two.id)).body['code']).toBe('role.missing');
    for (const tenant of [third.id, crypto.randomUUID(), 'x']) {
      const { status, body } = await as(tenant);
      expect([status, body['code']]).toEqual([404, 'resource.not_found']);
    }
  });

  it('who are operators may act for any', async () => {
    const tenant = await api.tenant();
    const own = await signedIn(api.url, await makePerson(api.sql, [{ tenant: null, role: 'operator' }]));
    expect((await own.get('/v1/tenants')).status).toBe(200);
    expect((await own.get('/v1/endpoints')).body['code']).toBe('tenant.required');
    expect((await own.with({ 'switchhook-tenant': tenant.id }).get('/v1/endpoints')).status).toBe(200);
    for (const other of [crypto.randomUUID(), 'x'])
      expect((await own.with({ 'switchhook-tenant': other }).get('/v1/endpoints')).status).toBe(404);
  });

  it('are told in the audit as people', async () => {
    const { tenant, person } = await member();
    const own = await signedIn(api.url, person);
    await own.post('/v1/agents', { name: 'Dana' });
    const audit = await tenant.client.get('/v1/audit?subjectType=agent');
    expect(audit.body.data[0]).toMatchObject({
      actor: person.id,
      actorKind: 'user',
      action: 'agent.created',
    });
  });
});

describe('an API key', () => {
  it('is nobody who has sessions', async () => {
    const tenant = await api.tenant();
    for (const path of ['/v1/session', '/v1/sessions']) {
      const { status, body } = await tenant.client.get(path);
      expect([status, body['code']]).toEqual([403, 'session.required']);
    }
  });
});
