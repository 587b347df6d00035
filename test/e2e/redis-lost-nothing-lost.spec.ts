import { STOPPABLE_BACKENDS } from '../harness/backends.js';
import { Chain, cdrs } from '../harness/chain.js';
import { until } from '../harness/until.js';

const CALLS = 120;

describe.each(STOPPABLE_BACKENDS)('when the queue on $name is lost in mid-run, nothing is', (backend) => {
  let chain: Chain;

  beforeEach(async () => {
    chain = await Chain.open(backend, { concurrency: 3 });
    await chain.start('ingress', 'enricher', 'forwarder');
  });
  afterEach(() => chain.close());

  it('because it forgot everything, again and again', async () => {
    const sending = chain.pbx.sendAll(cdrs(CALLS));
    for (const reached of [10, 40, 80]) {
      await until(`${reached} to be delivered`, () => chain.crm.delivered.length >= reached);
      await chain.queues.forgetEverything();
    }
    await sending;
    await chain.allDelivered();
    expect(chain.pbx.accepted).toHaveLength(CALLS);
    expect(chain.crm.duplicates).toEqual([]);
  });

  // Where the queue lives in the database, `database-away-then-back` restarts it.
  const itOnRedis = backend.name === 'redis' ? it : it.skip;

  itOnRedis('because its server was restarted empty', async () => {
    const { redis } = chain.queues;
    const sending = chain.pbx.sendAll(cdrs(CALLS));
    await until('some to be delivered', () => chain.crm.delivered.length >= 20);
    await redis?.stop();
    await until('the PBX to be served meanwhile', () => chain.pbx.accepted.length >= 60);
    await redis?.start();
    await sending;
    await chain.allDelivered();
    expect(chain.pbx.refusals).toEqual([]);
    expect(chain.crm.duplicates).toEqual([]);
  });
});
