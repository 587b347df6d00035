import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TenantRole } from '#domain';
import { forgetLinks } from '#db';
import { PASSWORD, makePerson, signedIn, type TestPerson } from '../builders/person.js';
import { openApi, type Answer, type ApiClient, type TestApi, type TestTenant } from '../harness/api.js';
import { TestBrowser } from '../harness/browser.js';

import { freePort } from '../harness/free-port.js';
import {
  CLIENT,
  TURNED_AWAY,
  TestIdentityProvider,
  WITH_MFA,
  type TestClaims,
} from '../harness/identity-provider.js';
import { until } from '../harness/until.js';

const CALLBACK = 'https://hook.example/sign-in/oidc/callback';

let api: TestApi;
let provider: TestIdentityProvider;
beforeAll(async () => {
  provider = await TestIdentityProvider.open(CALLBACK);
  // Each browser comes from an address of its own, so that the throttle of one is not another's.
  api = await openApi({
    EGRESS_ALLOW: '127.0.0.1/32',
    INGRESS_TRUST_PROXY: '1',
    API_RATE_PER_MINUTE: '100000',
  });
});
afterAll(async () => {
  await api.close();
  await provider.close();
});

let count = 0;
const browser = (): TestBrowser =>
  new TestBrowser(api.url, { 'x-forwarded-for': `192.0.2.${String((count += 1) % 250)}` });

/** A domain that nobody else in these tests has. */
const newDomain = (): string => `d${String((count += 1))}.example`;

const draftFor = (domain: string, more: object = {}) => ({
  label: 'Acme account',
  issuer: provider.issuer,
  clientId: CLIENT.id,
  clientSecret: CLIENT.secret,
  domains: [domain],
  ...more,
});

async function made(client: ApiClient, draft: object): Promise<string> {
  const { status, body, text } = await client.post('/v1/identity-providers', draft);
  expect([status, text]).toEqual([201, expect.any(String)]);
  return String(body['id']);
}

/** A tenant with a provider for a domain. */
async function office(more: object = {}) {
  const tenant = await api.tenant();
  const domain = newDomain();
  return { tenant, domain, providerId: await made(tenant.client, draftFor(domain, more)) };
}

const comes = (email: string, more: TestClaims = {}): string => {
  provider.people.set(email, { email, email_verified: true, name: 'Noa Bar', ...more });
  return email;
};

async function leave(own: TestBrowser, order: object): Promise<string> {
  const { status, body, text } = await own.post('/v1/sign-in/oidc', order);
  expect([status, text]).toEqual([201, expect.any(String)]);
  return String(body['url']);
}

/** As the browser follows the provider's answer. */
const back = (own: TestBrowser, url: string): Promise<Answer> => {
  expect(url.startsWith(`${CALLBACK}?`)).toBe(true);
  return own.get(url.slice('https://hook.example'.length));
};

async function signInBy(own: TestBrowser, providerId: string, login: string): Promise<Answer> {
  return back(own, await provider.answer(await leave(own, { providerId }), login));
}

/** Somebody with a password and an address of a domain. */
async function memberOf(tenant: TestTenant, role: TenantRole, domain: string): Promise<TestPerson> {
  const { id } = await makePerson(api.sql, [{ tenant: tenant.id, role }]);
  const email = `${id}@${domain}`;
  await api.sql.rows('UPDATE app_user SET email = $2 WHERE id = $1', [id, email]);
  return { id, email };
}

const codeOf = ({ text }: Answer): string | undefined => /<code>([\w.]+)<\/code>/.exec(text)?.[1];

describe('an identity provider', () => {
  it('is made, shown without its secret, changed, listed and deleted by an admin, and audited', async () => {
    const { tenant, domain, providerId } = await office({ role: 'agent' });
    const at = `/v1/identity-providers/${providerId}`;
    const { body, text } = await tenant.client.get(at);
    expect(body).toMatchObject({
      tenantId: tenant.id,
      label: 'Acme account',
      issuer: provider.issuer,
      domains: [domain],
      hasSecret: true,
      role: 'agent',
      enforced: false,
      enabled: true,
      redirectUri: CALLBACK,
    });
    expect(text).not.toContain(CLIENT.secret);
    const changed = await tenant.client.patch(at, { label: 'Acme', role: null });
    expect(changed.body).toMatchObject({ label: 'Acme', role: null, hasSecret: true });
    expect((await tenant.client.get('/v1/identity-providers')).body.data.map(({ id }) => id)).toEqual([
      providerId,
    ]);
    expect((await tenant.client.delete(at)).status).toBe(204);
    expect((await tenant.client.get(at)).status).toBe(404);
    const audit = await tenant.client.get(`/v1/audit?subjectId=${providerId}`);
    expect(audit.body.data.map((entry) => entry['action'])).toEqual([
      'identity_provider.deleted',
      'identity_provider.changed',
      'identity_provider.created',
    ]);
    const kept = await api.sql.rows(
      'SELECT changes::text AS changes FROM audit_entry WHERE subject_id = $1',
      [providerId],
    );
    expect(JSON.stringify(kept)).not.toContain(CLIENT.secret);
  });

  it('keeps its secret sealed', async () => {
    const { providerId } = await office();
    const [row] = await api.sql.rows<{ row: string }>(
      'SELECT p::text AS row FROM identity_provider p WHERE id = $1',
      [providerId],
    );
    expect(row?.row).not.toContain(CLIENT.secret);
  });

  it('is nobody else’s', async () => {
    const { providerId } = await office();
    const other = await api.tenant();
    const at = `/v1/identity-providers/${providerId}`;
    expect((await other.client.get(at)).status).toBe(404);
    expect((await other.client.patch(at, { label: 'Mine' })).status).toBe(404);
    expect((await other.client.post(`${at}/test`)).status).toBe(404);
    expect((await other.client.delete(at)).status).toBe(404);
  });

  it('wants its secret once more for another issuer or client, as a secret goes only to whom it was given for', async () => {
    const { tenant, providerId } = await office();
    const at = `/v1/identity-providers/${providerId}`;
    for (const patch of [{ issuer: 'https://other.example' }, { clientId: 'another' }]) {
      const { status, body } = await tenant.client.patch(at, patch);
      expect([status, body['code']]).toEqual([400, 'request.invalid']);
      const again = await tenant.client.patch(at, { ...patch, clientSecret: 'another secret' });
      expect(again.status).toBe(200);
    }
  });

  it('of the installation is made by operators alone, and makes nobody anything', async () => {
    const tenant = await api.tenant();
    const draft = draftFor(newDomain(), { operator: true });
    expect((await tenant.client.post('/v1/identity-providers', draft)).body['code']).toBe(
      'operator.required',
    );
    const role = await api.operator.post('/v1/identity-providers', { ...draft, role: 'admin' });
    expect([role.status, role.body['code']]).toEqual([400, 'request.invalid']);
    const operators = await tenant.client.post(
      '/v1/identity-providers',
      draftFor(newDomain(), { role: 'operator' }),
    );
    expect(operators.status).toBe(400);
    const { status, body } = await api.operator.post('/v1/identity-providers', draft);
    expect([status, body['tenantId']]).toEqual([201, null]);
    await api.operator.delete(`/v1/identity-providers/${String(body['id'])}`);
  });

  it('is refused with an issuer that is not secure or not public, or with domains that are none', async () => {
    const { client } = await api.tenant();
    const wrong = [
      { issuer: 'http://login.example' },
      { issuer: 'https://10.0.0.1' },
      { issuer: 'https://169.254.169.254' },
      { issuer: 'https://user:pass@login.example' },
      { issuer: 'https://login.example/?x=1' },
      { issuer: 'login.example' },
      { domains: [] },
      { domains: ['Acme.example'] },
      { domains: ['@acme.example'] },
      { domains: ['*.example'] },
      { domains: ['com'] },
    ];
    for (const more of wrong) {
      const { status, body } = await client.post('/v1/identity-providers', draftFor('acme.example', more));
      expect([more, status, body['code']]).toEqual([more, 400, 'request.invalid']);
    }
  });

  it('is tested: what it says of itself, or in words what is wrong', async () => {
    const { tenant, providerId } = await office();
    const test = async (id: string) => (await tenant.client.post(`/v1/identity-providers/${id}/test`)).body;
    expect(await test(providerId)).toEqual({
      ok: true,
      code: null,
      problem: null,
      authorizationEndpoint: `${provider.issuer}/auth`,
      tokenEndpoint: `${provider.issuer}/token`,
    });
    const away = await made(
      tenant.client,
      draftFor(newDomain(), { issuer: `http://127.0.0.1:${String(await freePort())}` }),
    );
    expect(await test(away)).toMatchObject({ ok: false, code: 'oidc.provider_away' });
    // It says that it is somebody else: without the slash.
    const other = await made(
      tenant.client,
      draftFor(newDomain(), { issuer: `${provider.issuer}/elsewhere` }),
    );
    expect(await test(other)).toMatchObject({ ok: false, code: 'oidc.provider_wrong' });
  });

  it('whose name leads into this network is not asked', async () => {
    const guarded = await openApi();
    try {
      const { client } = await guarded.tenant();
      const port = new URL(provider.issuer).port;
      const id = await made(client, draftFor(newDomain(), { issuer: `http://localhost:${port}` }));
      const { body } = await client.post(`/v1/identity-providers/${id}/test`);
      expect(body).toMatchObject({ ok: false, code: 'oidc.provider_away' });
      expect(String(body['problem'])).toMatch(/not allowed/);
      const literal = await client.post('/v1/identity-providers', draftFor(newDomain()));
      expect(literal.body['code']).toBe('request.invalid');
    } finally {
      await guarded.close();
    }
  });

  it('is found by the domain of an address, whoever has it', async () => {
    const { domain, providerId, tenant } = await office();
    const ask = async (email: string) =>
      (await browser().get(`/v1/sign-in/providers?email=${encodeURIComponent(email)}`)).body.data;
    expect(await ask(`Nobody@${domain.toUpperCase()}`)).toEqual([{ id: providerId, label: 'Acme account' }]);
    expect(await ask(`nobody@sub.${domain}`)).toEqual([]);
    expect(await ask('nobody')).toEqual([]);
    await tenant.client.patch(`/v1/identity-providers/${providerId}`, { enabled: false });
    expect(await ask(`nobody@${domain}`)).toEqual([]);
  });
});

describe('signing in by a provider', () => {
  it('lets a member in, for that tenant, and takes them where they wanted to go', async () => {
    const { tenant, domain, providerId } = await office({ role: 'supervisor' });
    const login = comes(`noa@${domain}`);
    const own = browser();
    const url = await leave(own, { email: login.toUpperCase(), returnTo: '/docs?x=1#there' });
    const asked = new URL(url).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('redirect_uri')).toBe(CALLBACK);
    expect([...own.cookies.keys()]).toEqual(['__Host-switchhook-oidc']);
    const answer = await back(own, await provider.answer(url, login));
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      'https://hook.example/docs?x=1#there',
    ]);
    expect([...own.cookies.keys()]).toEqual(['__Host-switchhook']);
    const { body } = await own.get('/v1/session');
    expect(body).toMatchObject({
      user: { email: login, name: 'Noa Bar' },
      memberships: [{ tenantId: tenant.id, role: 'supervisor' }],
      session: { method: 'oidc' },
    });
    expect((await own.get('/v1/calls')).status).toBe(200);
    expect((await signInBy(browser(), providerId, login)).status).toBe(303);
  });

  it('knows who is a member already by their address, and gives nobody another role', async () => {
    const { tenant, providerId, domain } = await office({ role: 'admin' });
    const member = await memberOf(tenant, 'agent', domain);
    const own = browser();
    expect((await signInBy(own, providerId, comes(member.email))).status).toBe(303);
    const { body } = await own.get('/v1/session');
    expect(body).toMatchObject({
      user: { id: member.id, email: member.email, name: 'Dana Levi' },
      memberships: [{ role: 'agent' }],
    });
  });

  it('makes nobody a member where the provider has no role for newcomers, but who is invited', async () => {
    const { tenant, providerId, domain } = await office();
    const login = comes(`new@${domain}`);
    expect(codeOf(await signInBy(browser(), providerId, login))).toBe('oidc.not_member');
    await tenant.client.post('/v1/invitations', { email: login, role: 'supervisor' });
    const own = browser();
    expect((await signInBy(own, providerId, login)).status).toBe(303);
    expect((await own.get('/v1/session')).body['memberships']).toMatchObject([{ role: 'supervisor' }]);
    expect((await tenant.client.get('/v1/invitations')).body.data).toEqual([]);
  });

  it('makes nobody a member who is somebody elsewhere: they take up an invitation with their password', async () => {
    const { tenant, providerId, domain } = await office({ role: 'admin' });
    const other = await memberOf(await api.tenant(), 'agent', domain);
    expect(codeOf(await signInBy(browser(), providerId, comes(other.email)))).toBe('oidc.not_member');
    const invited = await tenant.client.post('/v1/invitations', { email: other.email, role: 'agent' });
    expect(codeOf(await signInBy(browser(), providerId, other.email))).toBe('oidc.not_member');
    const token = String(invited.body['url']).split('#')[1];
    expect((await browser().post('/v1/links/use', { token, password: PASSWORD })).status).toBe(201);
    const own = browser();
    expect((await signInBy(own, providerId, other.email)).status).toBe(303);
    expect((await own.get('/v1/session')).body['memberships']).toMatchObject([{ tenantId: tenant.id }]);
  });

  it('is for the provider’s tenant alone, whatever else the person is', async () => {
    const { tenant, providerId, domain } = await office();
    const other = await api.tenant();
    const person = await memberOf(tenant, 'agent', domain);
    await api.sql.rows(
      `INSERT INTO membership (id, user_id, tenant_id, role, created_at, updated_at)
       VALUES (gen_random_uuid(), $1, $2, 'admin', now(), now()), (gen_random_uuid(), $1, NULL, 'operator', now(), now())`,
      [person.id, other.id],
    );
    const full = await signedIn(api.url, person);
    const own = browser();
    await signInBy(own, providerId, comes(person.email));
    const { body } = await own.get('/v1/session');
    expect(body['memberships']).toMatchObject([{ tenantId: tenant.id, role: 'agent' }]);
    expect((await own.get('/v1/tenants')).body['code']).toBe('role.missing');
    expect((await own.with({ 'switchhook-tenant': other.id }).get('/v1/calls')).status).toBe(404);
    // Nor does it see or end what they opened otherwise.
    const { body: sessions } = await own.get('/v1/sessions');
    expect(sessions.data.map(({ method }) => method)).toEqual(['oidc']);
    expect((await own.delete('/v1/sessions')).status).toBe(204);
    expect((await full.get('/v1/tenants')).status).toBe(200);
  });

  it('by the installation’s provider is for all that somebody is already, and makes nobody anybody', async () => {
    const domain = newDomain();
    const providerId = await made(api.operator, draftFor(domain, { operator: true }));
    try {
      const tenant = await api.tenant();
      const person = await memberOf(tenant, 'supervisor', domain);
      const own = browser();
      expect((await signInBy(own, providerId, comes(person.email))).status).toBe(303);
      expect((await own.get('/v1/calls')).status).toBe(200);
      expect(codeOf(await signInBy(browser(), providerId, comes(`new@${domain}`)))).toBe('oidc.not_member');
    } finally {
      await api.operator.delete(`/v1/identity-providers/${providerId}`);
    }
  });

  it('is refused without a verified address of the provider’s domains', async () => {
    const { providerId, domain } = await office({ role: 'agent' });
    const refused = async (login: string) => codeOf(await signInBy(browser(), providerId, login));
    expect(await refused(comes(`a@${domain}`, { email_verified: false }))).toBe('oidc.email_unverified');
    expect(await refused(comes(`b@${domain}`, { email_verified: undefined }))).toBe('oidc.email_unverified');
    expect(await refused(comes('c@elsewhere.example'))).toBe('oidc.foreign_domain');
    expect(await refused(comes(`d@sub.${domain}`))).toBe('oidc.foreign_domain');
    expect(await refused(comes(`e@${domain}`, { email: `e@elsewhere.example@${domain}` }))).toBe(
      'oidc.no_email',
    );
    expect(await refused(comes(`f@${domain}`, { email: undefined }))).toBe('oidc.no_email');
    const people = await api.sql.rows('SELECT 1 FROM app_user WHERE email LIKE $1', [`%${domain}`]);
    expect(people).toEqual([]);
  });

  it('works once, in the browser that began it', async () => {
    const { providerId, domain } = await office({ role: 'agent' });
    const login = comes(`noa@${domain}`);
    const own = browser();
    const url = await provider.answer(await leave(own, { providerId }), login);
    const other = browser();
    expect(codeOf(await back(other, url))).toBe('oidc.attempt_unknown');
    const another = browser();
    await leave(another, { providerId });
    expect(codeOf(await back(another, url))).toBe('oidc.attempt_unknown');
    const copy = own.with({});
    expect((await back(own, url)).status).toBe(303);
    const again = await back(copy, url);
    expect([again.status, codeOf(again)]).toEqual([401, 'oidc.attempt_unknown']);
    expect(again.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(again.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-switchhook-oidc=; .*Max-Age=0/),
    ]);
  });

  it('works for ten minutes', async () => {
    const { providerId, domain } = await office({ role: 'agent' });
    const own = browser();
    const url = await provider.answer(await leave(own, { providerId }), comes(`noa@${domain}`));
    await api.sql.rows(`UPDATE sign_in_attempt SET expires_at = expires_at - interval '10 minutes'`);
    expect(codeOf(await back(own, url))).toBe('oidc.attempt_unknown');
    expect(await forgetLinks(api.world.url, Date.now())).toBeGreaterThan(0);
    expect(await api.sql.rows('SELECT 1 FROM sign_in_attempt')).toEqual([]);
  });

  it('is refused with another state, nonce or issuer, or with the code of another trip', async () => {
    const { providerId, domain } = await office({ role: 'agent' });
    const login = comes(`noa@${domain}`);
    const begun = async (own: TestBrowser) => new URL(await leave(own, { providerId }));
    const changed = (url: URL, name: string, value: string): string => {
      url.searchParams.set(name, value);
      return url.href;
    };
    const one = browser();
    const answered = new URL(await provider.answer((await begun(one)).href, login));
    expect(codeOf(await back(one, changed(answered, 'state', 'swt_another')))).toBe('oidc.attempt_unknown');
    const two = browser();
    const nonce = changed(await begun(two), 'nonce', 'another');
    expect(codeOf(await back(two, await provider.answer(nonce, login)))).toBe('oidc.answer_invalid');
    const three = browser();
    const mixed = new URL(await provider.answer((await begun(three)).href, login));
    expect(codeOf(await back(three, changed(mixed, 'iss', 'https://other.example')))).toBe(
      'oidc.answer_invalid',
    );
    // Somebody else's code, which their browser alone could trade.
    const [theirs, own] = [browser(), browser()];
    const code =
      new URL(await provider.answer((await begun(theirs)).href, login)).searchParams.get('code') ?? '';
    const injected = new URL(await provider.answer((await begun(own)).href, comes(`me@${domain}`)));
    expect(codeOf(await back(own, changed(injected, 'code', code)))).toBe('oidc.answer_invalid');
    expect((await own.get('/v1/session')).status).toBe(401);
  });

  it('says so when the provider turns somebody away', async () => {
    const { providerId } = await office();
    const answer = await signInBy(browser(), providerId, TURNED_AWAY);
    expect([answer.status, codeOf(answer)]).toEqual([401, 'oidc.refused']);
    expect(answer.text).toContain('access_denied');
  });

  it('goes on to nothing but paths of ours', async () => {
    const { providerId } = await office();
    const wrong = [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '/.//evil.example',
      'x',
    ];
    for (const returnTo of wrong) {
      const { status } = await browser().post('/v1/sign-in/oidc', { providerId, returnTo });
      expect([returnTo, status]).toEqual([returnTo, 400]);
    }
  });

  it('is begun by our own page alone', async () => {
    const { providerId } = await office();
    const foreign = browser().with({ 'sec-fetch-site': 'cross-site' });
    expect((await foreign.post('/v1/sign-in/oidc', { providerId })).body['code']).toBe('session.cross_site');
  });

  it('where the provider is down says so, and operators come in by their password', async () => {
    const { client } = await api.tenant();
    const issuer = `http://127.0.0.1:${String(await freePort())}`;
    const { status, body } = await browser().post('/v1/sign-in/oidc', {
      providerId: await made(client, draftFor(newDomain(), { issuer, enforced: true })),
    });
    expect([status, body['code']]).toEqual([503, 'oidc.provider_away']);
    expect(String(body['detail'])).toContain('password');
    const operator = await makePerson(api.sql, [{ tenant: null, role: 'operator' }]);
    expect((await (await signedIn(api.url, operator)).get('/v1/tenants')).status).toBe(200);
  });

  it('ends when the provider is switched off, answers for others, is another one, or is deleted', async () => {
    const changes: ((at: string, client: ApiClient) => Promise<Answer>)[] = [
      (at, client) => client.patch(at, { enabled: false }),
      (at, client) => client.patch(at, { domains: [newDomain()] }),
      (at, client) => client.patch(at, { clientId: 'another', clientSecret: 'another' }),
      (at, client) => client.delete(at),
    ];
    for (const change of changes) {
      const { tenant, providerId, domain } = await office({ role: 'agent' });
      const own = browser();
      await signInBy(own, providerId, comes(`noa@${domain}`));
      expect((await own.get('/v1/me')).status).toBe(200);
      const at = `/v1/identity-providers/${providerId}`;
      await tenant.client.patch(at, { label: 'Another word on the button' });
      expect((await own.get('/v1/me')).status).toBe(200);
      expect((await change(at, tenant.client)).status).toBeLessThan(300);
      expect((await own.get('/v1/me')).body['code']).toBe('session.ended');
      // Nor does switching it on again bring it back.
      await tenant.client.patch(at, { enabled: true });
      expect((await own.get('/v1/me')).body['code']).toBe('session.ended');
    }
  });

  it('has shown a second factor when the provider says so', async () => {
    const { tenant, providerId, domain } = await office({ role: 'supervisor' });
    await api.operator.patch(`/v1/tenants/${tenant.id}`, { requiresTotp: true });
    const own = browser();
    await signInBy(own, providerId, comes(`noa@${domain}`));
    const { status, body } = await own.get('/v1/calls');
    expect([status, body['code']]).toEqual([403, 'totp.required']);
    expect(String(body['detail'])).toContain('amr');
    expect((await own.get('/v1/me/calls')).body['code']).toBe('totp.required');
    const other = browser();
    await signInBy(other, providerId, comes(`${WITH_MFA}@${domain}`));
    expect((await other.get('/v1/calls')).status).toBe(200);
  });
});

describe('single sign-on that is enforced', () => {
  it('refuses members their password, and says what to do', async () => {
    const { tenant, providerId, domain } = await office();
    const person = await memberOf(tenant, 'admin', domain);
    const before = await signedIn(api.url, person);
    expect((await before.get('/v1/calls')).status).toBe(200);
    await tenant.client.patch(`/v1/identity-providers/${providerId}`, { enforced: true });
    const wrong = await browser().post('/v1/session', { email: person.email, password: 'not it at all' });
    expect(wrong.body['code']).toBe('sign_in.refused');
    const { status, body } = await browser().post('/v1/session', { email: person.email, password: PASSWORD });
    expect([status, body['code']]).toEqual([403, 'sso.required']);
    // Sessions that were open before open the tenant no more, nor what is their own in it.
    await until(
      'the session of before to open the tenant no more',
      async () => (await before.get('/v1/calls')).body['code'] === 'sso.required',
    );
    expect((await before.get('/v1/me/calls')).body['code']).toBe('sso.required');
    const own = browser();
    await signInBy(own, providerId, comes(person.email));
    expect((await own.get('/v1/calls')).status).toBe(200);
  });

  it('holds for that tenant: who is also elsewhere comes in there by a password', async () => {
    const { tenant, domain } = await office({ enforced: true });
    const other = await api.tenant();
    const person = await memberOf(tenant, 'admin', domain);
    await api.sql.rows(
      `INSERT INTO membership (id, user_id, tenant_id, role, created_at, updated_at)
       VALUES (gen_random_uuid(), $1, $2, 'agent', now(), now())`,
      [person.id, other.id],
    );
    const own = await signedIn(api.url, person);
    expect((await own.with({ 'switchhook-tenant': other.id }).get('/v1/contacts')).status).toBe(200);
    const refused = await own.with({ 'switchhook-tenant': tenant.id }).get('/v1/contacts');
    expect(refused.body['code']).toBe('sso.required');
  });

  it('by the installation holds for members of all tenants, and for no operator', async () => {
    const domain = newDomain();
    const { tenant, providerId: ownProvider, domain: ownDomain } = await office();
    const person = await memberOf(tenant, 'admin', domain);
    const providerId = await made(api.operator, draftFor(domain, { operator: true, enforced: true }));
    try {
      const { status, body } = await browser().post('/v1/session', {
        email: person.email,
        password: PASSWORD,
      });
      expect([status, body['code']]).toEqual([403, 'sso.required']);
      const operator = await makePerson(api.sql, [{ tenant: null, role: 'operator' }]);
      expect((await (await signedIn(api.url, operator)).get('/v1/tenants')).status).toBe(200);
      const byInstallation = browser();
      await signInBy(byInstallation, providerId, comes(person.email));
      expect((await byInstallation.get('/v1/calls')).status).toBe(200);
      const colleague = await memberOf(tenant, 'agent', ownDomain);
      const byTenant = browser();
      await signInBy(byTenant, ownProvider, comes(colleague.email));
      expect((await byTenant.get('/v1/contacts')).status).toBe(200);
    } finally {
      await api.operator.delete(`/v1/identity-providers/${providerId}`);
    }
  });

  it('is not satisfied by another provider than the tenant’s own', async () => {
    const { tenant, domain } = await office({ enforced: true });
    const installation = await made(api.operator, draftFor(domain, { operator: true }));
    try {
      const person = await memberOf(tenant, 'admin', domain);
      const own = browser();
      await signInBy(own, installation, comes(person.email));
      expect((await own.get('/v1/calls')).body['code']).toBe('sso.required');
    } finally {
      await api.operator.delete(`/v1/identity-providers/${installation}`);
    }
  });
});
