import { id, type ReceiptId } from '#domain';
import { ReceiptInbox } from '#db';
import { receipt } from '../builders/receipt.js';
import { makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { counted, openWorld, type World } from '../harness/world.js';

describe('the receipt inbox', () => {
  let world: World;
  let inbox: ReceiptInbox;
  let connection: TestConnection;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    inbox = new ReceiptInbox(world.hot);
    connection = await makeConnection(world.sql, await makeTenant(world.sql));
  });

  const statements = () => counted(world.metrics.statements, { statement: 'receipt.insert' });
  const kept = (receiptId: string) =>
    world.sql.count(`SELECT count(*) FROM receipt WHERE id = $1`, [receiptId]);

  it('commits webhooks that arrive together in a few statements', async () => {
    const before = await statements();
    const many = Array.from({ length: 300 }, () => receipt(connection));
    await Promise.all(many.map((one) => inbox.keep(one)));
    expect(await statements()).toBe(before + 1);
    const rows = `SELECT count(*) FROM receipt WHERE connection_id = $1 AND state = 'due'`;
    expect(await world.sql.count(rows, [connection.id])).toBe(300);
  });

  it('has committed a receipt when it says so, seen from any other session', async () => {
    const many = Array.from({ length: 40 }, () => receipt(connection));
    const seen = await Promise.all(
      many.map(async (one) => {
        await inbox.keep(one);
        return kept(one.id);
      }),
    );
    expect(seen).toEqual(many.map(() => 1));
  });

  it('keeps the neighbours of one that the database refuses, and fails only that one', async () => {
    const poisonous = receipt(connection, { id: id<ReceiptId>('00000000-0000-7000-8000-000000000001') });
    const many = [...Array.from({ length: 9 }, () => receipt(connection)), poisonous, receipt(connection)];
    const results = await Promise.allSettled(many.map((one) => inbox.keep(one)));
    expect(results.map(({ status }) => status)).toEqual(
      many.map((one) => (one === poisonous ? 'rejected' : 'fulfilled')),
    );
    for (const one of many) expect(await kept(one.id)).toBe(one === poisonous ? 0 : 1);
  });

  it('keeps a webhook exactly as it came', async () => {
    const body = Buffer.from([0, 255, 254, 10, 0, 128]);
    const one = receipt(connection, { query: 'a=%00&b=ü', headers: { 'x-odd': 'a\u0000b' } });
    await inbox.keep({ ...one, body });
    expect(await world.sql.row(`SELECT body, query, headers FROM receipt WHERE id = $1`, [one.id])).toEqual({
      body,
      query: 'a=%00&b=ü',
      headers: { 'x-odd': 'a\u0000b' },
    });
  });

  it('acknowledges nothing while the commit is held up', async () => {
    const blocker = await world.sql.pool.connect();
    let acknowledged = false;
    try {
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE receipt IN SHARE MODE');
      const keeping = inbox.keep(receipt(connection)).then(() => (acknowledged = true));
      // Another statement of the same pool goes through meanwhile: time enough for a hasty acknowledgement.
      for (let count = 0; count < 20; count += 1) await world.hot.run('look', 'SELECT 1', []);
      expect(acknowledged).toBe(false);
      await blocker.query('COMMIT');
      await keeping;
      expect(acknowledged).toBe(true);
    } finally {
      blocker.release();
    }
  });

  it('says that the database is away, in words for a caller, when it cannot commit', async () => {
    const blocker = await world.sql.pool.connect();
    try {
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE receipt IN SHARE MODE');
      const keeping = inbox.keep(receipt(connection));
      const refused = expect(keeping).rejects.toMatchObject({ fault: 'unavailable', retryAfterSeconds: 5 });
      const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()`;
      while ((await world.sql.rows(end)).length === 0);
      await refused;
    } finally {
      await blocker.query('ROLLBACK');
      blocker.release();
    }
    await inbox.keep(receipt(connection));
  });
});
