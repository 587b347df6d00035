import type { ReceiptId } from '#domain';
import { LOG_TABLES, ReceiptInbox, maintainPartitions, spanStart, uuidFloor } from '#db';
import { newId } from '#platform';
import pg from 'pg';
import { oweDelivery } from '../builders/delivery.js';
import { makeReceipt } from '../builders/history.js';
import { receipt } from '../builders/receipt.js';
import { makeConnection, makeEndpoint, makeTenant } from '../harness/tenant.js';
import { until } from '../harness/until.js';
import { openWorld, type World } from '../harness/world.js';

const DAY = 24 * 60 * 60 * 1000;
const WEEK = 7 * DAY;
const RETENTION = { receiptDays: 30, deliveryDays: 60 };
const TABLES = Object.keys(LOG_TABLES);

describe('the partitions of the log tables', () => {
  let world: World;

  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const nameOf = (table: string, at: number) =>
    `${table}_${new Date(spanStart(at)).toISOString().slice(0, 10).replaceAll('-', '')}`;
  const partitions = async (): Promise<string[]> =>
    (
      await world.sql.rows<{ name: string }>(
        `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
         JOIN pg_class p ON p.oid = i.inhparent WHERE p.relkind = 'p' ORDER BY 1`,
      )
    ).map(({ name }) => name);
  /** Also those that were detached and not dropped. */
  const tablesOf = async (name: string) =>
    world.sql.count(`SELECT count(*) FROM pg_class WHERE relname = $1 AND relkind = 'r'`, [name]);
  /** As maintenance had left it so long ago. */
  const maintainedAt = (at: number) =>
    maintainPartitions(world.url, at, { receiptDays: 36_500, deliveryDays: 36_500 });

  it('are made for this week and two more', async () => {
    const now = Date.now() + 20 * WEEK;
    const { made } = await maintainPartitions(world.url, now, { receiptDays: 36_500, deliveryDays: 36_500 });
    const wanted = TABLES.flatMap((table) => [0, 1, 2].map((weeks) => nameOf(table, now + weeks * WEEK)));
    expect([...made].sort()).toEqual(wanted.sort());
  });

  it('are left alone when they are all there', async () => {
    await maintainedAt(Date.now());
    const before = await partitions();
    expect(await maintainPartitions(world.url, Date.now(), RETENTION)).toEqual({
      made: [],
      dropped: [],
      spared: [],
    });
    expect(await partitions()).toEqual(before);
  });

  it('are dropped when all of a week is past its retention, each table by its own setting', async () => {
    const now = Date.now();
    const [old, kept] = [now - 45 * DAY, now - 31 * DAY];
    await maintainedAt(old);
    const { dropped } = await maintainPartitions(world.url, now, RETENTION);
    expect(dropped).toContain(nameOf('receipt', old));
    expect(dropped.every((name) => name.startsWith('receipt_'))).toBe(true);
    const left = await partitions();
    expect(left).toContain(nameOf('receipt', kept));
    expect(left).toContain(nameOf('delivery', old));
    expect(await tablesOf(nameOf('receipt', old))).toBe(0);
  });

  it('can be maintained by several processes at once', async () => {
    const now = Date.now() + 30 * WEEK;
    await maintainedAt(now - 60 * DAY);
    const results = await Promise.all([1, 2, 3, 4].map(() => maintainPartitions(world.url, now, RETENTION)));
    const made = results.flatMap((result) => result.made);
    expect(new Set(made).size).toBe(made.length);
    for (const table of TABLES) expect(await partitions()).toContain(nameOf(table, now));
  });

  it('take each row by the time in its id', async () => {
    const connection = await makeConnection(world.sql, await makeTenant(world.sql));
    const inbox = new ReceiptInbox(world.hot);
    const start = spanStart(Date.now()) + WEEK;
    const at = (floor: string) =>
      `${floor.slice(0, 14)}7${floor.slice(15, 19)}8000${floor.slice(23)}` as ReceiptId;
    for (const [id, week] of [
      [at(uuidFloor(start - 1)), start - 1],
      [at(uuidFloor(start)), start],
      [newId<ReceiptId>(), Date.now()],
    ] as const) {
      await inbox.keep(receipt(connection, { id }));
      expect(
        await world.sql.row(`SELECT tableoid::regclass::text AS name FROM receipt WHERE id = $1`, [id]),
      ).toEqual({
        name: nameOf('receipt', week),
      });
    }
  });

  it('keep taking rows while an old one is dropped', async () => {
    const now = Date.now();
    await maintainedAt(now - 60 * DAY);
    const endpoint = await makeEndpoint(world.sql, await makeTenant(world.sql), {
      url: 'http://crm.invalid/',
    });
    let maintaining = true;
    const done = maintainPartitions(world.url, now, { receiptDays: 30, deliveryDays: 30 }).finally(
      () => (maintaining = false),
    );
    let written = 0;
    while (maintaining) {
      await oweDelivery(world.sql, endpoint);
      written += 1;
    }
    expect((await done).dropped.length).toBeGreaterThan(0);
    expect(await world.sql.count(`SELECT count(*) FROM delivery WHERE endpoint_id = $1`, [endpoint.id])).toBe(
      written,
    );
  });

  describe('that hold what is still owed', () => {
    const now = Date.now();
    /** This week is past the retention of deliveries, the weeks after it are not. */
    const later = now + 67 * DAY;
    const makeOne = async () =>
      makeEndpoint(world.sql, await makeTenant(world.sql), { url: 'http://crm.invalid/' });
    const finish = (id: string) =>
      world.sql.rows(`UPDATE delivery SET state = 'delivered' WHERE id = $1`, [id]);

    it.each(['due', 'held'] as const)(
      'stay while a delivery is %s, and go when it is finished',
      async (state) => {
        const { id } = await oweDelivery(world.sql, await makeOne(), { state });
        const first = await maintainPartitions(world.url, later, RETENTION);
        const names = [nameOf('call_event', now), nameOf('delivery', now)];
        expect(first.spared).toEqual([
          { name: names[0], why: `${state} deliveries need events in it` },
          { name: names[1], why: `deliveries in it are still ${state}` },
        ]);
        expect(first.dropped).toContain(nameOf('attempt', now));
        expect(await partitions()).toEqual(expect.arrayContaining(names));
        await finish(id);
        const second = await maintainPartitions(world.url, later, RETENTION);
        expect(second.spared).toEqual([]);
        expect([...second.dropped].sort()).toEqual(names);
      },
    );

    it.each(['due', 'held'] as const)(
      'stay while a newer delivery that is %s needs an event',
      async (state) => {
        const endpoint = await makeOne();
        const { id } = await oweDelivery(world.sql, endpoint, { state });
        const newer = uuidFloor(now + 4 * WEEK);
        await maintainedAt(now + 4 * WEEK);
        // As a replay leaves it: the delivery is of another week than its event.
        await world.sql.rows(`UPDATE delivery SET id = $2 WHERE id = $1`, [id, newer]);
        const name = nameOf('call_event', now);
        const first = await maintainPartitions(world.url, later, RETENTION);
        expect(first.spared).toEqual([{ name, why: `${state} deliveries need events in it` }]);
        expect(first.dropped).toContain(nameOf('delivery', now));
        expect(await partitions()).toContain(name);
        await finish(newer);
        expect(await maintainPartitions(world.url, later, RETENTION)).toMatchObject({
          dropped: [name],
          spared: [],
        });
      },
    );

    it('stay while a receipt is due, and go when it is done', async () => {
      const connection = await makeConnection(world.sql, await makeTenant(world.sql));
      const id = await makeReceipt(world.sql, connection, { state: 'due' });
      const name = nameOf('receipt', now);
      const first = await maintainPartitions(world.url, later, RETENTION);
      expect(first.spared).toEqual([{ name, why: 'receipts in it are still due' }]);
      expect(await partitions()).toContain(name);
      await world.sql.rows(`UPDATE receipt SET state = 'done' WHERE id = $1`, [id]);
      expect(await maintainPartitions(world.url, later, RETENTION)).toMatchObject({
        dropped: [name],
        spared: [],
      });
    });
  });

  describe('when a long transaction keeps an old one from being dropped', () => {
    const now = Date.now();
    const old = now - 60 * DAY;

    /** As a backup does: sees the tables for as long as it runs. */
    async function reader(): Promise<pg.Client> {
      const client = new pg.Client({ connectionString: world.url });
      await client.connect();
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      await client.query('SELECT count(*) FROM receipt');
      return client;
    }

    it('the next ones are made all the same', async () => {
      await maintainedAt(old);
      for (const name of (await partitions()).filter((one) => one.endsWith(nameOf('', now + WEEK).slice(1))))
        await world.sql.rows(`DROP TABLE ${name}`);
      const backup = await reader();
      await maintainPartitions(world.url, now, RETENTION).catch(() => undefined);
      await backup.end();
      for (const table of TABLES) expect(await partitions()).toContain(nameOf(table, now + WEEK));
    });

    it('it is dropped by a later maintenance', async () => {
      await maintainedAt(old);
      const backup = await reader();
      await maintainPartitions(world.url, now, RETENTION).catch(() => undefined);
      await backup.end();
      await maintainPartitions(world.url, now, RETENTION);
      expect(await tablesOf(nameOf('receipt', old))).toBe(0);
    });

    it('it is dropped by a later maintenance, also when this one was killed between detaching and dropping', async () => {
      await maintainedAt(old);
      const name = nameOf('receipt', old);
      await world.sql.rows(`ALTER TABLE receipt DETACH PARTITION ${name} CONCURRENTLY`);
      await maintainPartitions(world.url, now, RETENTION);
      await until('it to be gone', async () => (await tablesOf(name)) === 0, 1_000);
    });
  });
});
