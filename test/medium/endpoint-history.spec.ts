import { describe, expect, it } from '@jest/globals';
import { instant, type CallEventId, type EndpointId } from '#domain';
import { OperationalEvents } from '#db';
import { newId } from '#platform';
import { oweDeliveries, oweDelivery } from '../builders/delivery.js';
import { makePerson, signedIn } from '../builders/person.js';
import { CrmDesk } from '../harness/crm-desk.js';
import type { Json } from '../harness/api.js';
import { ReplayRig } from '../harness/replay-rig.js';
import type { TestEndpoint } from '../harness/tenant.js';

const HOUR = 3_600_000;

describe('the history of an endpoint', () => {
  const desk = CrmDesk.open({ EGRESS_ALLOW: '127.0.0.0/8' });
  const historyOf = ({ id }: { id: string }, query = '') =>
    desk.client.get(`/v1/endpoints/${id}/history${query}`);
  /** As a forwarder would that has not heard yet that somebody was faster. */
  const disabledTooLate = ({ id: endpointId, tenantId: whose }: TestEndpoint, url = desk.crm.url()) =>
    new OperationalEvents(desk.api.world.hot).write(
      {
        id: newId<CallEventId>(),
        tenantId: whose,
        type: 'endpoint.disabled',
        occurredAt: instant(Date.now()),
        data: { endpoint: { id: endpointId }, reason: 'too late' },
        deliveries: [],
      },
      { kind: 'disable', endpointId, url, reason: 'too late', grantEpoch: 0, awaitsGrant: false },
    );
  /** The oldest first, which is how a story is told. */
  const story = async (endpoint: { id: string }) =>
    [...(await historyOf(endpoint)).body.data]
      .reverse()
      .map(({ kind, from, to, by }) => [kind, from, to, by]);

  it('tells who changed its state, and why, the newest first', async () => {
    const { body } = await desk.client.post('/v1/endpoints', {
      name: 'CRM',
      url: 'https://crm.example/',
      eventTypes: ['*'],
    });
    const endpoint = { id: String(body['id']) };
    const path = `/v1/endpoints/${endpoint.id}`;
    await desk.client.post(`${path}/pause`, { reason: 'CRM is being updated' });
    await desk.client.post(`${path}/disable`, { reason: 'CRM is gone' });
    await desk.client.post(`${path}/enable`);
    const { data } = (await historyOf(endpoint)).body;
    const key = await desk.api.sql.row<{ id: string }>('SELECT id FROM api_key WHERE tenant_id = $1', [
      desk.tenantId,
    ]);
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

  it('names people who are members of the tenant, and no others', async () => {
    const endpoint = await desk.endpointAt();
    const own = await makePerson(desk.api.sql, [{ tenant: desk.tenantId, role: 'admin' }]);
    const operator = await makePerson(desk.api.sql, [{ tenant: null, role: 'operator' }]);
    for (const person of [own, operator]) {
      const browser = (await signedIn(desk.api.url, person)).with({ 'switchhook-tenant': desk.tenantId });
      await browser.post(`/v1/endpoints/${endpoint.id}/pause`, {});
      await browser.post(`/v1/endpoints/${endpoint.id}/enable`, {});
    }
    const names = (await historyOf(endpoint)).body.data.map(({ byName }) => byName);
    expect(names).toEqual([null, null, 'Dana Levi', 'Dana Levi']);
  });

  it('is paged', async () => {
    const endpoint = await desk.endpointAt();
    for (const change of ['pause', 'enable', 'disable'])
      await desk.client.post(`/v1/endpoints/${endpoint.id}/${change}`);
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
    const endpoint = await desk.endpointAt();
    const path = `/v1/endpoints/${endpoint.id}`;
    for (const change of ['enable', 'pause', 'pause', 'enable', 'enable'])
      await desk.client.post(`${path}/${change}`);
    expect((await story(endpoint)).map(([, from, to]) => [from, to])).toEqual([
      ['enabled', 'paused'],
      ['paused', 'enabled'],
    ]);
    await desk.client.post(`${path}/pause`);
    expect(await disabledTooLate(endpoint)).toBe(false);
    expect(await story(endpoint)).toHaveLength(3);
  });

  it('tells that it was us who disabled one that is gone', async () => {
    const endpoint = await desk.endpointAt();
    await oweDelivery(desk.api.sql, endpoint);
    desk.crm.play({ answers: [410] });
    await desk.rig.drain(endpoint);
    expect((await historyOf(endpoint)).body.data).toMatchObject([
      { kind: 'state', from: 'enabled', to: 'disabled', by: 'switchhook', byName: null },
    ]);
    const { stateReason } = (await desk.client.get(`/v1/endpoints/${endpoint.id}`)).body;
    expect((await historyOf(endpoint)).body.data[0]?.['reason']).toBe(stateReason);
    expect(stateReason).toMatch(/410/);
  });

  it('tells when it began to fail and when it recovered, also where nobody asked to be told', async () => {
    const endpoint = await desk.endpointAt({ scheduleMs: Array.from({ length: 20 }, () => HOUR) });
    const other = await desk.endpointAt();
    await oweDelivery(desk.api.sql, endpoint);
    desk.crm.play({ answers: [500, 500, 500, 500, 500, 200] });
    for (let hour = 0; hour < 6; hour += 1) {
      await desk.rig.drain(endpoint);
      await desk.rig.pass(endpoint, 2 * HOUR);
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
    const endpoint = await desk.endpointAt();
    const path = `/v1/endpoints/${endpoint.id}`;
    await desk.client.post(`${path}/pause`);
    await oweDeliveries(
      desk.api.sql,
      endpoint,
      Array.from({ length: 1_001 }, () => ({ state: 'held' as const })),
    );
    await desk.client.post(`${path}/enable`);
    const key = await desk.api.sql.row<{ id: string }>('SELECT id FROM api_key WHERE tenant_id = $1', [
      desk.tenantId,
    ]);
    const byTenant = [
      ['state', 'enabled', 'paused', key.id],
      ['state', 'paused', 'enabling', key.id],
    ];
    expect(await story(endpoint)).toEqual(byTenant);
    const replay = await desk.api.sql.row<{ id: string }>('SELECT id FROM replay WHERE endpoint_id = $1', [
      endpoint.id,
    ]);
    await new ReplayRig(desk.api.world).drain(replay.id as never);
    expect(await story(endpoint)).toEqual([...byTenant, ['state', 'enabling', 'enabled', 'switchhook']]);
    expect((await desk.client.get(path)).body['state']).toBe('enabled');
  });

  it('names an operator who did it by the key’s id and not by its name', async () => {
    const endpoint = await desk.endpointAt();
    const operator = (await desk.api.client(null, ['admin'])).with({ 'switchhook-tenant': desk.tenantId });
    await operator.post(`/v1/endpoints/${endpoint.id}/pause`);
    const [change] = (await historyOf(endpoint)).body.data;
    expect(change).toMatchObject({ from: 'enabled', to: 'paused', byName: null });
    expect(change?.['by']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('goes with the endpoint, and is nobody else’s', async () => {
    const endpoint: TestEndpoint = await desk.endpointAt();
    await desk.client.post(`/v1/endpoints/${endpoint.id}/pause`);
    const stranger = await desk.api.tenant('Other');
    expect((await stranger.client.get(`/v1/endpoints/${endpoint.id}/history`)).status).toBe(404);
    expect((await historyOf({ id: newId<EndpointId>() })).status).toBe(404);
    await desk.client.delete(`/v1/endpoints/${endpoint.id}`);
    expect((await historyOf(endpoint)).status).toBe(404);
  });
});
