import pg from 'pg';
import type { TenantId } from '#domain';
import { LiveBell, LiveLog, forgetLiveEvents } from '#db';
import { EnricherRig } from '../harness/enricher-rig.js';
import { makeConnection, makeTenant } from '../harness/tenant.js';
import { until } from '../harness/until.js';
import { openWorld, type World } from '../harness/world.js';

const MINUTE = 60_000;
const APPEND = `INSERT INTO live_event (tenant_id, number, at, data)
  SELECT n.tenant_id, n.number, now(), n.data::json FROM number_live($1::uuid[], $2::text[]) n`;

describe('the numbers of the live log', () => {
  let world: World;
  let log: LiveLog;
  let tenant: TenantId;
  const sessions: pg.Client[] = [];

  beforeAll(async () => {
    world = await openWorld();
    log = new LiveLog(world.hot);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    tenant = await makeTenant(world.sql);
    await log.watch([tenant], MINUTE);
  });
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.end();
  });

  async function session(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: world.url });
    await client.connect();
    await client.query('BEGIN');
    sessions.push(client);
    return client;
  }
  const append = (client: pg.Client, what: string, ...tenants: TenantId[]) =>
    client.query(APPEND, [tenants, tenants.map((_, index) => JSON.stringify(`${what}${String(index)}`))]);
  const numbers = async (after = 0) =>
    ((await log.read(new Map([[tenant, after]]))).get(tenant) ?? []).map(({ number }) => number);
  const waits = (client: pg.Client) =>
    world.sql.count('SELECT count(*) FROM pg_locks WHERE pid = $1 AND NOT granted', [
      (client as pg.Client & { processID: number }).processID,
    ]);

  it('follow commits: whoever writes later waits, and nobody reads a number before the ones below it', async () => {
    const [first, second] = [await session(), await session()];
    await append(first, 'a', tenant, tenant);
    const later = append(second, 'b', tenant).then(() => second.query('COMMIT'));
    await until('the second to wait', () => waits(second));
    expect(await numbers()).toEqual([]);
    await first.query('COMMIT');
    await later;
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  it('leave no gap where somebody took his back', async () => {
    const [first, second] = [await session(), await session()];
    await append(first, 'a', tenant);
    const later = append(second, 'b', tenant).then(() => second.query('COMMIT'));
    await until('the second to wait', () => waits(second));
    await first.query('ROLLBACK');
    await later;
    expect(await numbers()).toEqual([1]);
  });

  it('are had of many tenants at once by several writers, who never wait in a circle', async () => {
    const others = [
      tenant,
      await makeTenant(world.sql),
      await makeTenant(world.sql),
      await makeTenant(world.sql),
    ];
    await log.watch(others, MINUTE);
    const seen: number[] = [];
    let done = false;
    // Reads all the while: what it has seen must be all there was up to the last.
    const reading = (async () => {
      while (!done) seen.push(...(await numbers(seen.at(-1) ?? 0)));
      seen.push(...(await numbers(seen.at(-1) ?? 0)));
    })();
    const writing = Array.from({ length: 4 }, async (_, writer) => {
      for (let turn = 0; turn < 25; turn += 1) {
        const order = writer % 2 === 0 ? others : [...others].reverse();
        await world.hot.run('test.append', APPEND, [order, order.map(() => '1')]);
      }
    });
    await Promise.all(writing);
    done = true;
    await reading;
    expect(seen).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });

  it('leave one out where nobody listened meanwhile, and none while somebody does', async () => {
    const number = async () => (await log.watch([tenant], MINUTE)).get(tenant)?.number;
    expect(await number()).toBe(0);
    await world.sql.rows(`UPDATE live_log SET until = now() - interval '1 s' WHERE tenant_id = $1`, [tenant]);
    expect(await number()).toBe(1);
    expect(await number()).toBe(1);
    expect((await log.watch([tenant], MINUTE)).get(tenant)?.listenedMs).toBeLessThan(MINUTE);
  });

  it('wait for drains that began when nobody listened', async () => {
    const connection = await makeConnection(world.sql, tenant);
    const rig = new EnricherRig(world);
    await rig.takeIn(connection, { CdrData: [] });
    expect(await log.drains(tenant)).toEqual([]);
    await world.sql.rows(
      `UPDATE mailbox SET lease_until = now() + interval '1 min', fence = 7 WHERE id = $1`,
      [connection.id],
    );
    const open = await log.drains(tenant);
    expect(open).toEqual([{ id: connection.id, fence: '7' }]);
    expect(await log.drainsLeft(open)).toBe(1);
    await world.sql.rows(`UPDATE mailbox SET fence = 8 WHERE id = $1`, [connection.id]);
    expect(await log.drainsLeft(open)).toBe(0);
  });

  it('are forgotten after some minutes', async () => {
    const writer = await session();
    await append(writer, 'a', tenant, tenant, tenant);
    await writer.query('COMMIT');
    await log.forget(new Map([[tenant, 1]]));
    expect(await numbers()).toEqual([2, 3]);
    await world.sql.rows(
      `UPDATE live_event SET at = now() - interval '20 min' WHERE tenant_id = $1 AND number = 2`,
      [tenant],
    );
    expect(await forgetLiveEvents(world.url, Date.now())).toBe(1);
    expect(await numbers()).toEqual([3]);
  });

  it('are rung for once for many, in a transaction of its own', async () => {
    const heard: string[] = [];
    const client = new pg.Client({ connectionString: world.url });
    sessions.push(client);
    client.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await client.connect();
    await client.query('LISTEN switchhook_live');
    const bell = new LiveBell(world.hot);
    for (let turn = 0; turn < 50; turn += 1) bell.ring(tenant);
    await until('a ring', () => heard.length > 0);
    expect(heard).toEqual([JSON.stringify({ log: [tenant] })]);
    await bell.stop();
  });
});
