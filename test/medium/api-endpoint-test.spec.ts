import { describe, expect, it } from '@jest/globals';
import type { TenantId } from '#domain';
import { oweDeliveries } from '../builders/delivery.js';
import { CrmDesk } from '../harness/crm-desk.js';
import type { Json } from '../harness/api.js';
import { makeEndpoint, type TestEndpoint } from '../harness/tenant.js';

const HOUR = 3_600_000;

describe('a test event', () => {
  const desk = CrmDesk.open();
  const send = ({ id }: TestEndpoint, order?: object) => desk.client.post(`/v1/endpoints/${id}/test`, order);
  const deliveryOf = async ({ body }: { body: Json }) =>
    (await desk.client.get(`/v1/deliveries/${String(body['deliveryId'])}`)).body;
  const fieldsAtFault = ({ body }: { body: Json }) =>
    (body['errors'] as { field: string }[]).map(({ field }) => field);

  /** Two events of one type that a call of some tenant had, and what was told of each. */
  async function callWithEvents(tenant: TenantId): Promise<string> {
    const endpoint = await makeEndpoint(desk.api.sql, tenant, { url: 'https://crm.example/' });
    const [first] = await oweDeliveries(desk.api.sql, endpoint, [
      {
        eventType: 'call.updated',
        sequence: 1,
        state: 'delivered',
        payload: { vendorCallId: 'v', price: 1 },
      },
    ]);
    const callId = first?.callId ?? ('' as never);
    await oweDeliveries(desk.api.sql, endpoint, [
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
    const endpoint = await desk.endpointAt({ eventTypes: ['call.ended'] });
    const known = (await desk.client.get('/v1/event-types')).body.data as unknown as {
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
      await desk.rig.drain(endpoint);
      const request = desk.crm.requests.at(-1);
      expect(request?.event).toMatchObject({ id: sent.body['eventId'], type, data: { test: true } });
      expect(Object.keys(request?.event.data ?? {}).sort()).toEqual(
        [...new Set([...Object.keys(example), 'test'])].sort(),
      );
      const delivery = await deliveryOf(sent);
      expect(delivery).toMatchObject({ state: 'delivered', attempts: [{ outcome: 'delivered' }] });
    }
    desk.crm.verify(endpoint.secret);
  });

  it('is a sample call unless a type is asked for', async () => {
    const endpoint = await desk.endpointAt();
    for (const order of [undefined, {}]) {
      const sent = await send(endpoint, order);
      expect(sent.body['type']).toBe('endpoint.test');
      expect((await deliveryOf(sent))['payload']).toMatchObject({ test: true, vendorCallId: 'sample-call' });
    }
  });

  it('is about a call of its own, of now: no receiver takes it for the last one', async () => {
    const endpoint = await desk.endpointAt();
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
    const endpoint = await desk.endpointAt({ format: 'voicenter' });
    const sent = await send(endpoint, { type: 'call.missed' });
    await desk.rig.drain(endpoint);
    expect(await deliveryOf(sent)).toMatchObject({
      state: 'skipped',
      reason: 'The format voicenter has no message for call.missed.',
      attempts: [],
    });
    expect(desk.crm.requests).toEqual([]);
  });

  it('can be the last event of a type that a call of the tenant’s had, and does not become a part of that call', async () => {
    const endpoint = await desk.endpointAt();
    const callId = await callWithEvents(desk.tenantId);
    const sent = await send(endpoint, { type: 'call.updated', callId: callId.toUpperCase() });
    expect(await deliveryOf(sent)).toMatchObject({
      eventType: 'call.updated',
      callId: null,
      sequence: 0,
      payload: { vendorCallId: 'v', price: 3, test: true },
    });
    const events = await desk.api.sql.count('SELECT count(*) FROM call_event WHERE call_id = $1', [callId]);
    expect(events).toBe(3);
    expect((await send(endpoint, { type: 'call.missed', callId })).status).toBe(404);
  });

  it('is of no call of somebody else’s, and goes to no endpoint of somebody else’s', async () => {
    const endpoint = await desk.endpointAt();
    const other = await desk.api.tenant('Other');
    const callId = await callWithEvents(other.id);
    expect((await send(endpoint, { type: 'call.ended', callId })).status).toBe(404);
    expect(
      (await other.client.post(`/v1/endpoints/${endpoint.id}/test`, { type: 'call.ended' })).status,
    ).toBe(404);
    const owed = await desk.api.sql.count('SELECT count(*) FROM delivery WHERE endpoint_id = $1', [
      endpoint.id,
    ]);
    expect(owed).toBe(0);
  });

  it('must be of a known type, and of a call only where calls have such events', async () => {
    const endpoint = await desk.endpointAt();
    const callId = await callWithEvents(desk.tenantId);
    expect(fieldsAtFault(await send(endpoint, { type: 'call.nonsense' }))).toEqual(['type']);
    expect(fieldsAtFault(await send(endpoint, { type: 'endpoint.failing', callId }))).toEqual(['type']);
    expect(fieldsAtFault(await send(endpoint, { callId }))).toEqual(['type']);
    expect(fieldsAtFault(await send(endpoint, { type: 'call.ended', callId: 'x' }))).toEqual(['callId']);
    expect(fieldsAtFault(await send(endpoint, { type: 'call.ended', data: {} }))).toEqual(['data']);
  });

  it('is not sent to an endpoint that is paused', async () => {
    const endpoint = await desk.endpointAt({ state: 'paused' });
    const refused = await send(endpoint, { type: 'call.ended' });
    expect([refused.status, refused.body['code']]).toEqual([409, 'endpoint.disabled']);
  });

  it('is to be seen in the audit trail', async () => {
    const endpoint = await desk.endpointAt();
    const { body } = await send(endpoint, { type: 'call.ended' });
    const [entry] = (await desk.client.get(`/v1/audit?subjectId=${endpoint.id}`)).body.data;
    expect(entry).toMatchObject({
      action: 'endpoint.tested',
      changes: { eventType: { to: 'call.ended' }, deliveryId: { to: body['deliveryId'] } },
    });
  });
});
