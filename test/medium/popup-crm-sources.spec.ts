/** Who is calling, asked of a tenant's CRM while the phone rings, through the connector of an endpoint. */
import { DbModule } from '#db';
import type { EndpointAuth, OAuthCodeClient, TenantId } from '#domain';
import { readEnv, startProcess, type RunningProcess } from '#platform';
import { QueuesModule } from '#queues';
import { ingressRoutes } from '../../apps/ingress/ingress-routes.js';
import { IngressModule } from '../../apps/ingress/ingress.module.js';
import { PopupModule } from '../../apps/popup/popup.module.js';
import { RecordsServer, type RecordsMishap } from '../../apps/simulator/index.js';
import { makeSource, type SourceTraits } from '../builders/contact-source.js';
import { connectEndpoint } from '../builders/grant.js';
import { BACKENDS, type QueueHome } from '../harness/backends.js';
import {
  SECRET_KEYS,
  makeConnection,
  makeEndpoint,
  makeTenant,
  type EndpointTraits,
  type TestConnection,
} from '../harness/tenant.js';
import { TokenServer } from '../harness/token-server.js';
import { until } from '../harness/until.js';
import { openWorld, type World } from '../harness/world.js';

const NUMBER = '0502345678';
const E164 = '+972502345678';
const UNKNOWN = { CLIENTNAME: '', TOTAL: 0 };
const [BACKEND] = BACKENDS;

describe('popups from a CRM', () => {
  let world: World;
  let queues: QueueHome;
  let ingress: RunningProcess;
  let worker: RunningProcess;
  let tokens: TokenServer;
  let crm: RecordsServer;
  let url: string;
  let tenant: TenantId;
  let connection: TestConnection;
  let mishap: RecordsMishap;
  let takes: (authorization: string | undefined) => boolean;
  let slow: Promise<unknown> | undefined;

  beforeAll(async () => {
    world = await openWorld();
    if (BACKEND === undefined) throw new Error('There is no queue.');
    queues = await BACKEND.home(world.url);
    tokens = await TokenServer.open();
    const own = { HOST: '127.0.0.1', PORT: '0', SECRET_KEYS, EGRESS_ALLOW: '127.0.0.1/32' };
    const env = readEnv({ ...own, ...queues.env });
    const base = () => [DbModule.with(world.url), QueuesModule.with(world.url)];
    const parts = { imports: [...base(), IngressModule], raw: ingressRoutes };
    ingress = await startProcess('ingress', env, parts, world.log);
    worker = await startProcess('popup', env, { imports: [...base(), PopupModule] }, world.log);
  });
  afterAll(async () => {
    await ingress.close();
    await worker.close();
    await tokens.close();
    await queues.close();
    await world.close();
  });
  beforeEach(async () => {
    [mishap, takes, slow] = [undefined, () => true, undefined];
    crm = new RecordsServer({
      mishap: () => mishap,
      takes: (given) => takes(given),
      until: async () => slow,
    });
    url = `http://127.0.0.1:${String(await crm.listen())}`;
    tenant = await makeTenant(world.sql);
    connection = await makeConnection(world.sql, tenant);
  });
  afterEach(() => crm.close());

  const popup = async (phone = NUMBER) => {
    const path = connection.path.replace(/cdr$/, 'popup');
    const address = `${ingress.url.replace('localhost', '127.0.0.1')}${path}?phone=${phone}&ivrid=v-1&extenUser=101`;
    const begun = performance.now();
    const answer = (await (await fetch(address)).json()) as Record<string, unknown>;
    return { answer, ms: performance.now() - begun };
  };
  const add = async (endpoint: Partial<EndpointTraits> = {}, source: Partial<SourceTraits> = {}) => {
    const { id: endpointId } = await makeEndpoint(world.sql, tenant, { url, format: 'espocrm', ...endpoint });
    return { endpointId, sourceId: await makeSource(world.sql, tenant, { endpointId, ...source }) };
  };
  const kept = () =>
    world.sql.rows<{ e164: string; contacts: { id: string; name: string }[] | null }>(
      'SELECT e164, contacts FROM source_answer WHERE tenant_id = $1',
      [tenant],
    );
  const failure = () =>
    until('it to be told', async () => {
      const rows = await world.sql.rows<{ failure: string | null }>(
        'SELECT failure FROM source_health WHERE tenant_id = $1 AND failures_in_a_row > 0',
        [tenant],
      );
      return rows[0];
    });

  it('name the caller whom the CRM knows, and ask it once for as long as its answer counts', async () => {
    await add();
    const { id } = crm.records.addContact('Ann', '050-234-5678');
    expect((await popup()).answer).toMatchObject({ CLIENTNAME: 'Ann', TOTAL: 1 });
    expect((await popup()).answer).toMatchObject({ CLIENTNAME: 'Ann' });
    expect(crm.asked).toBe(1);
    expect(await kept()).toMatchObject([{ e164: E164, contacts: [{ id: `Contact/${id}`, name: 'Ann' }] }]);
  });

  it('list all of several contacts with the number', async () => {
    await add();
    crm.records.addContact('Ann', '050-234-5678');
    crm.records.addContact('Bea', '+972 50 234 5678');
    expect((await popup()).answer).toMatchObject({ TOTAL: 2 });
  });

  it('know nobody where it only has a similar number, and remember that', async () => {
    await add();
    crm.records.addContact('Foreigner', '+44 50 234 5678');
    expect((await popup()).answer).toMatchObject(UNKNOWN);
    expect((await popup()).answer).toMatchObject(UNKNOWN);
    expect([crm.asked, await kept()]).toEqual([1, [{ e164: E164, contacts: null }]]);
  });

  it('get a new token where the CRM takes the old one no more, while the phone rings', async () => {
    const auth: EndpointAuth = {
      ...{ kind: 'oauth2', tokenUrl: tokens.url, clientId: 'me', clientSecret: 'a-secret-of-ours' },
      ...{ scope: null, audience: null, sendAs: 'body' },
    };
    await add({ access: { auth } });
    crm.records.addContact('Ann', '0502345678');
    crm.records.addContact('Bea', '0502345679');
    expect((await popup()).answer).toMatchObject({ CLIENTNAME: 'Ann' });
    const { given } = tokens;
    takes = (authorization) => authorization !== `Bearer token-${String(given)}`;
    expect((await popup('0502345679')).answer).toMatchObject({ CLIENTNAME: 'Bea' });
    expect(tokens.given).toBe(given + 1);
  });

  it('carry what a person agreed to on the CRM’s page', async () => {
    const { id: endpointId } = await makeEndpoint(world.sql, tenant, { url, format: 'espocrm' });
    const auth: OAuthCodeClient = {
      ...{ kind: 'oauth2_code', authoriseUrl: 'https://crm.example/agree', tokenUrl: tokens.url },
      ...{ clientId: 'me', clientSecret: 'a-secret-of-ours', scope: null, sendAs: 'body' },
      ...{ authoriseParameters: {}, pkce: true, baseUrlFrom: null, keepAliveDays: 7 },
    };
    const given = { auth, access: 'agreed-token', refresh: 'refresh-token' };
    await connectEndpoint(world.sql, { id: endpointId, tenantId: tenant }, given);
    await makeSource(world.sql, tenant, { endpointId });
    crm.records.addContact('Ann', NUMBER);
    takes = (authorization) => authorization === 'Bearer agreed-token';
    expect((await popup()).answer).toMatchObject({ CLIENTNAME: 'Ann' });
  });

  it('know nobody where it does not take our credentials, and say so to the tenant without them', async () => {
    takes = () => false;
    await add({ access: { auth: { kind: 'bearer', token: 'secret-token-of-ours' } } });
    expect((await popup()).answer).toMatchObject(UNKNOWN);
    expect(await kept()).toEqual([]);
    const { failure: told } = await failure();
    expect(told).toContain('401');
    expect(told).not.toContain('secret-token-of-ours');
  });

  it('leave it alone for as long as it says when it asks us to slow down', async () => {
    await add();
    mishap = 'slow down';
    expect((await popup()).answer).toMatchObject(UNKNOWN);
    await failure();
    const at = await world.sql.row('SELECT open_until FROM source_health WHERE tenant_id = $1', [tenant]);
    expect(at['open_until']).not.toBeNull();
    expect(crm.asked).toBe(1);
  });

  it('remember nothing where it is not to be found at its address', async () => {
    await add({ url: `${url}/not-here` });
    expect((await popup()).answer).toMatchObject(UNKNOWN);
    expect([await kept(), (await failure()).failure]).toEqual([[], expect.stringContaining('404')]);
  });

  it('answer with what is old at once while it is slow, and ask again behind', async () => {
    const { sourceId } = await add();
    crm.records.addContact('Ann', NUMBER);
    await popup();
    const renamed = crm.records.contacts()[0];
    crm.records.answer('PUT', new URL(`${url}/api/v1/Contact/${renamed?.id ?? ''}`), {
      lastName: 'Ann Newer',
      name: 'Ann Newer',
    });
    await world.sql.rows('UPDATE source_answer SET fresh_until = now() WHERE source_id = $1', [sourceId]);
    let go: (value: unknown) => void = () => undefined;
    slow = new Promise((resolve) => (go = resolve));
    expect((await popup()).answer).toMatchObject({ CLIENTNAME: 'Ann' });
    await until('it to be asked again', () => crm.asked === 2);
    go(undefined);
    await until('the new answer', async () => (await kept())[0]?.contacts?.[0]?.name === 'Ann Newer');
    expect((await popup()).answer).toMatchObject({ CLIENTNAME: 'Ann Newer' });
  });

  it('do without one that hangs, within the deadline of all its requests', async () => {
    await add({}, { timeoutMs: 500 });
    slow = new Promise(() => undefined);
    const { answer, ms } = await popup();
    expect(answer).toMatchObject(UNKNOWN);
    expect(ms).toBeLessThan(1_600);
    expect((await failure()).failure).not.toBeNull();
  });

  it('ask with nobody else’s credentials, whatever the row says', async () => {
    const stranger = await makeTenant(world.sql, 'Stranger');
    const { id } = await makeEndpoint(world.sql, stranger, { url, format: 'espocrm' });
    await makeSource(world.sql, tenant, { endpointId: id });
    crm.records.addContact('Ann', NUMBER);
    expect((await popup()).answer).toMatchObject(UNKNOWN);
    expect(crm.asked).toBe(0);
  });
});
