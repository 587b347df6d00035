import { DeliveryStore } from '#db';
import { oweDeliveries, oweDelivery } from '../builders/delivery.js';
import { DrainDesk } from '../harness/drain-desk.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';

const MINUTE = 60_000;

describe('the forwarder’s drain', () => {
  const desk = DrainDesk.open();

  it('sends each event once, signed, with our headers and the stored data, and records it', async () => {
    const endpoint = await desk.endpointAt();
    const owed = await oweDeliveries(desk.world.sql, endpoint, [{}, {}, {}]);
    expect(await desk.rig.drain(endpoint)).toMatchObject({ more: false });
    desk.crm.verify(endpoint.secret);
    expect(desk.crm.requests.map(({ headers }) => headers['webhook-id']).sort()).toEqual(
      owed.map(({ id }) => id).sort(),
    );
    expect(desk.crm.requests[0]?.event).toMatchObject({ type: 'call.ended', sequence: 1 });
    expect(await desk.states(endpoint)).toEqual(['delivered', 'delivered', 'delivered']);
    await desk.rig.drain(endpoint);
    expect(desk.crm.requests).toHaveLength(3);
  });

  it('keeps what it sent for the log, without credentials, and the status of the last answer', async () => {
    const endpoint = await desk.endpointAt({ url: desk.crm.url('/hook?a=1&token=s3cret') });
    const owed = await oweDelivery(desk.world.sql, endpoint);
    desk.crm.play({ answers: [503] });
    await desk.rig.drain(endpoint);
    const [kept] = await desk.world.sql.rows<{ headers: Record<string, string> }>(
      `SELECT request_method AS method, request_url AS url, request_headers AS headers FROM attempt WHERE delivery_id = $1`,
      [owed.id],
    );
    expect(kept).toMatchObject({ method: 'POST', url: desk.crm.url('/hook?a=1&token=[redacted]') });
    expect(kept?.headers).toMatchObject({ 'webhook-id': owed.id, 'content-type': 'application/json' });
    expect(desk.crm.requests[0]?.path).toBe('/hook?a=1&token=s3cret');
    expect(
      await desk.world.sql.row(`SELECT last_status AS status FROM delivery WHERE id = $1`, [owed.id]),
    ).toEqual({
      status: 503,
    });
  });

  it('signs with every valid secret while one is being rotated', async () => {
    const endpoint = await desk.endpointAt();
    const other = await desk.endpointAt();
    await oweDelivery(desk.world.sql, endpoint);
    await desk.world.sql.rows(
      `UPDATE endpoint_secret SET expires_at = now() - interval '1 s' WHERE endpoint_id = $1`,
      [other.id],
    );
    await desk.rig.drain(endpoint);
    desk.crm.verify(endpoint.secret);
    expect(() => {
      desk.crm.verify(other.secret);
    }).toThrow();
  });

  it('writes each try down: timings, address, headers, and the first 16 KiB of the answer', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 1 });
    await oweDeliveries(desk.world.sql, endpoint, [{}, {}]);
    desk.crm.play({ otherwise: { status: 200, headers: { 'x-crm': 'yes' }, body: 'ä'.repeat(20_000) } });
    await desk.rig.drain(endpoint);
    const [first, second] = await desk.rig.attempts(endpoint);
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

  it('puts a great backlog away in batches, and nothing when the endpoint was enabled meanwhile', async () => {
    const endpoint = await desk.endpointAt({ state: 'paused' });
    await oweDeliveries(
      desk.world.sql,
      endpoint,
      Array.from({ length: 4_500 }, () => ({})),
    );
    await desk.rig.drain(endpoint);
    expect(new Set(await desk.states(endpoint))).toEqual(new Set(['held']));
    const other = await desk.endpointAt();
    await oweDelivery(desk.world.sql, other);
    const store = new DeliveryStore(desk.world.hot);
    await desk.world.sql.rows(`INSERT INTO mailbox VALUES ('endpoint', $1, 1, NULL, now(), now())`, [
      other.id,
    ]);
    await store.putAway({ endpointId: other.id, fence: '1' }, 'held', 'late');
    expect(await desk.states(other)).toEqual(['due']);
  });

  it('buries what it owes to a deleted endpoint', async () => {
    const endpoint = await desk.endpointAt();
    await oweDelivery(desk.world.sql, endpoint);
    await desk.world.sql.rows(`DELETE FROM endpoint WHERE id = $1`, [endpoint.id]);
    await desk.rig.drain(endpoint);
    expect(await desk.rig.deliveries(endpoint)).toMatchObject([
      { state: 'dead', reason: 'endpoint deleted' },
    ]);
    expect(desk.crm.requests).toEqual([]);
  });

  it('buries what it owes of events that are gone, and goes on with what comes after them', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 1 });
    const lost = await oweDeliveries(
      desk.world.sql,
      endpoint,
      Array.from({ length: 12 }, () => ({ dueInMs: -MINUTE })),
    );
    await desk.world.sql.rows(`DELETE FROM call_event WHERE id = ANY($1)`, [
      lost.map(({ eventId }) => eventId),
    ]);
    const next = await oweDelivery(desk.world.sql, endpoint, { dueInMs: -1_000 });
    expect(await desk.rig.drain(endpoint)).toMatchObject({ more: false });
    expect(desk.crm.requests.map(({ headers }) => headers['webhook-id'])).toEqual([next.id]);
    expect(
      await desk.world.sql.rows(
        `SELECT state, reason, count(*)::int AS count, sum(attempt_count)::int AS attempts FROM delivery
         WHERE endpoint_id = $1 GROUP BY state, reason ORDER BY state`,
        [endpoint.id],
      ),
    ).toEqual([
      { state: 'dead', reason: 'its event is not kept any more', count: 12, attempts: 0 },
      { state: 'delivered', reason: null, count: 1, attempts: 1 },
    ]);
  });

  it('does not reach into our own network, and says so', async () => {
    const guarded = new ForwarderRig(desk.world, { allow: [] });
    const endpoint = await desk.endpointAt();
    await oweDelivery(desk.world.sql, endpoint);
    await guarded.drain(endpoint);
    guarded.close();
    expect(desk.crm.requests).toEqual([]);
    expect(await desk.rig.attempts(endpoint)).toMatchObject([
      { outcome: 'refused', status: null, error: expect.stringContaining('not allowed') as string },
    ]);
  });

  it('fails the drain, and loses nothing, when an endpoint’s secret cannot be opened', async () => {
    const endpoint = await desk.endpointAt();
    await oweDelivery(desk.world.sql, endpoint);
    await desk.world.sql.rows(`UPDATE endpoint_secret SET sealed = 'v1.k1.x.y' WHERE endpoint_id = $1`, [
      endpoint.id,
    ]);
    await expect(desk.rig.drain(endpoint)).rejects.toMatchObject({ code: 'secrets.unreadable' });
    expect(await desk.states(endpoint)).toEqual(['due']);
  });
});
