import { BACKENDS } from '../harness/backends.js';
import { Chain, cdrs } from '../harness/chain.js';
import { until } from '../harness/until.js';

const CALLS = 30;
const OFTEN = [0, ...Array.from({ length: 25 }, () => 300)];

describe.each(BACKENDS)('when the CRM is down and comes back, on $name', (backend) => {
  let chain: Chain;

  beforeEach(async () => {
    chain = await Chain.open(backend, { scheduleMs: OFTEN, timeoutMs: 1_000 });
    await chain.start('ingress', 'enricher', 'forwarder');
  });
  afterEach(() => chain.close());

  const outcomes = () => chain.sql.rows<{ outcome: string }>(`SELECT outcome FROM attempt`);

  it('everything is delivered, once', async () => {
    await chain.pbx.sendAll(cdrs(10));
    await until('the first ones', () => chain.crm.delivered.length === 10);
    await chain.crm.stop();
    await chain.pbx.sendAll(cdrs(CALLS - 10));
    await until('the breaker to open', async () => {
      const { memo } = await chain.sql.row<{ memo: { breaker?: { state: string } } }>(
        `SELECT memo FROM mailbox WHERE id = $1`,
        [chain.endpoint.id],
      );
      return memo.breaker?.state === 'open';
    });
    await chain.crm.start();
    await chain.allDelivered();
    expect(chain.crm.delivered).toHaveLength(CALLS);
    expect((await outcomes()).some(({ outcome }) => outcome === 'unreachable')).toBe(true);
  });

  it('an answer of 503, a broken connection and one that never comes are tried again', async () => {
    chain.crm.play({ answers: [503, 'reset', 'hang'] });
    await chain.pbx.sendAll(cdrs(6));
    await chain.allDelivered();
    expect(chain.crm.delivered).toHaveLength(6);
    expect(chain.crm.requests).toHaveLength(9);
    expect((await outcomes()).filter(({ outcome }) => outcome === 'unreachable')).toHaveLength(3);
  });
});
