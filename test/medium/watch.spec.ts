import { DAY_MS, HOUR_MS, MINUTE_MS, WatchRig } from '../harness/watch-rig.js';
import { oweDeliveries, oweDelivery } from '../builders/delivery.js';
import { makeConnection, makeEndpoint, makeTenant, type TestEndpoint } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';
import { newId } from '#platform';
import type { TenantId } from '#domain';
import { killedWhileTelling } from '../harness/killed-while-telling.js';
import { until } from '../harness/until.js';

const EVERY_FAMILY = ['endpoint.*', 'connection.*', 'api_key.*', 'tenant.*'];

describe('what nobody would tell of by itself', () => {
  let world: World;
  let rig: WatchRig;
  let tenantId: TenantId;
  let watcher: TestEndpoint;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.sql.rows('DELETE FROM tenant');
    await world.sql.rows('DELETE FROM api_key');
    await world.sql.rows('TRUNCATE alert, mailbox, delivery, call_event');
    rig = new WatchRig(world);
    tenantId = await makeTenant(world.sql);
    watcher = await makeEndpoint(world.sql, tenantId, {
      url: 'http://watcher.invalid/',
      eventTypes: EVERY_FAMILY,
    });
  });

  const crm = (traits = {}) => makeEndpoint(world.sql, tenantId, { url: 'http://crm.invalid/', ...traits });
  const told = () => rig.toldTo(watcher);
  const types = async () => (await told()).map(({ type }) => type);

  describe('a backlog', () => {
    const late = (endpoint: TestEndpoint, minutes: number, count = 1) =>
      oweDeliveries(
        world.sql,
        endpoint,
        Array.from({ length: count }, () => ({ dueInMs: -minutes * MINUTE_MS })),
      );
    const nothingDue = (endpoint: TestEndpoint) =>
      world.sql.rows(`UPDATE delivery SET state = 'delivered' WHERE endpoint_id = $1`, [endpoint.id]);

    it('is told once, with how long and how many, and once that it is over', async () => {
      const endpoint = await crm();
      await late(endpoint, 20, 3);
      await rig.check();
      await rig.check();
      expect(await told()).toEqual([
        {
          type: 'endpoint.backlog',
          state: 'due',
          payload: {
            endpoint: { id: endpoint.id, name: 'CRM' },
            backlog: { oldestSeconds: 1_200, count: 3, countIsExact: true },
            reason: '3 deliveries are due, the oldest for 20 minutes.',
          },
        },
      ]);
      expect(rig.rings).toEqual([['endpoint', watcher.id]]);
      await nothingDue(endpoint);
      await rig.check();
      await rig.check();
      expect(await types()).toEqual(['endpoint.backlog', 'endpoint.backlog_cleared']);
      await late(endpoint, 16);
      await rig.check();
      expect(await types()).toEqual(['endpoint.backlog', 'endpoint.backlog_cleared', 'endpoint.backlog']);
    });

    it('is none where all goes in time, is held, waits for its next try, or is nobody’s to watch', async () => {
      await late(await crm(), 14);
      await oweDelivery(world.sql, await crm(), { dueInMs: 10 * MINUTE_MS });
      await oweDelivery(world.sql, await crm(), { dueInMs: -HOUR_MS, state: 'held' });
      const unwatched = await crm();
      await late(unwatched, 600);
      await rig.alertAfter(unwatched, null);
      const patient = await crm();
      await late(patient, 600);
      await rig.alertAfter(patient, 601);
      await late(await crm({ state: 'paused' }), 600);
      await rig.check();
      expect(await told()).toEqual([]);
      await rig.alertAfter(patient, 600);
      await rig.check();
      expect(await types()).toEqual(['endpoint.backlog']);
    });

    it('goes on until what is due is well in time', async () => {
      const endpoint = await crm();
      await late(endpoint, 16);
      await rig.check();
      await nothingDue(endpoint);
      await late(endpoint, 10);
      await rig.check();
      expect(await types()).toEqual(['endpoint.backlog']);
      await nothingDue(endpoint);
      await late(endpoint, 7);
      await rig.check();
      expect(await types()).toEqual(['endpoint.backlog', 'endpoint.backlog_cleared']);
    });

    it.each([
      ['it is paused', (id: string) => [`UPDATE endpoint SET state = 'paused' WHERE id = $1`, [id]]],
      [
        'nobody watches it',
        (id: string) => [`UPDATE endpoint SET backlog_alert_minutes = NULL WHERE id = $1`, [id]],
      ],
    ] as const)('is over when %s', async (_what, change) => {
      const endpoint = await crm();
      await late(endpoint, 16);
      await rig.check();
      const [sql, values] = change(endpoint.id) as [string, unknown[]];
      await world.sql.rows(sql, values);
      await rig.check();
      expect(await types()).toEqual(['endpoint.backlog', 'endpoint.backlog_cleared']);
    });

    it('of a deleted endpoint is forgotten', async () => {
      const endpoint = await crm();
      await late(endpoint, 16);
      await rig.check();
      await world.sql.rows(`DELETE FROM endpoint WHERE id = $1`, [endpoint.id]);
      await rig.check();
      expect(await world.sql.count('SELECT count(*) FROM alert')).toBe(0);
      expect(await types()).toEqual(['endpoint.backlog']);
    });

    it('is held for who is paused, and told to nobody of another tenant, nor to the endpoint itself', async () => {
      const paused = await crm({ eventTypes: ['endpoint.backlog'], state: 'paused' });
      const stranger = await makeEndpoint(world.sql, await makeTenant(world.sql, 'Other'), {
        url: 'http://other.invalid/',
        eventTypes: EVERY_FAMILY,
      });
      const endpoint = await crm({ eventTypes: ['endpoint.*', '*'] });
      await late(endpoint, 16);
      await rig.check();
      expect(await types()).toEqual(['endpoint.backlog']);
      expect(await rig.toldTo(paused)).toMatchObject([{ type: 'endpoint.backlog', state: 'held' }]);
      expect(await rig.toldTo(stranger)).toEqual([]);
      expect(await rig.toldTo(endpoint)).toMatchObject([{ type: 'call.ended' }]);
    });

    it('is told once and ends once, however many look after it at the same time', async () => {
      const endpoints = [await crm(), await crm(), await crm(), await crm()];
      for (const endpoint of endpoints) await late(endpoint, 16);
      const others = [rig, new WatchRig(world), new WatchRig(world), new WatchRig(world)];
      await Promise.all(others.map((one) => one.backlogs.run()));
      expect(await types()).toEqual(endpoints.map(() => 'endpoint.backlog'));
      for (const endpoint of endpoints) await nothingDue(endpoint);
      await Promise.all(others.map((one) => one.backlogs.run()));
      expect((await types()).slice(4)).toEqual(endpoints.map(() => 'endpoint.backlog_cleared'));
    });

    it('is neither claimed nor told by who is killed on the way, and told by the next', async () => {
      const endpoint = await crm();
      await late(endpoint, 16);
      await killedWhileTelling(world, () => rig.backlogs.run());
      expect(await world.sql.count('SELECT count(*) FROM alert')).toBe(0);
      expect(await told()).toEqual([]);
      await rig.check();
      expect(await types()).toEqual(['endpoint.backlog']);
    });

    it('is looked for with one probe of the index an endpoint, however much waits there', async () => {
      const endpoints = await Promise.all(Array.from({ length: 20 }, () => crm()));
      for (const endpoint of endpoints) await late(endpoint, 5, 500);
      await world.sql.rows('ANALYZE delivery');
      const read = await rig.deliveriesReadFor('watch.backlogs');
      expect(read).toBeGreaterThanOrEqual(endpoints.length);
      // A row of each partition that has one, and nothing that grows with what waits.
      expect(read).toBeLessThanOrEqual(endpoints.length * 4);
    });
  });

  describe('what expires', () => {
    const replacedSecret = async (endpoint: TestEndpoint, agoMs: number, graceMs: number) => {
      await world.sql.rows(
        `UPDATE endpoint_secret SET created_at = now() - interval '400 days',
           expires_at = now() + ($2::float8 - $3::float8) * interval '1 ms' WHERE endpoint_id = $1`,
        [endpoint.id, graceMs, agoMs],
      );
      await world.sql.rows(
        `INSERT INTO endpoint_secret (id, tenant_id, endpoint_id, sealed, created_at)
         VALUES ($1, $2, $3, 'x', now() - $4::float8 * interval '1 ms')`,
        [newId(), tenantId, endpoint.id, agoMs],
      );
    };
    const key = (
      owner: TenantId | null,
      { livesMs, agoMs, revoked = false }: { livesMs: number; agoMs: number; revoked?: boolean },
    ) =>
      world.sql.rows(
        `INSERT INTO api_key (id, tenant_id, name, hash, prefix, scopes, created_at, expires_at, revoked_at)
         VALUES ($1, $2, 'Reporting', $3, 'sk_', '{read}', now() - $4::float8 * interval '1 ms',
           now() + ($5::float8 - $4::float8) * interval '1 ms', CASE WHEN $6 THEN now() END)`,
        [newId(), owner, Buffer.from(newId()), agoMs, livesMs, revoked],
      );

    it('an old secret is told of when half of its grace is over, once, to the endpoint itself as well', async () => {
      const endpoint = await crm({ eventTypes: ['endpoint.secret_expiring'] });
      await replacedSecret(endpoint, 11 * HOUR_MS, DAY_MS);
      await rig.check();
      expect(await told()).toEqual([]);
      rig.clock.advance(HOUR_MS + MINUTE_MS);
      await rig.check();
      await rig.check();
      expect(await told()).toMatchObject([
        {
          type: 'endpoint.secret_expiring',
          payload: {
            endpoint: { id: endpoint.id, name: 'CRM' },
            expiresAt: expect.stringMatching(/^20\d\d-.*Z$/) as unknown,
            reason: expect.stringContaining('the old one signs along until') as unknown,
          },
        },
      ]);
      expect(await rig.toldTo(endpoint)).toMatchObject([{ type: 'endpoint.secret_expiring' }]);
    });

    it('two secrets that were replaced together are one thing to tell; a shorter grace is told anew', async () => {
      const endpoint = await crm();
      await world.sql.rows(
        `INSERT INTO endpoint_secret (id, tenant_id, endpoint_id, sealed, created_at) VALUES ($1, $2, $3, 'v1a', now())`,
        [newId(), tenantId, endpoint.id],
      );
      await replacedSecret(endpoint, 13 * HOUR_MS, DAY_MS);
      await rig.check();
      expect(await types()).toEqual(['endpoint.secret_expiring']);
      await world.sql.rows(
        `UPDATE endpoint_secret SET expires_at = now() + interval '1 hour' WHERE expires_at IS NOT NULL`,
      );
      await rig.check();
      expect(await types()).toEqual(['endpoint.secret_expiring', 'endpoint.secret_expiring']);
    });

    it('a client certificate, once, and anew when its successor comes to its end', async () => {
      const endpoint = await crm();
      await crm();
      const expiring = (days: number) =>
        world.sql.rows(
          `UPDATE endpoint SET credentials_expire_at = now() + $2 * interval '1 day' WHERE id = $1`,
          [endpoint.id, days],
        );
      await expiring(8);
      await rig.check();
      expect(await told()).toEqual([]);
      await expiring(6);
      await rig.check();
      await rig.check();
      expect(await told()).toMatchObject([
        {
          type: 'endpoint.credentials_expiring',
          payload: {
            endpoint: { id: endpoint.id, name: 'CRM' },
            expiresAt: expect.stringMatching(/^20\d\d-.*Z$/) as unknown,
          },
        },
      ]);
      await expiring(300);
      await rig.check();
      await expiring(2);
      await rig.check();
      expect(await types()).toEqual(['endpoint.credentials_expiring', 'endpoint.credentials_expiring']);
    });

    it('an old ingress URL, and a key of the tenant that was not revoked', async () => {
      const connection = await makeConnection(world.sql, tenantId);
      await world.sql.rows(
        `UPDATE connection_token SET created_at = now() - interval '9 days', expires_at = now() + interval '2 hours'`,
      );
      await world.sql.rows(
        `INSERT INTO connection_token (hash, tenant_id, connection_id, sealed, created_at)
         VALUES ('\\x01', $1, $2, '', now() - interval '5 hours')`,
        [tenantId, connection.id],
      );
      await key(tenantId, { livesMs: 365 * DAY_MS, agoMs: 359 * DAY_MS });
      await key(tenantId, { livesMs: 365 * DAY_MS, agoMs: 357 * DAY_MS });
      await key(tenantId, { livesMs: 365 * DAY_MS, agoMs: 359 * DAY_MS, revoked: true });
      await key(tenantId, { livesMs: 365 * DAY_MS, agoMs: 366 * DAY_MS });
      await rig.check();
      await rig.check();
      expect(await told()).toMatchObject([
        {
          type: 'connection.token_expiring',
          payload: { connection: { id: connection.id, name: 'PBX' } },
        },
        { type: 'api_key.expiring', payload: { apiKey: { name: 'Reporting' } } },
      ]);
    });

    it('a key of the operator is a line in the log, once, and no event of anybody', async () => {
      await key(null, { livesMs: 30 * DAY_MS, agoMs: 25 * DAY_MS });
      await rig.check();
      await rig.check();
      expect(rig.logged.map(({ event }) => event)).toEqual(['operator.api_key.expiring']);
      expect(await world.sql.count('SELECT count(*) FROM call_event')).toBe(0);
    });

    it('is told once, however many look after it at the same time, and by the next when one is killed on the way', async () => {
      await key(tenantId, { livesMs: 30 * DAY_MS, agoMs: 25 * DAY_MS });
      await killedWhileTelling(world, () => rig.expiring.run());
      expect(await told()).toEqual([]);
      const others = [rig, new WatchRig(world), new WatchRig(world), new WatchRig(world)];
      await Promise.all(others.map((one) => one.expiring.run()));
      expect(await types()).toEqual(['api_key.expiring']);
    });

    it('is forgotten when it is long over', async () => {
      await key(tenantId, { livesMs: 30 * DAY_MS, agoMs: 25 * DAY_MS });
      await rig.check();
      expect(await world.sql.count('SELECT count(*) FROM alert')).toBe(1);
      await world.sql.rows(`UPDATE alert SET until = until - interval '7 days'`);
      await world.sql.rows(`UPDATE api_key SET expires_at = expires_at - interval '7 days'`);
      await rig.check();
      expect(await world.sql.count('SELECT count(*) FROM alert')).toBe(0);
      expect(await types()).toEqual(['api_key.expiring']);
    });
  });

  describe('a limit of the tenant’s', () => {
    const refuse = async (reason: string, count: number, agoHours = 0) => {
      const connection = await makeConnection(world.sql, tenantId);
      await world.sql.rows(
        `INSERT INTO ingress_refusal VALUES ($1, now() - $5 * interval '1 hour', $2, $3, $4, now(), 'POST /in/...')`,
        [connection.id, reason, tenantId, count, agoHours],
      );
    };

    it('that was reached is told, once a day, with how often', async () => {
      await refuse('tenant_rate', 3);
      await refuse('tenant_rate', 4);
      await refuse('too_large', 9);
      await refuse('tenant_bytes', 5, 48);
      await rig.check();
      await refuse('tenant_rate', 4);
      await rig.check();
      expect(await told()).toMatchObject([
        {
          type: 'tenant.limit_reached',
          payload: { tenant: { id: tenantId }, limit: 'webhooksPerSecond', refused: 7 },
        },
      ]);
      await world.sql.rows(`UPDATE alert SET until = until - interval '1 day'`);
      await rig.check();
      expect(await types()).toEqual(['tenant.limit_reached', 'tenant.limit_reached']);
    });
  });

  it('is looked after by one at a time, and by another when that one is gone', async () => {
    const turns = await Promise.all(Array.from({ length: 5 }, () => rig.store.takeTurn(60_000)));
    expect(turns.filter((got) => got)).toHaveLength(1);
    expect(await rig.store.takeTurn(60_000)).toBe(false);
    await world.sql.rows(`UPDATE mailbox SET not_before = now() - interval '1 s' WHERE kind = 'watch'`);
    expect(await rig.store.takeTurn(60_000)).toBe(true);
  });

  it('lives through a database that is away', async () => {
    const endpoint = await crm();
    await oweDelivery(world.sql, endpoint, { dueInMs: -HOUR_MS });
    await killedWhileTelling(world, () => rig.check());
    expect(rig.logged.map(({ event }) => event)).toEqual(['watch.failed']);
    await until('the next check', async () => {
      await rig.check();
      return (await types()).length === 1;
    });
  });
});
