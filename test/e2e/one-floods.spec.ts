/** One tenant among fifty floods, or its CRM hangs: the others are told of their calls all the same. */
import { bornAt } from '#domain';
import { oweDeliveries } from '../builders/delivery.js';
import { BACKENDS } from '../harness/backends.js';
import { Chain, cdrs } from '../harness/chain.js';
import { Crm } from '../harness/crm.js';
import { Pbx } from '../harness/pbx.js';
import { makeConnection, makeEndpoint, makeTenant, type TestEndpoint } from '../harness/tenant.js';
import { until } from '../harness/until.js';

const OTHERS = 49;
const CALLS_OF_EACH = 4;
const FLOOD = 20_000;
const FLOODING_CALLS = 1_500;
const WITHIN_MS = 60_000;

interface Neighbour {
  endpoint: TestEndpoint;
  pbx: Pbx;
}

describe.each(BACKENDS)('when one tenant among fifty is not as it should be, on $name', (backend) => {
  let chain: Chain;
  let others: Crm;
  let neighbours: Neighbour[];

  beforeEach(async () => {
    chain = await Chain.open(backend);
    others = await Crm.open();
    neighbours = await Promise.all(Array.from({ length: OTHERS }, neighbour));
  });
  afterEach(async () => {
    await Promise.all(neighbours.map(({ pbx }) => pbx.close()));
    await others.stop();
    await chain.close();
  });

  async function neighbour(): Promise<Neighbour> {
    const tenantId = await makeTenant(chain.sql);
    const [connection, endpoint] = await Promise.all([
      makeConnection(chain.sql, tenantId),
      makeEndpoint(chain.sql, tenantId, { url: others.url() }),
    ]);
    return { endpoint, pbx: new Pbx(() => chain.process('ingress').url(connection.path)) };
  }

  const start = (env: Record<string, string>) => chain.startWith(env, 'ingress', 'enricher', 'forwarder');

  async function owed(): Promise<number> {
    const due = `SELECT count(*) FROM delivery WHERE endpoint_id = $1 AND state = 'due'`;
    return chain.sql.count(due, [chain.endpoint.id]);
  }

  /** Resolves when every call of theirs was told. */
  async function everyNeighbourCalls(): Promise<void> {
    await Promise.all(neighbours.map(({ pbx }) => pbx.sendAll(cdrs(CALLS_OF_EACH))));
    const calls = neighbours.flatMap(({ pbx }) => pbx.accepted);
    expect(calls).toHaveLength(OTHERS * CALLS_OF_EACH);
    await until(
      'the others to be told',
      () => {
        const told = others.deliveredCalls;
        return calls.every((call) => told.has(call));
      },
      WITHIN_MS,
    );
  }

  /** Letters of the flood that went out while one of the others' waited: the most that passed any of them. */
  async function mostThatPassedOne(): Promise<number> {
    const sent = (whose: string) =>
      chain.sql.rows<{ of: string; at: Date }>(
        `SELECT delivery_id AS of, started_at AS at FROM attempt WHERE endpoint_id ${whose} $1`,
        [chain.endpoint.id],
      );
    const flood = (await sent('=')).map(({ at }) => at.getTime());
    const passed = (await sent('<>')).map(({ of, at }) => {
      const born = bornAt(of);
      return flood.filter((time) => time >= born && time < at.getTime()).length;
    });
    return Math.max(...passed);
  }

  it('a flood waits its turn: few of it pass any letter of the others', async () => {
    const letters = Array.from({ length: FLOOD }, () => ({}));
    await oweDeliveries(chain.sql, chain.endpoint, letters);
    // One place for all fifty: whoever does not give it back keeps the others out.
    await start({ FORWARDER_CONCURRENCY: '1', ENRICHER_CONCURRENCY: '1' });
    await until('the flood to begin', () => chain.crm.requests.length > 0);
    const flooding = chain.pbx.sendAll(cdrs(FLOODING_CALLS));
    await everyNeighbourCalls();
    expect(await mostThatPassedOne()).toBeLessThan(FLOOD / 2);
    await flooding;
  });

  it('a CRM that hangs keeps its own deliveries, and nobody else’s', async () => {
    chain.crm.hold();
    await oweDeliveries(
      chain.sql,
      chain.endpoint,
      Array.from({ length: FLOOD }, () => ({})),
    );
    await start({ FORWARDER_CONCURRENCY: '2' });
    await until('its requests to hang', () => chain.crm.requests.length > 0);
    await everyNeighbourCalls();
    expect(chain.crm.delivered).toEqual([]);
    expect(await owed()).toBe(FLOOD);
  });
});
