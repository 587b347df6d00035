import { cdr } from '../builders/cdr.js';
import { BACKENDS } from '../harness/backends.js';
import { Chain, cdrs } from '../harness/chain.js';
import { jsonMessage } from '../harness/pbx.js';
import { StoppableDatabase } from '../harness/stoppable-database.js';
import { until } from '../harness/until.js';
import { writeCdrMessage } from '../../apps/simulator/index.js';

const CALLS = 100;
const MEANWHILE = 20;
const CONCURRENCY = 4;
/** Under way, and read ahead. */
const IN_HAND = 5 * CONCURRENCY;

describe.each(BACKENDS)('when the database is away for a while, with the queue on $name', (backend) => {
  let database: StoppableDatabase;
  let chain: Chain;

  beforeEach(async () => {
    database = await StoppableDatabase.start();
    chain = await Chain.open(backend, { databaseUrl: database.url, concurrency: CONCURRENCY });
    await chain.start('ingress', 'enricher', 'forwarder');
  });
  afterEach(async () => {
    await chain.close();
    await database.close();
  });

  it('the PBX is asked to come again, in its own format, and everything is delivered afterwards', async () => {
    const sending = chain.pbx.sendAll(cdrs(CALLS));
    await until('some to be delivered', () => chain.crm.delivered.length >= 20);
    await database.stop();

    const json = await chain.pbx.post(jsonMessage(cdr()));
    expect(json).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5', 'content-type': expect.stringContaining('json') as string },
    });
    expect(JSON.parse(json.body)).toMatchObject({ err: 2 });
    const xmlrpc = await chain.pbx.post(writeCdrMessage(cdr() as never, 'xmlrpc'));
    expect(xmlrpc).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    expect(xmlrpc.headers['content-type']).toContain('text/xml');
    expect(xmlrpc.body).toMatch(/<name>err<\/name>\s*<value>\s*<(int|i4)>2</);
    const meanwhile = chain.pbx.sendAll(cdrs(MEANWHILE));
    await until('the PBX to have tried in vain', () => chain.pbx.refusals.length >= 20);
    for (const app of ['ingress', 'enricher', 'forwarder'] as const) {
      expect((await fetch(chain.process(app).url('/health/ready'))).status).toBe(503);
      expect((await fetch(chain.process(app).url('/health/live'))).status).toBe(200);
    }

    await database.startAgain();
    await Promise.all([sending, meanwhile]);
    await chain.allDelivered();
    expect(chain.pbx.accepted).toHaveLength(CALLS + MEANWHILE);
    expect(new Set(chain.pbx.refusals.map(({ status }) => status))).toEqual(new Set([503]));
    // Those that the CRM had taken and that could not be written down any more: at most what a drain has in hand.
    expect(chain.crm.duplicates.length).toBeLessThanOrEqual(IN_HAND);
    for (const app of ['ingress', 'enricher', 'forwarder'] as const) {
      expect(chain.process(app).running).toBe(true);
    }
  });
});
