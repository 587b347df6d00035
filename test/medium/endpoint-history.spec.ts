import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { instant, type CallEventId, type EndpointId, type TenantId } from '#domain';
import { OperationalEvents } from '#db';
import { newId } from '#platform';
import { oweDeliveries, oweDelivery } from '../builders/delivery.js';
import { openApi, type ApiClient, type Json, type TestApi } from '../harness/api.js';
import { Crm } from '../harness/crm.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { ReplayRig } from '../harness/replay-rig.js';
import { makeEndpoint, type EndpointTraits, type TestEndpoint } from '../harness/tenant.js';

const HOUR = 3_600_000;

describe('the history of an endpoint', () => {
  let api: TestApi;
  let rig: ForwarderRig;
  let crm: Crm;
  let tenantId: TenantId;
  let client: ApiClient;

  beforeAll(async () => {
    api = await openApi({ EGRESS_ALLOW: '127.0.0.0/8' });
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    rig = new ForwarderRig(api.world);
    crm = await Crm.open();
    ({ id: tenantId, client } = await api.tenant());
  });
  afterEach(async () => {
    rig.close();
    await crm.stop();
  });

  const endpointOf = (traits: Partial<EndpointTraits> = {}) =>
    makeEndpoint(api.sql, tenantId, { url: crm.url(), ...traits });
  const historyOf = ({ id }: { id: string }, query = '') => client.get(`/v1/endpoints/${id}/history${query}`);
  /** As a forwarder would that has not heard yet that somebody was faster. */
  const disabledTooLate = ({ id: endpointId, tenantId: whose }: TestEndpoint, url = crm.url()) =>
    new OperationalEvents(api.world.hot).write(
      {
        id: newId<CallEventId>(),
        tenantId: whose,
        type: 'endpoint.disabled',
        occurredAt: instant(Date.now()),
        data: { endpoint: { id: endpointId }, reason: 'too late' },
        deliveries: [],
      },
      { kind: 'disable', endpointId, url, reason: 'too late' },
    );
  /** The oldest first, which is how a story is told. */
  const story = async (endpoint: { id: string }) =>
    [...(await historyOf(endpoint)).body.data]
      .reverse()
      .map(({ kind, from, to, by }) => [kind, from, to, by]);

  it('tells who changed its state, and why, the newest first', async () => {
    const { body } = await client.post('/v1/endpoints', {
      name: 'CRM',
      url: 'https://crm.example/',
      eventTypes: ['*'],
    });
    const endpoint = { id: String(body['id']) };
    const path = `/v1/endpoints/${endpoint.id}`;
    await client.post(`${path}/pause`, { reason: 'CRM is being updated' });
    await client.post(`${path}/disable`, { reason: 'CRM is gone' });
    await client.post(`${path}/enable`);
    const { data } = (await historyOf(endpoint)).body;
    const key = await api.sql.row<{ id: string }>('SELECT id FROM api_key WHERE tenant_id = $1', [tenantId]);
    const by = { kind: 'state', by: key.id, byName: 'test' };
    expect(data).toMatchObject([
      { ...by, from: 'disabled', to: 'enabled', reason: null },
      { ...by, from: 'paused', to: 'disabled', reason: 'CRM is gone' },
      { ...by, from: 'enabled', to: 'paused', reason: 'CRM is being updated' },
      { ...by, from: null, to: 'enabled', reason: null },
    ]);
    const times = data.map(({ at }) => Date.parse(String(at)));
    expect([...times].sort((a, b) => b - a)).toEqual(times);
  });

  it('is paged', async () => {
    const endpoint = await endpointOf();
    for (const change of ['pause', 'enable', 'disable'])
      await client.post(`/v1/endpoints/${endpoint.id}/${change}`);
    const whole = await historyOf(endpoint);
    const pages: Json[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await historyOf(endpoint, `?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
      pages.push(...page.body.data);
      cursor = page.body.nextCursor;
    }
    expect(pages).toEqual(whole.body.data);
    expect(pages.map(({ to }) => to)).toEqual(['disabled', 'enabled', 'paused']);
  });

  it('does not tell of what changed nothing', async () => {
    const endpoint = await endpointOf();
    const path = `/v1/endpoints/${endpoint.id}`;
    for (const change of ['enable', 'pause', 'pause', 'enable', 'enable'])
      await client.post(`${path}/${change}`);
    expect((await story(endpoint)).map(([, from, to]) => [from, to])).toEqual([
      ['enabled', 'paused'],
      ['paused', 'enabled'],
    ]);
    await client.post(`${path}/pause`);
    expect(await disabledTooLate(endpoint)).toBe(false);
    expect(await story(endpoint)).toHaveLength(3);
  });

  it('tells that it was us who disabled one that is gone', async () => {
    const endpoint = await endpointOf();
    await oweDelivery(api.sql, endpoint);
    crm.play({ answers: [410] });
    await rig.drain(endpoint);
    expect((await historyOf(endpoint)).body.data).toMatchObject([
      { kind: 'state', from: 'enabled', to: 'disabled', by: 'switchhook', byName: null },
    ]);
    const { stateReason } = (await client.get(`/v1/endpoints/${endpoint.id}`)).body;
    expect((await historyOf(endpoint)).body.data[0]?.['reason']).toBe(stateReason);
    expect(stateReason).toMatch(/410/);
  });

  it('tells when it began to fail and when it recovered, also where nobody asked to be told', async () => {
    const endpoint = await endpointOf({ scheduleMs: Array.from({ length: 20 }, () => HOUR) });
    const other = await endpointOf();
    await oweDelivery(api.sql, endpoint);
    crm.play({ answers: [500, 500, 500, 500, 500, 200] });
    for (let hour = 0; hour < 6; hour += 1) {
      await rig.drain(endpoint);
      await rig.pass(endpoint, 2 * HOUR);
    }
    expect(await story(endpoint)).toEqual([
      ['standing', 'well', 'failing', 'switchhook'],
      ['standing', 'failing', 'well', 'switchhook'],
    ]);
    const [, failing] = (await historyOf(endpoint)).body.data;
    expect(failing?.['reason']).toMatch(/failed/);
    expect(await story(other)).toEqual([]);
  });

  it('tells when what was held is released', async () => {
    const endpoint = await endpointOf();
    const path = `/v1/endpoints/${endpoint.id}`;
    await client.post(`${path}/pause`);
    await oweDeliveries(
      api.sql,
      endpoint,
      Array.from({ length: 1_001 }, () => ({ state: 'held' as const })),
    );
    await client.post(`${path}/enable`);
    const key = await api.sql.row<{ id: string }>('SELECT id FROM api_key WHERE tenant_id = $1', [tenantId]);
    const byTenant = [
      ['state', 'enabled', 'paused', key.id],
      ['state', 'paused', 'enabling', key.id],
    ];
    expect(await story(endpoint)).toEqual(byTenant);
    const replay = await api.sql.row<{ id: string }>('SELECT id FROM replay WHERE endpoint_id = $1', [
      endpoint.id,
    ]);
    await new ReplayRig(api.world).drain(replay.id as never);
    expect(await story(endpoint)).toEqual([...byTenant, ['state', 'enabling', 'enabled', 'switchhook']]);
    expect((await client.get(path)).body['state']).toBe('enabled');
  });

  it('names an operator who did it by the key’s id and not by its name', async () => {
    const endpoint = await endpointOf();
    const operator = (await api.client(null, ['admin'])).with({ 'switchhook-tenant': tenantId });
    await operator.post(`/v1/endpoints/${endpoint.id}/pause`);
    const [change] = (await historyOf(endpoint)).body.data;
    expect(change).toMatchObject({ from: 'enabled', to: 'paused', byName: null });
    expect(change?.['by']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('goes with the endpoint, and is nobody else’s', async () => {
    const endpoint: TestEndpoint = await endpointOf();
    await client.post(`/v1/endpoints/${endpoint.id}/pause`);
    const stranger = await api.tenant('Other');
    expect((await stranger.client.get(`/v1/endpoints/${endpoint.id}/history`)).status).toBe(404);
    expect((await historyOf({ id: newId<EndpointId>() })).status).toBe(404);
    await client.delete(`/v1/endpoints/${endpoint.id}`);
    expect((await historyOf(endpoint)).status).toBe(404);
  });
});
