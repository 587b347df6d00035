import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#platform';
import { oweDeliveries, oweDelivery } from '../builders/delivery.js';
import { makeReceipt } from '../builders/history.js';
import { openApi, type Json, type TestApi } from '../harness/api.js';
import { makeConnection, makeEndpoint } from '../harness/tenant.js';
import { until } from '../harness/until.js';

let api: TestApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

async function ask(path: string): Promise<Json> {
  const { status, body } = await api.operator.get(path);
  expect([status, body['code']]).toEqual([200, undefined]);
  return body;
}

const named = ({ data }: Json, name: string) => data.find((tenant) => tenant['name'] === name);

describe('tenants by their trouble', () => {
  it('tell what is late, held and given up, and which connections are silent, the worst first', async () => {
    const well = await api.tenant('Well');
    const speaking = await makeConnection(api.sql, well.id);
    await makeReceipt(api.sql, speaking);
    const silent = await api.tenant('Silent');
    const connection = await makeConnection(api.sql, silent.id);
    const ill = await api.tenant('Ill');
    const endpoint = await makeEndpoint(api.sql, ill.id, { url: 'https://crm.example/' });
    const late = await oweDelivery(api.sql, endpoint, {});
    await api.sql.rows(`UPDATE delivery SET due_at = now() - interval '1 hour' WHERE id = $1`, [late.id]);
    for (const state of ['held', 'dead', 'dead'] as const) await oweDelivery(api.sql, endpoint, { state });
    // Of a moment ago: nobody is late yet.
    await oweDelivery(api.sql, endpoint, {});
    await api.sql.rows(`UPDATE connection SET created_at = now() - interval '4 days' WHERE id = ANY($1)`, [
      [connection.id, speaking.id],
    ]);
    const body = await ask('/v1/operator/tenants');
    expect(body.data.slice(0, 2).map(({ name }) => name)).toEqual(['Ill', 'Silent']);
    expect(named(body, 'Ill')).toMatchObject({
      late: 1,
      held: 1,
      dead: 2,
      silent: 0,
      endpoints: 1,
      atLeast: false,
    });
    expect(named(body, 'Silent')).toMatchObject({
      trouble: 1,
      silent: 1,
      connections: 1,
      late: 0,
      lateSince: null,
    });
    expect(named(body, 'Well')).toMatchObject({ trouble: 0, silent: 0, connections: 1 });
    expect(body).toMatchObject({ troubled: 2 });
  });

  it('are found by part of a name, or by an id', async () => {
    const { id } = await api.tenant('Zebra 100% Ltd');
    expect((await ask('/v1/operator/tenants?search=bra%20100%25')).data).toMatchObject([{ id }]);
    expect((await ask(`/v1/operator/tenants?search=${id.toUpperCase()}`)).data).toMatchObject([{ id }]);
    expect(await ask('/v1/operator/tenants?search=nobody')).toMatchObject({ data: [], total: 0 });
    expect((await ask('/v1/operator/tenants?limit=1')).data).toHaveLength(1);
  });

  it('are nobody else’s to see', async () => {
    const { client } = await api.tenant();
    for (const path of ['/v1/operator/tenants', '/v1/operator/installation']) {
      expect([path, (await client.get(path)).status]).toEqual([path, 403]);
    }
  });

  it('say so where they stopped counting', async () => {
    const { id } = await api.tenant('Flood');
    const endpoint = await makeEndpoint(api.sql, id, { url: 'https://crm.example/' });
    await oweDeliveries(
      api.sql,
      endpoint,
      Array.from({ length: 1_100 }, () => ({})),
    );
    await api.sql.rows(`UPDATE delivery SET due_at = now() - interval '1 hour' WHERE endpoint_id = $1`, [
      endpoint.id,
    ]);
    expect(named(await ask('/v1/operator/tenants'), 'Flood')).toMatchObject({ late: 1_000, atLeast: true });
  });
});

describe('the installation', () => {
  it('tells of its processes, which are gone when they have said nothing for long', async () => {
    await api.sql.rows(
      `INSERT INTO process VALUES ($1, 'forwarder', 'web-2', 12, '0.0.9', now() - interval '1 hour', now() - interval '2 minutes')`,
      [newId()],
    );
    const processes = async () => (await ask('/v1/operator/installation'))['processes'] as Json[];
    await until('this process to have said that it is there', async () => (await processes()).length === 2);
    const found = await processes();
    expect(found.find(({ pid }) => pid === process.pid)).toMatchObject({ alive: true, version: '0.1.0' });
    expect(found.find(({ host }) => host === 'web-2')).toMatchObject({ alive: false, version: '0.0.9' });
  });

  it('tells of what waits, and of the weeks of its logs', async () => {
    const body = await ask('/v1/operator/installation');
    expect(body).toMatchObject({
      version: '0.1.0',
      checks: { database: 'ok' },
      queue: { backend: 'postgres', behindMs: 0 },
    });
    const { waiting } = body['queue'] as { waiting: Json[] };
    expect(waiting.find(({ kind }) => kind === 'endpoint')).toMatchObject({ depth: expect.any(Number) });
    const partitions = body['partitions'] as Record<'table' | 'name' | 'from' | 'to' | 'keptUntil', string>[];
    expect(new Set(partitions.map(({ table }) => table))).toEqual(
      new Set(['attempt', 'call_event', 'delivery', 'receipt']),
    );
    for (const { from, to, keptUntil } of partitions) {
      expect(Date.parse(to) - Date.parse(from)).toBe(7 * 24 * 3_600_000);
      expect(Date.parse(keptUntil)).toBeGreaterThan(Date.parse(to));
    }
  });
});
