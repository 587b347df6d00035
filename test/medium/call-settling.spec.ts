import { instant, normaliseLeg, type LegReport } from '#domain';
import {
  ContactLookup,
  EnrichmentStore,
  Lateness,
  MailboxLeaseBook,
  ReceiptInbox,
  dueMailboxes,
  type FirstOfConnection,
  type Enrichment,
} from '#db';
import { newId, systemClock } from '#platform';
import { LEASE_MS, Slice } from '#queues';
import { DrainConnection } from '../../apps/enricher/drain-connection.js';
import { planEnrichment } from '../../apps/enricher/plan-enrichment.js';
import { cdr } from '../builders/cdr.js';
import { legReport } from '../builders/leg-report.js';
import { receipt } from '../builders/receipt.js';
import { makeConnection, makeEndpoint, makeTenant, type TestConnection } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const IDS = { call: newId, event: newId, delivery: newId } as never;

let world: World;
let store: EnrichmentStore;
let inbox: ReceiptInbox;
let leases: MailboxLeaseBook;
let enricher: DrainConnection;
let rings: string[];

beforeAll(async () => {
  world = await openWorld();
  store = new EnrichmentStore(world.hot);
  inbox = new ReceiptInbox(world.hot);
  leases = new MailboxLeaseBook(world.hot, LEASE_MS, () => Date.now());
  enricher = new DrainConnection({
    store,
    contacts: new ContactLookup(world.hot),
    asker: { ask: () => Promise.resolve('lost') },
    ringer: { ring: (_, mailboxes) => rings.push(...mailboxes) },
    liveBell: { ring: () => undefined, ringDeliveries: () => undefined },
    metrics: world.metrics,
    log: world.log,
    clock: systemClock,
    lateness: new Lateness(),
    ids: IDS,
    linkTo: () => '',
  });
});
afterAll(() => world.close());
beforeEach(() => (rings = []));

async function office(
  settings = {},
  dialect = 'voicenter',
): Promise<{ connection: TestConnection; endpointId: string }> {
  const tenantId = await makeTenant(world.sql);
  const endpoint = await makeEndpoint(world.sql, tenantId, { url: 'https://crm.example/hook' });
  return {
    connection: await makeConnection(world.sql, tenantId, { settings, dialect }),
    endpointId: endpoint.id,
  };
}

const agentLeg = { ivruniqueid: 'c2c', type: 'Click2Call leg1' };
const customerLeg = { ivruniqueid: 'c2c', type: 'Click2Call leg2', record: 'https://pbx.example/1.mp3' };

/** A webhook with a CDR that came some time ago. */
async function send(connection: TestConnection, fields: object, agoMs = 0): Promise<void> {
  await inbox.keep(
    receipt(connection, { body: cdr({ ...fields }), receivedAt: instant(Date.now() - agoMs) }),
  );
}

/** A message of a running call that came some time ago, as a dialect without times reads it. */
async function hear(connection: TestConnection, fields: Partial<LegReport>, agoMs: number): Promise<void> {
  await send(connection, {}, agoMs);
  await underLease(connection, async (fence, lease) => {
    const report = legReport(fields);
    const { context, receipts } = (await lease.first) as FirstOfConnection;
    const [came] = receipts;
    const known = await store.callsOf(connection.id, [report.vendorCallId]);
    if (!context || !came) throw new Error('unreachable');
    const leg = normaliseLeg(report, context, came.receivedAt);
    const read = [{ receipt: came, ok: true as const, legs: [{ vendorCallId: report.vendorCallId, leg }] }];
    expect(
      await store.write(
        planEnrichment({ context, fence, read, known, matches: new Map(), ids: IDS, linkTo: () => '' }),
      ),
    ).toMatchObject({ kept: true });
  });
}

/** As a ring is answered: where nothing is due, not at all. */
async function drain(connection: TestConnection): Promise<void> {
  const [lease] = await leases.take('connection', [connection.id]);
  if (!lease) return;
  const leaving = await enricher.drain(lease, new Slice(systemClock));
  expect(leaving).toMatchObject({ more: false });
  if (!leaving.givenBack) await leases.release(lease, leaving);
}

type Held = Awaited<ReturnType<MailboxLeaseBook['take']>>[number];

async function underLease(
  { id }: TestConnection,
  work: (fence: string, lease: Held) => Promise<void>,
): Promise<void> {
  const [lease] = await leases.take('connection', [id]);
  if (!lease) throw new Error('the lease was not to be had');
  await work(lease.fence, lease);
  await leases.release(lease, {});
}

interface EventRow {
  type: string;
  sequence: number;
  receipt_id: string | null;
  occurred_at: Date;
  payload: { state: string; result: string; endedAt: string | null; recordings: unknown[]; legs: unknown[] };
}

const eventsOf = (connection: TestConnection) =>
  world.sql.rows<EventRow>(
    `SELECT e.type, e.sequence, e.receipt_id, e.occurred_at, e.payload FROM call_event e JOIN call c ON c.id = e.call_id
     WHERE c.connection_id = $1 ORDER BY e.id`,
    [connection.id],
  );
const typesOf = async (connection: TestConnection) => (await eventsOf(connection)).map(({ type }) => type);
const settleAts = async (connection: TestConnection) =>
  (
    await world.sql.rows<{ ms: string | null }>(
      `SELECT extract(epoch FROM settle_at - now()) * 1000 AS ms FROM call WHERE connection_id = $1`,
      [connection.id],
    )
  ).map(({ ms }) => (ms === null ? null : Number(ms)));
const isDue = async (connection: TestConnection) =>
  (await dueMailboxes(world.hot, 'connection')).includes(connection.id);

describe('a call of two legs', () => {
  it.each([
    ['the agent first', [agentLeg, customerLeg]],
    ['the customer first', [customerLeg, agentLeg]],
  ])('is told once and complete, %s', async (_, [first, second]) => {
    const { connection } = await office();
    await send(connection, first ?? {});
    await drain(connection);
    expect(await typesOf(connection)).toEqual([]);
    const [waits] = await settleAts(connection);
    expect(waits).toBeGreaterThan(10 * SECOND);
    expect(waits).toBeLessThanOrEqual(20 * SECOND);
    expect(await isDue(connection)).toBe(false);
    await send(connection, second ?? {});
    await drain(connection);
    const [event, ...more] = await eventsOf(connection);
    expect(more).toEqual([]);
    expect(event).toMatchObject({ type: 'call.ended', sequence: 1 });
    expect(event?.payload.legs).toHaveLength(2);
    expect(event?.payload.recordings).toHaveLength(1);
    expect(await settleAts(connection)).toEqual([null]);
  });

  it('is told with what is known when the other leg does not come, and the sweeper sees to it', async () => {
    const { connection, endpointId } = await office();
    await send(connection, agentLeg, 19 * SECOND);
    await drain(connection);
    expect(await isDue(connection)).toBe(false);
    await world.sql.rows(`UPDATE call SET settle_at = now() - interval '1 s' WHERE connection_id = $1`, [
      connection.id,
    ]);
    expect(await isDue(connection)).toBe(true);
    await drain(connection);
    expect(await eventsOf(connection)).toMatchObject([{ type: 'call.ended', sequence: 1, receipt_id: null }]);
    expect(rings).toContain(endpointId);
    expect(await isDue(connection)).toBe(false);
    await send(connection, customerLeg);
    await drain(connection);
    expect(await eventsOf(connection)).toMatchObject([
      { type: 'call.ended', sequence: 1 },
      { type: 'call.updated', sequence: 2, payload: { state: 'ended' } },
    ]);
  });

  it('is not told too early when we come late: the other leg may be in the mailbox', async () => {
    const { connection } = await office();
    await send(connection, agentLeg, HOUR);
    await drain(connection);
    await send(connection, customerLeg, HOUR);
    await drain(connection);
    const [event, ...more] = await eventsOf(connection);
    expect([event?.type, event?.payload.legs.length, more]).toEqual(['call.ended', 2, []]);
  });
});

describe('a call whose end is never heard of', () => {
  it('is closed after the longest call time: nobody knows what became of it', async () => {
    const { connection } = await office();
    await hear(connection, {}, 4 * HOUR - 60 * SECOND);
    await drain(connection);
    expect(await typesOf(connection)).toEqual(['call.ringing']);
    expect(await isDue(connection)).toBe(false);
    const { connection: silent } = await office();
    await hear(silent, {}, 4 * HOUR + SECOND);
    expect(await isDue(silent)).toBe(true);
    await drain(silent);
    expect(await eventsOf(silent)).toMatchObject([
      { type: 'call.ringing', sequence: 1, payload: { state: 'ringing' } },
      { type: 'call.ended', sequence: 2, payload: { state: 'ended', result: 'unknown', endedAt: null } },
    ]);
    expect(await isDue(silent)).toBe(false);
  });

  it("is closed after the connection's own longest call time", async () => {
    const { connection } = await office({ maxCallSeconds: 600 });
    await hear(connection, { phase: 'answered' }, 601 * SECOND);
    await drain(connection);
    expect(await eventsOf(connection)).toMatchObject([
      { type: 'call.answered' },
      { type: 'call.ended', payload: { result: 'answered' } },
    ]);
  });
});

describe('a call told step by step', () => {
  it('keeps what was told: each phone rings, it is answered and ends once', async () => {
    const { connection } = await office();
    const vendorCallId = 'steps';
    await hear(connection, { vendorCallId }, 90 * SECOND);
    await hear(connection, { vendorCallId, leg: 'x102', extension: '102' }, 89 * SECOND);
    await hear(connection, { vendorCallId, phase: 'answered' }, 80 * SECOND);
    await hear(connection, { vendorCallId, phase: 'ringing' }, 79 * SECOND);
    await send(connection, { ivruniqueid: vendorCallId });
    await drain(connection);
    await send(connection, { ivruniqueid: vendorCallId });
    await drain(connection);
    const events = await eventsOf(connection);
    expect(events.map(({ type, sequence }) => [type, sequence])).toEqual([
      ['call.ringing', 1],
      ['call.ringing', 2],
      ['call.answered', 3],
      ['call.ended', 4],
    ]);
    expect(await settleAts(connection)).toEqual([null]);
  });

  it('is missed when nobody answers, at the same time as it ends', async () => {
    const { connection } = await office();
    await send(connection, { status: 'NOANSWER', duration: 0 });
    await drain(connection);
    const [ended, missed] = await eventsOf(connection);
    expect([ended?.type, missed?.type]).toEqual(['call.ended', 'call.missed']);
    expect(missed?.occurred_at).toEqual(ended?.occurred_at);
  });
});

describe('a PBX that sends no CDR', () => {
  const hangup = { phase: 'ended', result: 'answered', leg: 'a@101' } as const;

  it('has the end of a call told a moment after the one who took it hung up', async () => {
    const { connection } = await office({}, 'voipnow');
    await hear(connection, hangup, 0);
    const [wait = 0] = await settleAts(connection);
    expect(wait).toBeLessThanOrEqual(3 * SECOND);
    expect(wait).toBeGreaterThan(0);
  });

  it('waits as ever for the next phone of a group that did not answer', async () => {
    const { connection } = await office({}, 'voipnow');
    await hear(connection, { ...hangup, result: 'missed' }, 0);
    expect((await settleAts(connection))[0]).toBeGreaterThan(10 * SECOND);
  });
});

describe('the end of a call as a whole', () => {
  it('ends it though its time cannot be read and an extension still seems to ring', async () => {
    const { connection } = await office({}, 'globalex');
    const tell = (route: string, fields: object) =>
      inbox.keep(receipt(connection, { route, body: { callid: 'g', caller: '0501234567', ...fields } }));
    await tell('incoming', { ext: '101' });
    await tell('end', { ivruniqueid: 'g', time: 'yesterday', status: 'NO ANSWER', duration: 20 });
    await drain(connection);
    expect(await typesOf(connection)).toEqual(['call.ringing', 'call.ended', 'call.missed']);
    expect(await settleAts(connection)).toEqual([null]);
  });

  it('is not undone by a message that the PBX repeats later', async () => {
    const { connection } = await office();
    const whole = { leg: 'only', vendorCallId: 'v-1' } as const;
    await hear(connection, { ...whole, phase: 'ended', result: 'missed' }, 60 * SECOND);
    await hear(connection, whole, 10 * SECOND);
    expect(await typesOf(connection)).toEqual(['call.ended', 'call.missed']);
  });
});

describe('a call whose end cannot be told', () => {
  it('holds nobody up, and is asked for ever more seldom', async () => {
    const { connection } = await office();
    await send(connection, { ...agentLeg, ivruniqueid: 'bad' }, 19 * SECOND);
    await send(connection, { ...agentLeg, ivruniqueid: 'good' }, 19 * SECOND);
    await drain(connection);
    const overdue = `UPDATE call SET settle_at = now() - interval '1 s', updated_at = now() - interval '90 s' WHERE connection_id = $1`;
    await world.sql.rows(overdue, [connection.id]);
    const failing = new DrainConnection({
      store: Object.assign(Object.create(store) as EnrichmentStore, {
        write: (plan: Enrichment) => {
          if (plan.calls.some(({ call }) => call.vendorCallId === 'bad')) throw new Error('not this one');
          return store.write(plan);
        },
      }),
      contacts: new ContactLookup(world.hot),
      asker: { ask: () => Promise.resolve('lost') },
      ringer: { ring: () => undefined },
      liveBell: { ring: () => undefined, ringDeliveries: () => undefined },
      metrics: world.metrics,
      log: world.log,
      clock: systemClock,
      lateness: new Lateness(),
      linkTo: () => '',
      ids: IDS,
    });
    await underLease(connection, async (_, lease) => {
      expect(await failing.drain(lease, new Slice(systemClock))).toMatchObject({ more: false });
    });
    expect((await eventsOf(connection)).map(({ type }) => type)).toEqual(['call.ended']);
    expect(await isDue(connection)).toBe(false);
    const waits = (await settleAts(connection)).filter((ms) => ms !== null);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThan(80 * SECOND);
    expect(waits[0]).toBeLessThan(100 * SECOND);

    await world.sql.rows(overdue, [connection.id]);
    await drain(connection);
    expect(await typesOf(connection)).toEqual(['call.ended', 'call.ended']);
  });
});

describe('the statements', () => {
  it('find what has to be settled by the partial index', async () => {
    const client = await world.hot.pool.connect();
    try {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN SELECT id FROM call WHERE connection_id = $1 AND settle_at <= now() ORDER BY settle_at LIMIT 200`,
        [newId()],
      );
      expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('call_settling_idx');
    } finally {
      client.release();
    }
  });
});

describe('a PBX that repeats itself', () => {
  const event = (connection: TestConnection, route: string, fields: object, agoMs: number) => {
    const body = {
      CallID: 'c1',
      CallAPIID: 'a1',
      CallerIDNum: '0722776772',
      CalledExtension: '0003*101',
      ...fields,
    };
    return inbox.keep(receipt(connection, { route, body, receivedAt: instant(Date.now() - agoMs) }));
  };
  const popup = (connection: TestConnection, fields: object, agoMs: number) => {
    const body = { ivrid: 'v-1', phone: '972722776772', extenUser: '101', ...fields };
    return inbox.keep(receipt(connection, { route: 'popup', body, receivedAt: instant(Date.now() - agoMs) }));
  };
  /** What has to be closed is seen by the drain that follows. */
  const drainAndSettle = async (connection: TestConnection) => {
    await drain(connection);
    await drain(connection);
  };
  const resultsOf = async (connection: TestConnection) =>
    (await eventsOf(connection)).map(({ type, payload }) => `${type} ${payload.result}`);
  const MISSED = ['call.ringing unknown', 'call.ended missed', 'call.missed missed'];

  it.each([2, 5, 10, 19])(
    'tells a missed call as missed, with its Dial-In again %i s after the end',
    async (after) => {
      const { connection } = await office({}, 'voipnow');
      const end = 60 * SECOND;
      await event(connection, 'dial-in', { CallStatus: 'CALLING' }, end + 15 * SECOND);
      await event(connection, 'hangup', { CallStatus: 'NOANSWER' }, end);
      await event(connection, 'dial-in', { CallStatus: 'CALLING' }, end - after * SECOND);
      await drainAndSettle(connection);
      expect(await resultsOf(connection)).toEqual(MISSED);
      expect(await settleAts(connection)).toEqual([null]);
      await event(connection, 'dial-in', { CallStatus: 'CALLING' }, 0);
      await event(connection, 'hangup', { CallStatus: 'NOANSWER' }, 0);
      await drain(connection);
      expect(await resultsOf(connection)).toEqual(MISSED);
    },
  );

  it('tells of a popup that comes again after the end, and after the CDR, nothing', async () => {
    const { connection } = await office();
    await popup(connection, { status: 'Ringing' }, 300 * SECOND);
    await popup(connection, { status: 'Hangup' }, 280 * SECOND);
    await popup(connection, { status: 'Ringing' }, 270 * SECOND);
    await drainAndSettle(connection);
    expect(await resultsOf(connection)).toEqual(MISSED);
    const { connection: other } = await office();
    await popup(other, { status: 'Ringing' }, 90 * SECOND);
    await popup(other, { status: 'Talking' }, 80 * SECOND);
    await popup(other, { status: 'Hangup' }, 20 * SECOND);
    await send(other, { ivruniqueid: 'v-1', caller: '0722776772', status: 'ANSWER' });
    await drain(other);
    const told = ['call.ringing unknown', 'call.answered answered', 'call.ended answered'];
    expect(await resultsOf(other)).toEqual(told);
    for (const status of ['Ringing', 'Talking', 'Hangup']) await popup(other, { status }, 0);
    await drain(other);
    expect(await resultsOf(other)).toEqual(told);
  });

  it('tells of each phone of a ring group once, and of none after the answer', async () => {
    const { connection } = await office();
    for (const extenUser of ['EXT1', 'EXT2', 'EXT3', 'EXT1', 'EXT2']) {
      await popup(connection, { status: 'Ringing', extenUser }, 30 * SECOND);
    }
    await popup(connection, { status: 'Talking', extenUser: 'EXT2' }, 20 * SECOND);
    await popup(connection, { status: 'Ringing', extenUser: 'EXT4' }, 19 * SECOND);
    await drain(connection);
    const told = (await eventsOf(connection)).map(({ type, sequence, payload }) => {
      const { ringing, rang } = payload as {
        ringing?: { extension: string; first: boolean };
        rang?: string[];
      };
      return [type, sequence, ringing?.extension ?? null, ringing?.first ?? null, rang];
    });
    expect(told).toEqual([
      ['call.ringing', 1, 'EXT1', true, ['EXT1']],
      ['call.ringing', 2, 'EXT2', false, ['EXT1', 'EXT2']],
      ['call.ringing', 3, 'EXT3', false, ['EXT1', 'EXT2', 'EXT3']],
      ['call.answered', 4, null, null, ['EXT1', 'EXT2', 'EXT3']],
    ]);
  });
});

describe('an id that comes again', () => {
  const DAY = 24 * HOUR;
  const cdrOf = (caller: string, agoMs: number, more: object = {}) => ({
    ivruniqueid: 'v-1',
    caller,
    status: 'ANSWER',
    time: Math.floor((Date.now() - agoMs) / SECOND) + 2 * 3600,
    ...more,
  });
  const callsOf = (connection: TestConnection) =>
    world.sql.rows<{ customer_number: string; occurrence: number; sequence: number }>(
      `SELECT customer_number, occurrence, sequence FROM call WHERE connection_id = $1 ORDER BY occurrence`,
      [connection.id],
    );

  it('for another caller is of a new call, and what comes late of the old one goes there', async () => {
    const { connection } = await office();
    const first = cdrOf('0722776772', 2 * DAY);
    await send(connection, first, 2 * DAY);
    await drain(connection);
    const second = cdrOf('0722776773', 5 * 60 * SECOND);
    await send(connection, second);
    await drain(connection);
    const both = [
      { customer_number: '+972722776772', occurrence: 0, sequence: 1 },
      { customer_number: '+972722776773', occurrence: 1, sequence: 1 },
    ];
    expect(await callsOf(connection)).toEqual(both);
    await send(connection, first);
    await send(connection, second);
    await drain(connection);
    expect(await callsOf(connection)).toEqual(both);
    await send(connection, { ...first, record: 'https://pbx.example/1.mp3' });
    await drain(connection);
    expect((await callsOf(connection)).map(({ sequence }) => sequence)).toEqual([2, 1]);
    expect(await typesOf(connection)).toEqual(['call.ended', 'call.ended', 'call.updated']);
  });
});
