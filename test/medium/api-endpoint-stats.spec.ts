import { describe, expect, it } from '@jest/globals';
import { countTry, instant, noTries, spanStart, type EndpointId, type StatSpan } from '#domain';
import { EndpointStatStore, forgetEndpointStats } from '#db';
import { newId } from '#platform';
import { EndpointTallies } from '../../apps/forwarder/endpoint-tallies.js';
import { oweDeliveries, oweDelivery } from '../builders/delivery.js';
import { CrmDesk } from '../harness/crm-desk.js';
import type { Json } from '../harness/api.js';
import type { TestEndpoint } from '../harness/tenant.js';
import { until } from '../harness/until.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Point {
  at: string;
  delivered: number;
  failed: number;
  p95Ms: number | null;
}

describe('the statistics of endpoints', () => {
  const desk = CrmDesk.open();
  const owe = (endpoint: TestEndpoint, count: number) =>
    oweDeliveries(
      desk.api.sql,
      endpoint,
      Array.from({ length: count }, () => ({})),
    );
  async function statsOf({ id }: { id: string }, hours = 24): Promise<Json> {
    const { status, body } = await desk.client.get(`/v1/endpoints/${id}/stats?hours=${hours}`);
    expect(status).toBe(200);
    return body;
  }
  const nowOf = async (endpoint: TestEndpoint) => (await statsOf(endpoint))['now'] as Json;
  const pointsIn = (stats: Json) =>
    (stats['buckets'] as Point[]).filter((one) => one.delivered + one.failed > 0);

  /** As so many tries, some time ago, would have left them. */
  async function past({ id }: { id: EndpointId }, agoMs: number, count: number, status = 200): Promise<void> {
    const tally = noTries();
    const outcome = status === 200 ? 'delivered' : 'unreachable';
    for (let n = 0; n < count; n += 1) countTry(tally, { outcome, status, durationMs: 40 });
    const at = (span: StatSpan) => spanStart(instant(Date.now() - agoMs), span);
    await new EndpointStatStore(desk.api.world.hot).add([
      { endpointId: id, span: 'minute', at: at('minute'), tally },
      { endpointId: id, span: 'hour', at: at('hour'), tally },
    ]);
  }

  /** Deliveries of one state, many of them. */
  async function manyDeliveries({ id }: TestEndpoint, state: string, count: number): Promise<void> {
    await desk.api.sql.rows(
      `INSERT INTO delivery (id, tenant_id, endpoint_id, event_id, event_type, sequence, state, due_at)
       SELECT (left($4, 24) || lpad(to_hex(n), 12, '0'))::uuid, $1, $2, $4::uuid, 'call.ended', 0, $3, now()
       FROM generate_series(1, $5) n`,
      [desk.tenantId, id, state, newId(), count],
    );
  }

  it('say what came of the tries, and how long they took, as the attempts say it', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 1 });
    await owe(endpoint, 6);
    // A kept connection that breaks is nobody's failure: it takes a second one on a new connection.
    desk.crm.play({ answers: [200, 500, 400, 409, 'reset', 'reset', 200] });
    await desk.rig.drain(endpoint);
    await desk.rig.tallies.flush();
    const stats = await statsOf(endpoint);
    expect(stats).toMatchObject({
      bucket: 'hour',
      tries: 6,
      delivered: 3,
      failed: 3,
      successRate: 0.5,
      byOutcome: {
        delivered: 2,
        duplicate: 1,
        unreachable: 2,
        refused: 1,
        throttled: 0,
        unauthorised: 0,
        gone: 0,
      },
      byStatus: { '1xx': 0, '2xx': 2, '3xx': 0, '4xx': 2, '5xx': 1, none: 1 },
    });
    expect(pointsIn(stats)).toMatchObject([{ delivered: 3, failed: 3 }]);
    const attempts = await desk.rig.attempts(endpoint);
    const longest = (of: typeof attempts) => Math.max(...of.map(({ durationMs }) => durationMs));
    expect((stats['all'] as Json)['maxMs']).toBeCloseTo(longest(attempts), 1);
    const answered = attempts.filter(({ status }) => status !== null);
    expect((stats['answered'] as Json)['maxMs']).toBeCloseTo(longest(answered), 1);
    expect((stats['answered'] as Json)['p95Ms']).toBe(pointsIn(stats)[0]?.p95Ms);
  });

  it('say nothing of an endpoint that was never sent to', async () => {
    const stats = await statsOf(await desk.endpointAt());
    const none = { p50Ms: null, p95Ms: null, p99Ms: null, maxMs: null };
    expect(stats).toMatchObject({ tries: 0, successRate: null, answered: none, all: none });
    expect(pointsIn(stats)).toEqual([]);
    expect(stats['now']).toEqual({
      state: 'enabled',
      due: { count: 0, atLeast: false },
      held: { count: 0, atLeast: false },
      oldestWaitingSince: null,
      nextAttemptAt: null,
      breaker: 'closed',
      breakerUntil: null,
      failuresInARow: 0,
      failingSince: null,
      rateLimit: 'No rate limit.',
    });
  });

  it('tell the limit of the format where it has one: it goes before that of the endpoint', async () => {
    const mail = { url: 'mailto:ops@example.com', format: 'email', eventTypes: ['endpoint.*'] };
    const limits = [
      await desk.endpointAt(mail),
      await desk.endpointAt({ ...mail, ratePerMinute: 600, rateBurst: 50 }),
    ];
    for (const endpoint of limits) {
      expect(await nowOf(endpoint)).toMatchObject({ rateLimit: '10 of 10 may go at once.' });
    }
  });

  it('put off is neither got through nor failed', async () => {
    const endpoint = await desk.endpointAt();
    await oweDelivery(desk.api.sql, endpoint);
    desk.crm.play({ answers: [{ status: 503, headers: { 'retry-after': '60' } }] });
    await desk.rig.drain(endpoint);
    await desk.rig.tallies.flush();
    const stats = await statsOf(endpoint);
    expect(stats).toMatchObject({ tries: 1, delivered: 0, failed: 0, successRate: null });
    expect(stats).toMatchObject({ byOutcome: { throttled: 1 }, byStatus: { '5xx': 1 } });
    const { nextAttemptAt } = stats['now'] as { nextAttemptAt: string };
    expect(Date.parse(nextAttemptAt)).toBeGreaterThan(Date.now() + 50_000);
  });

  it('are of the window that is asked for, by the minute where it is short, without gaps', async () => {
    const endpoint = await desk.endpointAt();
    await past(endpoint, 30 * MINUTE, 1);
    await past(endpoint, 5 * HOUR, 10);
    await past(endpoint, 100 * HOUR, 100);
    const tried = async (hours: number) => (await statsOf(endpoint, hours))['delivered'];
    expect([await tried(1), await tried(3), await tried(24), await tried(168)]).toEqual([1, 1, 11, 111]);
    for (const [hours, stepMs, atLeast] of [
      [1, MINUTE, 60],
      [168, HOUR, 168],
    ] as const) {
      const stats = await statsOf(endpoint, hours);
      const times = (stats['buckets'] as Point[]).map(({ at }) => Date.parse(at));
      expect(times.length).toBe(atLeast + 1);
      expect(times[0]).toBe(Date.parse(String(stats['from'])));
      expect(times.every((at, index) => index === 0 || at - (times[index - 1] ?? 0) === stepMs)).toBe(true);
    }
    const [point] = pointsIn(await statsOf(endpoint, 1));
    expect(Math.abs((point?.p95Ms ?? 0) - 40)).toBeLessThan(4);
  });

  it.each(['0', '169', '1.5', 'x'])('refuse a window of %s hours', async (hours) => {
    const { id } = await desk.endpointAt();
    for (const path of [`/v1/endpoints/${id}/stats`, '/v1/endpoints/stats']) {
      expect((await desk.client.get(`${path}?hours=${hours}`)).body['code']).toBe('request.invalid');
    }
  });

  it('add up what several forwarders counted at the same time', async () => {
    const endpoints = await Promise.all([desk.endpointAt(), desk.endpointAt(), desk.endpointAt()]);
    const forwarders = Array.from(
      { length: 6 },
      () =>
        new EndpointTallies({ store: new EndpointStatStore(desk.api.world.hot), log: desk.api.world.log }),
    );
    const now = instant(Date.now());
    for (const [index, forwarder] of forwarders.entries()) {
      const order = index % 2 === 0 ? endpoints : [...endpoints].reverse();
      for (const { id } of order) {
        forwarder.count(id, { outcome: 'delivered', status: 200, durationMs: 10 * (index + 1) }, now);
      }
    }
    await Promise.all(forwarders.map((forwarder) => forwarder.flush()));
    for (const endpoint of endpoints) {
      const stats = await statsOf(endpoint);
      expect(stats).toMatchObject({
        tries: 6,
        delivered: 6,
        byStatus: { '2xx': 6 },
        answered: { maxMs: 60 },
      });
    }
  });

  it('are written by several forwarders without ever waiting for each other in a circle', async () => {
    const [first, second] = [await desk.endpointAt(), await desk.endpointAt()];
    const now = instant(Date.now());
    const count = async (...order: TestEndpoint[]) => {
      const store = new EndpointStatStore(desk.api.world.hot);
      const forwarder = new EndpointTallies({ store, log: desk.api.world.log });
      for (const { id } of order) {
        forwarder.count(id, { outcome: 'delivered', status: 200, durationMs: 1 }, now);
      }
      await forwarder.flush();
    };
    await count(first, second);
    const blocker = await desk.api.sql.pool.connect();
    await blocker.query('BEGIN');
    await blocker.query('SELECT 1 FROM endpoint_stat WHERE endpoint_id = $1 FOR UPDATE', [second.id]);
    const waiting = async (wanted: number) =>
      until('them to wait', async () => {
        const sessions = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        return (await desk.api.sql.count(sessions)) === wanted;
      });
    const flushes = [count(second, first)];
    await waiting(1);
    flushes.push(count(first, second));
    await waiting(2);
    await blocker.query('COMMIT');
    blocker.release();
    await Promise.all(flushes);
    for (const endpoint of [first, second]) expect((await statsOf(endpoint))['tries']).toBe(3);
  });

  it('say what waits, since when, and that the breaker keeps it waiting', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 1, ratePerMinute: 6_000, rateBurst: 50 });
    const [oldest] = await owe(endpoint, 7);
    desk.crm.play({ otherwise: 500 });
    await desk.rig.drain(endpoint);
    const now = await nowOf(endpoint);
    expect(now).toMatchObject({
      due: { count: 7, atLeast: false },
      held: { count: 0 },
      breaker: 'open',
      failuresInARow: 5,
      rateLimit: expect.stringMatching(/^\d+ of 50 may go at once\.$/),
    });
    const time = (member: string) => Date.parse(String(now[member]));
    expect(time('nextAttemptAt')).toBeGreaterThanOrEqual(time('breakerUntil'));
    expect(time('failingSince')).toBeLessThanOrEqual(Date.now());
    const made = parseInt((oldest?.id ?? '').replaceAll('-', '').slice(0, 12), 16);
    expect(time('oldestWaitingSince')).toBe(made);
  });

  it('say of what is not sent to that its deliveries are held and none is tried', async () => {
    const endpoint = await desk.endpointAt();
    await owe(endpoint, 3);
    await desk.client.post(`/v1/endpoints/${endpoint.id}/pause`);
    await manyDeliveries(endpoint, 'due', 2);
    expect(await nowOf(endpoint)).toMatchObject({
      state: 'paused',
      due: { count: 2 },
      held: { count: 3, atLeast: false },
      nextAttemptAt: null,
    });
  });

  it('count what waits only so far', async () => {
    const endpoint = await desk.endpointAt();
    await manyDeliveries(endpoint, 'due', 100_001);
    expect(await nowOf(endpoint)).toMatchObject({ due: { count: 100_000, atLeast: true } });
    const [overview] = (await desk.client.get('/v1/endpoints/stats')).body.data;
    expect(overview?.['backlog']).toEqual({ count: 1_000, atLeast: true });
  });

  it('are listed for all endpoints, page by page', async () => {
    const [idle, busy, failing] = [
      await desk.endpointAt(),
      await desk.endpointAt(),
      await desk.endpointAt({ concurrency: 1 }),
    ];
    await past(busy, 2 * HOUR, 9);
    await past(busy, 30 * HOUR, 9, 500);
    await owe(failing, 3);
    desk.crm.play({ answers: [500, 400, 200] });
    await desk.rig.drain(failing);
    await desk.rig.tallies.flush();
    const list = (query = '') => desk.client.get(`/v1/endpoints/stats${query}`);
    const { body } = await list();
    expect(body.data.map(({ id }) => id)).toEqual([failing.id, busy.id, idle.id]);
    expect(body.data).toMatchObject([
      { name: 'CRM', state: 'enabled', format: 'standard', backlog: { count: 2, atLeast: false } },
      { successRate: 1, backlog: { count: 0 }, oldestWaitingSince: null },
      { successRate: null, p95Ms: null, backlog: { count: 0 } },
    ]);
    expect(body.data[0]?.['successRate']).toBeCloseTo(1 / 3);
    expect(Date.parse(String(body.data[0]?.['oldestWaitingSince']))).toBeLessThanOrEqual(Date.now());
    expect(Math.abs(Number(body.data[1]?.['p95Ms']) - 40)).toBeLessThan(4);
    const points = body.data.map(({ buckets }) => buckets as { delivered: number; failed: number }[]);
    const sums = points.map((of) => [sumOf(of, 'delivered'), sumOf(of, 'failed')]);
    expect(sums).toEqual([
      [1, 2],
      [9, 0],
      [0, 0],
    ]);
    expect(new Set(points.map(({ length }) => length)).size).toBe(1);
    expect((await list('?state=paused')).body.data).toEqual([]);
    expect((await list('?state=enabled')).body.data).toEqual(body.data);
    const first = await list('?limit=2');
    const second = await list(`?limit=2&cursor=${String(first.body.nextCursor)}`);
    expect([...first.body.data, ...second.body.data]).toEqual(body.data);
    expect(second.body.nextCursor).toBeNull();
  });

  it('are nobody else’s', async () => {
    const endpoint = await desk.endpointAt();
    await past(endpoint, HOUR, 1);
    const other = await desk.api.tenant('Other');
    const mine = `/v1/endpoints/${endpoint.id}`;
    expect((await other.client.get(`${mine}/stats`)).status).toBe(404);
    expect((await other.client.get(`${mine}/history`)).status).toBe(404);
    expect((await other.client.get('/v1/endpoints/stats')).body.data).toEqual([]);
    expect((await desk.client.get(`/v1/endpoints/${newId()}/stats`)).status).toBe(404);
    expect((await desk.client.get(`/v1/endpoints/nonsense/stats`)).status).toBe(404);
  });

  it('go with their endpoint, and do not come back with what was counted before', async () => {
    const endpoint = await desk.endpointAt();
    await past(endpoint, MINUTE, 1);
    desk.rig.tallies.count(
      endpoint.id,
      { outcome: 'delivered', status: 200, durationMs: 1 },
      instant(Date.now()),
    );
    const other = await desk.endpointAt();
    desk.rig.tallies.count(
      other.id,
      { outcome: 'delivered', status: 200, durationMs: 1 },
      instant(Date.now()),
    );
    await desk.client.delete(`/v1/endpoints/${endpoint.id}`);
    await desk.rig.tallies.flush();
    const rows = (id: string) =>
      desk.api.sql.count('SELECT count(*) FROM endpoint_stat WHERE endpoint_id = $1', [id]);
    expect([await rows(endpoint.id), await rows(other.id)]).toEqual([0, 2]);
  });

  it('are forgotten when no window asks for them any more', async () => {
    const endpoint = await desk.endpointAt();
    for (const ago of [MINUTE, 5 * HOUR, 7 * HOUR, 14 * DAY, 16 * DAY]) await past(endpoint, ago, 1);
    await forgetEndpointStats(desk.api.world.url, Date.now());
    const spans = (span: StatSpan) =>
      desk.api.sql.count('SELECT count(*) FROM endpoint_stat WHERE endpoint_id = $1 AND span = $2', [
        endpoint.id,
        span,
      ]);
    expect([await spans('minute'), await spans('hour')]).toEqual([2, 4]);
  });
});

function sumOf<K extends string>(of: readonly Record<K, number>[], name: K): number {
  return of.reduce((sum, one) => sum + one[name], 0);
}
