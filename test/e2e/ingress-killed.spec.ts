import { BACKENDS } from '../harness/backends.js';
import { Chain, cdrs } from '../harness/chain.js';
import { until } from '../harness/until.js';

const CALLS = 150;

describe.each(BACKENDS)('when ingress is killed in mid-run, on $name', (backend) => {
  let chain: Chain;

  beforeEach(async () => {
    chain = await Chain.open(backend);
    await chain.start('ingress', 'enricher', 'forwarder');
  });
  afterEach(() => chain.close());

  it('every acknowledged webhook is delivered, and what the PBX repeats is not delivered twice', async () => {
    const sending = chain.pbx.sendAll(cdrs(CALLS), 8);
    await until('some to be accepted', () => chain.pbx.accepted.length >= 40);
    await chain.process('ingress').kill();
    const acknowledged = [...chain.pbx.accepted];
    await until('them to be delivered without ingress', () => {
      const delivered = chain.crm.deliveredCalls;
      return acknowledged.every((call) => delivered.has(call));
    });
    await chain.start('ingress');
    await sending;
    await chain.allDelivered();
    expect(chain.pbx.accepted).toHaveLength(CALLS);
    expect(chain.crm.delivered).toHaveLength(CALLS);
  });
});
