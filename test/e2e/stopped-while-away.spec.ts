import { STOPPABLE_BACKENDS } from '../harness/backends.js';
import { Chain, cdrs } from '../harness/chain.js';
import { StoppableDatabase } from '../harness/stoppable-database.js';
import { until } from '../harness/until.js';

const APPS = ['ingress', 'enricher', 'forwarder'] as const;
const CLEAN = { code: 0, signal: null };
const STOPS_WITHIN_MS = 12_000;

describe.each(STOPPABLE_BACKENDS)('a process whose queue is away, on $name', (backend) => {
  let database: StoppableDatabase;
  let chain: Chain;

  beforeEach(async () => {
    database = await StoppableDatabase.start();
    chain = await Chain.open(backend, { databaseUrl: database.url });
    await chain.start(...APPS);
  });
  afterEach(async () => {
    await chain.close();
    await database.close();
  });

  const goAway = () => (backend.name === 'redis' ? chain.queues.redis?.stop() : database.stop());
  const comeBack = () => (backend.name === 'redis' ? chain.queues.redis?.start() : database.startAgain());

  it('says that it is not ready, can be stopped cleanly all the same, and nothing is lost', async () => {
    const sending = chain.pbx.sendAll(cdrs(40));
    await until('some to be delivered', () => chain.crm.delivered.length >= 5);
    await goAway();
    for (const app of APPS) {
      const ready = chain.process(app).url('/health/ready');
      await until(`${app} to notice`, async () => (await fetch(ready)).status === 503);
    }
    const exits = await Promise.all(
      (['enricher', 'forwarder'] as const).map((app) => chain.process(app).stop(STOPS_WITHIN_MS)),
    );
    expect(exits).toEqual([CLEAN, CLEAN]);
    await comeBack();
    await chain.start('enricher', 'forwarder');
    await sending;
    await chain.allDelivered();
  });
});
