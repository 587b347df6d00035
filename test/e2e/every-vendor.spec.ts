import { dialectNamed } from '#dialects';
import { instant, type CallView } from '#domain';
import {
  CallPlayer,
  Cast,
  SCENARIO_NAMES,
  VENDORS,
  customerNumber,
  judgeRecord,
  localClock,
  makeOffice,
  planCall,
  scenarioScript,
  seededRandom,
  type CallPlayReport,
  type CallToPlay,
  type ExpectedCall,
  type PlannedCall,
  type Vendor,
} from '../../apps/simulator/index.js';
import { makeFlow, makeRoute } from '../builders/ivr.js';
import { BACKENDS } from '../harness/backends.js';
import { Chain } from '../harness/chain.js';
import { makeConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';

/** Long enough for all messages of a call that is played without pauses, on a busy machine. */
const HOLD_OFF_SECONDS = 3;
const WITHIN_MS = 45_000;

/** Whatever is pressed leads on, as far as the scenario's callers press. */
const TWO_MENUS = {
  start: 'first',
  menus: {
    first: { recording: 'welcome', maxDigits: 1, digits: { any: 'second' } },
    second: {
      recording: 'choose',
      maxDigits: 1,
      digits: { any: { do: 'dial', targets: [{ type: 'extension', target: '101' }] } },
    },
  },
};

const ORDERS = [
  { order: 'in order', disorder: {} },
  { order: 'out of order and with some of them twice', disorder: { disorderSeed: 7 } },
];
/** By a socket nothing is overtaken or repeated. */
const ordersOf = (vendor: Vendor) => (dialectNamed(vendor)?.socket ? ORDERS.slice(0, 1) : ORDERS);
const CASES = VENDORS.flatMap((vendor) => ordersOf(vendor).map((one) => ({ vendor, ...one })));

const routesOf = (vendor: Vendor) => dialectNamed(vendor)?.routes ?? [];

describe.each(BACKENDS)('what a PBX of every vendor tells, on $name', (backend) => {
  let chain: Chain;

  beforeAll(async () => {
    chain = await Chain.open(backend);
    await chain.start('ingress', 'enricher', 'forwarder');
  });
  afterAll(() => chain.close());

  /** Plays every scenario once to a connection of its own, and waits until the product has nothing left to do. */
  async function play(
    vendor: Vendor,
    { seed, disorder }: { seed: number; disorder: object },
  ): Promise<{ calls: PlannedCall[]; report: CallPlayReport }> {
    const connection = await makeConnection(chain.sql, chain.endpoint.tenantId, {
      dialect: vendor,
      settings: { holdOffSeconds: HOLD_OFF_SECONDS },
    });
    await makeRoute(chain.sql, connection, { flowId: await makeFlow(chain.sql, connection, TWO_MENUS) });
    const baseUrl = chain.process('ingress').url(connection.basePath);
    const player = new CallPlayer({ speed: Infinity, atOnce: 4, ...disorder });
    const calls = await player.play(everyScenario(vendor, { baseUrl, seed }));
    await until(
      'every call to be told to its end',
      async () => {
        const missing = calls.filter(({ expected }) => !expected.every((one) => isToldToItsEnd(one)));
        if (missing.length > 0) throw new Error(missing.map(({ scenario }) => scenario).join());
        const due = `SELECT count(*) FROM receipt WHERE connection_id = $1 AND state = 'due'`;
        return (
          (await chain.sql.count(due, [connection.id])) === 0 && (await chain.openDeliveries()).length === 0
        );
      },
      WITHIN_MS,
    );
    return { calls, report: player.report() };
  }

  const eventsOf = ({ vendorCallId }: ExpectedCall) =>
    chain.crm.delivered.map(({ event }) => event).filter(({ data }) => data.vendorCallId === vendorCallId);
  const isToldToItsEnd = (one: ExpectedCall) => eventsOf(one).some(({ type }) => type === 'call.ended');

  /** What is wrong with what the CRM was told of a call. */
  function faultsOf(expected: ExpectedCall): string[] {
    const events = eventsOf(expected);
    const types = events.map(({ type }) => type);
    const missed = expected.direction === 'inbound' && !['answered', 'voicemail'].includes(expected.result);
    const count = (type: string) => types.filter((one) => one === type).length;
    const record = events.at(-1)?.data as unknown as CallView;
    const inSequence = events.every(({ sequence }, at) => sequence === at + 1);
    return [
      ...judgeRecord(expected, record),
      ...(count('call.ended') === 1 ? [] : ['call.ended']),
      ...(count('call.missed') === (missed ? 1 : 0) ? [] : ['call.missed']),
      ...(inSequence ? [] : ['sequence']),
    ].map((fault) => `${fault}: ${types.join()} ${JSON.stringify(record)}`);
  }

  it.each(CASES)('becomes the record of what happened: $vendor, $order', async ({ vendor, disorder }) => {
    const { calls, report } = await play(vendor, { seed: CASES.length, disorder });
    expect(calls).toHaveLength(SCENARIO_NAMES.length);
    const faults = calls.flatMap(({ scenario, expected }) =>
      expected.flatMap(faultsOf).map((fault) => `${scenario}: ${fault}`),
    );
    expect(faults).toEqual([]);
    expect(report).toMatchObject({ refused: 0, faults: {} });
    expect(chain.crm.duplicates).toEqual([]);
    const strangers = `SELECT count(*) FROM call WHERE vendor_call_id <> ALL($1)`;
    seen.push(...calls.flatMap(({ expected }) => expected.map(({ vendorCallId }) => vendorCallId)));
    expect(await chain.sql.count(strangers, [seen])).toBe(0);
    chain.crm.verify(chain.endpoint.secret);
  });
  const seen: string[] = [];

  it('answers every question of Voicenter’s with something that its PBX can work with', async () => {
    const { report, calls } = await play('voicenter', { seed: 99, disorder: {} });
    seen.push(...calls.flatMap(({ expected }) => expected.map(({ vendorCallId }) => vendorCallId)));
    expect(report.faults).toEqual({});
    // Of the popup, of the steered menu and of the PBX's own layer, for which there is no flow.
    expect(Object.keys(report.actions).sort()).toEqual(['CALL', 'MENU', 'fallback', 'unknown']);
  });
});

function everyScenario(vendor: Vendor, { baseUrl, seed }: { baseUrl: string; seed: number }): CallToPlay[] {
  const random = seededRandom(nextSeed(seed));
  const office = makeOffice(random, customerNumber);
  const wall = localClock(office.timeZone);
  return SCENARIO_NAMES.map((name) => {
    const script = scenarioScript(name, new Cast(office, random));
    const startedAt = instant(Date.now() - script.until * 1_000);
    const callSeed = Math.floor(random() * 2 ** 32);
    const call = planCall(vendor, script, { startedAt, wall, seed: callSeed, routes: routesOf(vendor) });
    return { call, baseUrl, startsMs: 0 };
  });
}

/** No two plays of this file have the same calls. */
let plays = 0;
function nextSeed(seed: number): number {
  plays += 1;
  return seed * 1_000 + plays;
}
