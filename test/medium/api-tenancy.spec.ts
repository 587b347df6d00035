import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppError, id, instant, type ApiKeyId, type ReplayFilter, type TenantId } from '#domain';
import { OPERATOR_METHODS, TenantScope, openRepositories, type Repositories } from '#db';
import { newId, systemClock } from '#platform';
import { oweDelivery } from '../builders/delivery.js';
import { makeCall, makeReceipt } from '../builders/history.js';
import { makeConnection, makeEndpoint, makeTenant } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const BY = newId<ApiKeyId>();
const PAGE = { limit: 50, after: null };
const FILTER: ReplayFilter = {
  from: instant(Date.now() - 60_000),
  to: instant(Date.now() + 60_000),
  eventTypes: [],
  endpointIds: [],
  status: 'any',
  number: null,
  callId: null,
  reason: null,
};
const HASH = Buffer.alloc(32, 1);
/** Tables that hold rows of tenants, and the column that says whose. */
const TENANT_TABLES: Record<string, string> = {
  tenant: 'id',
  api_key: 'tenant_id',
  connection: 'tenant_id',
  connection_token: 'tenant_id',
  endpoint: 'tenant_id',
  endpoint_secret: 'tenant_id',
  receipt: 'tenant_id',
  call: 'tenant_id',
  call_event: 'tenant_id',
  delivery: 'tenant_id',
  replay: 'tenant_id',
  attempt: 'tenant_id',
  audit_entry: 'tenant_id',
  idempotency_key: 'tenant_id',
};

let world: World;
let scope: TenantScope;
let repositories: Repositories;
let victim: Awaited<ReturnType<typeof makeVictim>>;
let stranger: TenantId;

beforeAll(async () => {
  world = await openWorld();
  scope = new TenantScope(world.url, 4);
  repositories = openRepositories(scope, systemClock);
  stranger = await makeTenant(world.sql, 'Stranger');
  victim = await makeVictim();
});
afterAll(async () => {
  await scope.end();
  await world.close();
});

/** A tenant with a row in every table. */
async function makeVictim() {
  const { sql } = world;
  const tenant = await makeTenant(sql, 'Victim');
  const connection = await makeConnection(sql, tenant);
  const endpoint = await makeEndpoint(sql, tenant, { url: 'https://crm.example/' });
  const callId = await makeCall(sql, connection, { vendorCallId: 'their-call' });
  const receiptId = await makeReceipt(sql, connection);
  const owed = await oweDelivery(sql, endpoint, { callId, state: 'dead' });
  await sql.rows(
    `INSERT INTO attempt (id, tenant_id, delivery_id, endpoint_id, number, started_at, duration_ms, outcome, decision, timings)
     VALUES ($1, $2, $3, $4, 1, now(), 1, 'refused', 'dead', '{}')`,
    [newId(), tenant, owed.id, endpoint.id],
  );
  await sql.rows(`INSERT INTO mailbox VALUES ('endpoint', $1, 1, NULL, now(), now(), '{"x": 1}')`, [
    endpoint.id,
  ]);
  const draft = { name: 'k', hash: HASH, prefix: 'sk_', scopes: ['read'], expiresAt: null };
  const key = await repositories.apiKeys.create(tenant, draft, BY);
  const use = { apiKeyId: key.id, key: 'idem', startedAt: instant(Date.now()) };
  await repositories.idempotency.begin(tenant, use, HASH);
  const filter = { ...FILTER, endpointIds: [endpoint.id] };
  const counted = { total: 1, exact: true };
  const order = { kind: 'events', filter, ratePerMinute: 60, counted } as const;
  const replay = await repositories.replays.create(tenant, order, BY);
  return { tenant, connection, endpoint, callId, receiptId, owed, key, use, replay };
}

type Probe = () => Promise<unknown>;

/** Every method that takes a tenant, called by a stranger who knows every id. What it must answer comes first. */
function probes(): Record<string, [expected: unknown, probe: Probe]> {
  const { connections, endpoints, calls, deliveries, receipts, audit, apiKeys, idempotency } = repositories;
  const { replays, tellings } = repositories;
  const { connection, endpoint, callId, receiptId, owed, key, use, replay } = victim;
  const theirs = { ...FILTER, endpointIds: [endpoint.id] };
  const counted = { total: 1, exact: true };
  const me = stranger;
  const nothing = { items: [], next: null };
  const answer = { status: 200, sealedBody: 'x' };
  const token = { hash: Buffer.alloc(32, 9), sealed: 'x' };
  const graceUntil = instant(0);
  return {
    'apiKeys.list': [nothing, () => apiKeys.list(me, PAGE)],
    'apiKeys.revoke': ['resource.not_found', () => apiKeys.revoke(me, key.id, BY)],
    'connections.list': [nothing, () => connections.list(me, {}, PAGE)],
    'connections.get': [undefined, () => connections.get(me, connection.id)],
    'connections.patch': [
      'resource.not_found',
      () => connections.patch(me, connection.id, { name: 'x' }, BY),
    ],
    'connections.rotate': [
      'resource.not_found',
      () => connections.rotate(me, connection.id, { token, graceUntil }, BY),
    ],
    'connections.remove': ['resource.not_found', () => connections.remove(me, connection.id, BY)],
    'endpoints.list': [nothing, () => endpoints.list(me, {}, PAGE)],
    'endpoints.get': [undefined, () => endpoints.get(me, endpoint.id)],
    'endpoints.patch': ['resource.not_found', () => endpoints.patch(me, endpoint.id, { name: 'x' }, BY)],
    'endpoints.enable': [
      'resource.not_found',
      () => endpoints.enable(me, endpoint.id, { held: 'drain' }, BY),
    ],
    'endpoints.disable': ['resource.not_found', () => endpoints.disable(me, endpoint.id, 'x', BY)],
    'endpoints.pause': ['resource.not_found', () => endpoints.pause(me, endpoint.id, 'x', BY)],
    'endpoints.rotateSecret': [
      'resource.not_found',
      () => endpoints.rotateSecret(me, endpoint.id, { sealed: 'x', graceUntil }, BY),
    ],
    'endpoints.sendTest': [
      'resource.not_found',
      () => endpoints.sendTest(me, endpoint.id, { type: 'x', payload: {} }, BY),
    ],
    'endpoints.remove': ['resource.not_found', () => endpoints.remove(me, endpoint.id, BY)],
    'calls.list': [nothing, () => calls.list(me, { id: 'their-call', connectionId: connection.id }, PAGE)],
    'calls.get': [undefined, () => calls.get(me, callId)],
    'calls.history': [undefined, () => calls.history(me, callId)],
    'deliveries.list': [nothing, () => deliveries.list(me, { endpointId: endpoint.id }, PAGE)],
    'deliveries.get': [undefined, () => deliveries.get(me, owed.id)],
    'deliveries.retry': ['resource.not_found', () => deliveries.retry(me, owed.id, BY)],
    'receipts.list': [
      nothing,
      () => receipts.list(me, { states: ['unparsed'], connectionId: connection.id }, PAGE),
    ],
    'receipts.get': [undefined, () => receipts.get(me, receiptId)],
    'receipts.body': [undefined, () => receipts.body(me, receiptId)],
    'receipts.replay': ['resource.not_found', () => receipts.replay(me, receiptId, BY)],
    'replays.count': [{ total: 0, exact: true }, () => replays.count(me, { ...FILTER, callId }, 1_000)],
    'replays.create': [
      'resource.not_found',
      () => replays.create(me, { kind: 'events', filter: theirs, ratePerMinute: 60, counted }, BY),
    ],
    'replays.list': [nothing, () => replays.list(me, { endpointId: endpoint.id }, PAGE)],
    'replays.get': [undefined, () => replays.get(me, replay.id)],
    'replays.cancel': ['resource.not_found', () => replays.cancel(me, replay.id, BY)],
    'tellings.of': [undefined, () => tellings.of(me, endpoint.id, { callId })],
    'audit.list': [nothing, () => audit.list(me, { subjectId: key.id }, PAGE)],
    'idempotency.begin': ['hidden', () => idempotency.begin(me, use, HASH)],
    'idempotency.takeOver': [false, () => idempotency.takeOver(me, use, HASH, use.startedAt)],
    'idempotency.finish': [undefined, () => idempotency.finish(me, use, answer)],
    'idempotency.release': [undefined, () => idempotency.release(me, use)],
  };
}

/** They make rows of the caller's own and are given nobody else's ids. */
const MAKERS = ['apiKeys.create', 'connections.create', 'endpoints.create'];

function everyMethod(): string[] {
  return Object.entries(repositories).flatMap(([noun, repository]) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(repository as object))
      .filter((method) => method !== 'constructor')
      .map((method) => `${noun}.${method}`),
  );
}

async function everythingOf(tenant: TenantId): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const [table, column] of Object.entries(TENANT_TABLES)) {
    found.push(
      await world.sql.rows(
        `SELECT row_to_json(t)::text AS row FROM ${table} t WHERE ${column} = $1 ORDER BY 1`,
        [tenant],
      ),
    );
  }
  found.push(await world.sql.rows(`SELECT * FROM mailbox`));
  return found;
}

describe('every repository method, called as the wrong tenant', () => {
  it('is known to this test', () => {
    const operators = Object.entries(OPERATOR_METHODS).flatMap(([noun, methods]) =>
      methods.map((method) => `${noun}.${method}`),
    );
    expect(everyMethod().sort()).toEqual([...Object.keys(probes()), ...MAKERS, ...operators].sort());
  });

  it('finds nothing and changes nothing', expectNothing);

  it('does so by its own conditions too, without row-level security', async () => {
    const tables = [...Object.keys(TENANT_TABLES), 'mailbox'];
    for (const table of tables) await world.sql.rows(`ALTER TABLE "${table}" DISABLE ROW LEVEL SECURITY`);
    try {
      await expectNothing();
    } finally {
      for (const table of tables) await world.sql.rows(`ALTER TABLE "${table}" ENABLE ROW LEVEL SECURITY`);
    }
  });
});

async function expectNothing(): Promise<void> {
  const before = await everythingOf(victim.tenant);
  for (const [method, [expected, probe]] of Object.entries(probes())) {
    const got = await probe().catch((error: unknown) => (error instanceof AppError ? error.code : error));
    expect([method, got]).toEqual([method, expected]);
  }
  expect(await everythingOf(victim.tenant)).toEqual(before);
}

describe('row-level security alone', () => {
  it('shows a query without any condition only the rows of the tenant that is served', async () => {
    for (const [table, column] of Object.entries(TENANT_TABLES)) {
      const seen = (tenant: TenantId) =>
        scope.forTenant(tenant, (tx) =>
          tx.$queryRawUnsafe<{ whose: string }[]>(`SELECT ${column}::text AS whose FROM "${table}"`),
        );
      expect([table, new Set((await seen(victim.tenant)).map(({ whose }) => whose))]).toEqual([
        table,
        new Set([victim.tenant]),
      ]);
      expect([table, (await seen(stranger)).filter(({ whose }) => whose !== stranger)]).toEqual([table, []]);
    }
  });

  it('hides mailboxes of other tenants and the counters of the rate limit', async () => {
    const count = (tenant: TenantId, table: string) =>
      scope.forTenant(tenant, (tx) =>
        tx.$queryRawUnsafe<{ n: bigint }[]>(`SELECT count(*) AS n FROM "${table}"`),
      );
    await world.sql.rows(`INSERT INTO rate_limit VALUES ('k', 1, 1)`);
    expect(await count(stranger, 'mailbox')).toEqual([{ n: 0n }]);
    expect(await count(victim.tenant, 'mailbox')).toEqual([{ n: 1n }]);
    expect(await count(victim.tenant, 'rate_limit')).toEqual([{ n: 0n }]);
  });

  it('lets nobody write a row for another tenant', async () => {
    const write = scope.forTenant(
      stranger,
      (tx) =>
        tx.$executeRaw`INSERT INTO audit_entry VALUES (${newId()}::uuid, ${victim.tenant}::uuid, now(), 'x', 'x', 'x', 'x', '{}')`,
    );
    await expect(write).rejects.toThrow(/row-level security/);
    const steal = scope.forTenant(
      stranger,
      (tx) =>
        tx.$executeRaw`UPDATE endpoint SET tenant_id = ${stranger}::uuid WHERE id = ${victim.endpoint.id}::uuid`,
    );
    await expect(steal).resolves.toBe(0);
  });

  it('shows the operator neither calls nor deliveries', async () => {
    for (const table of ['connection', 'endpoint', 'receipt', 'call', 'delivery']) {
      const rows = await scope.forOperator((tx) => tx.$queryRawUnsafe(`SELECT 1 FROM "${table}"`));
      expect([table, rows]).toEqual([table, []]);
    }
  });

  it('shows nothing at all to a transaction that serves nobody', async () => {
    expect(await scope.prisma.tenant.findMany()).toEqual([]);
    expect(await scope.prisma.delivery.findMany()).toEqual([]);
  });
});

describe('a missing tenant', () => {
  it('cannot be served by accident', async () => {
    await expect(repositories.endpoints.list(id<TenantId>(''), {}, PAGE)).rejects.toThrow();
  });
});
