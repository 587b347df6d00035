import type { CallId, TenantId } from '#domain';
import { DeliveryStore } from '#db';
import { newId } from '#platform';
import { oweDeliveries, oweDelivery } from '../builders/delivery.js';
import { Crm, type Answer } from '../harness/crm.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { makeEndpoint, makeTenant, type EndpointTraits, type TestEndpoint } from '../harness/tenant.js';
import { until } from '../harness/until.js';
import { openWorld, type World } from '../harness/world.js';

const MINUTE = 60_000;

describe('the forwarder’s drain', () => {
  let world: World;
  let rig: ForwarderRig;
  let crm: Crm;
  let tenantId: TenantId;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    rig = new ForwarderRig(world);
    crm = await Crm.open();
    tenantId = await makeTenant(world.sql);
  });
  afterEach(async () => {
    rig.close();
    await crm.stop();
  });

  const endpointAt = (traits: Partial<EndpointTraits> = {}): Promise<TestEndpoint> =>
    makeEndpoint(world.sql, tenantId, { url: crm.url(), ...traits });
  const states = async (endpoint: TestEndpoint) => (await rig.deliveries(endpoint)).map(({ state }) => state);
  const stateOf = (endpoint: TestEndpoint) =>
    world.sql.row(`SELECT state, state_reason AS reason FROM endpoint WHERE id = $1`, [endpoint.id]);

  it('sends each event once, signed, with our headers and the stored data, and records it', async () => {
    const endpoint = await endpointAt();
    const owed = await oweDeliveries(world.sql, endpoint, [{}, {}, {}]);
    expect(await rig.drain(endpoint)).toMatchObject({ more: false });
    crm.verify(endpoint.secret);
    expect(crm.requests.map(({ headers }) => headers['webhook-id']).sort()).toEqual(
      owed.map(({ id }) => id).sort(),
    );
    expect(crm.requests[0]?.event).toMatchObject({ type: 'call.ended', sequence: 1 });
    expect(await states(endpoint)).toEqual(['delivered', 'delivered', 'delivered']);
    await rig.drain(endpoint);
    expect(crm.requests).toHaveLength(3);
  });

  it('keeps what it sent for the log, without credentials, and the status of the last answer', async () => {
    const endpoint = await endpointAt({ url: crm.url('/hook?a=1&token=s3cret') });
    const owed = await oweDelivery(world.sql, endpoint);
    crm.play({ answers: [503] });
    await rig.drain(endpoint);
    const [kept] = await world.sql.rows<{ headers: Record<string, string> }>(
      `SELECT request_method AS method, request_url AS url, request_headers AS headers FROM attempt WHERE delivery_id = $1`,
      [owed.id],
    );
    expect(kept).toMatchObject({ method: 'POST', url: crm.url('/hook?a=1&token=[redacted]') });
    expect(kept?.headers).toMatchObject({ 'webhook-id': owed.id, 'content-type': 'application/json' });
    expect(crm.requests[0]?.path).toBe('/hook?a=1&token=s3cret');
    expect(
      await world.sql.row(`SELECT last_status AS status FROM delivery WHERE id = $1`, [owed.id]),
    ).toEqual({
      status: 503,
    });
  });

  it('puts a great backlog away in batches, and nothing when the endpoint was enabled meanwhile', async () => {
    const endpoint = await endpointAt({ state: 'paused' });
    await oweDeliveries(
      world.sql,
      endpoint,
      Array.from({ length: 4_500 }, () => ({})),
    );
    await rig.drain(endpoint);
    expect(new Set(await states(endpoint))).toEqual(new Set(['held']));
    const other = await endpointAt();
    await oweDelivery(world.sql, other);
    const store = new DeliveryStore(world.hot);
    await world.sql.rows(`INSERT INTO mailbox VALUES ('endpoint', $1, 1, NULL, now(), now())`, [other.id]);
    await store.putAway({ endpointId: other.id, fence: '1' }, 'held', 'late');
    expect(await states(other)).toEqual(['due']);
  });

  it('signs with every valid secret while one is being rotated', async () => {
    const endpoint = await endpointAt();
    const other = await endpointAt();
    await oweDelivery(world.sql, endpoint);
    await world.sql.rows(
      `UPDATE endpoint_secret SET expires_at = now() - interval '1 s' WHERE endpoint_id = $1`,
      [other.id],
    );
    await rig.drain(endpoint);
    crm.verify(endpoint.secret);
    expect(() => {
      crm.verify(other.secret);
    }).toThrow();
  });

  describe.each<[string, Answer, string, { state: string; attempts: number; refusals: number }]>([
    ['200', 200, 'delivered', { state: 'delivered', attempts: 1, refusals: 0 }],
    ['204', 204, 'delivered', { state: 'delivered', attempts: 1, refusals: 0 }],
    ['409', 409, 'duplicate', { state: 'delivered', attempts: 1, refusals: 0 }],
    ['500', 500, 'unreachable', { state: 'due', attempts: 1, refusals: 0 }],
    ['503 without Retry-After', 503, 'unreachable', { state: 'due', attempts: 1, refusals: 0 }],
    ['429 without Retry-After', 429, 'unreachable', { state: 'due', attempts: 1, refusals: 0 }],
    ['408', 408, 'unreachable', { state: 'due', attempts: 1, refusals: 0 }],
    ['425', 425, 'unreachable', { state: 'due', attempts: 1, refusals: 0 }],
    ['a reset', 'reset', 'unreachable', { state: 'due', attempts: 1, refusals: 0 }],
    ['no answer in time', 'hang', 'unreachable', { state: 'due', attempts: 1, refusals: 0 }],
    ['400', 400, 'refused', { state: 'due', attempts: 1, refusals: 1 }],
    ['404', 404, 'refused', { state: 'due', attempts: 1, refusals: 1 }],
    ['401', 401, 'unauthorised', { state: 'due', attempts: 1, refusals: 1 }],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      'refused',
      { state: 'due', attempts: 1, refusals: 1 },
    ],
    [
      '503 with Retry-After',
      { status: 503, headers: { 'retry-after': '120' } },
      'throttled',
      { state: 'due', attempts: 0, refusals: 0 },
    ],
    [
      '429 with Retry-After',
      { status: 429, headers: { 'retry-after': '120' } },
      'throttled',
      { state: 'due', attempts: 0, refusals: 0 },
    ],
    ['410', 410, 'gone', { state: 'held', attempts: 1, refusals: 0 }],
  ])('when the CRM answers with %s', (_what, answer, outcome, after) => {
    it(`counts it as ${outcome}`, async () => {
      const endpoint = await endpointAt({ timeoutMs: 300 });
      await oweDelivery(world.sql, endpoint);
      crm.play({ answers: [answer] });
      await rig.drain(endpoint);
      expect(crm.requests).toHaveLength(1);
      expect(await rig.attempts(endpoint)).toMatchObject([{ number: 1, outcome }]);
      expect(await rig.deliveries(endpoint)).toMatchObject([after]);
    });
  });

  it('counts a refused connection as unreachable', async () => {
    const endpoint = await endpointAt();
    await oweDelivery(world.sql, endpoint);
    await crm.stop();
    await rig.drain(endpoint);
    expect(await rig.attempts(endpoint)).toMatchObject([
      { outcome: 'unreachable', status: null, ip: '127.0.0.1' },
    ]);
  });

  it('retries by the endpoint’s schedule, with a fifth of jitter either way, and gives up after its last entry', async () => {
    const endpoint = await endpointAt({ scheduleMs: [0, MINUTE, 10 * MINUTE] });
    await oweDelivery(world.sql, endpoint);
    crm.play({ otherwise: 500 });
    const waits: number[] = [];
    for (const chance of [0, 0.999_999]) {
      rig.clock.chance = chance;
      await rig.drain(endpoint);
      const [delivery] = await rig.deliveries(endpoint);
      waits.push(Math.round((delivery?.dueInMs ?? 0) / 1_000));
      await rig.pass(endpoint, 15 * MINUTE);
    }
    expect(waits[0]).toBeGreaterThanOrEqual(46);
    expect(waits[0]).toBeLessThanOrEqual(48);
    expect(waits[1]).toBeGreaterThanOrEqual(718);
    expect(waits[1]).toBeLessThanOrEqual(720);
    await rig.drain(endpoint);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'dead', attempts: 3 }]);
    expect((await rig.deliveries(endpoint))[0]?.reason).toContain('Gave up after 3 tries');
    expect((await rig.attempts(endpoint)).map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('gives a refused delivery two more tries over ten minutes, then buries it with the reason', async () => {
    const endpoint = await endpointAt();
    await oweDelivery(world.sql, endpoint);
    crm.play({ otherwise: 422 });
    await rig.drain(endpoint);
    await rig.pass(endpoint, 2 * MINUTE + 1_000);
    await rig.drain(endpoint);
    await rig.pass(endpoint, 8 * MINUTE + 1_000);
    await rig.drain(endpoint);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'dead', refusals: 3 }]);
    expect((await rig.deliveries(endpoint))[0]?.reason).toContain('422');
  });

  it('makes the whole endpoint wait when it asks for that, and burns no attempt', async () => {
    const endpoint = await endpointAt({ concurrency: 1 });
    await oweDeliveries(world.sql, endpoint, [{}, {}, {}]);
    crm.play({ answers: [{ status: 503, headers: { 'retry-after': '120' } }] });
    await rig.drain(endpoint);
    expect(crm.requests).toHaveLength(1);
    expect(await rig.drain(endpoint)).toBe('not to be had');
    await rig.pass(endpoint, 119_000);
    expect(await rig.drain(endpoint)).toBe('not to be had');
    await rig.pass(endpoint, 2_000);
    await rig.drain(endpoint);
    expect(crm.requests).toHaveLength(4);
    expect(await states(endpoint)).toEqual(['delivered', 'delivered', 'delivered']);
    expect((await rig.deliveries(endpoint)).map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
  });

  it('disables an endpoint that is gone and holds everything that it was owed', async () => {
    const endpoint = await endpointAt({ concurrency: 1 });
    await oweDeliveries(world.sql, endpoint, [{}, {}, {}, { dueInMs: MINUTE }]);
    crm.play({ answers: [200, 410] });
    await rig.drain(endpoint);
    expect(crm.requests).toHaveLength(2);
    expect(await stateOf(endpoint)).toEqual({
      state: 'disabled',
      reason: expect.stringContaining('410') as string,
    });
    expect(await states(endpoint)).toEqual(['delivered', 'held', 'held', 'held']);
    await oweDelivery(world.sql, endpoint);
    await rig.drain(endpoint);
    expect(crm.requests).toHaveLength(2);
    expect((await states(endpoint)).at(-1)).toBe('held');
  });

  it('buries what it owes to a deleted endpoint', async () => {
    const endpoint = await endpointAt();
    await oweDelivery(world.sql, endpoint);
    await world.sql.rows(`DELETE FROM endpoint WHERE id = $1`, [endpoint.id]);
    await rig.drain(endpoint);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'dead', reason: 'endpoint deleted' }]);
    expect(crm.requests).toEqual([]);
  });

  it('buries what it owes of events that are gone, and goes on with what comes after them', async () => {
    const endpoint = await endpointAt({ concurrency: 1 });
    const lost = await oweDeliveries(
      world.sql,
      endpoint,
      Array.from({ length: 12 }, () => ({ dueInMs: -MINUTE })),
    );
    await world.sql.rows(`DELETE FROM call_event WHERE id = ANY($1)`, [lost.map(({ eventId }) => eventId)]);
    const next = await oweDelivery(world.sql, endpoint, { dueInMs: -1_000 });
    expect(await rig.drain(endpoint)).toMatchObject({ more: false });
    expect(crm.requests.map(({ headers }) => headers['webhook-id'])).toEqual([next.id]);
    expect(
      await world.sql.rows(
        `SELECT state, reason, count(*)::int AS count, sum(attempt_count)::int AS attempts FROM delivery
         WHERE endpoint_id = $1 GROUP BY state, reason ORDER BY state`,
        [endpoint.id],
      ),
    ).toEqual([
      { state: 'dead', reason: 'its event is not kept any more', count: 12, attempts: 0 },
      { state: 'delivered', reason: null, count: 1, attempts: 1 },
    ]);
  });

  describe('within one call', () => {
    const callId = newId<CallId>();
    const call = [1, 2, 3].map((sequence) => ({ callId, sequence }));
    const sequences = () =>
      crm.requests
        .filter(({ event }) => event.data.vendorCallId === callId)
        .map(({ event }) => event.sequence);

    it('sends one event after the other, and other calls meanwhile', async () => {
      const endpoint = await endpointAt();
      await oweDeliveries(world.sql, endpoint, [...call, {}, {}]);
      crm.hold();
      const draining = rig.drain(endpoint);
      await until('three requests at once: one of each call', () => crm.requests.length === 3);
      expect(sequences()).toEqual([1]);
      crm.release();
      await draining;
      expect(sequences()).toEqual([1, 2, 3]);
      expect(crm.mostAtOnce).toBe(3);
    });

    it('lets the later events wait for one that failed, and goes on with other calls', async () => {
      const endpoint = await endpointAt({ concurrency: 1 });
      await oweDeliveries(world.sql, endpoint, [...call, {}]);
      crm.play({ answers: [500] });
      await rig.drain(endpoint);
      expect(await states(endpoint)).toEqual(['due', 'due', 'due', 'delivered']);
      await rig.drain(endpoint);
      expect(sequences()).toEqual([1]);
      await rig.pass(endpoint, 10_000);
      await rig.drain(endpoint);
      await rig.drain(endpoint);
      expect(sequences()).toEqual([1, 1, 2, 3]);
    });

    it('lets the later events go ahead when the earlier one has failed for a quarter of an hour, or is dead', async () => {
      const endpoint = await endpointAt();
      await oweDeliveries(world.sql, endpoint, call);
      crm.play({ answers: [500] });
      await rig.drain(endpoint);
      await rig.pass(endpoint, 4_000);
      await world.sql.rows(
        `UPDATE delivery SET due_at = now() + interval '1 h', first_tried_at = now() - interval '16 min'
         WHERE endpoint_id = $1 AND sequence = 1`,
        [endpoint.id],
      );
      await rig.drain(endpoint);
      expect(sequences()).toEqual([1, 2, 3]);

      const other = await endpointAt({ scheduleMs: [0] });
      await oweDeliveries(world.sql, other, call);
      crm.requests.length = 0;
      crm.play({ answers: [500] });
      await rig.drain(other);
      expect(await states(other)).toEqual(['dead', 'delivered', 'delivered']);
    });

    it('keeps no order for an endpoint that wants none', async () => {
      const endpoint = await endpointAt({ ordered: false });
      await oweDeliveries(world.sql, endpoint, call);
      crm.hold();
      const draining = rig.drain(endpoint);
      await until('all three at once', () => crm.requests.length === 3);
      crm.release();
      await draining;
    });

    it('does not let a later event overtake when it was read before the earlier one’s failure was written down', async () => {
      const endpoint = await endpointAt({ concurrency: 1 });
      const store = new DeliveryStore(world.hot);
      let reads = 0;
      const slowReads = new ForwarderRig(world, {
        store: {
          target: (id) => store.target(id),
          record: (record) => store.record(record),
          putAway: (owner, state, reason) => store.putAway(owner, state, reason),
          due: async (query) => {
            reads += 1;
            if (reads !== 2) return store.due(query);
            // Read while the first event is under way, and not heard of until its failure is in the database.
            crm.hold();
            const found = await store.due(query);
            crm.release();
            await until('the failure to be recorded', async () => (await rig.attempts(endpoint)).length >= 4);
            await store.due(query);
            return found;
          },
        },
      });
      // Four letters fill the first read; the last of them is the call's first event.
      await oweDeliveries(world.sql, endpoint, [{}, {}, {}, ...call]);
      crm.play({ answers: [200, 200, 200, 500] });
      await slowReads.drain(endpoint);
      slowReads.close();
      expect(reads).toBe(2);
      expect(sequences()).toEqual([1]);
    });
  });

  describe('the circuit breaker', () => {
    it('opens after five failures in a row, and the rest waits and burns no attempts', async () => {
      const endpoint = await endpointAt({ concurrency: 1 });
      await oweDeliveries(
        world.sql,
        endpoint,
        Array.from({ length: 9 }, () => ({})),
      );
      crm.play({ otherwise: 500 });
      await rig.drain(endpoint);
      expect(crm.requests).toHaveLength(5);
      expect((await rig.deliveries(endpoint)).map(({ attempts }) => attempts)).toEqual([
        1, 1, 1, 1, 1, 0, 0, 0, 0,
      ]);
      expect(await rig.drain(endpoint)).toBe('not to be had');
    });

    it('sends one probe when its time has come, waits longer when that fails, and lets all go when it gets through', async () => {
      const endpoint = await endpointAt({ concurrency: 5 });
      await oweDeliveries(
        world.sql,
        endpoint,
        Array.from({ length: 9 }, () => ({})),
      );
      crm.play({ otherwise: 500 });
      await rig.drain(endpoint);
      const opened = crm.requests.length;
      await rig.pass(endpoint, 5_100);
      await rig.drain(endpoint);
      expect(crm.requests).toHaveLength(opened + 1);
      await rig.pass(endpoint, 5_100);
      expect(await rig.drain(endpoint)).toBe('not to be had');
      await rig.pass(endpoint, 5_100);
      crm.play({ otherwise: 200 });
      expect(await rig.drain(endpoint)).not.toHaveProperty('notBefore');
      // What had not been tried before went out with the probe; the rest when its own wait is over.
      expect(crm.delivered.length).toBeGreaterThan(1);
      await rig.pass(endpoint, 10 * MINUTE);
      await rig.drain(endpoint);
      expect((await states(endpoint)).every((state) => state === 'delivered')).toBe(true);
      expect(crm.duplicates).toEqual([]);
    });

    it('is not opened by an endpoint that refuses or throttles: it is alive', async () => {
      const endpoint = await endpointAt({ concurrency: 1 });
      await oweDeliveries(
        world.sql,
        endpoint,
        Array.from({ length: 8 }, () => ({})),
      );
      crm.play({ otherwise: 400 });
      await rig.drain(endpoint);
      expect(crm.requests).toHaveLength(8);
    });
  });

  it('writes each try down: timings, address, headers, and the first 16 KiB of the answer', async () => {
    const endpoint = await endpointAt({ concurrency: 1 });
    await oweDeliveries(world.sql, endpoint, [{}, {}]);
    crm.play({ otherwise: { status: 200, headers: { 'x-crm': 'yes' }, body: 'ä'.repeat(20_000) } });
    await rig.drain(endpoint);
    const [first, second] = await rig.attempts(endpoint);
    expect(first).toMatchObject({
      number: 1,
      status: 200,
      error: null,
      ip: '127.0.0.1',
      headers: { 'x-crm': 'yes' },
    });
    expect(Buffer.byteLength(first?.body ?? '')).toBeLessThanOrEqual(16 * 1024);
    expect(Buffer.byteLength(first?.body ?? '')).toBeGreaterThan(16 * 1024 - 4);
    expect(first?.timings).toMatchObject({
      connectMs: expect.any(Number) as number,
      totalMs: expect.any(Number) as number,
    });
    expect(second?.timings['connectMs']).toBeNull();
  });

  it('sends what comes while it waits for slow answers', async () => {
    const endpoint = await endpointAt({ concurrency: 2 });
    await oweDelivery(world.sql, endpoint);
    crm.hold();
    const draining = rig.drain(endpoint);
    await until('the first to be under way', () => crm.requests.length === 1);
    await oweDelivery(world.sql, endpoint);
    await until('the second beside it', () => crm.requests.length === 2);
    crm.release();
    await draining;
    expect(crm.requests[1]?.beside).toHaveLength(1);
    expect(await states(endpoint)).toEqual(['delivered', 'delivered']);
  });

  it('goes on beside a slow answer when its slice is over', async () => {
    const endpoint = await endpointAt({ concurrency: 2, timeoutMs: 30_000 });
    await oweDelivery(world.sql, endpoint);
    crm.hold();
    const draining = rig.drain(endpoint);
    await until('the first to be under way', () => crm.requests.length === 1);
    rig.clock.advance(3_000);
    await oweDelivery(world.sql, endpoint);
    await until('the second beside it', () => crm.requests.length === 2);
    crm.release();
    await draining;
    expect(await states(endpoint)).toEqual(['delivered', 'delivered']);
  });

  it('waits as long as the longest that was asked of it', async () => {
    const endpoint = await endpointAt({ concurrency: 2 });
    await oweDeliveries(world.sql, endpoint, [{}, {}]);
    const wait = (seconds: number): Answer => ({ status: 429, headers: { 'retry-after': String(seconds) } });
    crm.play({ answers: [wait(3_600), wait(1)] });
    const { notBefore } = (await rig.drain(endpoint)) as { notBefore: number };
    expect(notBefore - rig.clock.now()).toBeGreaterThan(3_000_000);
  });

  it('what is got through while the endpoint is stopped is delivered, and what is not is held', async () => {
    const endpoint = await endpointAt({ concurrency: 2 });
    await oweDeliveries(world.sql, endpoint, [{}, {}]);
    crm.play({ answers: [200, 500] });
    crm.hold();
    const draining = rig.drain(endpoint);
    await until('both to be under way', () => crm.requests.length === 2);
    await world.sql.rows(`UPDATE endpoint SET state = 'paused' WHERE id = $1`, [endpoint.id]);
    await world.sql.rows(`UPDATE delivery SET state = 'held', reason = 'paused' WHERE endpoint_id = $1`, [
      endpoint.id,
    ]);
    crm.release();
    await draining;
    const seen = await rig.deliveries(endpoint);
    expect(seen.map(({ state, reason, attempts }) => [state, reason, attempts]).sort()).toEqual([
      ['delivered', null, 1],
      ['held', 'paused', 1],
    ]);
  });

  it('has no more requests under way than the endpoint allows', async () => {
    const endpoint = await endpointAt({ concurrency: 3 });
    await oweDeliveries(
      world.sql,
      endpoint,
      Array.from({ length: 30 }, () => ({})),
    );
    crm.hold();
    const draining = rig.drain(endpoint);
    await until('three requests', () => crm.requests.length === 3);
    crm.release();
    await draining;
    expect(crm.mostAtOnce).toBe(3);
    expect(crm.delivered).toHaveLength(30);
  });

  it('sends no faster than the endpoint’s rate limit, whoever drains it next', async () => {
    const endpoint = await endpointAt({ ratePerMinute: 6, rateBurst: 2 });
    await oweDeliveries(
      world.sql,
      endpoint,
      Array.from({ length: 5 }, () => ({})),
    );
    expect(await rig.drain(endpoint)).toMatchObject({ more: false, notBefore: expect.any(Number) as number });
    expect(crm.requests).toHaveLength(2);
    expect(await rig.drain(endpoint)).toBe('not to be had');
    await rig.pass(endpoint, 10_000);
    await rig.drain(endpoint);
    expect(crm.requests).toHaveLength(3);
    await rig.pass(endpoint, MINUTE);
    await rig.drain(endpoint);
    expect(await states(endpoint)).toEqual(Array.from({ length: 5 }, () => 'delivered'));
  });

  it('waits for the rate limit itself where that is short', async () => {
    const endpoint = await endpointAt({ ratePerMinute: 60_000 });
    await oweDeliveries(
      world.sql,
      endpoint,
      Array.from({ length: 20 }, () => ({})),
    );
    expect(await rig.drain(endpoint)).toMatchObject({ more: false });
    expect(crm.delivered).toHaveLength(20);
  });

  it('does not reach into our own network, and says so', async () => {
    const guarded = new ForwarderRig(world, { allow: [] });
    const endpoint = await endpointAt();
    await oweDelivery(world.sql, endpoint);
    await guarded.drain(endpoint);
    guarded.close();
    expect(crm.requests).toEqual([]);
    expect(await rig.attempts(endpoint)).toMatchObject([
      { outcome: 'refused', status: null, error: expect.stringContaining('not allowed') as string },
    ]);
  });

  it('does not count a try that we abort ourselves', async () => {
    const endpoint = await endpointAt();
    await oweDeliveries(world.sql, endpoint, [{}, {}]);
    crm.play({ answers: ['hang', 'hang'] });
    let stop: () => void = () => undefined;
    const draining = rig.drain(endpoint, (slice) => {
      stop = () => {
        slice.abort();
      };
    });
    await until('the tries to be under way', () => crm.requests.length === 2);
    stop();
    await draining;
    expect(await rig.attempts(endpoint)).toEqual([]);
    expect(await rig.deliveries(endpoint)).toMatchObject([
      { state: 'due', attempts: 0 },
      { state: 'due', attempts: 0 },
    ]);
    await rig.drain(endpoint);
    expect(await states(endpoint)).toEqual(['delivered', 'delivered']);
  });

  it('starts nothing new when its time is over, finishes what is under way, and says that there is more', async () => {
    const endpoint = await endpointAt({ concurrency: 2 });
    await oweDeliveries(
      world.sql,
      endpoint,
      Array.from({ length: 20 }, () => ({})),
    );
    crm.hold();
    let end: () => void = () => undefined;
    const draining = rig.drain(endpoint, (slice) => {
      end = () => {
        slice.end();
      };
    });
    await until('two requests', () => crm.requests.length === 2);
    end();
    crm.release();
    expect(await draining).toMatchObject({ more: true });
    expect(crm.requests).toHaveLength(2);
    expect((await states(endpoint)).filter((state) => state === 'delivered')).toHaveLength(2);
  });

  it('stops sending when its lease is lost, and leaves the records to the new holder', async () => {
    const endpoint = await endpointAt({ concurrency: 1 });
    await oweDeliveries(
      world.sql,
      endpoint,
      Array.from({ length: 200 }, () => ({})),
    );
    crm.hold();
    const draining = rig.drain(endpoint);
    await until('the first request', () => crm.requests.length === 1);
    await world.sql.rows(`UPDATE mailbox SET fence = fence + 1 WHERE id = $1`, [endpoint.id]);
    crm.release();
    await draining;
    // It hears of it with the first record, and some requests were begun before.
    expect(crm.requests.length).toBeLessThan(100);
    expect((await states(endpoint)).every((state) => state === 'due')).toBe(true);
  });

  it('fails the drain, and loses nothing, when an endpoint’s secret cannot be opened', async () => {
    const endpoint = await endpointAt();
    await oweDelivery(world.sql, endpoint);
    await world.sql.rows(`UPDATE endpoint_secret SET sealed = 'v1.k1.x.y' WHERE endpoint_id = $1`, [
      endpoint.id,
    ]);
    await expect(rig.drain(endpoint)).rejects.toMatchObject({ code: 'secrets.unreadable' });
    expect(await states(endpoint)).toEqual(['due']);
  });
});
