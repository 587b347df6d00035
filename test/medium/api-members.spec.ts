import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forgetLinks } from '#db';
import { PASSWORD, makePerson, signedIn } from '../builders/person.js';
import { openApi, type Answer, type TestApi } from '../harness/api.js';
import { TestBrowser } from '../harness/browser.js';
import { MailServer } from '../harness/mail-server.js';
import { until } from '../harness/until.js';

let api: TestApi;
let mails: MailServer;
beforeAll(async () => {
  mails = await MailServer.open({ tls: 'none' });
  api = await openApi({
    CONSOLE: 'off',
    INGRESS_TRUST_PROXY: '1',
    SMTP_URL: `smtp://127.0.0.1:${String(mails.port)}?tls=none`,
    MAIL_FROM: 'Switchhook <hook@example.com>',
  });
});
afterAll(async () => {
  await api.close();
  await mails.stop();
});

let addresses = 0;
const browser = (): TestBrowser =>
  new TestBrowser(api.url, { 'x-forwarded-for': `198.51.100.${String((addresses += 1))}` });
const tokenOf = ({ body }: Answer): string => String(body['url']).split('#')[1] ?? '';
const NEW = 'a new one, long';

async function admin() {
  const tenant = await api.tenant();
  const person = await makePerson(api.sql, [{ tenant: tenant.id, role: 'admin' }]);
  return { tenant, person, own: await signedIn(api.url, person) };
}

describe('an invitation', () => {
  it('that nobody took up is forgotten a week after its end', async () => {
    const { tenant, own } = await admin();
    await own.post('/v1/invitations', { email: `late${String(Date.now())}@example.com`, role: 'agent' });
    const links = () => api.sql.rows('SELECT 1 FROM one_time_link WHERE tenant_id = $1', [tenant.id]);
    const days = (count: number) => Date.now() + count * 86_400_000;
    await forgetLinks(api.world.url, days(13));
    expect(await links()).toHaveLength(1);
    expect(await forgetLinks(api.world.url, days(15))).toBeGreaterThan(0);
    expect(await links()).toHaveLength(0);
  });

  it('is shown to copy, mailed, looked at, and makes a member once', async () => {
    const { tenant, own } = await admin();
    const agent = await own.post('/v1/agents', { name: 'Dana' });
    const email = `dana${String(Date.now())}@example.com`;
    const invited = await own.post('/v1/invitations', { email, role: 'agent', agentId: agent.body['id'] });
    expect(invited.status).toBe(201);
    expect(invited.body).toMatchObject({ email, role: 'agent', mailed: true });
    expect(invited.body['url']).toMatch(/^https:\/\/hook\.example\/invitation#swl_[\w-]{43}$/);
    expect(mails.taken.some(({ text }) => text.includes(tokenOf(invited)))).toBe(true);
    expect((await own.get('/v1/invitations')).body.data).toMatchObject([{ email, role: 'agent' }]);

    const guest = browser();
    const token = tokenOf(invited);
    const seen = await guest.post('/v1/links/look', { token });
    expect(seen.body).toMatchObject({
      kind: 'invitation',
      email,
      tenantName: 'Acme',
      role: 'agent',
      known: false,
    });
    const short = await guest.post('/v1/links/use', { token, name: 'Dana', password: 'short' });
    expect([short.status, short.body['code']]).toEqual([400, 'request.invalid']);
    expect((await guest.post('/v1/links/use', { token, name: 'Dana', password: NEW })).status).toBe(201);
    expect((await guest.get('/v1/me')).body).toMatchObject({
      user: { email, name: 'Dana' },
      tenantId: tenant.id,
      role: 'agent',
      rights: ['own', 'look_up'],
      agent: { id: agent.body['id'], name: 'Dana' },
    });
    const again = await browser().post('/v1/links/use', { token, name: 'Dana', password: NEW });
    expect([again.status, again.body['code']]).toEqual([404, 'link.invalid']);
    expect((await own.get('/v1/invitations')).body.data).toEqual([]);
    expect((await own.get('/v1/users')).body.data).toHaveLength(2);
    const audit = await tenant.client.get('/v1/audit?subjectType=member');
    expect(audit.body.data[0]).toMatchObject({ action: 'member.joined', actorKind: 'user' });
  });

  it('of somebody who is known wants their own password, so that whoever made it does not become them', async () => {
    const [one, two] = [await admin(), await admin()];
    const invited = await two.own.post('/v1/invitations', { email: one.person.email, role: 'supervisor' });
    const token = tokenOf(invited);
    const thief = browser();
    expect((await thief.post('/v1/links/look', { token })).body['known']).toBe(true);
    const theft = await thief.post('/v1/links/use', { token, name: 'Mallory', password: NEW });
    expect([theft.status, theft.body['code']]).toEqual([401, 'sign_in.refused']);
    const guest = browser();
    expect((await guest.post('/v1/links/use', { token, password: PASSWORD })).status).toBe(201);
    const roles = (await guest.get('/v1/session')).body['memberships'];
    expect(roles).toMatchObject([{ role: 'admin' }, { role: 'supervisor', tenantId: two.tenant.id }]);
  });

  it('is used by one of two who come at once', async () => {
    const { own } = await admin();
    const invited = await own.post('/v1/invitations', { email: 'race@example.com', role: 'agent' });
    const use = () =>
      browser().post('/v1/links/use', { token: tokenOf(invited), name: 'Dana', password: NEW });
    const statuses = (await Promise.all([use(), use(), use()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([201, 404, 404]);
  });

  it('stops working when it is withdrawn, and after seven days', async () => {
    const { own } = await admin();
    const make = () => own.post('/v1/invitations', { email: 'late@example.com', role: 'agent' });
    const [withdrawn, late] = [await make(), await make()];
    expect((await own.delete(`/v1/invitations/${String(withdrawn.body['id'])}`)).status).toBe(204);
    const aged = `UPDATE one_time_link SET expires_at = expires_at - interval '7 days' WHERE id = $1`;
    await api.sql.rows(aged, [late.body['id']]);
    for (const answer of [withdrawn, late]) {
      const { status } = await browser().post('/v1/links/look', { token: tokenOf(answer) });
      expect(status).toBe(404);
    }
  });

  it('makes operators only when operators ask for them', async () => {
    const { own, tenant } = await admin();
    const email = 'op@example.com';
    const refused = await own.post('/v1/invitations', { email, operator: true });
    expect([refused.status, refused.body['code']]).toEqual([403, 'operator.required']);
    expect((await own.post('/v1/invitations', { email, role: 'operator' })).status).toBe(400);
    expect((await own.post('/v1/invitations', { email })).status).toBe(400);
    const theirs = api.operator.with({ 'switchhook-tenant': tenant.id });
    expect((await theirs.post('/v1/invitations', { email, operator: true })).status).toBe(400);
    expect(
      (await api.operator.post('/v1/invitations', { email, operator: true, role: 'admin' })).status,
    ).toBe(400);
    const invited = await api.operator.post('/v1/invitations', { email, operator: true });
    expect(invited.body).toMatchObject({ role: 'operator' });
    const guest = browser();
    await guest.post('/v1/links/use', { token: tokenOf(invited), name: 'Op', password: NEW });
    expect((await guest.get('/v1/tenants')).status).toBe(200);
  });

  it('names only agents of the tenant, and addresses that can be written to', async () => {
    const [one, two] = [await admin(), await admin()];
    const agent = await two.own.post('/v1/agents', { name: 'Dana' });
    const draft = { email: 'x@example.com', role: 'agent' };
    const theirs = await one.own.post('/v1/invitations', { ...draft, agentId: agent.body['id'] });
    expect([theirs.status, theirs.body['code']]).toEqual([404, 'resource.not_found']);
    for (const email of ['x', 'x@y', 'a b@example.com', 'İ@example.com'])
      expect((await one.own.post('/v1/invitations', { ...draft, email })).status).toBe(400);
  });
});

describe('a member', () => {
  it('with another role signs in again, and may what it says', async () => {
    const { tenant, own } = await admin();
    const other = await makePerson(api.sql, [{ tenant: tenant.id, role: 'agent' }]);
    const theirs = await signedIn(api.url, other);
    expect((await theirs.get('/v1/calls')).status).toBe(403);
    const changed = await own.patch(`/v1/users/${other.id}`, { role: 'supervisor' });
    expect(changed.body).toMatchObject({ id: other.id, role: 'supervisor' });
    expect((await theirs.get('/v1/session')).status).toBe(401);
    expect((await (await signedIn(api.url, other)).get('/v1/calls')).status).toBe(200);
  });

  it('who is removed is out at once, and stays what they are to others', async () => {
    const [one, two] = [await admin(), await admin()];
    const person = await makePerson(api.sql, [
      { tenant: one.tenant.id, role: 'admin' },
      { tenant: two.tenant.id, role: 'agent' },
    ]);
    const theirs = await signedIn(api.url, person);
    expect((await one.own.delete(`/v1/users/${person.id}`)).status).toBe(204);
    expect((await theirs.get('/v1/session')).status).toBe(401);
    const me = await (await signedIn(api.url, person)).get('/v1/me');
    expect(me.body).toMatchObject({ tenantId: two.tenant.id, role: 'agent' });
  });

  it('of another tenant is not there', async () => {
    const [one, two] = [await admin(), await admin()];
    const path = `/v1/users/${two.person.id}`;
    const answers = [
      await one.own.get(path),
      await one.own.patch(path, { role: 'agent' }),
      await one.own.delete(path),
      await one.own.post(`${path}/password-reset`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  });
});

describe('a new password', () => {
  it('comes by a link of an administrator, and ends all sessions', async () => {
    const { tenant, own } = await admin();
    const other = await makePerson(api.sql, [{ tenant: tenant.id, role: 'agent' }]);
    const theirs = await signedIn(api.url, other);
    const reset = await own.post(`/v1/users/${other.id}/password-reset`);
    expect(reset.body).toMatchObject({ mailed: true });
    const guest = browser();
    expect((await guest.post('/v1/links/use', { token: tokenOf(reset), password: NEW })).status).toBe(201);
    expect((await theirs.get('/v1/session')).status).toBe(401);
    const signIn = (password: string) => browser().post('/v1/session', { email: other.email, password });
    expect((await signIn(PASSWORD)).status).toBe(401);
    expect((await signIn(NEW)).status).toBe(201);
  });

  it('is not for administrators to give to who belongs to others, or they would become them there', async () => {
    const { tenant, own } = await admin();
    const operator = await makePerson(api.sql, [
      { tenant: tenant.id, role: 'agent' },
      { tenant: null, role: 'operator' },
    ]);
    const { status, body } = await own.post(`/v1/users/${operator.id}/password-reset`);
    expect([status, body['code']]).toEqual([403, 'member.of_others']);
    const theirs = api.operator.with({ 'switchhook-tenant': tenant.id });
    expect((await theirs.post(`/v1/users/${operator.id}/password-reset`)).status).toBe(201);
  });

  it('is mailed to who has forgotten the old one, and nobody learns whether there is such a person', async () => {
    const { person } = await admin();
    const answers = [
      await browser().post('/v1/links/forgotten', { email: person.email.toUpperCase() }),
      await browser().post('/v1/links/forgotten', { email: 'nobody@example.com' }),
    ];
    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [202, ''],
      [202, ''],
    ]);
    const letter = await until('the letter', () => mails.taken.find(({ to }) => to.includes(person.email)));
    const token = /reset#(swl_[\w-]+)/.exec(letter.text)?.[1];
    const guest = browser();
    expect((await guest.post('/v1/links/use', { token, password: NEW })).status).toBe(201);
    expect(mails.taken.some(({ to }) => to.includes('nobody@example.com'))).toBe(false);
  });
});

describe('the first start', () => {
  it('shows a link that makes the first operator, once', async () => {
    const fresh = await openApi();
    try {
      expect(fresh.setupPath).toMatch(/^\/setup#swl_/);
      const token = fresh.setupPath.split('#')[1];
      const first = new TestBrowser(fresh.url);
      expect((await first.post('/v1/links/look', { token })).body).toMatchObject({
        kind: 'setup',
        known: false,
      });
      const said = { token, name: 'Op', password: NEW };
      expect((await first.post('/v1/links/use', said)).status).toBe(400);
      const used = await first.post('/v1/links/use', { ...said, email: 'op@example.com' });
      expect(used.status).toBe(201);
      expect((await first.get('/v1/tenants')).status).toBe(200);
      const again = await new TestBrowser(fresh.url).post('/v1/links/use', {
        ...said,
        email: 'b@example.com',
      });
      expect(again.status).toBe(404);
      const own = (used.body['user'] as { id: string }).id;
      const last = await first.delete(`/v1/users/${own}`);
      expect([last.status, last.body['code']]).toEqual([409, 'member.last']);
    } finally {
      await fresh.close();
    }
  }, 30_000);

  it.each(['/setup', '/sign-in', '/invitation', '/reset'])(
    'serves %s, in nobody’s frame and with its own script alone',
    async (path) => {
      const answer = await fetch(api.url + path);
      const text = await answer.text();
      const policy = answer.headers.get('content-security-policy') ?? '';
      const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(text.match(/<(script|style)\b[^>]*>/g)).toEqual([
        `<style nonce="${nonce}">`,
        `<script nonce="${nonce}" src="/sign-in/page.js">`,
      ]);
      expect(await (await fetch(api.url + path)).text()).not.toContain(nonce);
      expect((await fetch(`${api.url}/sign-in/page.js`)).headers.get('content-type')).toContain(
        'text/javascript',
      );
    },
  );
});
