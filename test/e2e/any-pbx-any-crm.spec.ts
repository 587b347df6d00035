/**
 * Any PBX in, any CRM out: every vendor's simulator plays every scenario to one tenant, who has a CRM behind an endpoint for
 * each format. What they were sent is read back by the dialect's own reader, and by programs that are not ours.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantScope, openRepositories, sealedFor } from '#db';
import { dialectNamed } from '#dialects';
import { SYSTEM, instant, readParty, type CallView, type IvrInput, type LegReport } from '#domain';
import { SecretBox, newSecret, systemClock } from '#platform';
import {
  CallPlayer,
  Cast,
  SCENARIO_NAMES,
  VENDORS as ALL_VENDORS,
  customerNumber,
  judgeRecord,
  localClock,
  makeOffice,
  planCall,
  scenarioScript,
  seededRandom,
  type CallToPlay,
  type ExpectedCall,
  type PlannedCall,
  type Vendor,
} from '../../apps/simulator/index.js';
import { cdr } from '../builders/cdr.js';
import { makeFlow, makeRoute } from '../builders/ivr.js';
import { BACKENDS } from '../harness/backends.js';
import { fieldsSaid, heardOf, knownOf, numberOf, partsOf, wantedFields } from '../harness/call-facts.js';
import { Chain } from '../harness/chain.js';
import { Crm } from '../harness/crm.js';
import {
  deskNames,
  openFormatDesks,
  type DeskName,
  type FormatDesk,
  type Seen,
} from '../harness/format-desks.js';
import { Pbx, jsonMessage } from '../harness/pbx.js';
import { readByPython, type PythonRead } from '../harness/read-by-python.js';
import { resendByCurl } from '../harness/resend-by-curl.js';
import { SECRET_KEYS, makeConnection, makeEndpoint, makeTenant } from '../harness/tenant.js';
import { openTestDatabase, type TestDatabase } from '../harness/test-database.js';
import { until } from '../harness/until.js';
import { hasProgram, withProgram } from '../harness/with-program.js';
import { XmlRpcCrm } from '../harness/xmlrpc-crm.js';

const HOLD_OFF_SECONDS = 3;
const WITHIN_MS = 45_000;
const HOUR_MS = 3_600_000;
const COUNTRY = 'IL';

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

/** What really happened, where the vendor tells times and the call is one conversation. */
interface Truth {
  startedAt: number;
  talkSeconds: number;
}
interface PlayedCall {
  vendor: Vendor;
  scenario: string;
  expected: ExpectedCall;
  truth: Truth | undefined;
}

/** Those that send webhooks. What an Asterisk tells by its socket is compared with its own books in `asterisk.spec.ts`. */
const VENDORS = ALL_VENDORS.filter((vendor) => dialectNamed(vendor)?.socket === undefined);
const SIMPLE = ['answered', 'outgoing', 'outgoingBusy'];
const DESK_NAMES = deskNames(hasProgram('python3'));
const MATRIX = VENDORS.flatMap((vendor) => DESK_NAMES.map((desk) => ({ vendor, desk })));
const READ_BACK = MATRIX.filter(({ desk }) => !/^(zammad|template)/.test(desk));

describe.each(BACKENDS)('any PBX in, any CRM out, on $name', (backend) => {
  let database: TestDatabase;
  let chain: Chain;
  let python: XmlRpcCrm | undefined;
  let desks: FormatDesk[];
  let newestSecret: string;
  const calls: PlayedCall[] = [];
  /** What the CRM of our own format was told when a call was over, by the vendor's id of the call. */
  const records = new Map<string, CallView>();

  beforeAll(async () => {
    database = await openTestDatabase();
    chain = await Chain.open(backend, { databaseUrl: database.url });
    python = hasProgram('python3') ? await XmlRpcCrm.open() : undefined;
    desks = await openFormatDesks(chain.sql, chain.endpoint.tenantId, python);
    newestSecret = await rotateSecret();
    await chain.start('ingress', 'enricher', 'forwarder');
    const played = await Promise.all(VENDORS.map((vendor, index) => play(vendor, index)));
    calls.push(...played.flat());
    await allTold();
    for (const { event } of chain.crm.delivered) {
      if (event.type === 'call.ended')
        records.set(event.data.vendorCallId, event.data as unknown as CallView);
    }
  });
  afterAll(async () => {
    await chain.close();
    await Promise.all(desks.map((desk) => desk.close()));
    await python?.close();
    await database.close();
  });

  /** As an administrator does, so that all of the play falls into the time in which both sign. */
  async function rotateSecret(): Promise<string> {
    const scope = new TenantScope(database.url, 1);
    const { id, tenantId } = chain.endpoint;
    const secret = newSecret();
    const sealed = [SecretBox.fromKeys(SECRET_KEYS).seal(secret, sealedFor.endpointSecret(id))];
    const graceUntil = instant(Date.now() + HOUR_MS);
    const order = { sealed, graceUntil, signatures: ['v1' as const], publicKey: null };
    await openRepositories(scope, systemClock).endpoints.rotateSecret(tenantId, id, order, SYSTEM);
    await scope.end();
    return secret;
  }

  /** Every scenario once, to a connection of its own. */
  async function play(vendor: Vendor, seed: number): Promise<PlayedCall[]> {
    const connection = await makeConnection(chain.sql, chain.endpoint.tenantId, {
      dialect: vendor,
      settings: { holdOffSeconds: HOLD_OFF_SECONDS },
    });
    await makeRoute(chain.sql, connection, { flowId: await makeFlow(chain.sql, connection, TWO_MENUS) });
    const planned = everyScenario(vendor, chain.process('ingress').url(connection.basePath), seed);
    const player = new CallPlayer({ speed: Infinity, atOnce: 4 });
    const played = await player.play(planned.map(({ call }) => call));
    expect(player.report()).toMatchObject({ refused: 0, faults: {} });
    const truths = new Map(planned.map(({ call, truth }) => [call.call.scenario, truth]));
    return played.flatMap(({ scenario, expected }) =>
      expected.map((one) => ({ vendor, scenario, expected: one, truth: truths.get(scenario) })),
    );
  }

  /** Until nothing is left to be read or sent. */
  async function allTold(): Promise<void> {
    const ends = () =>
      new Set(
        chain.crm.delivered
          .filter(({ event }) => event.type === 'call.ended')
          .map(({ event }) => event.data.vendorCallId),
      );
    await until(
      'every call to be told to its end, everywhere',
      async () => {
        const told = ends();
        const missing = calls.filter(({ expected }) => !told.has(expected.vendorCallId));
        if (missing.length > 0) throw new Error(missing.map(({ scenario }) => scenario).join());
        const due = await chain.sql.count(`SELECT count(*) FROM receipt WHERE state = 'due'`);
        return due === 0 && (await chain.openDeliveries()).length === 0;
      },
      WITHIN_MS,
    );
  }

  const recordOf = ({ vendorCallId }: ExpectedCall): CallView => {
    const record = records.get(vendorCallId);
    if (record === undefined) throw new Error(`nothing was told of ${vendorCallId}`);
    return record;
  };
  const deskOf = (name: DeskName): FormatDesk => {
    const desk = desks.find((one) => one.name === name);
    if (desk === undefined) throw new Error(`there is no ${name}`);
    return desk;
  };
  const callsOf = (vendor: Vendor) => calls.filter((call) => call.vendor === vendor);

  it('plays every scenario of every vendor, and sends all that there is to be sent', async () => {
    expect(VENDORS).toHaveLength(3);
    for (const vendor of VENDORS) {
      expect(new Set(callsOf(vendor).map(({ scenario }) => scenario))).toEqual(new Set(SCENARIO_NAMES));
    }
    const states = await chain.sql.rows<{ state: string; reason: string | null }>(
      `SELECT DISTINCT state, reason FROM delivery WHERE state <> 'delivered'`,
    );
    expect(states.filter(({ state }) => state !== 'skipped')).toEqual([]);
    for (const { reason } of states) expect(reason).toMatch(/^The format \w+ has no message for /);
  });

  it.each(VENDORS)('%s in, standard out: each call is told as it happened', (vendor) => {
    for (const { scenario, expected, truth } of callsOf(vendor)) {
      const record = recordOf(expected);
      expect([scenario, judgeRecord(expected, record)]).toEqual([scenario, []]);
      // VoipNow's messages have no times; played without pauses, its calls last as long as the play.
      if (truth === undefined || vendor === 'voipnow') continue;
      expect([scenario, record.talkSeconds]).toEqual([scenario, truth.talkSeconds]);
      const offBy = Math.abs(Date.parse(record.startedAt ?? '') - truth.startedAt);
      expect([scenario, offBy <= 2_000]).toEqual([scenario, true]);
    }
  });

  it('standard out is verified by the standardwebhooks package with the old secret and the new, and with no other', () => {
    chain.crm.verify(chain.endpoint.secret);
    chain.crm.verify(newestSecret);
    expect(() => chain.crm.verify(newSecret())).toThrow();
    const [request] = chain.crm.requests;
    expect(request?.headers['webhook-signature']?.split(' ')).toHaveLength(2);
    expect(chain.crm.duplicates).toEqual([]);
  });

  /** In the reports of the dialect's own reader. */
  function readBack(desk: FormatDesk, route: string, seen: Seen): LegReport {
    const query = seen.path.split('?')[1] ?? '';
    const { method, headers, body } = seen;
    const request = { method, route, query, headers, body: Buffer.from(body) };
    const reading = dialectNamed(desk.format)?.read(request, {});
    if (reading?.ok !== true || reading.reports[0] === undefined) throw new Error(JSON.stringify(reading));
    return reading.reports[0];
  }

  const ROUTES = { voicenter: 'cdr', voipnow: 'hangup', globalex: 'end' } as const;

  it.each(READ_BACK)(
    '$vendor in, $desk out, is read back by the dialect’s own reader',
    ({ vendor, desk: name }) => {
      const desk = deskOf(name);
      const route = ROUTES[desk.format as keyof typeof ROUTES];
      const reports = groupedBy(
        desk.ends.map((seen) => readBack(desk, route, seen)),
        ({ vendorCallId }) => vendorCallId,
      );
      const faults = callsOf(vendor).flatMap(({ scenario, expected }) => {
        const record = recordOf(expected);
        const told = reports.get(expected.vendorCallId) ?? [];
        const wanted = partsOf(desk.format, record).map((part) => knownOf(desk, part));
        const got = told.map((report) => heardOf(desk, report, record));
        return sorted(got) === sorted(wanted)
          ? []
          : [`${scenario}: ${sorted(got)} instead of ${sorted(wanted)}`];
      });
      expect(faults).toEqual([]);
    },
  );

  /** What Python reads in all that a desk was sent of the ends of calls, by call. */
  const pythons = new Map<string, Map<unknown, PythonRead[]>>();
  function readAll(desk: FormatDesk): Map<unknown, PythonRead[]> {
    const known = pythons.get(desk.name);
    if (known !== undefined) return known;
    const { how, ends, endpoint } = desk;
    const read = readByPython(ends.map((seen) => ({ ...seen, how, secret: endpoint.secret })));
    const byCall = groupedBy(read, ({ fields }) => fieldsSaid(desk, fields, false)['call']);
    pythons.set(desk.name, byCall);
    return byCall;
  }

  withProgram('python3').each(MATRIX)(
    '$vendor in, $desk out, is read by Python',
    ({ vendor, desk: name }) => {
      const desk = deskOf(name);
      const read = readAll(desk);
      const faults = callsOf(vendor).flatMap(({ scenario, expected }) => {
        const record = recordOf(expected);
        const told = read.get(desk.format === 'zammad' ? record.id : record.vendorCallId) ?? [];
        const parts = partsOf(desk.format, record);
        const wanted = parts.map((part) => wantedFields(desk, record, part));
        const startIsKnown = parts[0]?.startedAt !== null;
        const got = told.map(({ fields }) => fieldsSaid(desk, fields, startIsKnown));
        // What is in the URL has no body, and so nothing to sign.
        const signed = told.every((one) => one.signed === (desk.how !== 'query'));
        return sorted(got) === sorted(wanted) && signed
          ? []
          : [`${scenario}: ${sorted(got)} instead of ${sorted(wanted)}, signed: ${signed}`];
      });
      expect(faults).toEqual([]);
    },
  );

  it.each([
    ['voicenter json', 'popup', 'POST'],
    ['voicenter form', 'popup', 'POST'],
    ['voicenter xmlrpc', 'popup', 'GET'],
  ] as const)('%s: %s notices are told by %s while a call goes on', (name, route, method) => {
    const desk = deskOf(name);
    const notices = desk.at('/popup').map((seen) => {
      expect(seen.method).toBe(method);
      return readBack(desk, route, seen);
    });
    const told = new Set(notices.map(({ vendorCallId, phase }) => `${vendorCallId} ${phase}`));
    const phases = { 'call.ringing': 'ringing', 'call.answered': 'answered', 'call.ended': 'ended' };
    const wanted = chain.crm.delivered.flatMap(({ event }) =>
      event.type in phases ? [`${event.data.vendorCallId} ${phases[event.type as keyof typeof phases]}`] : [],
    );
    expect(told).toEqual(new Set(wanted));
    for (const { vendorCallId, phase, direction, from, to } of notices) {
      const record = records.get(vendorCallId);
      // Of a call that is handed on, the first notices could not know whom it would be with.
      if (phase !== 'ended' || record === undefined) continue;
      expect(direction).toBe(record.direction);
      if (direction === 'internal') continue;
      const [told, outside] = direction === 'inbound' ? [from, record.from] : [to, record.to];
      expect(numberOf(readParty(told, COUNTRY))).toBe(numberOf(outside));
    }
  });

  it.each(['zammad json', 'zammad form'] as const)(
    '%s: each call is opened before anything else is told of it, and ends once',
    (name) => {
      const { how, requests } = deskOf(name);
      const told = groupedBy(
        requests.map(
          ({ body }) =>
            (how === 'json' ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))) as {
              event: string;
              callId: string;
            },
        ),
        ({ callId }) => callId,
      );
      expect([...told.keys()].sort()).toEqual([...records.values()].map(({ id }) => id).sort());
      for (const events of told.values()) {
        expect(events.map(({ event }) => event).join(' ')).toMatch(/^newCall( answer){0,2} hangup$/);
      }
    },
  );

  it.each(['voicenter json', 'voicenter xmlrpc'] as const)(
    '%s: what callers press is told, and their hanging up',
    (name) => {
      const desk = deskOf(name);
      const sent = [...desk.at('/ivr'), ...desk.at('/RPC2')].filter(
        ({ body }) => !body.includes('<methodName>CDR'),
      );
      const told = groupedBy(
        sent.map((seen) => readBack(desk, 'ivr', seen)),
        ({ vendorCallId }) => vendorCallId,
      );
      const inMenus = callsOf('voicenter').filter(({ expected }) => expected.ivrDigits !== '');
      expect(inMenus.map(({ scenario }) => scenario).sort()).toEqual(['ivrLayers', 'ivrWalk']);
      for (const { scenario, expected } of inMenus) {
        const reports = told.get(expected.vendorCallId) ?? [];
        const pressed = reports.flatMap(({ ivrPath }) => ivrPath.map(({ digits }) => digits));
        const inputs = chain.crm.delivered
          .filter(
            ({ event }) => event.type === 'ivr.input' && event.data.vendorCallId === expected.vendorCallId,
          )
          .map(({ event }) => (event.data as unknown as { input: IvrInput }).input.digits);
        // A menu of the PBX's own asks us no more once we have let go of the caller.
        expect(inputs).toEqual([...expected.ivrDigits].slice(0, scenario === 'ivrWalk' ? 2 : 1));
        expect(pressed).toEqual(inputs);
        expect(reports.map(({ phase }) => phase)).toEqual([...inputs.map(() => 'ringing'), 'ended']);
        expect(reports.at(-1)?.result).toBe(expected.result);
      }
      expect([...told.keys()].sort()).toEqual(inMenus.map(({ expected }) => expected.vendorCallId).sort());
    },
  );

  withProgram('curl').each(DESK_NAMES)(
    '%s out, sent once more by curl, arrives byte for byte',
    async (name) => {
      const desk = deskOf(name);
      // The longest and the shortest of it, and one of each method.
      const { ends, requests } = desk;
      const byLength = [...ends].sort(
        (a, b) => a.body.length + a.path.length - b.body.length - b.path.length,
      );
      const samples = [
        byLength[0],
        byLength.at(-1),
        ...['GET', 'POST'].map((how) => requests.find(({ method }) => method === how)),
      ];
      const receiver = await Crm.open();
      for (const sample of new Set(samples.filter((seen) => seen !== undefined))) {
        expect(await resendByCurl(sample, receiver.url(''))).toBe(200);
        const arrived = receiver.requests.at(-1);
        expect([arrived?.method, arrived?.path, arrived?.body]).toEqual([
          sample.method,
          sample.path,
          sample.body,
        ]);
        const {
          host: _,
          connection: __,
          'transfer-encoding': ___,
          'content-length': length,
          ...ours
        } = sample.headers;
        expect(arrived?.headers).toMatchObject(ours);
        if (sample.body !== '') expect(Number(length)).toBe(Buffer.byteLength(sample.body));
      }
      await receiver.stop();
    },
  );

  withProgram('python3')(
    'a CDR that Python refuses, or answers with a fault, is not taken for delivered',
    async () => {
      const tenantId = await makeTenant(chain.sql, 'Refused');
      const connection = await makeConnection(chain.sql, tenantId);
      const server = (name: 'refuses' | 'faults') =>
        makeEndpoint(chain.sql, tenantId, {
          url: python?.url(name) ?? '',
          format: 'voicenter',
          formatSettings: { encoding: 'xmlrpc' },
        });
      const endpoints = [await server('refuses'), await server('faults')];
      const pbx = new Pbx(() => chain.process('ingress').url(connection.path));
      const message = cdr();
      await pbx.send(String(message['ivruniqueid']), jsonMessage(message));
      await pbx.close();
      const attempts = await until('both to have refused', async () => {
        const rows = await chain.sql.rows(
          `SELECT a.outcome, a.status, a.response_body AS answer FROM attempt a
         JOIN unnest($1::uuid[]) WITH ORDINALITY AS e (id, place) ON e.id = a.endpoint_id ORDER BY e.place`,
          [endpoints.map(({ id }) => id)],
        );
        return rows.length === 2 ? rows : undefined;
      });
      const answer = (part: string) => expect.stringContaining(part) as unknown;
      expect(attempts).toEqual([
        { outcome: 'refused', status: 200, answer: answer('Customer &lt;code&gt; exception') },
        { outcome: 'refused', status: 200, answer: answer('<name>faultString</name>') },
      ]);
    },
  );
});

/** Map.groupBy came with Node 21. */
function groupedBy<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

function sorted(facts: readonly object[]): string {
  return facts
    .map((one) => JSON.stringify(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))))
    .sort()
    .join();
}

function everyScenario(
  vendor: Vendor,
  baseUrl: string,
  seed: number,
): { call: CallToPlay & { call: PlannedCall }; truth: Truth | undefined }[] {
  const random = seededRandom(1_000 + seed);
  const office = makeOffice(random, customerNumber);
  const wall = localClock(office.timeZone);
  const routes = dialectNamed(vendor)?.routes ?? [];
  return SCENARIO_NAMES.map((name) => {
    const script = scenarioScript(name, new Cast(office, random));
    const startedAt = instant(Date.now() - script.until * 1_000);
    const callSeed = Math.floor(random() * 2 ** 32);
    const call = planCall(vendor, script, { startedAt, wall, seed: callSeed, routes });
    const [part] = script.parts;
    const talkSeconds = part?.answered == null ? 0 : part.until - part.answered;
    const truth = SIMPLE.includes(name) ? { startedAt, talkSeconds } : undefined;
    return { call: { call, baseUrl, startsMs: 0 }, truth };
  });
}
