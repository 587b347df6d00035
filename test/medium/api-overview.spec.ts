import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countTry, instant, noTries, spanStart, type EndpointId, type TenantId } from '#domain';
import { EndpointStatStore } from '#db';
import { oweDelivery } from '../builders/delivery.js';
import { makeCall, makeReceipt } from '../builders/history.js';
import { openApi, type ApiClient, type Json, type TestApi } from '../harness/api.js';
import { makeConnection, makeEndpoint } from '../harness/tenant.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let api: TestApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

/** As so many tries, some time ago, would have left them. */
async function past(endpointId: EndpointId, agoMs: number, count: number, status = 200): Promise<void> {
  const tally = noTries();
  const outcome = status === 200 ? 'delivered' : 'unreachable';
  for (let n = 0; n < count; n += 1) countTry(tally, { outcome, status, durationMs: 40 });
  const at = spanStart(instant(Date.now() - agoMs), 'hour');
  await new EndpointStatStore(api.world.hot).add([{ endpointId, span: 'hour', at, tally }]);
}

async function get(client: ApiClient, path: string): Promise<Json> {
  const { status, body } = await client.get(path);
  expect([status, body['code']]).toEqual([200, undefined]);
  return body;
}

/** Codes of what is to be looked after, with whom. */
const needs = (overview: Json) =>
  (overview['needs'] as { code: string; subject: { id: string | null } }[]).map(({ code, subject }) => [
    code,
    subject.id,
  ]);

const endpointOf = (tenant: TenantId, traits = {}) =>
  makeEndpoint(api.sql, tenant, { url: 'https://crm.example/', ...traits });

describe('the overview', () => {
  it('tells this week beside the one before, of all calls and all endpoints', async () => {
    const { id: tenant, client } = await api.tenant();
    const connection = await makeConnection(api.sql, tenant);
    const call = (agoMs: number, traits = {}) =>
      makeCall(api.sql, connection, { startedAt: Date.now() - agoMs, ...traits });
    await call(HOUR);
    await call(6 * DAY, { result: 'missed', missed: true });
    await call(8 * DAY);
    await call(15 * DAY);
    const [one, other] = [await endpointOf(tenant), await endpointOf(tenant)];
    await past(one.id, HOUR, 3);
    await past(other.id, 6 * DAY, 1, 503);
    await past(other.id, 8 * DAY, 2);
    const overview = await get(client, '/v1/overview');
    expect(overview).toMatchObject({
      calls: {
        week: { calls: 2, answered: 1, missed: 1, answerRate: 0.5 },
        weekBefore: { calls: 1, answerRate: 1 },
      },
      deliveries: {
        week: { tries: 4, delivered: 3, failed: 1, successRate: 0.75 },
        weekBefore: { tries: 2, successRate: 1 },
      },
      now: {
        endpoints: { enabled: 2, disabled: 0, paused: 0, enabling: 0 },
        due: { count: 0 },
        oldestWaitingSince: null,
      },
    });
  });

  it('names what somebody should look after, and nothing of a stranger', async () => {
    const { id: tenant, client } = await api.tenant();
    const stranger = await api.tenant();
    const connection = await makeConnection(api.sql, tenant);
    await makeReceipt(api.sql, connection);
    const failing = await endpointOf(tenant);
    await api.sql.rows(`INSERT INTO mailbox VALUES ('endpoint', $1, 1, NULL, now(), now(), $2)`, [
      failing.id,
      { standing: { failuresInARow: 5, failingSince: Date.now() - HOUR, told: true } },
    ]);
    const late = await endpointOf(tenant);
    const owed = await oweDelivery(api.sql, late, {});
    await api.sql.rows(`UPDATE delivery SET due_at = now() - interval '1 hour' WHERE id = $1`, [owed.id]);
    await oweDelivery(api.sql, late, { state: 'dead' });
    const off = await endpointOf(tenant);
    await api.sql.rows(`UPDATE endpoint SET state = 'disabled', state_reason = 'no more' WHERE id = $1`, [
      off.id,
    ]);
    await api.sql.rows(
      `UPDATE endpoint SET credentials_expire_at = now() + interval '2 days' WHERE id = $1`,
      [late.id],
    );
    const overview = await get(client, '/v1/overview');
    expect(needs(overview)).toEqual([
      ['endpoint.failing', failing.id],
      ['endpoint.backlog', late.id],
      ['endpoint.disabled', off.id],
      ['deliveries.dead', null],
      ['receipts.unparsed', connection.id],
      ['endpoint.credentials_expiring', late.id],
    ]);
    expect(overview['needs']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          params: { count: 1 },
          subject: expect.objectContaining({ name: expect.any(String) }),
        }),
        expect.objectContaining({
          code: 'endpoint.backlog',
          params: expect.objectContaining({ minutes: 60 }),
        }),
        expect.objectContaining({ code: 'endpoint.disabled', params: { reason: 'no more' } }),
      ]),
    );
    expect(overview['now']).toMatchObject({
      endpoints: { enabled: 2, disabled: 1 },
      due: { count: 1, atLeast: false },
    });
    expect(needs(await get(stranger.client, '/v1/overview'))).toEqual([]);
  });
});

describe('the statistics of all endpoints together', () => {
  it('are the sum of each one’s, by the hour, with percentiles', async () => {
    const { id: tenant, client } = await api.tenant();
    const stranger = await api.tenant();
    const [one, other] = [await endpointOf(tenant), await endpointOf(tenant)];
    await past(one.id, HOUR, 3);
    await past(other.id, HOUR, 1, 503);
    await past(other.id, 30 * HOUR, 7);
    await oweDelivery(api.sql, other, { state: 'held' });
    const total = await get(client, '/v1/endpoints/stats/total');
    expect(total).toMatchObject({
      bucket: 'hour',
      tries: 4,
      delivered: 3,
      failed: 1,
      successRate: 0.75,
      byOutcome: { delivered: 3, unreachable: 1 },
      answered: {
        p50Ms: expect.any(Number),
        p95Ms: expect.any(Number),
        p99Ms: expect.any(Number),
        maxMs: 40,
      },
      now: { held: { count: 1, atLeast: false } },
    });
    const buckets = total['buckets'] as { delivered: number; failed: number }[];
    expect(buckets.filter(({ delivered }) => delivered > 0)).toMatchObject([{ delivered: 3, failed: 1 }]);
    expect(buckets).toHaveLength(25);
    expect(await get(client, '/v1/endpoints/stats/total?hours=168')).toMatchObject({ tries: 11 });
    expect(await get(stranger.client, '/v1/endpoints/stats/total')).toMatchObject({
      tries: 0,
      successRate: null,
    });
  });
});
