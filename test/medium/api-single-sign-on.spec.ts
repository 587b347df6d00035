import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forgetLinks } from '#db';
import { PASSWORD, makePerson, signedIn } from '../builders/person.js';
import type { Answer, ApiClient } from '../harness/api.js';
import type { TestBrowser } from '../harness/browser.js';
import { freePort } from '../harness/free-port.js';
import { TURNED_AWAY, WITH_MFA } from '../harness/identity-provider.js';
import { CALLBACK, SingleSignOnRig, codeOf } from '../harness/single-sign-on-rig.js';
import { until } from '../harness/until.js';

let rig: SingleSignOnRig;
beforeAll(async () => {
  rig = await SingleSignOnRig.open();
});
afterAll(() => rig.close());

describe('signing in by a provider', () => {
  it('lets a member in, for that tenant, and takes them where they wanted to go', async () => {
    const { tenant, domain, providerId } = await rig.office({ role: 'supervisor' });
    const login = rig.comes(`noa@${domain}`);
    const own = rig.browser();
    const url = await rig.leave(own, { email: login.toUpperCase(), returnTo: '/docs?x=1#there' });
    const asked = new URL(url).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('redirect_uri')).toBe(CALLBACK);
    expect([...own.cookies.keys()]).toEqual(['__Host-switchhook-oidc']);
    const answer = await rig.back(own, await rig.provider.answer(url, login));
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
    expect((await rig.signInBy(rig.browser(), providerId, login)).status).toBe(303);
  });

  it('knows who is a member already by their address, and gives nobody another role', async () => {
    const { tenant, providerId, domain } = await rig.office({ role: 'admin' });
    const member = await rig.memberOf(tenant, 'agent', domain);
    const own = rig.browser();
    expect((await rig.signInBy(own, providerId, rig.comes(member.email))).status).toBe(303);
    const { body } = await own.get('/v1/session');
    expect(body).toMatchObject({
      user: { id: member.id, email: member.email, name: 'Dana Levi' },
      memberships: [{ role: 'agent' }],
    });
  });

  it('makes nobody a member where the provider has no role for newcomers, but who is invited', async () => {
    const { tenant, providerId, domain } = await rig.office();
    const login = rig.comes(`new@${domain}`);
    expect(codeOf(await rig.signInBy(rig.browser(), providerId, login))).toBe('oidc.not_member');
    await tenant.client.post('/v1/invitations', { email: login, role: 'supervisor' });
    const own = rig.browser();
    expect((await rig.signInBy(own, providerId, login)).status).toBe(303);
    expect((await own.get('/v1/session')).body['memberships']).toMatchObject([{ role: 'supervisor' }]);
    expect((await tenant.client.get('/v1/invitations')).body.data).toEqual([]);
  });

  it('makes nobody a member who is somebody elsewhere: they take up an invitation with their password', async () => {
    const { tenant, providerId, domain } = await rig.office({ role: 'admin' });
    const other = await rig.memberOf(await rig.api.tenant(), 'agent', domain);
    expect(codeOf(await rig.signInBy(rig.browser(), providerId, rig.comes(other.email)))).toBe(
      'oidc.not_member',
    );
    const invited = await tenant.client.post('/v1/invitations', { email: other.email, role: 'agent' });
    expect(codeOf(await rig.signInBy(rig.browser(), providerId, other.email))).toBe('oidc.not_member');
    const token = String(invited.body['url']).split('#')[1];
    expect((await rig.browser().post('/v1/links/use', { token, password: PASSWORD })).status).toBe(201);
    const own = rig.browser();
    expect((await rig.signInBy(own, providerId, other.email)).status).toBe(303);
    expect((await own.get('/v1/session')).body['memberships']).toMatchObject([{ tenantId: tenant.id }]);
  });

  it('is for the provider’s tenant alone, whatever else the person is', async () => {
    const { tenant, providerId, domain } = await rig.office();
    const other = await rig.api.tenant();
    const person = await rig.memberOf(tenant, 'agent', domain);
    await rig.api.sql.rows(
      `INSERT INTO membership (id, user_id, tenant_id, role, created_at, updated_at)
       VALUES (gen_random_uuid(), $1, $2, 'admin', now(), now()), (gen_random_uuid(), $1, NULL, 'operator', now(), now())`,
      [person.id, other.id],
    );
    const full = await signedIn(rig.api.url, person);
    const own = rig.browser();
    await rig.signInBy(own, providerId, rig.comes(person.email));
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
    const domain = rig.newDomain();
    const providerId = await rig.made(rig.api.operator, rig.draftFor(domain, { operator: true }));
    try {
      const tenant = await rig.api.tenant();
      const person = await rig.memberOf(tenant, 'supervisor', domain);
      const own = rig.browser();
      expect((await rig.signInBy(own, providerId, rig.comes(person.email))).status).toBe(303);
      expect((await own.get('/v1/calls')).status).toBe(200);
      expect(codeOf(await rig.signInBy(rig.browser(), providerId, rig.comes(`new@${domain}`)))).toBe(
        'oidc.not_member',
      );
    } finally {
      await rig.api.operator.delete(`/v1/identity-providers/${providerId}`);
    }
  });

  it('is refused without a verified address of the provider’s domains', async () => {
    const { providerId, domain } = await rig.office({ role: 'agent' });
    const refused = async (login: string) => codeOf(await rig.signInBy(rig.browser(), providerId, login));
    expect(await refused(rig.comes(`a@${domain}`, { email_verified: false }))).toBe('oidc.email_unverified');
    expect(await refused(rig.comes(`b@${domain}`, { email_verified: undefined }))).toBe(
      'oidc.email_unverified',
    );
    expect(await refused(rig.comes('c@elsewhere.example'))).toBe('oidc.foreign_domain');
    expect(await refused(rig.comes(`d@sub.${domain}`))).toBe('oidc.foreign_domain');
    expect(await refused(rig.comes(`e@${domain}`, { email: `e@elsewhere.example@${domain}` }))).toBe(
      'oidc.no_email',
    );
    expect(await refused(rig.comes(`f@${domain}`, { email: undefined }))).toBe('oidc.no_email');
    const people = await rig.api.sql.rows('SELECT 1 FROM app_user WHERE email LIKE $1', [`%${domain}`]);
    expect(people).toEqual([]);
  });

  it('works once, in the browser that began it', async () => {
    const { providerId, domain } = await rig.office({ role: 'agent' });
    const login = rig.comes(`noa@${domain}`);
    const own = rig.browser();
    const url = await rig.provider.answer(await rig.leave(own, { providerId }), login);
    const other = rig.browser();
    expect(codeOf(await rig.back(other, url))).toBe('oidc.attempt_unknown');
    const another = rig.browser();
    await rig.leave(another, { providerId });
    expect(codeOf(await rig.back(another, url))).toBe('oidc.attempt_unknown');
    const copy = own.with({});
    expect((await rig.back(own, url)).status).toBe(303);
    const again = await rig.back(copy, url);
    expect([again.status, codeOf(again)]).toEqual([401, 'oidc.attempt_unknown']);
    expect(again.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(again.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-switchhook-oidc=; .*Max-Age=0/),
    ]);
  });

  it('works for ten minutes', async () => {
    const { providerId, domain } = await rig.office({ role: 'agent' });
    const own = rig.browser();
    const url = await rig.provider.answer(await rig.leave(own, { providerId }), rig.comes(`noa@${domain}`));
    await rig.api.sql.rows(`UPDATE sign_in_attempt SET expires_at = expires_at - interval '10 minutes'`);
    expect(codeOf(await rig.back(own, url))).toBe('oidc.attempt_unknown');
    expect(await forgetLinks(rig.api.world.url, Date.now())).toBeGreaterThan(0);
    expect(await rig.api.sql.rows('SELECT 1 FROM sign_in_attempt')).toEqual([]);
  });

  it('is refused with another state, nonce or issuer, or with the code of another trip', async () => {
    const { providerId, domain } = await rig.office({ role: 'agent' });
    const login = rig.comes(`noa@${domain}`);
    const begun = async (own: TestBrowser) => new URL(await rig.leave(own, { providerId }));
    const changed = (url: URL, name: string, value: string): string => {
      url.searchParams.set(name, value);
      return url.href;
    };
    const one = rig.browser();
    const answered = new URL(await rig.provider.answer((await begun(one)).href, login));
    expect(codeOf(await rig.back(one, changed(answered, 'state', 'swt_another')))).toBe(
      'oidc.attempt_unknown',
    );
    const two = rig.browser();
    const nonce = changed(await begun(two), 'nonce', 'another');
    expect(codeOf(await rig.back(two, await rig.provider.answer(nonce, login)))).toBe('oidc.answer_invalid');
    const three = rig.browser();
    const mixed = new URL(await rig.provider.answer((await begun(three)).href, login));
    expect(codeOf(await rig.back(three, changed(mixed, 'iss', 'https://other.example')))).toBe(
      'oidc.answer_invalid',
    );
    // Somebody else's code, which their browser alone could trade.
    const [theirs, own] = [rig.browser(), rig.browser()];
    const code =
      new URL(await rig.provider.answer((await begun(theirs)).href, login)).searchParams.get('code') ?? '';
    const injected = new URL(await rig.provider.answer((await begun(own)).href, rig.comes(`me@${domain}`)));
    expect(codeOf(await rig.back(own, changed(injected, 'code', code)))).toBe('oidc.answer_invalid');
    expect((await own.get('/v1/session')).status).toBe(401);
  });

  it('says so when the provider turns somebody away', async () => {
    const { providerId } = await rig.office();
    const answer = await rig.signInBy(rig.browser(), providerId, TURNED_AWAY);
    expect([answer.status, codeOf(answer)]).toEqual([401, 'oidc.refused']);
    expect(answer.text).toContain('access_denied');
  });

  it('goes on to nothing but paths of ours', async () => {
    const { providerId } = await rig.office();
    const wrong = [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '/.//evil.example',
      'x',
    ];
    for (const returnTo of wrong) {
      const { status } = await rig.browser().post('/v1/sign-in/oidc', { providerId, returnTo });
      expect([returnTo, status]).toEqual([returnTo, 400]);
    }
  });

  it('is begun by our own page alone', async () => {
    const { providerId } = await rig.office();
    const foreign = rig.browser().with({ 'sec-fetch-site': 'cross-site' });
    expect((await foreign.post('/v1/sign-in/oidc', { providerId })).body['code']).toBe('session.cross_site');
  });

  it('where the provider is down says so, and operators come in by their password', async () => {
    const { client } = await rig.api.tenant();
    const issuer = `http://127.0.0.1:${String(await freePort())}`;
    const { status, body } = await rig.browser().post('/v1/sign-in/oidc', {
      providerId: await rig.made(client, rig.draftFor(rig.newDomain(), { issuer, enforced: true })),
    });
    expect([status, body['code']]).toEqual([503, 'oidc.provider_away']);
    expect(String(body['detail'])).toContain('password');
    const operator = await makePerson(rig.api.sql, [{ tenant: null, role: 'operator' }]);
    expect((await (await signedIn(rig.api.url, operator)).get('/v1/tenants')).status).toBe(200);
  });

  it('ends when the provider is switched off, answers for others, is another one, or is deleted', async () => {
    const changes: ((at: string, client: ApiClient) => Promise<Answer>)[] = [
      (at, client) => client.patch(at, { enabled: false }),
      (at, client) => client.patch(at, { domains: [rig.newDomain()] }),
      (at, client) => client.patch(at, { clientId: 'another', clientSecret: 'another' }),
      (at, client) => client.delete(at),
    ];
    for (const change of changes) {
      const { tenant, providerId, domain } = await rig.office({ role: 'agent' });
      const own = rig.browser();
      await rig.signInBy(own, providerId, rig.comes(`noa@${domain}`));
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
    const { tenant, providerId, domain } = await rig.office({ role: 'supervisor' });
    await rig.api.operator.patch(`/v1/tenants/${tenant.id}`, { requiresTotp: true });
    const own = rig.browser();
    await rig.signInBy(own, providerId, rig.comes(`noa@${domain}`));
    const { status, body } = await own.get('/v1/calls');
    expect([status, body['code']]).toEqual([403, 'totp.required']);
    expect(String(body['detail'])).toContain('amr');
    expect((await own.get('/v1/me/calls')).body['code']).toBe('totp.required');
    const other = rig.browser();
    await rig.signInBy(other, providerId, rig.comes(`${WITH_MFA}@${domain}`));
    expect((await other.get('/v1/calls')).status).toBe(200);
  });
});

describe('single sign-on that is enforced', () => {
  it('refuses members their password, and says what to do', async () => {
    const { tenant, providerId, domain } = await rig.office();
    const person = await rig.memberOf(tenant, 'admin', domain);
    const before = await signedIn(rig.api.url, person);
    expect((await before.get('/v1/calls')).status).toBe(200);
    await tenant.client.patch(`/v1/identity-providers/${providerId}`, { enforced: true });
    const wrong = await rig.browser().post('/v1/session', { email: person.email, password: 'not it at all' });
    expect(wrong.body['code']).toBe('sign_in.refused');
    const { status, body } = await rig
      .browser()
      .post('/v1/session', { email: person.email, password: PASSWORD });
    expect([status, body['code']]).toEqual([403, 'sso.required']);
    // Sessions that were open before open the tenant no more, nor what is their own in it.
    await until(
      'the session of before to open the tenant no more',
      async () => (await before.get('/v1/calls')).body['code'] === 'sso.required',
    );
    expect((await before.get('/v1/me/calls')).body['code']).toBe('sso.required');
    const own = rig.browser();
    await rig.signInBy(own, providerId, rig.comes(person.email));
    expect((await own.get('/v1/calls')).status).toBe(200);
  });

  it('holds for that tenant: who is also elsewhere comes in there by a password', async () => {
    const { tenant, domain } = await rig.office({ enforced: true });
    const other = await rig.api.tenant();
    const person = await rig.memberOf(tenant, 'admin', domain);
    await rig.api.sql.rows(
      `INSERT INTO membership (id, user_id, tenant_id, role, created_at, updated_at)
       VALUES (gen_random_uuid(), $1, $2, 'agent', now(), now())`,
      [person.id, other.id],
    );
    const own = await signedIn(rig.api.url, person);
    expect((await own.with({ 'switchhook-tenant': other.id }).get('/v1/contacts')).status).toBe(200);
    const refused = await own.with({ 'switchhook-tenant': tenant.id }).get('/v1/contacts');
    expect(refused.body['code']).toBe('sso.required');
  });

  it('by the installation holds for members of all tenants, and for no operator', async () => {
    const domain = rig.newDomain();
    const { tenant, providerId: ownProvider, domain: ownDomain } = await rig.office();
    const person = await rig.memberOf(tenant, 'admin', domain);
    const providerId = await rig.made(
      rig.api.operator,
      rig.draftFor(domain, { operator: true, enforced: true }),
    );
    try {
      const { status, body } = await rig.browser().post('/v1/session', {
        email: person.email,
        password: PASSWORD,
      });
      expect([status, body['code']]).toEqual([403, 'sso.required']);
      const operator = await makePerson(rig.api.sql, [{ tenant: null, role: 'operator' }]);
      expect((await (await signedIn(rig.api.url, operator)).get('/v1/tenants')).status).toBe(200);
      const byInstallation = rig.browser();
      await rig.signInBy(byInstallation, providerId, rig.comes(person.email));
      expect((await byInstallation.get('/v1/calls')).status).toBe(200);
      const colleague = await rig.memberOf(tenant, 'agent', ownDomain);
      const byTenant = rig.browser();
      await rig.signInBy(byTenant, ownProvider, rig.comes(colleague.email));
      expect((await byTenant.get('/v1/contacts')).status).toBe(200);
    } finally {
      await rig.api.operator.delete(`/v1/identity-providers/${providerId}`);
    }
  });

  it('is not satisfied by another provider than the tenant’s own', async () => {
    const { tenant, domain } = await rig.office({ enforced: true });
    const installation = await rig.made(rig.api.operator, rig.draftFor(domain, { operator: true }));
    try {
      const person = await rig.memberOf(tenant, 'admin', domain);
      const own = rig.browser();
      await rig.signInBy(own, installation, rig.comes(person.email));
      expect((await own.get('/v1/calls')).body['code']).toBe('sso.required');
    } finally {
      await rig.api.operator.delete(`/v1/identity-providers/${installation}`);
    }
  });
});
