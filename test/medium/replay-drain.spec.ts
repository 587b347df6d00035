import type { CallId, TenantId } from '#domain';
import { EnrichmentStore, dueMailboxes } from '#db';
import { newId } from '#platform';
import { oweDeliveries, oweDelivery, type DeliveryTraits } from '../builders/delivery.js';
import { makeCall } from '../builders/history.js';
import { ReplayRig } from '../harness/replay-rig.js';
import { makeConnection, makeEndpoint, makeTenant, type EndpointTraits } from '../harness/tenant.js';
import '../harness/until.js';
import { openWorld, type World } from '../harness/world.js';

const URL = 'http://crm.invalid/';

describe('a replay', () => {
  let world: World;
  let rig: ReplayRig;
  let tenantId: TenantId;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    rig = new ReplayRig(world);
    tenantId = await makeTenant(world.sql);
  });

  const endpointOf = (traits: Partial<EndpointTraits> = {}, tenant = tenantId) =>
    makeEndpoint(world.sql, tenant, { url: URL, ...traits });
  const many = (count: number, traits: DeliveryTraits = {}) => Array.from({ length: count }, () => traits);

  describe('of 3,000 events, a third of which are dead', () => {
    /** Delivered, dead and due ones in turns, and another tenant's dead ones between them. */
    async function log() {
      const endpoint = await endpointOf();
      const stranger = await endpointOf({}, await makeTenant(world.sql, 'Stranger'));
      const dead: string[] = [];
      for (let round = 0; round < 10; round += 1) {
        await oweDeliveries(world.sql, stranger, many(20, { state: 'dead' }));
        await oweDeliveries(world.sql, endpoint, many(100, { state: 'delivered' }));
        await oweDeliveries(world.sql, endpoint, many(100));
        const owed = await oweDeliveries(world.sql, endpoint, many(100, { state: 'dead' }));
        dead.push(...owed.map(({ eventId }) => eventId));
      }
      return { endpoint, dead };
    }

    it.each([
      ['before its batch was written', async () => Promise.reject(new Error('killed'))],
      [
        'after its batch was written, before it heard of that',
        async (write: () => Promise<boolean>) => {
          await write();
          throw new Error('killed');
        },
      ],
    ] as const)(
      'is carried on by another when the first is killed %s: each once, and none of the others',
      async (_when, dying) => {
        const { dead } = await log();
        const replay = await rig.order(tenantId, { status: 'dead' });
        const { store } = rig;
        for (const batches of [1, 2]) {
          let written = 0;
          await rig.drainAndDie(replay, {
            context: (id) => store.context(id),
            events: (...ask) => store.events(...ask),
            releaseHeld: (...ask) => store.releaseHeld(...ask),
            skip: (...ask) => store.skip(...ask),
            write: (...what) => {
              written += 1;
              return written === batches ? dying(() => store.write(...what)) : store.write(...what);
            },
          });
        }
        expect((await rig.made(replay)).length).toBeLessThan(dead.length);
        expect(await dueMailboxes(world.hot, 'replay')).toContain(replay);
        await rig.drain(replay);
        expect((await rig.made(replay)).map(({ eventId }) => eventId)).toEqual(dead);
        expect(await rig.seen(replay)).toEqual({ state: 'done', queued: dead.length, reason: null });
        expect(await dueMailboxes(world.hot, 'replay')).not.toContain(replay);
      },
    );

    it('makes nothing under a lease that was lost, although the replay still runs', async () => {
      const { dead } = await log();
      const replay = await rig.order(tenantId, { status: 'dead' }, 600);
      const { store } = rig;
      let overtaken = false;
      await rig.drainAndDie(replay, {
        context: (id) => store.context(id),
        events: (...ask) => store.events(...ask),
        releaseHeld: (...ask) => store.releaseHeld(...ask),
        skip: (...ask) => store.skip(...ask),
        write: async (...what) => {
          if (!overtaken) {
            overtaken = true;
            await rig.runOut(replay);
            await rig.drain(replay);
          }
          return store.write(...what);
        },
      });
      expect((await rig.made(replay)).map(({ eventId }) => eventId)).toEqual(dead.slice(0, 30));
      expect(await rig.seen(replay)).toMatchObject({ state: 'running', queued: 30 });
    });
  });

  it('makes new deliveries with a whole schedule before them, in the order of the events, and rings', async () => {
    const endpoint = await endpointOf();
    const [first, second] = await oweDeliveries(world.sql, endpoint, many(2, { state: 'dead' }));
    await world.sql.rows(`UPDATE delivery SET attempt_count = 12 WHERE endpoint_id = $1`, [endpoint.id]);
    const replay = await rig.order(tenantId);
    await rig.drain(replay);
    const rows = await world.sql.rows(
      `SELECT event_id, call_id, sequence, state, attempt_count, reason FROM delivery WHERE replay_id = $1 ORDER BY id`,
      [replay],
    );
    expect(rows).toEqual(
      [first, second].map((owed) => ({
        event_id: owed?.eventId,
        call_id: owed?.callId,
        sequence: 1,
        state: 'due',
        attempt_count: 0,
        reason: null,
      })),
    );
    expect(rig.rings).toEqual([endpoint.id]);
  });

  it('sends what a new endpoint missed, as far as it asks for it', async () => {
    const old = await endpointOf();
    const owed = await oweDeliveries(world.sql, old, [
      { state: 'delivered' },
      { state: 'delivered', eventType: 'call.ringing' },
      {},
    ]);
    const fresh = await endpointOf({ eventTypes: ['call.ended'] });
    const replay = await rig.order(tenantId, { status: 'never', endpointIds: [fresh.id] });
    await rig.drain(replay);
    expect(await rig.made(replay)).toEqual(
      [owed[0], owed[2]].map((one) => ({
        eventId: one?.eventId,
        endpointId: fresh.id,
        state: 'due',
        reason: null,
      })),
    );
    const again = await rig.order(tenantId, { status: 'never', endpointIds: [fresh.id] });
    await rig.drain(again);
    expect(await rig.made(again)).toEqual([]);
  });

  it('goes by what became of an event last: what a replay delivered is not dead any more', async () => {
    const endpoint = await endpointOf();
    await oweDeliveries(world.sql, endpoint, many(3, { state: 'dead' }));
    const first = await rig.order(tenantId, { status: 'dead' });
    await rig.drain(first);
    await world.sql.rows(`UPDATE delivery SET state = 'delivered' WHERE replay_id = $1`, [first]);
    const second = await rig.order(tenantId, { status: 'dead' });
    await rig.drain(second);
    expect(await rig.made(second)).toEqual([]);
  });

  it('sends what is about no call once more, and no tests', async () => {
    const endpoint = await endpointOf({ eventTypes: ['endpoint.*', 'call.*'] });
    const fresh = await endpointOf({ eventTypes: ['endpoint.*'], filter: { directions: ['inbound'] } });
    const owed = await oweDeliveries(world.sql, endpoint, [
      { state: 'dead', eventType: 'endpoint.disabled', payload: { reason: 'gone' } },
      { state: 'delivered', eventType: 'endpoint.failing', payload: { reason: 'failing' } },
      { state: 'dead', eventType: 'endpoint.test', payload: { test: true } },
      { state: 'dead', eventType: 'endpoint.disabled', payload: { test: true } },
      { state: 'dead', eventType: 'call.ended', payload: { test: true } },
    ]);
    const events = owed.map(({ eventId }) => eventId);
    await world.sql.rows(`UPDATE call_event SET call_id = NULL WHERE id = ANY($1)`, [events]);
    await world.sql.rows(`UPDATE delivery SET call_id = NULL WHERE event_id = ANY($1)`, [events]);
    const dead = await rig.order(tenantId, { status: 'dead' });
    await rig.drain(dead);
    const due = { state: 'due', reason: null };
    expect(await rig.made(dead)).toEqual([{ ...due, eventId: events[0], endpointId: endpoint.id }]);
    const missed = await rig.order(tenantId, { status: 'never', endpointIds: [fresh.id] });
    await rig.drain(missed);
    expect(await rig.made(missed)).toEqual(
      events.slice(0, 2).map((eventId) => ({ ...due, eventId, endpointId: fresh.id })),
    );
    const again = await rig.order(tenantId, { status: 'dead' });
    await rig.drain(again);
    expect(await rig.made(again)).toEqual([]);
  });

  it('finds events by the number and by the call', async () => {
    const endpoint = await endpointOf();
    const connection = await makeConnection(world.sql, tenantId);
    const call = (customerNumber: string): Promise<CallId> =>
      makeCall(world.sql, connection, { customerNumber });
    const [ours, other] = [await call('+972502345678'), await call('+972509999999')];
    const [wanted, unwanted] = await oweDeliveries(world.sql, endpoint, [
      { callId: ours, state: 'dead' },
      { callId: other, state: 'dead' },
    ]);
    const byNumber = await rig.order(tenantId, { number: '2345678' });
    await rig.drain(byNumber);
    expect((await rig.made(byNumber)).map(({ eventId }) => eventId)).toEqual([wanted?.eventId]);
    const byCall = await rig.order(tenantId, { callId: other });
    await rig.drain(byCall);
    expect((await rig.made(byCall)).map(({ eventId }) => eventId)).toEqual([unwanted?.eventId]);
  });

  it('makes no more than its rate lets it, over all of its drains', async () => {
    const endpoint = await endpointOf();
    await oweDeliveries(world.sql, endpoint, many(700, { state: 'dead' }));
    const replay = await rig.order(tenantId, {}, 600);
    const counts: number[] = [];
    const minuteIsOver = rig.clock.now() + 60_000;
    while (rig.clock.now() < minuteIsOver) {
      await rig.drain(replay);
      counts.push((await rig.made(replay)).length);
      await rig.pass(replay, 1_000);
    }
    expect(counts[0]).toBe(30);
    expect(counts.at(-1)).toBeLessThanOrEqual(600);
    expect(counts.at(-1)).toBeGreaterThan(550);
    expect((await rig.seen(replay)).state).toBe('running');
  });

  it('holds what it makes for an endpoint that is paused', async () => {
    const endpoint = await endpointOf({ state: 'paused' });
    await oweDelivery(world.sql, endpoint, { state: 'dead' });
    const replay = await rig.order(tenantId);
    await rig.drain(replay);
    expect(await rig.made(replay)).toMatchObject([{ state: 'held', reason: 'endpoint paused' }]);
  });

  it('skips what nobody tried yet when it is cancelled, and makes no more', async () => {
    const endpoint = await endpointOf();
    await oweDeliveries(world.sql, endpoint, many(40, { state: 'dead' }));
    const replay = await rig.order(tenantId, {}, 600);
    await rig.drain(replay);
    await world.sql.rows(
      `UPDATE delivery SET first_tried_at = now(), attempt_count = 1 WHERE id = (SELECT min(id::text)::uuid FROM delivery WHERE replay_id = $1)`,
      [replay],
    );
    await world.sql.rows(`UPDATE replay SET state = 'cancelling' WHERE id = $1`, [replay]);
    await rig.pass(replay, 5_000);
    await rig.drain(replay);
    const made = await rig.made(replay);
    expect(made.map(({ state }) => state)).toEqual(['due', ...Array.from({ length: 29 }, () => 'skipped')]);
    expect(made[1]?.reason).toBe('replay cancelled');
    expect((await rig.seen(replay)).state).toBe('cancelled');
    await rig.pass(replay, 60_000);
    await rig.drain(replay);
    expect(await rig.made(replay)).toHaveLength(30);
  });

  it('makes nothing of a batch that was read before it was cancelled', async () => {
    await oweDeliveries(world.sql, await endpointOf(), many(3, { state: 'dead' }));
    const replay = await rig.order(tenantId);
    const { store } = rig;
    await rig.drainAndDie(replay, {
      context: (id) => store.context(id),
      events: (...ask) => store.events(...ask),
      releaseHeld: (...ask) => store.releaseHeld(...ask),
      skip: (...ask) => store.skip(...ask),
      write: async (...what) => {
        await world.sql.rows(`UPDATE replay SET state = 'cancelling' WHERE id = $1`, [replay]);
        return store.write(...what);
      },
    });
    expect(await rig.made(replay)).toEqual([]);
  });

  it('leaves an enrichment that was to hold a delivery no room to do so after the endpoint was enabled', async () => {
    const connection = await makeConnection(world.sql, tenantId);
    const [enabled, paused] = [await endpointOf(), await endpointOf({ state: 'paused' })];
    await world.sql.rows(`INSERT INTO mailbox VALUES ('connection', $1, 1, NULL, now(), now())`, [
      connection.id,
    ]);
    const event = {
      id: newId<never>(),
      callId: newId<never>(),
      receiptId: null,
      type: 'call.ended',
      sequence: 1,
    };
    const deliveryTo = (endpoint: { id: never }) => ({
      id: newId<never>(),
      endpointId: endpoint.id,
      eventId: event.id,
      callId: event.callId,
      eventType: event.type,
      sequence: 1,
      heldReason: 'endpoint disabled',
    });
    await new EnrichmentStore(world.hot).write({
      tenantId,
      connectionId: connection.id,
      fence: '1',
      receipts: [],
      calls: [],
      events: [{ ...event, occurredAt: rig.clock.now(), data: {} }],
      deliveries: [deliveryTo(enabled as never), deliveryTo(paused as never)],
    });
    expect(
      await world.sql.rows(
        `SELECT endpoint_id, state, reason FROM delivery WHERE event_id = $1 ORDER BY state`,
        [event.id],
      ),
    ).toEqual([
      { endpoint_id: enabled.id, state: 'due', reason: null },
      { endpoint_id: paused.id, state: 'held', reason: 'endpoint paused' },
    ]);
  });
});
