import { BACKENDS } from '../harness/backends.js';
import { Chain, cdrs } from '../harness/chain.js';
import { until } from '../harness/until.js';

const CALLS = 120;

describe.each(BACKENDS)('when the enricher is killed in mid-run, on $name', (backend) => {
  let chain: Chain;

  beforeEach(async () => {
    chain = await Chain.open(backend);
    await chain.start('ingress', 'enricher', 'forwarder');
  });
  afterEach(() => chain.close());

  it('every call becomes one event all the same, delivered once', async () => {
    const sending = chain.pbx.sendAll(cdrs(CALLS));
    await until('some to be delivered', () => chain.crm.delivered.length >= 20);
    await chain.process('enricher').kill();
    await chain.start('enricher');
    await sending;
    await chain.allDelivered();
    expect(chain.pbx.accepted).toHaveLength(CALLS);
    expect(await chain.sql.count(`SELECT count(*) FROM call_event`)).toBe(CALLS);
    expect(chain.crm.delivered).toHaveLength(CALLS);
  });
});
