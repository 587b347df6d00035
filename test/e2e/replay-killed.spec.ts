import { oweDeliveries, type OwedDelivery } from '../builders/delivery.js';
import { BACKENDS } from '../harness/backends.js';
import { Chain } from '../harness/chain.js';
import { orderReplay } from '../harness/replay-rig.js';
import { makeEndpoint, type TestEndpoint } from '../harness/tenant.js';
import { until } from '../harness/until.js';

/** `REPLAY_EVENTS=100000 npm test -- --e2e replay-killed` plays the whole promise; it takes minutes. */
const DEAD = Number(process.env['REPLAY_EVENTS'] ?? 2_000);
const OTHERS = DEAD / 4;
/** Slow enough that the process can be killed in the middle of it. */
const PER_MINUTE = 6 * DEAD;
/** Parts of the replay that are made when the process is killed. */
const KILL_AT = [0.35, 0.6];
const WITHIN_MS = 60_000 + 3 * DEAD;
const SEED_BATCH = 5_000;

describe.each(BACKENDS)('when the forwarder is killed in the middle of a replay, on $name', (backend) => {
  let chain: Chain;

  beforeEach(async () => {
    chain = await Chain.open(backend, { concurrency: 20 });
  });
  afterEach(() => chain.close());

  async function owe(endpoint: TestEndpoint, count: number, state: 'dead' | 'delivered') {
    const owed: OwedDelivery[] = [];
    for (let left = count; left > 0; left -= SEED_BATCH) {
      const batch = Array.from({ length: Math.min(left, SEED_BATCH) }, () => ({ state }));
      owed.push(...(await oweDeliveries(chain.sql, endpoint, batch)));
    }
    return owed;
  }

  it(
    'the next one carries it on: each event is sent at least once, and none of the others',
    async () => {
      const { sql, endpoint, crm } = chain;
      const dead = await owe(endpoint, DEAD, 'dead');
      await owe(endpoint, OTHERS, 'delivered');
      const beside = await makeEndpoint(sql, endpoint.tenantId, { url: crm.url('/beside') });
      await owe(beside, OTHERS, 'delivered');
      const replay = await orderReplay(sql, endpoint.tenantId, { status: 'dead' }, PER_MINUTE);
      const queued = () => sql.count(`SELECT queued FROM replay WHERE id = $1`, [replay]);

      await chain.start('forwarder');
      for (const part of KILL_AT) {
        await until('a part to be made', async () => (await queued()) >= part * DEAD, WITHIN_MS);
        await chain.process('forwarder').kill();
        expect(await queued()).toBeLessThan(DEAD);
        await chain.start('forwarder');
      }
      await until(
        'all of it to be made',
        async () => (await sql.count(`SELECT count(*) FROM replay WHERE state = 'done'`)) === 1,
        WITHIN_MS,
      );
      await until(
        'the last record to be written',
        async () => (await sql.count(`SELECT count(*) FROM delivery WHERE state = 'due'`)) === 0,
        WITHIN_MS,
      );

      const wanted = dead.map(({ eventId }) => eventId as string).sort();
      const made = await sql.rows<{ id: string }>(
        `SELECT event_id AS id FROM delivery WHERE replay_id = $1 ORDER BY event_id`,
        [replay],
      );
      expect(made.map(({ id }) => id)).toEqual(wanted);
      expect([...new Set(crm.requests.map(({ event }) => event.id))].sort()).toEqual(wanted);
      expect(new Set(crm.requests.map(({ headers }) => headers['switchhook-replay']))).toEqual(
        new Set([replay]),
      );
      expect(crm.requests.filter(({ path }) => path === '/beside')).toEqual([]);
      crm.verify(endpoint.secret);
    },
    4 * WITHIN_MS,
  );
});
