import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#platform';
import { oweDeliveries, oweDelivery } from '../builders/delivery.js';
import { makeCall, makeReceipt } from '../builders/history.js';
import { openApi, type ApiClient, type TestApi } from '../harness/api.js';
import { makeConnection, makeEndpoint, type TestConnection, type TestEndpoint } from '../harness/tenant.js';

let api: TestApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

interface Office {
  client: ApiClient;
  connection: TestConnection;
  endpoint: TestEndpoint;
}

async function office(): Promise<Office> {
  const { id, client } = await api.tenant();
  const connection = await makeConnection(api.sql, id);
  const endpoint = await makeEndpoint(api.sql, id, { url: 'https://crm.example/' });
  return { client, connection, endpoint };
}

/** Reads a list to its end and answers the ids in the order shown. */
async function walk(client: ApiClient, path: string, from?: string): Promise<unknown[]> {
  const ids: unknown[] = [];
  for (let cursor = from; ;) {
    const { status, body } = await client.get(cursor === undefined ? path : `${path}&cursor=${cursor}`);
    expect(status).toBe(200);
    ids.push(...body.data.map((item) => item['id']));
    if (body.nextCursor === null) return ids;
    cursor = body.nextCursor;
  }
}

describe('calls', () => {
  it('are shown with their times as text', async () => {
    const { client, connection } = await office();
    const startedAt = Date.UTC(2026, 10, 1, 9);
    const id = await makeCall(api.sql, connection, { startedAt });
    const { body } = await client.get(`/v1/calls/${id}`);
    expect(body).toMatchObject({ id, startedAt: '2026-11-01T09:00:00.000Z', direction: 'inbound' });
    expect((await client.get(`/v1/calls/${newId()}`)).body['code']).toBe('resource.not_found');
  });

  it('are found by time, number in any spelling, extension, result, direction, connection and either id', async () => {
    const { client, connection } = await office();
    const startedAt = Date.UTC(2026, 10, 1, 9);
    const wanted = await makeCall(api.sql, connection, {
      startedAt,
      customerNumber: '+972502345678',
      extension: '7',
      result: 'missed',
      direction: 'outbound',
      vendorCallId: 'their id / 1',
    });
    await makeCall(api.sql, connection, { startedAt: startedAt + 60_000 });
    const queries = [
      'from=2026-11-01T09:00:00Z&to=2026-11-01T09:01:00Z',
      'from=2026-11-01T11:00:00%2B02:00&to=2026-11-01T11:01:00%2B02:00',
      'number=%2B972502345678',
      'number=+972502345678',
      'number=050-234-5678',
      'extension=7',
      'result=missed',
      'direction=outbound',
      `id=${wanted}`,
      `id=${wanted.toUpperCase()}`,
      'id=their%20id%20/%201',
      `connectionId=${connection.id}&result=missed`,
    ];
    for (const query of queries) {
      const { body } = await client.get(`/v1/calls?${query}`);
      expect([query, body.data.map((call) => call['id'])]).toEqual([query, [wanted]]);
    }
    expect((await client.get('/v1/calls?id=their%20id')).body.data).toEqual([]);
  });

  it('refuse filters that make no sense', async () => {
    const { client } = await office();
    for (const query of [
      'from=yesterday',
      'from=2026-11-01',
      'result=great',
      'limit=0',
      'limit=201',
      'limit=x',
      'colour=red',
      'connectionId=7',
    ]) {
      const answer = await client.get(`/v1/calls?${query}`);
      expect([query, answer.status, answer.body['code']]).toEqual([query, 400, 'request.invalid']);
    }
    expect((await client.get('/v1/calls?cursor=bm9uc2Vuc2U')).body['code']).toBe('cursor.invalid');
  });

  it('are walked page by page, latest start first, each exactly once, also those of one moment', async () => {
    const { client, connection } = await office();
    const starts = [5, 3, 3, 3, 3, 1, 4];
    for (const second of starts)
      await makeCall(api.sql, connection, { startedAt: Date.UTC(2026, 10, 2, 9, 0, second) });
    const all = await api.sql.rows<{ id: string }>(
      `SELECT id FROM call WHERE tenant_id = $1 ORDER BY started_at DESC, id DESC`,
      [connection.tenantId],
    );
    expect(await walk(client, '/v1/calls?limit=2')).toEqual(all.map(({ id }) => id));
  });

  it('have a timeline of receipts, events, deliveries and attempts', async () => {
    const { client, connection, endpoint } = await office();
    const receipt = await makeReceipt(api.sql, connection, { state: 'done' });
    const callId = await makeCall(api.sql, connection);
    const owed = await oweDelivery(api.sql, endpoint, { callId });
    await api.sql.rows(`UPDATE call_event SET receipt_id = $2 WHERE id = $1`, [owed.eventId, receipt]);
    await addAttempt(endpoint, owed.id);
    const { body } = await client.get(`/v1/calls/${callId}/timeline`);
    expect(body.data.map((item) => item['kind']).sort()).toEqual(['attempt', 'delivery', 'event', 'receipt']);
    expect(body.data.at(-1)).toMatchObject({
      kind: 'attempt',
      deliveryId: owed.id,
      outcome: 'unreachable',
      status: 500,
    });
    const times = body.data.map((item) => Date.parse(String(item['at'])));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect((await client.get(`/v1/calls/${newId()}/timeline`)).status).toBe(404);
  });
});

describe('deliveries', () => {
  it('are found by endpoint, state, event type, call and time', async () => {
    const { client, endpoint } = await office();
    const [wanted] = await oweDeliveries(api.sql, endpoint, [
      { state: 'dead', eventType: 'call.updated' },
      {},
    ]);
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
    for (const query of [
      `endpointId=${endpoint.id}&state=dead`,
      'state=dead',
      'eventType=call.updated',
      `callId=${String(wanted?.callId)}`,
      `from=${anHourAgo}&to=${inAnHour}&state=dead`,
    ]) {
      const { body } = await client.get(`/v1/deliveries?${query}`);
      expect([query, body.data.map((item) => item['id'])]).toEqual([query, [wanted?.id]]);
    }
    expect((await client.get(`/v1/deliveries?from=${inAnHour}`)).body.data).toEqual([]);
    expect((await client.get(`/v1/deliveries?to=${anHourAgo}`)).body.data).toEqual([]);
  });

  it('are walked page by page, each exactly once, also while new ones arrive', async () => {
    const { client, endpoint } = await office();
    const owed = await oweDeliveries(
      api.sql,
      endpoint,
      Array.from({ length: 7 }, () => ({})),
    );
    const first = await client.get('/v1/deliveries?limit=3');
    await oweDelivery(api.sql, endpoint);
    const rest = await walk(client, '/v1/deliveries?limit=3', first.body.nextCursor ?? '');
    const seen = [...first.body.data.map((item) => item['id']), ...rest];
    expect(new Set(seen)).toEqual(new Set(owed.map(({ id }) => id)));
    expect(seen).toHaveLength(7);
  });

  it('are shown with what was sent and every attempt, credentials redacted', async () => {
    const { client, endpoint } = await office();
    const owed = await oweDelivery(api.sql, endpoint);
    await addAttempt(endpoint, owed.id);
    const { body, text } = await client.get(`/v1/deliveries/${owed.id}`);
    expect(body['payload']).toEqual({ vendorCallId: owed.callId });
    expect(body['occurredAt']).toMatch(/^\d{4}-.*Z$/);
    expect(body['attempts']).toMatchObject([
      {
        number: 1,
        status: 500,
        requestMethod: 'PUT',
        requestBody: '{"caller":"דנה"}',
        responseHeaders: { 'content-type': 'text/plain' },
      },
    ]);
    expect(text).not.toContain('s3cret');
  });

  it('are due again when they are retried, and only when they are dead or held', async () => {
    const { client, endpoint } = await office();
    const dead = await oweDelivery(api.sql, endpoint, { state: 'dead' });
    await api.sql.rows(
      `UPDATE delivery SET refusals = 2, reason = 'refused', finished_at = now() WHERE id = $1`,
      [dead.id],
    );
    const retried = await client.post(`/v1/deliveries/${dead.id}/retry`);
    expect(retried.status).toBe(202);
    expect(retried.body).toMatchObject({ state: 'due', reason: null, finishedAt: null });
    expect(await api.sql.count(`SELECT refusals FROM delivery WHERE id = $1`, [dead.id])).toBe(0);
    expect(api.rings).toContainEqual({ kind: 'endpoint', id: endpoint.id });
    const again = await client.post(`/v1/deliveries/${dead.id}/retry`);
    expect([again.status, again.body['code']]).toEqual([409, 'delivery.not_retryable']);
    expect((await client.post(`/v1/deliveries/${newId()}/retry`)).status).toBe(404);
  });
});

describe('receipts', () => {
  it('of a connection are listed whatever became of them, by state and time, the newest first', async () => {
    const { client, connection } = await office();
    const states = ['done', 'unparsed', 'due', 'set_aside', 'done'] as const;
    const ids = [];
    for (const state of states) ids.push(await makeReceipt(api.sql, connection, { state }));
    await makeReceipt(api.sql, await makeConnection(api.sql, connection.tenantId), { state: 'done' });
    const path = `/v1/connections/${connection.id}/receipts`;
    expect(await walk(client, `${path}?limit=2`)).toEqual([...ids].reverse());
    expect(await walk(client, `${path}?state=done&limit=1`)).toEqual([ids[4], ids[0]]);
    expect(await walk(client, `${path}?state=due&state=unparsed`)).toEqual([ids[2], ids[1]]);
    const soon = new Date(Date.now() + 60_000).toISOString();
    const ago = new Date(Date.now() - 60_000).toISOString();
    expect(await walk(client, `${path}?from=${ago}&to=${soon}`)).toHaveLength(5);
    expect(await walk(client, `${path}?from=${soon}`)).toEqual([]);
    expect(await walk(client, `${path}?to=${ago}`)).toEqual([]);
    const stranger = await api.tenant();
    expect((await stranger.client.get(path)).status).toBe(404);
    expect((await client.get(`${path}?state=lost`)).status).toBe(400);
  });

  it('list what nobody could read or work on', async () => {
    const { client, connection } = await office();
    const unparsed = await makeReceipt(api.sql, connection, { state: 'unparsed' });
    const aside = await makeReceipt(api.sql, connection, { state: 'set_aside' });
    await makeReceipt(api.sql, connection, { state: 'done' });
    expect(await walk(client, '/v1/receipts?limit=1')).toEqual([aside, unparsed]);
    expect(await walk(client, '/v1/receipts?state=unparsed')).toEqual([unparsed]);
    expect(await walk(client, '/v1/receipts?state=unparsed&state=set_aside')).toEqual([aside, unparsed]);
    expect((await client.get('/v1/receipts?state=done')).status).toBe(400);
  });

  it('show neither credentials nor the ingress token', async () => {
    const { client, connection } = await office();
    const headers = {
      authorization: 'Basic s3cret',
      cookie: 'session=s3cret',
      'x-forwarded-uri': `${connection.path}?x=1`,
      'user-agent': 'PBX',
    };
    const id = await makeReceipt(api.sql, connection, { headers });
    const { body, text } = await client.get(`/v1/receipts/${id}`);
    expect(body).toMatchObject({
      state: 'unparsed',
      reason: 'no CDR in it',
      headers: { 'user-agent': 'PBX' },
    });
    expect(text).not.toContain('s3cret');
    expect(text).not.toContain(connection.token);
  });

  it('give their bytes back, so that no browser takes them for a page', async () => {
    const { client, connection } = await office();
    const id = await makeReceipt(api.sql, connection, { body: '<script>ü</script>' });
    const { status, headers, text } = await client.get(`/v1/receipts/${id}/raw`);
    expect([status, text]).toEqual([200, '<script>ü</script>']);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('switchhook-content-type')).toBe('text/html');
  });

  it('are due again when they are replayed, and ring their connection', async () => {
    const { client, connection } = await office();
    for (const state of ['unparsed', 'set_aside', 'done'] as const) {
      const id = await makeReceipt(api.sql, connection, { state });
      const replayed = await client.post(`/v1/receipts/${id}/replay`);
      expect(replayed.status).toBe(202);
      expect(replayed.body).toMatchObject({ state: 'due', reason: null, tries: 0 });
      const again = await client.post(`/v1/receipts/${id}/replay`);
      expect([again.status, again.body['code']]).toEqual([409, 'receipt.already_due']);
    }
    expect(api.rings).toContainEqual({ kind: 'connection', id: connection.id });
  });
});

async function addAttempt(endpoint: TestEndpoint, deliveryId: string): Promise<void> {
  await api.sql.rows(
    `INSERT INTO attempt (id, tenant_id, delivery_id, endpoint_id, number, started_at, duration_ms, outcome, decision, status,
                          response_headers, timings, request_method, request_url, request_body)
     VALUES ($1, $2, $3, $4, 1, now() + interval '1 s', 12.5, 'unreachable', 'try again', 500, $5, '{}', 'PUT',
             'https://crm.example', '{"caller":"דנה"}')`,
    [
      newId(),
      endpoint.tenantId,
      deliveryId,
      endpoint.id,
      JSON.stringify({ 'content-type': 'text/plain', 'set-cookie': 's3cret' }),
    ],
  );
}
