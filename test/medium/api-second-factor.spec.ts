import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { totpCode } from '#platform';
import { PASSWORD, makePerson, signedIn, type TestPerson } from '../builders/person.js';
import { openApi, type TestApi, type TestTenant } from '../harness/api.js';
import { TestBrowser } from '../harness/browser.js';

let api: TestApi;
beforeAll(async () => {
  api = await openApi({ INGRESS_TRUST_PROXY: '1' });
});
afterAll(() => api.close());

let addresses = 0;
const browser = (): TestBrowser =>
  new TestBrowser(api.url, { 'x-forwarded-for': `203.0.113.${String((addresses += 1))}` });
const stepNow = (): number => Math.floor(Date.now() / 30_000);
const codeOf = (secret: string): string => totpCode(secret, stepNow());

interface Armed {
  tenant: TestTenant;
  person: TestPerson;
  own: TestBrowser;
  secret: string;
  /** The code that was told, and the one after it: both are taken for a step more, so none goes stale in a test. */
  told: string;
  next: string;
  recoveryCodes: string[];
}

/** An administrator whose app told the code of now. */
async function armed(): Promise<Armed> {
  const tenant = await api.tenant();
  const person = await makePerson(api.sql, [{ tenant: tenant.id, role: 'admin' }]);
  const own = await signedIn(api.url, person);
  const begun = await own.post('/v1/session/totp', { password: PASSWORD });
  expect(begun.status).toBe(201);
  const secret = String(begun.body['secret']);
  expect(begun.body['uri']).toContain(`secret=${secret}`);
  const step = stepNow();
  const [told, next] = [totpCode(secret, step), totpCode(secret, step + 1)];
  const on = await own.put('/v1/session/totp', { code: told });
  expect(on.status).toBe(200);
  return { tenant, person, own, secret, told, next, recoveryCodes: on.body['recoveryCodes'] as string[] };
}

const signIn = (email: string, code?: string) =>
  browser().post('/v1/session', { email, password: PASSWORD, ...(code === undefined ? {} : { code }) });

describe('a second factor', () => {
  it('is asked for when the password was right, and a code is taken once', async () => {
    const { person, told, next } = await armed();
    const without = await signIn(person.email);
    expect([without.status, without.body['code']]).toEqual([401, 'totp.needed']);
    const wrong = await browser().post('/v1/session', { email: person.email, password: 'not it', code: '1' });
    expect(wrong.body['code']).toBe('sign_in.refused');
    expect((await signIn(person.email, next)).status).toBe(201);
    const again = await signIn(person.email, next);
    expect([again.status, again.body['code']]).toEqual([401, 'totp.refused']);
    // Nor one that is older than the last one taken.
    expect((await signIn(person.email, told)).body['code']).toBe('totp.refused');
  });

  it('is taken by one of two who send the same code at once', async () => {
    const { person, next } = await armed();
    const answers = await Promise.all([signIn(person.email, next), signIn(person.email, next)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);
  });

  it('can be replaced by each recovery code once, however it is typed', async () => {
    const { person, recoveryCodes } = await armed();
    expect(recoveryCodes).toHaveLength(10);
    const [code = ''] = recoveryCodes;
    expect((await signIn(person.email, code.toUpperCase().replaceAll('-', ' '))).status).toBe(201);
    expect((await signIn(person.email, code)).status).toBe(401);
    expect((await signIn(person.email, recoveryCodes[1])).status).toBe(201);
  });

  it('is kept sealed, its recovery codes as hashes', async () => {
    const { person, secret, recoveryCodes } = await armed();
    const { row } = await api.sql.row<{ row: string }>(
      `SELECT row_to_json(u)::text AS row FROM app_user u WHERE id = $1`,
      [person.id],
    );
    for (const text of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))])
      expect(row).not.toContain(text);
  });

  it('gives the browser a new session when it is switched on, and ends the others', async () => {
    const tenant = await api.tenant();
    const person = await makePerson(api.sql, [{ tenant: tenant.id, role: 'admin' }]);
    const [own, other] = [await signedIn(api.url, person), await signedIn(api.url, person)];
    const before = own.with({});
    expect((await own.post('/v1/session/totp', { password: 'not it' })).status).toBe(401);
    const { body } = await own.post('/v1/session/totp', { password: PASSWORD });
    const wrong = await own.put('/v1/session/totp', { code: '000000' });
    expect([wrong.status, wrong.body['code']]).toEqual([401, 'totp.refused']);
    expect((await signIn(person.email)).status).toBe(201);
    expect((await own.put('/v1/session/totp', { code: codeOf(String(body['secret'])) })).status).toBe(200);
    for (const old of [before, other]) expect((await old.get('/v1/session')).status).toBe(401);
    expect((await own.get('/v1/me')).body['user']).toMatchObject({ hasTotp: true });
    expect((await own.post('/v1/session/totp', { password: PASSWORD, code: 'x' })).status).toBe(401);
  });

  it('is switched off with the password and a code', async () => {
    const { own, person, next } = await armed();
    expect((await own.post('/v1/session/totp/off', { password: PASSWORD })).body['code']).toBe('totp.needed');
    const off = await own.post('/v1/session/totp/off', { password: PASSWORD, code: next });
    expect(off.status).toBe(204);
    expect((await own.get('/v1/session')).status).toBe(401);
    expect((await signIn(person.email)).status).toBe(201);
  });

  it('is wanted for a new password too: a mailbox that was broken into is no second factor', async () => {
    const { tenant, person, next } = await armed();
    const reset = await tenant.client.post(`/v1/users/${person.id}/password-reset`);
    const use = (code?: string) =>
      browser().post('/v1/links/use', {
        token: String(reset.body['url']).split('#')[1],
        password: 'a new one, long',
        ...(code === undefined ? {} : { code }),
      });
    expect((await use()).body['code']).toBe('totp.needed');
    expect((await use('000000')).body['code']).toBe('totp.refused');
    expect((await use(next)).status).toBe(201);
  });

  it('that was lost is switched off by an administrator, but not of who belongs to others too', async () => {
    const { tenant, person, own } = await armed();
    expect((await tenant.client.delete(`/v1/users/${person.id}/second-factor`)).status).toBe(204);
    expect((await own.get('/v1/session')).status).toBe(401);
    expect((await signIn(person.email)).status).toBe(201);
    const both = await makePerson(api.sql, [
      { tenant: tenant.id, role: 'agent' },
      { tenant: (await api.tenant()).id, role: 'admin' },
    ]);
    const refused = await tenant.client.delete(`/v1/users/${both.id}/second-factor`);
    expect([refused.status, refused.body['code']]).toEqual([403, 'member.of_others']);
  });

  it('is what a tenant may require: without one a member gets no further than to switch theirs on', async () => {
    const tenant = await api.tenant();
    await api.operator.patch(`/v1/tenants/${tenant.id}`, { requiresTotp: true });
    const person = await makePerson(api.sql, [{ tenant: tenant.id, role: 'admin' }]);
    const own = await signedIn(api.url, person);
    const refused = await own.get('/v1/endpoints');
    expect([refused.status, refused.body['code']]).toEqual([403, 'totp.required']);
    expect((await own.get('/v1/me')).status).toBe(200);
    const { body } = await own.post('/v1/session/totp', { password: PASSWORD });
    await own.put('/v1/session/totp', { code: codeOf(String(body['secret'])) });
    expect((await own.get('/v1/endpoints')).status).toBe(200);
    expect((await tenant.client.get('/v1/endpoints')).status).toBe(200);
  });
});
