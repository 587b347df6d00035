/**
 * A CRM that fails a fifth of what it is asked, loses some answers after it has written, and asks for patience in bursts; and of two
 * forwarders that log calls in it one is killed twice. Every call stands there exactly once, on whoever has its number.
 *
 * `CONNECTOR_CALLS=10000` for the long run of bench/README.md.
 */
import pg from 'pg';
import { instant, readParty, type CallId } from '#domain';
import { newId } from '#platform';
import { sampleCall } from '../../apps/api/endpoints/sample-call.js';
import { RecordsServer, seededRandom, type RecordsMishap } from '../../apps/simulator/index.js';
import { oweDeliveries } from '../builders/delivery.js';
import { BACKENDS, type QueueHome } from '../harness/backends.js';
import { Product, type ProductProcess } from '../harness/product.js';
import { makeEndpoint, makeTenant } from '../harness/tenant.js';
import { openTestDatabase, type TestDatabase } from '../harness/test-database.js';
import { until } from '../harness/until.js';
import { Sql } from '../harness/world.js';

const CALLS = Number(process.env['CONNECTOR_CALLS'] ?? 300);
/** Each of a tenant with so many calls of so many people: an endpoint that fails much is left alone for a while, others are not. */
const CALLS_EACH = CALLS >= 10_000 ? 100 : 10;
const PEOPLE_EACH = 3;
/** An endpoint whose probes fail again and again by bad luck is left alone for minutes. */
const WITHIN_MS = CALLS >= 10_000 ? 30 * 60_000 : 5 * 60_000;

const FAILS = 0.2;
const LOSES = 0.05;
const BURST_EVERY = 400;
const BURST = 12;

const numberOf = (tenant: number, person: number) =>
  `+97254${String(2_000_000 + tenant * PEOPLE_EACH + person)}`;

describe('calls that two forwarders log in a CRM that is ill, while one of them is killed twice', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let sql: Sql;
  let queues: QueueHome;
  let product: Product;
  let crm: RecordsServer;
  const random = seededRandom(7);
  let requests = 0;

  const mishap = ({ writes }: { writes: boolean }): RecordsMishap => {
    requests += 1;
    if (requests % BURST_EVERY < BURST) return 'slow down';
    const chance = random();
    if (chance < FAILS) return 'fail';
    return writes && chance < FAILS + LOSES ? 'lose' : undefined;
  };

  beforeAll(async () => {
    database = await openTestDatabase();
    pool = new pg.Pool({ connectionString: database.url, max: 3 });
    sql = new Sql(pool);
    const [backend] = BACKENDS;
    if (backend === undefined) throw new Error('There is no queue backend.');
    queues = await backend.home(database.url);
    product = new Product({ DATABASE_URL: database.url, ...queues.env });
    crm = new RecordsServer({ mishap });
    const port = await crm.listen();
    for (let tenant = 0; tenant < CALLS / CALLS_EACH; tenant += 1) await owe(tenant, port);
  }, 120_000);
  afterAll(async () => {
    await product.close();
    await crm.close();
    await queues.close();
    await pool.end();
    await database.close();
  });

  async function owe(tenant: number, port: number): Promise<void> {
    const endpoint = await makeEndpoint(sql, await makeTenant(sql), {
      url: `http://127.0.0.1:${String(port)}`,
      format: 'espocrm',
      formatSettings: { logging: { createContacts: 'missed_too' } },
      scheduleMs: Array.from({ length: 100 }, () => 200),
      concurrency: 4,
    });
    const calls = Array.from({ length: CALLS_EACH }, (_, index) => {
      const callId = newId<CallId>();
      const from = readParty(numberOf(tenant, index % PEOPLE_EACH), 'IL');
      const sample = sampleCall(instant(Date.UTC(2026, 10, 21)), { call: callId, connection: newId() });
      return { callId, payload: { ...sample, id: callId, direction: 'inbound', from } };
    });
    await oweDeliveries(sql, endpoint, calls);
  }

  const start = () => product.start('forwarder');
  const logged = () => crm.records.calls().length;

  it(
    'stands there exactly once each, on whoever has its number',
    async () => {
      let [killed]: ProductProcess[] = await Promise.all([start(), start()]);
      for (const share of [0.2, 0.5]) {
        await until('some to be logged', () => logged() >= CALLS * share, WITHIN_MS);
        await killed?.kill();
        killed = await start();
      }
      await until('all to be logged', async () => (await open()) === 0, WITHIN_MS);
      const states = await sql.rows('SELECT state, count(*)::int AS count FROM delivery GROUP BY state');
      expect(states).toEqual([{ state: 'delivered', count: CALLS }]);
      const calls = crm.records.calls();
      const markers = calls.map((row) => /\[sw:[^\]]+]/.exec(String(row['description']))?.[0]);
      expect(calls).toHaveLength(CALLS);
      expect(new Set(markers).size).toBe(CALLS);
      const contacts = new Map(crm.records.contacts().map((row) => [row.id, String(row['phoneNumber'])]));
      expect(contacts.size).toBe((CALLS / CALLS_EACH) * PEOPLE_EACH);
      expect(new Set(contacts.values()).size).toBe(contacts.size);
      const wrong = calls.filter((row) => {
        const number = contacts.get(String((row['contactsIds'] as string[])[0])) ?? 'nobody';
        return !String(row['name']).includes(number);
      });
      expect(wrong).toEqual([]);
    },
    3 * WITHIN_MS,
  );

  async function open(): Promise<number> {
    const { count } = await sql.row<{ count: number }>(
      `SELECT count(*)::int AS count FROM delivery WHERE state = 'due'`,
      [],
    );
    return count;
  }
});
