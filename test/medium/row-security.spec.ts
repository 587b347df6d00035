import pg from 'pg';
import type { TenantId } from '#domain';
import { TenantScope } from '#db';
import { hashToken } from '#platform';
import { oweDelivery } from '../builders/delivery.js';
import { orderErasure } from '../builders/erasure.js';
import { makeContact } from '../builders/contact.js';
import { makeSource } from '../builders/contact-source.js';
import { makeGrant } from '../builders/grant.js';
import { makeEndpointPast } from '../builders/endpoint-past.js';
import { makePeople } from '../builders/people.js';
import { makePerson } from '../builders/person.js';
import { makeConnection, makeEndpoint, makeTenant, type TestEndpoint } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

/** Nothing of people who sign in is for the workers. */
const SIGN_IN_TABLES = [
  'app_user',
  'membership',
  'one_time_link',
  'portal',
  'portal_token',
  'identity_provider',
];

/** Tables with a row of both tenants. */
const TENANT_TABLES = [
  'connection',
  'connection_token',
  'endpoint',
  'endpoint_secret',
  'endpoint_grant',
  'endpoint_stat',
  'endpoint_state_change',
  'call_event',
  'delivery',
  'mailbox',
  'contact',
  'contact_phone',
  'agent',
  'extension',
  'queue',
  'did',
  'alert',
  'contact_source',
  'source_answer',
  'source_health',
  'ingress_refusal',
  'tenant_usage',
  'erasure',
  'erasure_trace',
  ...SIGN_IN_TABLES,
];

describe('row-level security', () => {
  let world: World;
  let scope: TenantScope;
  let ours: TenantId;
  let theirs: TenantId;
  let ourEndpoint: TestEndpoint;

  beforeAll(async () => {
    world = await openWorld();
    scope = new TenantScope(world.url, 2);
    ours = await makeTenant(world.sql, 'Ours');
    theirs = await makeTenant(world.sql, 'Theirs');
    for (const tenant of [ours, theirs]) {
      const connection = await makeConnection(world.sql, tenant);
      await makePeople(world.sql, connection);
      await makePerson(world.sql, [{ tenant, role: 'admin' }]);
      await world.sql.rows(
        `INSERT INTO one_time_link (id, kind, hash, tenant_id, created_by, created_at, expires_at)
         VALUES (gen_random_uuid(), 'invitation', $2, $1, 'system', now(), now())`,
        [tenant, hashToken(tenant)],
      );
      const [portal] = await world.sql.rows<{ id: string }>(
        `INSERT INTO portal (id, tenant_id, areas, read_only, minutes, look, code_hash, code_expires_at, created_by, created_at, ends_at)
         VALUES (gen_random_uuid(), $1, '{calls}', true, 5, '{}', $2, now(), 'system', now(), now()) RETURNING id`,
        [tenant, hashToken(tenant)],
      );
      await world.sql.rows(
        `INSERT INTO identity_provider (id, tenant_id, label, issuer, client_id, domains, answers_since, created_at, updated_at)
         VALUES (gen_random_uuid(), $1, 'x', 'https://login.example', 'x', '{acme.example}', now(), now(), now())`,
        [tenant],
      );
      await world.sql.rows(`INSERT INTO portal_token VALUES ($1, $2, $3, now())`, [
        hashToken(tenant),
        portal?.id,
        tenant,
      ]);
      await world.sql.rows(`INSERT INTO ingress_refusal VALUES ($1, now(), 'method', $2, 1, now(), 'PUT')`, [
        connection.id,
        tenant,
      ]);
      await world.sql.rows(`INSERT INTO tenant_usage VALUES ($1, now(), 1)`, [tenant]);
      const erasure = await orderErasure(world.sql, tenant, { number: '+972502345678', state: 'counted' });
      await world.sql.rows(`INSERT INTO erasure_trace VALUES ($1, 'call', 'x', $2, false)`, [
        erasure,
        tenant,
      ]);
      await makeContact(world.sql, tenant, { phones: ['+972502345678'] });
      const source = await makeSource(world.sql, tenant, { url: 'http://crm.invalid/' });
      await world.sql.rows(`INSERT INTO source_answer VALUES ($1, '+1', $2, 1, NULL, now(), now(), now())`, [
        source,
        tenant,
      ]);
      await world.sql.rows(`INSERT INTO source_health VALUES ($1, $2, 1, now())`, [source, tenant]);
      const endpoint = await makeEndpoint(world.sql, tenant, { url: 'http://crm.invalid/' });
      if (tenant === ours) ourEndpoint = endpoint;
      await oweDelivery(world.sql, endpoint);
      await makeGrant(world.sql, endpoint);
      await makeEndpointPast(world.sql, endpoint);
      await world.sql.rows(`INSERT INTO mailbox VALUES ('endpoint', $1, 1, NULL, now(), now())`, [
        endpoint.id,
      ]);
      await world.sql.rows(`INSERT INTO alert VALUES ('endpoint.backlog', $1, $2, NULL, now())`, [
        endpoint.id,
        tenant,
      ]);
    }
  });
  afterAll(async () => {
    await scope.end();
    await world.close();
  });

  const countAs = (tenant: TenantId | 'operator', table: string): Promise<number> => {
    const count = async (tx: { $queryRawUnsafe: (sql: string) => Promise<unknown> }) => {
      const rows = (await tx.$queryRawUnsafe(`SELECT count(*) AS n FROM ${table}`)) as { n: bigint }[];
      return Number(rows[0]?.n);
    };
    return tenant === 'operator' ? scope.forOperator(count) : scope.forTenant(tenant, count);
  };

  it.each(TENANT_TABLES)(
    'shows the api’s role one tenant’s rows of %s, whatever it asks for',
    async (table) => {
      expect(await countAs(ours, table)).toBe(1);
      expect(await world.sql.count(`SELECT count(*) FROM ${table}`)).toBe(2);
    },
  );

  it('shows a tenant itself and no other', async () => {
    expect(await countAs(ours, 'tenant')).toBe(1);
    expect(await countAs('operator', 'tenant')).toBe(2);
  });

  it.each(['connection', 'endpoint', 'receipt', 'delivery'])(
    'shows the operator nothing of %s',
    async (table) => {
      expect(await countAs('operator', table)).toBe(0);
    },
  );

  it('shows the api’s role nothing at all outside of a tenant’s transaction', async () => {
    const client = new pg.Client({ connectionString: world.url, options: '-c role=switchhook_api' });
    await client.connect();
    for (const table of ['tenant', ...TENANT_TABLES]) {
      expect((await client.query(`SELECT 1 FROM ${table}`)).rowCount).toBe(0);
    }
    await client.end();
  });

  it('does not let a tenant change or give away rows', async () => {
    const changed = await scope.forTenant(theirs, (tx) =>
      tx.$executeRawUnsafe(
        `UPDATE endpoint SET url = 'http://thief.invalid/' WHERE id = '${ourEndpoint.id}'`,
      ),
    );
    expect(changed).toBe(0);
    const giving = scope.forTenant(theirs, (tx) =>
      tx.$executeRawUnsafe(`UPDATE endpoint SET tenant_id = '${ours}' WHERE tenant_id = '${theirs}'`),
    );
    await expect(giving).rejects.toThrow(/row-level security/);
  });

  it('forgets the tenant at the end of its transaction', async () => {
    const narrow = new TenantScope(world.url, 1);
    expect(await narrow.forTenant(ours, (tx) => tx.endpoint.count())).toBe(1);
    expect(await narrow.prisma.endpoint.count()).toBe(0);
    await narrow.end();
  });

  it('lets the worker’s role see all tenants', async () => {
    for (const table of TENANT_TABLES.filter((name) => !SIGN_IN_TABLES.includes(name))) {
      const rows = await world.hot.run<{ n: string }>(
        `count.${table}`,
        `SELECT count(*) AS n FROM ${table}`,
        [],
      );
      expect(Number(rows[0]?.n)).toBe(2);
    }
  });

  it.each([...SIGN_IN_TABLES, 'session', 'sign_in_attempt'])('keeps %s from the workers', async (table) => {
    const asked = world.hot.run(`count.${table}`, `SELECT count(*) AS n FROM ${table}`, []);
    await expect(asked).rejects.toThrow(/permission denied/);
  });

  it('lets neither role touch the tables themselves, nor the list of migrations', async () => {
    for (const role of ['switchhook_api', 'switchhook_worker']) {
      const client = new pg.Client({ connectionString: world.url, options: `-c role=${role}` });
      await client.connect();
      for (const statement of [
        'DROP TABLE delivery',
        'ALTER TABLE delivery DISABLE ROW LEVEL SECURITY',
        'DELETE FROM _prisma_migrations',
        'TRUNCATE delivery',
      ]) {
        await expect(client.query(statement)).rejects.toThrow(/must be owner|permission denied/);
      }
      await client.end();
    }
  });
});
