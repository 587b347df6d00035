import type { AgentId, Role } from '#domain';
import { makePerson, signedIn } from '../builders/person.js';
import { BACKENDS, type Backend } from '../harness/backends.js';
import type { TestBrowser } from '../harness/browser.js';
import { LiveClient } from '../harness/live-client.js';
import { LiveOffice, type Office } from '../harness/live-office.js';
import { until } from '../harness/until.js';

const [BACKEND] = BACKENDS as [Backend];

describe('people at the live channel', () => {
  let live: LiveOffice;
  let office: Office;
  const clients: LiveClient[] = [];

  beforeAll(async () => {
    live = await LiveOffice.open(BACKEND);
  });
  afterAll(() => live.close());
  beforeEach(async () => {
    office = await live.office();
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  const person = async (role: Role, agentId?: AgentId) => {
    const who = await makePerson(live.world.sql, [
      { tenant: office.tenantId, role, ...(agentId === undefined ? {} : { agentId }) },
    ]);
    return signedIn(live.url(), who);
  };
  /** As a page of ours opens it, or one of somebody else's. */
  const open = (browser: TestBrowser, origin = live.url(), auth: Record<string, unknown> = {}) => {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const client = LiveClient.open(live.url(), auth, { cookie, origin });
    clients.push(client);
    return client;
  };
  const ring = (extenUser: string, ivrid: string) =>
    live.popup(office, { ivrid, extenUser, status: 'Ringing' });
  const heard = (client: LiveClient) => client.popups.map(({ agent }) => agent);

  it('hear all of the tenant where they may see it, and their own popups where they are agents', async () => {
    const supervisor = open(await person('supervisor'));
    const dana = open(await person('agent', office.dana));
    await Promise.all([supervisor.hello(), dana.hello()]);
    await ring('102', 'for-omer');
    await ring('101', 'for-dana');
    await until('both', () => heard(supervisor).length === 2 && heard(dana).length > 0);
    expect(new Set(heard(supervisor))).toEqual(new Set([office.dana, office.omer]));
    expect(new Set(heard(dana))).toEqual(new Set([office.dana]));
  });

  it('are told why it stays shut', async () => {
    const stranger = await live.office();
    const nobody = await person('agent');
    const agent = await person('agent', office.dana);
    const admin = await person('admin');
    expect((await open(nobody).refused()).data?.code).toBe('live.no_agent');
    expect((await open(admin, 'https://elsewhere.example').refused()).data?.code).toBe('session.cross_site');
    const theirs = open(agent, live.url(), { tenant: stranger.tenantId });
    expect((await theirs.refused()).data).toMatchObject({ code: 'resource.not_found', status: 404 });
  });

  it('come in only as their tenant wants it, and hear nothing more when it wants another way from then on', async () => {
    const [supervisor, agent] = [await person('supervisor'), await person('agent', office.dana)];
    const clients = [open(supervisor), open(agent)];
    await Promise.all(clients.map((client) => client.hello()));
    await live.world.sql.rows(
      `INSERT INTO identity_provider
         (id, tenant_id, label, issuer, client_id, domains, enforced, answers_since, created_at, updated_at)
       VALUES (gen_random_uuid(), $1, 'x', 'https://login.example', 'x', '{acme.example}', true, now(), now(), now())`,
      [office.tenantId],
    );
    await until('the end of both', () => clients.every(({ endings }) => endings.length > 0));
    for (const browser of [supervisor, agent]) {
      await until('the API to know', async () => (await browser.get('/v1/me/calls')).status === 403);
      expect((await open(browser).refused()).data?.code).toBe('sso.required');
    }
  });

  it('hear nothing more when they sign out, or are not what they were', async () => {
    const [browser, other] = [await person('admin'), await person('supervisor')];
    const [leaving, lowered] = [open(browser), open(other)];
    await Promise.all([leaving.hello(), lowered.hello()]);
    expect((await browser.delete('/v1/session')).status).toBe(204);
    await until('the end', () => leaving.endings.length > 0);
    expect(lowered.endings).toEqual([]);
    await live.world.sql.rows(
      `UPDATE membership SET role = 'agent' WHERE tenant_id = $1 AND role = 'supervisor'`,
      [office.tenantId],
    );
    await until('the other end', () => lowered.endings.length > 0);
  });
});
