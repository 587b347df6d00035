import pg from 'pg';
import { EnrichmentStore, HotPool, MailboxLeaseBook, ReceiptInbox } from '#db';
import { Metrics } from '#platform';
import { receipt } from '../builders/receipt.js';
import { StoppableDatabase } from '../harness/stoppable-database.js';
import { makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { Sql } from '../harness/world.js';

const LEASE_MS = 60_000;

let database: StoppableDatabase;
let pool: pg.Pool;
let sql: Sql;
let hot: HotPool;
let connection: TestConnection;

beforeAll(async () => {
  database = await StoppableDatabase.start();
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
  pool.on('error', () => undefined);
  sql = new Sql(pool);
  hot = new HotPool(database.url, 'switchhook_worker', 2, new Metrics('test'));
  connection = await makeConnection(sql, await makeTenant(sql));
  // Nobody but a commit that waits for it writes to the disk.
  await sql.rows(`ALTER SYSTEM SET wal_writer_delay = '10s'`);
  await sql.rows('SELECT pg_reload_conf()');
});
afterAll(async () => {
  await Promise.all([hot.end(), pool.end()]);
  await database.close();
});

const newBook = () => new MailboxLeaseBook(hot, LEASE_MS, () => Date.now());

it('a lease that a crash of the database undoes is had again under another fence, and its old holder writes nothing', async () => {
  const { id: connectionId, tenantId } = connection;
  const came = receipt(connection, { vendorCallIds: ['a'] });
  await new ReceiptInbox(hot).keep(came);
  // Both are there from before: the mailbox is not new.
  const [before] = await newBook().take('connection', [connectionId]);
  if (!before) throw new Error('the lease was not to be had');
  await newBook().release(before, {});
  const { leases } = await newBook().look('connection', 10);
  const [lost] = leases;
  await lost?.first;
  await database.crash();
  const held = 'SELECT fence::text, lease_until > now() AS held FROM mailbox WHERE id = $1';
  expect(await sql.row(held, [connectionId])).toEqual({ fence: before.fence, held: false });

  const [ours] = (await newBook().look('connection', 10)).leases;
  expect([lost?.id, ours?.id]).toEqual([connectionId, connectionId]);
  const done = { id: came.id, state: 'done' as const, reason: null, tries: 0 };
  const write = { tenantId, connectionId, receipts: [done], calls: [], events: [], deliveries: [] };
  const store = new EnrichmentStore(hot);
  expect(await store.write({ ...write, fence: lost?.fence ?? '' })).toEqual({ kept: false, rung: false });
  expect(await sql.row('SELECT state FROM receipt')).toEqual({ state: 'due' });
  expect(await store.write({ ...write, fence: ours?.fence ?? '' })).toEqual({ kept: true, rung: false });
});
