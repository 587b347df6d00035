import { BACKENDS } from '../harness/backends.js';
import { Chain, cdrs } from '../harness/chain.js';
import { until } from '../harness/until.js';

const CALLS = 80;
/** A lease, BullMQ's look for rings whose worker died, and a sweep. */
const TAKEN_OVER_WITHIN_MS = 20_000;

describe.each(BACKENDS)('when the forwarder is killed in mid-run, on $name', (backend) => {
  let chain: Chain;

  beforeEach(async () => {
    chain = await Chain.open(backend, { concurrency: 4 });
    await chain.start('ingress', 'enricher', 'forwarder');
  });
  afterEach(() => chain.close());

  it('everything is delivered by the next one, and only what was in flight comes twice', async () => {
    const sending = chain.pbx.sendAll(cdrs(CALLS));
    await until('some to be delivered', () => chain.crm.delivered.length >= 20);
    await chain.process('forwarder').kill();
    const delivered = new Set(chain.crm.delivered.map(({ headers }) => headers['webhook-id']));
    const inFlight = (await chain.openDeliveries()).filter((id) => delivered.has(id));

    const killedAt = performance.now();
    const before = chain.crm.delivered.length;
    await chain.start('forwarder');
    await until(
      'the mailbox to be taken over',
      () => chain.crm.delivered.length > before,
      TAKEN_OVER_WITHIN_MS,
    );
    expect(performance.now() - killedAt).toBeLessThan(TAKEN_OVER_WITHIN_MS);
    await sending;
    await chain.allDelivered();
    expect(chain.pbx.accepted).toHaveLength(CALLS);
    expect([...chain.crm.duplicates].sort()).toEqual(inFlight.sort());
  });

  it('a forwarder that runs beside it takes over', async () => {
    const beside = await chain.product.start('forwarder');
    chain.crm.hold();
    const sending = chain.pbx.sendAll(cdrs(20));
    await until('requests to be under way', () => chain.crm.requests.length === 4);
    const [killed, alive] =
      (await isWorking(chain)) === chain.process('forwarder').pid
        ? [chain.process('forwarder'), beside]
        : [beside, chain.process('forwarder')];
    await killed.kill();
    chain.crm.release();
    await sending;
    await chain.allDelivered();
    expect(alive.running).toBe(true);
    expect(chain.crm.duplicates).toEqual([]);
  });
});

/** The pid of the process that holds the endpoint's lease. */
async function isWorking({ sql, endpoint }: Chain): Promise<number> {
  const { owner } = await sql.row<{ owner: string }>(`SELECT owner FROM mailbox WHERE id = $1`, [
    endpoint.id,
  ]);
  return Number(owner.split(':').at(-1));
}
