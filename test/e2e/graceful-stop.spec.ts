import { BACKENDS } from '../harness/backends.js';
import { Chain, cdrs } from '../harness/chain.js';
import { until } from '../harness/until.js';

const CALLS = 60;
const CLEAN = { code: 0, signal: null };
/** Far below a lease: what is stopped gives its leases back. */
const GOES_ON_WITHIN_MS = 5_000;

describe.each(BACKENDS)('a process that is asked to stop, on $name', (backend) => {
  let chain: Chain;

  beforeEach(async () => {
    chain = await Chain.open(backend, { concurrency: 4, timeoutMs: 30_000 });
    await chain.start('ingress', 'enricher', 'forwarder');
  });
  afterEach(() => chain.close());

  it('ends cleanly in mid-run, and its successor goes on at once: nothing lost, nothing twice', async () => {
    for (const app of ['forwarder', 'enricher', 'ingress'] as const) {
      const before = chain.crm.delivered.length;
      const sending = chain.pbx.sendAll(cdrs(CALLS));
      await until('some to be delivered', () => chain.crm.delivered.length >= before + 5);
      expect(await chain.process(app).stop()).toEqual(CLEAN);
      await chain.start(app);
      await sending;
      await chain.allDelivered(GOES_ON_WITHIN_MS);
    }
    expect(chain.crm.delivered).toHaveLength(3 * CALLS);
    expect(await chain.process('forwarder').stop()).toEqual(CLEAN);
    const counted = `SELECT sum((counts ->> 'outcome.delivered')::int) FROM endpoint_stat WHERE span = 'minute'`;
    expect(await chain.sql.count(counted)).toBe(3 * CALLS);
  });

  it('gives up requests that hang when the grace is over, and does not count them', async () => {
    await chain.process('forwarder').stop();
    const impatient = await chain.product.start('forwarder', { SHUTDOWN_GRACE_SECONDS: '1' });
    chain.crm.play({ otherwise: 'hang' });
    await chain.pbx.sendAll(cdrs(8));
    await until('four requests to hang', () => chain.crm.requests.length >= 4);
    expect(chain.crm.requests).toHaveLength(4);
    expect(await impatient.stop(4_000)).toEqual(CLEAN);
    expect(await chain.sql.count('SELECT count(*) FROM attempt')).toBe(0);
    chain.crm.play({ otherwise: 200 });
    await chain.start('forwarder');
    await chain.allDelivered();
    expect(chain.crm.delivered).toHaveLength(8);
  });

  it('finishes the webhook that it is taking', async () => {
    const blocker = await chain.sql.pool.connect();
    await blocker.query('BEGIN');
    await blocker.query('LOCK TABLE receipt IN SHARE MODE');
    const sending = chain.pbx.sendAll(cdrs(1));
    await until('the commit to wait', async () => {
      const waiting = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return (await chain.sql.count(waiting)) > 0;
    });
    const stopped = chain.process('ingress').stop(5_000);
    await until(
      'it to take no more',
      async () => !(await accepts(chain.process('ingress').url('/health/live'))),
    );
    await blocker.query('COMMIT');
    blocker.release();
    await sending;
    expect(chain.pbx.refusals).toEqual([]);
    expect(await stopped).toEqual(CLEAN);
    await chain.allDelivered();
  });
});

async function accepts(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
