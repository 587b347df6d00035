import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#platform';
import { oweDeliveries, oweDelivery, type DeliveryTraits } from '../builders/delivery.js';
import { makeCall } from '../builders/history.js';
import { openApi, type ApiClient, type Json, type TestApi } from '../harness/api.js';
import { ReplayRig } from '../harness/replay-rig.js';
import { makeConnection, makeEndpoint, type EndpointTraits, type TestEndpoint } from '../harness/tenant.js';

const HOUR = 3_600_000;

let api: TestApi;
let rig: ReplayRig;
beforeAll(async () => {
  api = await openApi();
  rig = new ReplayRig(api.world);
});
afterAll(() => api.close());

interface Office {
  client: ApiClient;
  endpoint: TestEndpoint;
  another: (traits?: Partial<EndpointTraits>) => Promise<TestEndpoint>;
}

async function office(): Promise<Office> {
  const { id, client } = await api.tenant();
  const another = (traits: Partial<EndpointTraits> = {}) =>
    makeEndpoint(api.sql, id, { url: 'https://crm.example/', ...traits });
  return { client, endpoint: await another(), another };
}

const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
const many = (count: number, traits: DeliveryTraits) => Array.from({ length: count }, () => traits);
const statesOf = async ({ id }: TestEndpoint) =>
  (
    await api.sql.rows<{ state: string }>(`SELECT state FROM delivery WHERE endpoint_id = $1 ORDER BY id`, [
      id,
    ])
  ).map(({ state }) => state);
const fieldsAtFault = ({ body }: { body: Json }) =>
  (body['errors'] as { field: string }[]).map(({ field }) => field);

describe('replays', () => {
  it('are counted beforehand, and nothing is done', async () => {
    const { client, endpoint } = await office();
    await oweDeliveries(api.sql, endpoint, [...many(3, { state: 'dead' }), { state: 'delivered' }, {}]);
    const order = { kind: 'failed', from: ago(HOUR) };
    const counted = await client.post('/v1/replays/preview', order);
    expect([counted.status, counted.body]).toEqual([200, { total: 3, exact: true }]);
    expect((await client.post('/v1/replays/preview', { ...order, kind: 'events' })).body['total']).toBe(4);
    expect((await client.get('/v1/replays')).body.data).toEqual([]);
  });

  it('are ordered, watched and cancelled', async () => {
    const { client, endpoint } = await office();
    await oweDeliveries(api.sql, endpoint, many(3, { state: 'dead' }));
    const ordered = await client.post('/v1/replays', { kind: 'failed', from: ago(HOUR), ratePerMinute: 600 });
    expect([ordered.status, ordered.body]).toMatchObject([
      202,
      { kind: 'failed', state: 'running', total: 3, queued: 0, ratePerMinute: 600, endpointId: null },
    ]);
    const replayId = String(ordered.body['id']);
    expect(api.rings).toContainEqual({ kind: 'replay', id: replayId });
    await rig.drain(replayId as never);
    const path = `/v1/replays/${replayId}`;
    expect((await client.get(path)).body).toMatchObject({
      state: 'done',
      queued: 3,
      waiting: 3,
      delivered: 0,
    });
    expect((await client.get('/v1/replays?state=done')).body.data.map((one) => one['id'])).toEqual([
      replayId,
    ]);

    expect((await client.post(`${path}/cancel`)).body).toMatchObject({
      state: 'cancelling',
      finishedAt: null,
    });
    expect((await client.post(`${path}/cancel`)).body['code']).toBe('replay.not_cancellable');
    await rig.drain(replayId as never);
    expect((await client.get(path)).body).toMatchObject({ state: 'cancelled', skipped: 3, waiting: 0 });
    expect((await client.post(`/v1/replays/${newId()}/cancel`)).status).toBe(404);
  });

  it('send what a new endpoint missed since a time', async () => {
    const { client, endpoint, another } = await office();
    await oweDeliveries(api.sql, endpoint, many(4, { state: 'delivered' }));
    const fresh = await another();
    const order = { kind: 'missed', from: ago(HOUR), endpointIds: [fresh.id.toUpperCase()] };
    const { body } = await client.post('/v1/replays', order);
    expect(body).toMatchObject({ total: 4, endpointId: fresh.id });
    await rig.drain(body['id'] as never);
    expect(await statesOf(fresh)).toEqual(['due', 'due', 'due', 'due']);
  });

  it('are refused where members do not go together, or name an endpoint of somebody else', async () => {
    const { client } = await office();
    const { endpoint: theirs } = await office();
    const tries: [object, string[]][] = [
      [{ kind: 'events' }, ['from']],
      [{ kind: 'held', from: ago(HOUR) }, ['kind']],
      [{ kind: 'missed', from: ago(HOUR) }, ['endpointIds']],
      [{ kind: 'failed', from: ago(HOUR), status: 'dead' }, ['status']],
      [{ kind: 'failed', from: ago(40 * 24 * HOUR) }, ['from']],
      [{ kind: 'failed', from: ago(HOUR), ratePerMinute: 0 }, ['ratePerMinute']],
      [{ kind: 'failed', from: ago(HOUR), eventTypes: ['call.nonsense'] }, ['eventTypes']],
    ];
    for (const [order, fields] of tries) {
      const answer = await client.post('/v1/replays', order);
      expect([order, answer.status, fieldsAtFault(answer)]).toEqual([order, 400, fields]);
    }
    const stolen = { kind: 'events', from: ago(HOUR), endpointIds: [theirs.id] };
    expect((await client.post('/v1/replays', stolen)).status).toBe(404);
    expect((await client.post('/v1/replays/preview', stolen)).status).toBe(404);
  });
});

describe('dead letters', () => {
  it('are retried in bulk by a replay', async () => {
    const { client, endpoint } = await office();
    const [refused] = await oweDeliveries(api.sql, endpoint, many(2, { state: 'dead' }));
    await api.sql.rows(`UPDATE delivery SET reason = 'Refused: answered 422' WHERE id = $1`, [refused?.id]);
    const { status, body } = await client.post('/v1/deliveries/retry', {
      from: ago(HOUR),
      reason: 'ANSWERED 422',
    });
    expect([status, body]).toMatchObject([202, { kind: 'failed', total: 1 }]);
    await rig.drain(body['id'] as never);
    expect((await rig.made(body['id'] as never)).map(({ eventId }) => eventId)).toEqual([refused?.eventId]);
    const { body: sent } = await client.get(`/v1/deliveries?replayId=${String(body['id'])}`);
    expect(sent.data).toMatchObject([{ eventId: refused?.eventId, replayId: body['id'], attemptCount: 0 }]);
  });
});

describe('an endpoint that is stopped', () => {
  it('is paused with a reason, holds what it is owed, and sends it when it is enabled', async () => {
    const { client, endpoint } = await office();
    const owed = await oweDelivery(api.sql, endpoint);
    const path = `/v1/endpoints/${endpoint.id}`;
    expect((await client.post(`${path}/pause`, { reason: 'update' })).body).toMatchObject({
      state: 'paused',
      stateReason: 'update',
    });
    expect((await client.get(`/v1/deliveries/${owed.id}`)).body).toMatchObject({
      state: 'held',
      reason: 'endpoint paused',
    });
    expect((await client.get('/v1/endpoints?state=paused')).body.data).toHaveLength(1);
    expect((await client.post(`${path}/enable`, {})).body).toMatchObject({
      state: 'enabled',
      stateReason: null,
    });
    expect(await statesOf(endpoint)).toEqual(['due']);
  });

  it('skips what it was owed when that is wanted, for good and with a reason', async () => {
    const { client, another } = await office();
    const endpoint = await another({ state: 'disabled' });
    const owed = await oweDelivery(api.sql, endpoint, { state: 'held' });
    await client.post(`/v1/endpoints/${endpoint.id}/enable`, { held: 'skip' });
    const { body } = await client.get(`/v1/deliveries/${owed.id}`);
    expect(body).toMatchObject({
      state: 'skipped',
      reason: 'skipped when the endpoint was enabled',
      dueAt: null,
    });
    expect(body['finishedAt']).not.toBeNull();
    expect((await client.post(`/v1/deliveries/${owed.id}/retry`)).body).toMatchObject({ state: 'due' });
  });

  it('sends only what it was owed since a time when that is wanted', async () => {
    const { client, another } = await office();
    const endpoint = await another({ state: 'paused' });
    await oweDeliveries(api.sql, endpoint, many(2, { state: 'held' }));
    const from = new Date(Date.now() + 1).toISOString();
    while (Date.now() <= Date.parse(from)) await api.sql.rows('SELECT 1');
    await oweDeliveries(api.sql, endpoint, many(2, { state: 'held' }));
    const path = `/v1/endpoints/${endpoint.id}/enable`;
    expect(fieldsAtFault(await client.post(path, { held: 'replay_from' }))).toEqual(['from']);
    expect(fieldsAtFault(await client.post(path, { from }))).toEqual(['from']);
    await client.post(path, { held: 'replay_from', from });
    expect(await statesOf(endpoint)).toEqual(['skipped', 'skipped', 'due', 'due']);
  });

  it('is enabling while much is being released, takes new events behind it, and is enabled with the last of it', async () => {
    const { client, another } = await office();
    const endpoint = await another({ state: 'disabled' });
    await oweDeliveries(api.sql, endpoint, many(2_500, { state: 'held' }));
    const path = `/v1/endpoints/${endpoint.id}`;
    expect((await client.post(`${path}/enable`)).body).toMatchObject({ state: 'enabling' });
    const { body } = await client.get(`/v1/replays?endpointId=${endpoint.id}`);
    expect(body.data).toMatchObject([{ kind: 'held', state: 'running', total: 1_500 }]);
    const replayId = String(body.data[0]?.['id']);
    expect((await client.post(`/v1/replays/${replayId}/cancel`)).body['code']).toBe('replay.not_cancellable');
    await rig.drain(replayId as never);
    expect((await client.get(path)).body).toMatchObject({ state: 'enabled' });
    expect(new Set(await statesOf(endpoint))).toEqual(new Set(['due']));
    expect((await client.get(`/v1/replays/${replayId}`)).body).toMatchObject({
      state: 'done',
      queued: 1_500,
    });
  });

  it('is not enabled by what was begun before it was disabled again', async () => {
    const { client, another } = await office();
    const endpoint = await another({ state: 'disabled' });
    await oweDeliveries(api.sql, endpoint, many(1_200, { state: 'held' }));
    const path = `/v1/endpoints/${endpoint.id}`;
    await client.post(`${path}/enable`);
    await client.post(`${path}/disable`);
    const { body } = await client.get(`/v1/replays?endpointId=${endpoint.id}`);
    await rig.drain(body.data[0]?.['id'] as never);
    expect((await client.get(path)).body).toMatchObject({ state: 'disabled' });
    expect(new Set(await statesOf(endpoint))).toEqual(new Set(['held']));
    expect((await client.get(`/v1/replays?endpointId=${endpoint.id}`)).body.data).toMatchObject([
      { state: 'cancelled', reason: 'the endpoint is not being enabled any more' },
    ]);
  });
});

describe('explaining', () => {
  it('says of one event, or of each of a call, why an endpoint was told or not', async () => {
    const { client, endpoint, another } = await office();
    const connection = await makeConnection(api.sql, endpoint.tenantId);
    const callId = await makeCall(api.sql, connection);
    const [first, second] = await oweDeliveries(api.sql, endpoint, [
      { callId, sequence: 1, eventType: 'call.ringing' },
      { callId, sequence: 2 },
    ]);
    await api.sql.rows(`UPDATE delivery SET first_tried_at = now(), attempt_count = 1 WHERE id = $1`, [
      first?.id,
    ]);
    const ask = async ({ id }: TestEndpoint, query: string) =>
      (await client.get(`/v1/endpoints/${id}/explain?${query}`)).body.data;
    const [one, two] = await ask(endpoint, `callId=${callId}`);
    expect(one).toMatchObject({ eventId: first?.eventId, told: false, deliveryId: first?.id });
    expect(one?.['because']).toContain('It failed in 1 try');
    expect(two?.['because']).toContain('It waits for event 1 of its call (call.ringing)');
    const picky = await another({ eventTypes: ['call.ringing'] });
    expect(await ask(picky, `eventId=${String(second?.eventId)}`)).toMatchObject([
      {
        told: false,
        because: 'The endpoint asks for call.ringing, and that does not take call.ended.',
        deliveryId: null,
      },
    ]);
    await api.sql.rows(
      `INSERT INTO mailbox VALUES ('endpoint', $1, 1, NULL, now(), now() + interval '1 h', '{"breaker": {"state": "open", "until": 9999999999999, "backOffMs": 5000}}')`,
      [endpoint.id],
    );
    expect((await ask(endpoint, `callId=${callId}`))[1]?.['because']).toContain('failed too often');
  });

  it('wants one event or one call that there is', async () => {
    const { client, endpoint } = await office();
    const path = `/v1/endpoints/${endpoint.id}/explain`;
    expect((await client.get(path)).status).toBe(400);
    expect((await client.get(`${path}?eventId=${newId()}&callId=${newId()}`)).status).toBe(400);
    expect((await client.get(`${path}?eventId=${newId()}`)).status).toBe(404);
  });
});

describe('the delivery log', () => {
  it('is searched by number, in any spelling, and by the status of the last try', async () => {
    const { client, endpoint } = await office();
    const connection = await makeConnection(api.sql, endpoint.tenantId);
    const callId = await makeCall(api.sql, connection, { customerNumber: '+972502345678' });
    const [wanted] = await oweDeliveries(api.sql, endpoint, [{ callId, state: 'dead' }, { state: 'dead' }]);
    await api.sql.rows(`UPDATE delivery SET last_status = 422 WHERE id = $1`, [wanted?.id]);
    for (const query of [
      'number=050-234-5678',
      'number=%2B972502345678',
      'status=422',
      `status=422&callId=${callId}`,
    ]) {
      const { body } = await client.get(`/v1/deliveries?${query}`);
      expect([query, body.data.map((item) => item['id'])]).toEqual([query, [wanted?.id]]);
    }
    expect((await client.get(`/v1/deliveries?number=050&callId=${callId}`)).body.data).toEqual([]);
    expect((await client.get('/v1/deliveries?status=500')).body.data).toEqual([]);
  });
});
