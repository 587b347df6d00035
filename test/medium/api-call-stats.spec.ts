import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantScope, openRepositories } from '#db';
import { instant } from '#domain';
import { newId, systemClock } from '#platform';
import { makeContact } from '../builders/contact.js';
import { makeCall, type CallTraits } from '../builders/history.js';
import { makePeople } from '../builders/people.js';
import { openApi, type ApiClient, type Json, type TestApi } from '../harness/api.js';
import { makeConnection, type TestConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Sunday in Jerusalem from midnight on, which is 22:00 in UTC. */
const MIDNIGHT = Date.UTC(2026, 10, 21, 22);
const DAY = 'from=2026-11-22T00:00:00%2B02:00&to=2026-11-23T00:00:00%2B02:00&zone=Asia/Jerusalem';

let api: TestApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

async function office(): Promise<{ client: ApiClient; connection: TestConnection }> {
  const { id, client } = await api.tenant();
  return { client, connection: await makeConnection(api.sql, id) };
}

async function count(client: ApiClient, query: string): Promise<Json & { buckets: Json[] }> {
  const { status, body } = await client.get(`/v1/calls/stats?${query}`);
  expect([status, body['code']]).toEqual([200, undefined]);
  return body as Json & { buckets: Json[] };
}

describe('figures of calls', () => {
  it('say how many there were, how they ended, and how many of those who called got somebody', async () => {
    const { client, connection } = await office();
    const at = (minutes: number, traits: CallTraits) =>
      makeCall(api.sql, connection, { startedAt: MIDNIGHT + minutes * MINUTE, ...traits });
    await at(1, { result: 'answered', ringSeconds: 4, talkSeconds: 60 });
    await at(2, { result: 'answered', ringSeconds: 6, talkSeconds: 120 });
    await at(3, { result: 'answered', ringSeconds: 20, talkSeconds: 600 });
    await at(61, { result: 'abandoned', missed: true, ringSeconds: 30 });
    await at(62, { result: 'answered', direction: 'outbound', talkSeconds: 20 });
    await at(63, { result: 'ivr_only' });
    await at(-1, { result: 'answered' });
    await at(24 * 60, { result: 'answered' });
    const stats = await count(client, `${DAY}&by=hour`);
    expect(stats).toMatchObject({
      from: '2026-11-21T22:00:00.000Z',
      to: '2026-11-22T22:00:00.000Z',
      by: 'hour',
      zone: 'Asia/Jerusalem',
      complete: true,
      calls: 6,
      byDirection: { inbound: 5, outbound: 1, internal: 0 },
      byResult: { answered: 4, abandoned: 1, ivr_only: 1, missed: 0 },
      answered: 3,
      missed: 1,
      answerRate: 0.75,
      ring: { total: 60, average: 15, p50: 6, p95: 30, longest: 30 },
      talk: { total: 800, average: 200, p50: 60, p95: 600, longest: 600 },
    });
    expect(stats.buckets).toHaveLength(24);
    expect(stats.buckets.slice(0, 3)).toMatchObject([
      { at: '2026-11-21T22:00:00.000Z', calls: 3, answered: 3, missed: 0, answerRate: 1 },
      { at: '2026-11-21T23:00:00.000Z', calls: 3, answered: 0, missed: 1, answerRate: 0 },
      { at: '2026-11-22T00:00:00.000Z', calls: 0, answerRate: null },
    ]);
  });

  it('are those of a connection, an agent, a queue, and never those of a stranger', async () => {
    const { client, connection } = await office();
    const agentId = await makePeople(api.sql, connection);
    const other = await makeConnection(api.sql, connection.tenantId);
    const startedAt = MIDNIGHT + HOUR;
    await makeCall(api.sql, connection, { startedAt, extension: 'SIPDANA', queueId: '12' });
    await makeCall(api.sql, other, { startedAt, extension: '9', agentCode: '7421' });
    await makeCall(api.sql, other, { startedAt, extension: '101' });
    const strangers = await office();
    const queries = [
      ['', 3],
      [`connectionId=${other.id}`, 2],
      [`agentId=${agentId}`, 2],
      [`agentId=${agentId}&connectionId=${other.id}`, 1],
      [`agentId=${newId()}`, 0],
      ['queueId=12', 1],
      ['queueId=13', 0],
    ] as const;
    for (const [query, calls] of queries) {
      expect([query, (await count(client, `${DAY}&${query}`))['calls']]).toEqual([query, calls]);
      expect((await count(strangers.client, `${DAY}&${query}`))['calls']).toBe(0);
    }
  });

  it('are told by days of the zone, also of one that has 25 hours', async () => {
    const { client, connection } = await office();
    // Clocks in Jerusalem went back at 2:00 of that day, and it began at 21:00 in UTC.
    await makeCall(api.sql, connection, { startedAt: Date.UTC(2026, 9, 25, 21, 30) });
    await makeCall(api.sql, connection, { startedAt: Date.UTC(2026, 9, 24, 21, 30) });
    const window = 'from=2026-10-24T21:00:00Z&to=2026-10-26T22:00:00Z&zone=Asia/Jerusalem';
    const { buckets } = await count(client, window);
    expect(buckets.map(({ at, calls }) => [at, calls])).toEqual([
      ['2026-10-24T21:00:00.000Z', 2],
      ['2026-10-25T22:00:00.000Z', 0],
    ]);
    const hourly = await count(client, `${window}&by=hour`);
    expect(hourly.buckets).toHaveLength(49);
  });

  it('refuse a window that nobody can draw, and a zone that there is not', async () => {
    const { client } = await office();
    const refused = [
      'from=2026-11-22T00:00:00Z&to=2026-11-22T00:00:00Z',
      'from=2025-11-01T00:00:00Z&to=2026-11-22T00:00:00Z',
      'from=2026-10-01T00:00:00Z&to=2026-11-22T00:00:00Z&by=hour',
      'zone=Atlantis',
      'zone=%2B03:00',
      'by=week',
    ];
    for (const query of refused) {
      const { status, body } = await client.get(`/v1/calls/stats?${query}`);
      expect([query, status, body['code']]).toEqual([query, 400, 'request.invalid']);
    }
  });

  it('are those of the last week where no window is named', async () => {
    const { client, connection } = await office();
    await makeCall(api.sql, connection, { startedAt: Date.now() - 6 * 24 * HOUR });
    await makeCall(api.sql, connection, { startedAt: Date.now() - 8 * 24 * HOUR });
    expect((await count(client, ''))['calls']).toBe(1);
  });
});

describe('counting calls', () => {
  it('stops at a number, with the latest', async () => {
    const { connection } = await office();
    for (const minutes of [1, 2, 3])
      await makeCall(api.sql, connection, { startedAt: MIDNIGHT + minutes * MINUTE });
    const scope = new TenantScope(api.world.url, 1);
    const { callStats } = openRepositories(scope, systemClock);
    const ask = { from: instant(MIDNIGHT), to: instant(MIDNIGHT + HOUR), by: 'hour', zone: 'UTC' } as const;
    const of = (most: number) => callStats.of(connection.tenantId, ask, most);
    expect(await of(3)).toMatchObject({ more: false, groups: [{ calls: 3 }] });
    expect(await of(2)).toMatchObject({ more: true });
    await scope.end();
  });

  it('goes along the index of starts and reads no other call', async () => {
    const { client, connection } = await office();
    await api.sql.rows(
      `INSERT INTO call (id, tenant_id, connection_id, vendor_call_id, started_at, direction, result, customer_number,
                         sequence, record, updated_at)
       SELECT gen_random_uuid(), CASE WHEN n % 10 = 0 THEN $1::uuid ELSE gen_random_uuid() END, $2, 'many ' || n,
         to_timestamp($3) + n * interval '1 min', 'inbound', 'answered', '1', 1, '{"legs": []}', now()
       FROM generate_series(1, 30000) n`,
      [connection.tenantId, connection.id, MIDNIGHT / 1000],
    );
    await api.sql.rows('ANALYZE call');
    const scans = () =>
      api.sql.row<{ whole: string; index: string }>(
        `SELECT (SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'call') AS whole,
                (SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'call_tenant_id_started_at_id_idx') AS index`,
      );
    const before = await scans();
    expect((await count(client, DAY))['calls']).toBe(143);
    await until('the index was used', async () => (await scans()).index !== before.index);
    expect((await scans()).whole).toBe(before.whole);
  });
});

describe('saved views of calls', () => {
  it('are those with a recording, those that were missed, those of a queue, those of unknown callers', async () => {
    const { client, connection } = await office();
    await makeContact(api.sql, connection.tenantId, { phones: ['+972502345678'] });
    const known = { customerNumber: '+972502345678' };
    const recorded = await makeCall(api.sql, connection, { ...known, startedAt: 1_000, recorded: true });
    const missed = await makeCall(api.sql, connection, {
      ...known,
      startedAt: 2_000,
      missed: true,
      result: 'busy',
    });
    const unknown = await makeCall(api.sql, connection, { startedAt: 3_000, queueId: '12' });
    const placed = await makeCall(api.sql, connection, { startedAt: 4_000, direction: 'outbound' });
    const views = [
      ['recording=true', [recorded]],
      ['recording=false', [placed, unknown, missed]],
      ['missed=true', [missed]],
      ['missed=false&direction=inbound', [unknown, recorded]],
      ['queueId=12', [unknown]],
      ['unknownCaller=true', [unknown]],
      ['unknownCaller=false', [placed, missed, recorded]],
    ] as const;
    for (const [query, ids] of views) {
      const { body } = await client.get(`/v1/calls?${query}`);
      expect([query, body.data.map((call) => call['id'])]).toEqual([query, ids]);
    }
    expect((await client.get('/v1/calls?recording=perhaps')).status).toBe(400);
  });
});
