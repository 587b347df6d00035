import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TenantId } from '#domain';
import { oweDeliveries } from '../builders/delivery.js';
import { openApi, type ApiClient, type Json, type TestApi } from '../harness/api.js';
import { Crm } from '../harness/crm.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { makeEndpoint, type EndpointTraits, type TestEndpoint } from '../harness/tenant.js';

const HOUR = 3_600_000;

describe('a test event', () => {
  let api: TestApi;
  let rig: ForwarderRig;
  let crm: Crm;
  let tenantId: TenantId;
  let client: ApiClient;

  beforeAll(async () => {
    api = await openApi();
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
  const send = ({ id }: TestEndpoint, order?: object) => client.post(`/v1/endpoints/${id}/test`, order);
  const deliveryOf = async ({ body }: { body: Json }) =>
    (await client.get(`/v1/deliveries/${String(body['deliveryId'])}`)).body;
  const fieldsAtFault = ({ body }: { body: Json }) =>
    (body['errors'] as { field: string }[]).map(({ field }) => field);

  /** Two events of one type that a call of some tenant had, and what was told of each. */
  async function callWithEvents(tenant: TenantId): Promise<string> {
    const endpoint = await makeEndpoint(api.sql, tenant, { url: 'https://crm.example/' });
    const [first] = await oweDeliveries(api.sql, endpoint, [
      {
        eventType: 'call.updated',
        sequence: 1,
        state: 'delivered',
        payload: { vendorCallId: 'v', price: 1 },
      },
    ]);
    const callId = first?.callId ?? ('' as never);
    await oweDeliveries(api.sql, endpoint, [
      {
        callId,
        eventType: 'call.updated',
        sequence: 3,
        state: 'delivered',
        payload: { vendorCallId: 'v', price: 3 },
      },
      {
        callId,
        eventType: 'call.ended',
        sequence: 2,
        state: 'delivered',
        payload: { vendorCallId: 'v', price: 2 },
      },
    ]);
    return callId;
  }

  it('of every type that there is goes out like any other event, flagged, whatever the endpoint asks for', async () => {
    const endpoint = await endpointOf({ eventTypes: ['call.ended'] });
    const known = (await client.get('/v1/event-types')).body.data as unknown as {
      type: string;
      example: object;
    }[];
    expect(known.length).toBeGreaterThan(10);
    for (const { type, example } of known) {
      const sent = await send(endpoint, { type });
      expect([sent.status, sent.body]).toEqual([
        202,
        { type, deliveryId: expect.any(String), eventId: expect.any(String) },
      ]);
      expect(await deliveryOf(sent)).toMatchObject({
        state: 'due',
        eventType: type,
        eventId: sent.body['eventId'],
      });
      await rig.drain(endpoint);
      const request = crm.requests.at(-1);
      expect(request?.event).toMatchObject({ id: sent.body['eventId'], type, data: { test: true } });
      expect(Object.keys(request?.event.data ?? {}).sort()).toEqual(
        [...new Set([...Object.keys(example), 'test'])].sort(),
      );
      const delivery = await deliveryOf(sent);
      expect(delivery).toMatchObject({ state: 'delivered', attempts: [{ outcome: 'delivered' }] });
    }
    crm.verify(endpoint.secret);
  });

  it('is a sample call unless a type is asked for', async () => {
    const endpoint = await endpointOf();
    for (const order of [undefined, {}]) {
      const sent = await send(endpoint, order);
      expect(sent.body['type']).toBe('endpoint.test');
      expect((await deliveryOf(sent))['payload']).toMatchObject({ test: true, vendorCallId: 'sample-call' });
    }
  });

  it('is about a call of its own, of now: no receiver takes it for the last one', async () => {
    const endpoint = await endpointOf();
    const payloads: { id: string; vendorCallId: string; endedAt: string }[] = [];
    for (let n = 0; n < 2; n += 1) {
      const { payload } = await deliveryOf(await send(endpoint, { type: 'call.missed' }));
      payloads.push(payload as (typeof payloads)[number]);
    }
    expect(new Set(payloads.map(({ id }) => id)).size).toBe(2);
    expect(new Set(payloads.map(({ vendorCallId }) => vendorCallId)).size).toBe(2);
    for (const { endedAt } of payloads) {
      expect(Date.parse(endedAt)).toBeGreaterThan(Date.now() - HOUR);
    }
  });

  it('that the endpoint’s format has no message for is skipped, with the reason', async () => {
    const endpoint = await endpointOf({ format: 'voicenter' });
    const sent = await send(endpoint, { type: 'call.missed' });
    await rig.drain(endpoint);
    expect(await deliveryOf(sent)).toMatchObject({
      state: 'skipped',
      reason: 'The format voicenter has no message for call.missed.',
      attempts: [],
    });
    expect(crm.requests).toEqual([]);
  });

  it('can be the last event of a type that a call of the tenant’s had, and does not become a part of that call', async () => {
    const endpoint = await endpointOf();
    const callId = await callWithEvents(tenantId);
    const sent = await send(endpoint, { type: 'call.updated', callId: callId.toUpperCase() });
    expect(await deliveryOf(sent)).toMatchObject({
      eventType: 'call.updated',
      callId: null,
      sequence: 0,
      payload: { vendorCallId: 'v', price: 3, test: true },
    });
    const events = await api.sql.count('SELECT count(*) FROM call_event WHERE call_id = $1', [callId]);
    expect(events).toBe(3);
    expect((await send(endpoint, { type: 'call.missed', callId })).status).toBe(404);
  });

  it('is of no call of somebody else’s, and goes to no endpoint of somebody else’s', async () => {
    const endpoint = await endpointOf();
    const other = await api.tenant('Other');
    const callId = await callWithEvents(other.id);
    expect((await send(endpoint, { type: 'call.ended', callId })).status).toBe(404);
    expect(
      (await other.client.post(`/v1/endpoints/${endpoint.id}/test`, { type: 'call.ended' })).status,
    ).toBe(404);
    const owed = await api.sql.count('SELECT count(*) FROM delivery WHERE endpoint_id = $1', [endpoint.id]);
    expect(owed).toBe(0);
  });

  it('must be of a known type, and of a call only where calls have such events', async () => {
    const endpoint = await endpointOf();
    const callId = await callWithEvents(tenantId);
    expect(fieldsAtFault(await send(endpoint, { type: 'call.nonsense' }))).toEqual(['type']);
    expect(fieldsAtFault(await send(endpoint, { type: 'endpoint.failing', callId }))).toEqual(['type']);
    expect(fieldsAtFault(await send(endpoint, { callId }))).toEqual(['type']);
    expect(fieldsAtFault(await send(endpoint, { type: 'call.ended', callId: 'x' }))).toEqual(['callId']);
    expect(fieldsAtFault(await send(endpoint, { type: 'call.ended', data: {} }))).toEqual(['data']);
  });

  it('is not sent to an endpoint that is paused', async () => {
    const endpoint = await endpointOf({ state: 'paused' });
    const refused = await send(endpoint, { type: 'call.ended' });
    expect([refused.status, refused.body['code']]).toEqual([409, 'endpoint.disabled']);
  });

  it('is to be seen in the audit trail', async () => {
    const endpoint = await endpointOf();
    const { body } = await send(endpoint, { type: 'call.ended' });
    const [entry] = (await client.get(`/v1/audit?subjectId=${endpoint.id}`)).body.data;
    expect(entry).toMatchObject({
      action: 'endpoint.tested',
      changes: { eventType: { to: 'call.ended' }, deliveryId: { to: body['deliveryId'] } },
    });
  });
});
