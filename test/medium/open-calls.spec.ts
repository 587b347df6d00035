import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CallId, TenantId } from '#domain';
import { CallLogRepository, TenantScope } from '#db';
import { makeCall } from '../builders/history.js';
import { makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

let world: World;
let scope: TenantScope;
let log: CallLogRepository;
let tenant: TenantId;
let connection: TestConnection;

beforeAll(async () => {
  world = await openWorld();
  scope = new TenantScope(world.url, 2);
  log = new CallLogRepository(scope);
});
afterAll(async () => {
  await scope.end();
  await world.close();
});
beforeEach(async () => {
  tenant = await makeTenant(world.sql);
  connection = await makeConnection(world.sql, tenant);
});

async function openCall(vendorCallId: string): Promise<CallId> {
  const callId = await makeCall(world.sql, connection, { vendorCallId });
  await world.sql.rows('UPDATE call SET settle_at = now() WHERE id = $1', [callId]);
  return callId;
}

describe('calls that go on', () => {
  it('are read again only where they have changed', async () => {
    const [a, b] = [await openCall('a'), await openCall('b')];
    const { calls: first } = await log.open(tenant, connection.id);
    expect(first.map(({ call }) => call.id).sort()).toEqual([a, b].sort());
    await world.sql.rows(`UPDATE call SET updated_at = now(), sequence = sequence + 1 WHERE id = $1`, [b]);
    const { calls: second } = await log.open(tenant, connection.id, first);
    const objectOf = (calls: typeof first, id: CallId) => calls.find(({ call }) => call.id === id)?.call;
    expect(objectOf(second, a)).toBe(objectOf(first, a));
    expect(objectOf(second, b)).not.toBe(objectOf(first, b));
    expect(objectOf(second, b)).toEqual(objectOf(first, b));
  });

  it('are gone when they are settled, and come when they are new', async () => {
    const a = await openCall('a');
    const { calls: first } = await log.open(tenant, connection.id);
    const c = await openCall('c');
    await world.sql.rows('UPDATE call SET settle_at = NULL WHERE id = $1', [a]);
    const { calls: then } = await log.open(tenant, connection.id, first);
    expect(then.map(({ call }) => call.id)).toEqual([c]);
  });

  it('of another tenant are nobody’s, whatever is said to be known', async () => {
    await openCall('a');
    const { calls: known } = await log.open(tenant, connection.id);
    const stranger = await makeTenant(world.sql);
    expect(await log.open(stranger, connection.id, known)).toEqual({ calls: [], isFed: false });
  });
});
