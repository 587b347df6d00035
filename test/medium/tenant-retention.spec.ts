import type { CallId, TenantId } from '#domain';
import { forgetExpired, forgetOrders } from '#db';
import { newId } from '#platform';
import { makeCampaign } from '../builders/campaign.js';
import { makeOrder } from '../builders/dial-attempt.js';
import { oweDeliveries } from '../builders/delivery.js';
import { makeReceipt } from '../builders/history.js';
import { makeConnection, makeEndpoint, makeTenant } from '../harness/tenant.js';
import '../harness/until.js';
import { openWorld, type World } from '../harness/world.js';

const DAY = 24 * 60 * 60 * 1000;
/** The rows are made now; it is the maintenance that comes later. */
const IN_EIGHT_DAYS = () => Date.now() + 8 * DAY;

describe('a tenant’s own retention', () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  /** Of each delivery an event with its receipt, and a try. */
  async function log(days: number | null) {
    const tenantId = await makeTenant(world.sql);
    await world.sql.rows(`UPDATE tenant SET retention_days = $2 WHERE id = $1`, [tenantId, days]);
    const connection = await makeConnection(world.sql, tenantId);
    const endpoint = await makeEndpoint(world.sql, tenantId, { url: 'http://crm.invalid/' });
    const states = ['delivered', 'dead', 'skipped', 'held', 'due'] as const;
    const owed = await oweDeliveries(
      world.sql,
      endpoint,
      states.map((state) => ({ state, callId: newId<CallId>() })),
    );
    for (const { id, eventId } of owed) {
      const receipt = await makeReceipt(world.sql, connection, { state: 'done' });
      await world.sql.rows(`UPDATE call_event SET receipt_id = $2 WHERE id = $1`, [eventId, receipt]);
      await world.sql.rows(
        `INSERT INTO attempt (id, tenant_id, delivery_id, endpoint_id, number, started_at, duration_ms, outcome, decision, timings)
         VALUES ($1, $2, $3, $4, 1, now(), 1, 'x', 'x', '{}')`,
        [newId(), tenantId, id, endpoint.id],
      );
    }
    await makeReceipt(world.sql, connection, { state: 'unparsed' });
    return tenantId;
  }

  async function left(tenantId: TenantId): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const table of ['delivery', 'attempt', 'call_event', 'receipt']) {
      counts[table] = await world.sql.count(`SELECT count(*) FROM ${table} WHERE tenant_id = $1`, [tenantId]);
    }
    return counts;
  }

  it('deletes what is older, and nothing that is still owed, and nothing of others', async () => {
    const [short, long, without] = [await log(7), await log(9), await log(null)];
    const all = { delivery: 5, attempt: 5, call_event: 5, receipt: 6 };
    expect(await forgetExpired(world.url, Date.now())).toBe(0);
    expect(await left(short)).toEqual(all);
    expect(await forgetExpired(world.url, IN_EIGHT_DAYS())).toBeGreaterThan(0);
    expect(await left(short)).toEqual({ delivery: 2, attempt: 2, call_event: 2, receipt: 2 });
    for (const other of [long, without]) expect(await left(other)).toEqual(all);
  });

  it('deletes events that no call made too, unless they are owed: a test may hold the data of a call', async () => {
    const tenantId = await log(7);
    for (const table of ['delivery', 'call_event'])
      await world.sql.rows(`UPDATE ${table} SET call_id = NULL WHERE tenant_id = $1`, [tenantId]);
    await forgetExpired(world.url, IN_EIGHT_DAYS());
    expect(await left(tenantId)).toEqual({ delivery: 2, attempt: 2, call_event: 2, receipt: 2 });
    expect(
      await world.sql.count(
        `SELECT count(*) FROM delivery d JOIN call_event e ON e.id = d.event_id WHERE d.tenant_id = $1`,
        [tenantId],
      ),
    ).toBe(2);
  });

  it('is worked through to the end, batch by batch', async () => {
    const tenantId = await makeTenant(world.sql);
    await world.sql.rows(`UPDATE tenant SET retention_days = 1 WHERE id = $1`, [tenantId]);
    const endpoint = await makeEndpoint(world.sql, tenantId, { url: 'http://crm.invalid/' });
    await oweDeliveries(
      world.sql,
      endpoint,
      Array.from({ length: 2_500 }, () => ({ state: 'delivered' as const })),
    );
    await forgetExpired(world.url, IN_EIGHT_DAYS());
    expect(await left(tenantId)).toEqual({ delivery: 0, attempt: 0, call_event: 0, receipt: 0 });
  });

  describe('of orders', () => {
    const INSTALLATION_DAYS = 30;

    /** One that is open, one of which somebody has still to be told, and two that are over. */
    async function orders(days: number | null): Promise<TenantId> {
      const tenantId = await makeTenant(world.sql);
      await world.sql.rows(`UPDATE tenant SET retention_days = $2 WHERE id = $1`, [tenantId, days]);
      const connection = await makeConnection(world.sql, tenantId);
      await makeOrder(world.sql, connection, { state: 'answered', lookInMs: null });
      await makeOrder(world.sql, connection, { state: 'refused', lookInMs: 0 });
      for (const state of ['ended', 'not_placed'] as const)
        await makeOrder(world.sql, connection, { state, lookInMs: null });
      return tenantId;
    }

    const states = async (tenantId: TenantId) =>
      (
        await world.sql.rows<{ state: string }>(
          `SELECT state FROM dial_attempt WHERE tenant_id = $1 ORDER BY id`,
          [tenantId],
        )
      ).map(({ state }) => state);

    it('keeps those that campaigns count for a month, without what they say of people', async () => {
      const tenantId = await orders(7);
      const connection = await makeConnection(world.sql, tenantId);
      await makeCampaign(world.sql, connection);
      const order = { variables: { ticket: '4711' }, callerName: { first: 'Dana', second: null } };
      await makeOrder(world.sql, connection, { state: 'ended', lookInMs: null, order });
      await forgetOrders(world.url, IN_EIGHT_DAYS(), INSTALLATION_DAYS);
      const kept = await world.sql.rows<{ request: object }>(
        `SELECT request FROM dial_attempt WHERE tenant_id = $1 AND connection_id = $2`,
        [tenantId, connection.id],
      );
      expect(kept).toMatchObject([{ request: { variables: {}, callerName: { first: null, second: null } } }]);
      expect(await states(tenantId)).toHaveLength(5);
      await forgetOrders(world.url, Date.now() + 32 * DAY, INSTALLATION_DAYS);
      expect(await states(tenantId)).toEqual(['answered', 'refused']);
    });

    it('deletes those that are over, and no others', async () => {
      const [short, long, without] = [await orders(7), await orders(9), await orders(null)];
      const all = ['answered', 'refused', 'ended', 'not_placed'];
      expect(await forgetOrders(world.url, Date.now(), INSTALLATION_DAYS)).toBe(0);
      expect(await forgetOrders(world.url, IN_EIGHT_DAYS(), INSTALLATION_DAYS)).toBe(2);
      expect(await states(short)).toEqual(['answered', 'refused']);
      for (const other of [long, without]) expect(await states(other)).toEqual(all);
      await forgetOrders(world.url, Date.now() + (INSTALLATION_DAYS + 1) * DAY, INSTALLATION_DAYS);
      for (const other of [long, without]) expect(await states(other)).toEqual(['answered', 'refused']);
    });
  });
});
