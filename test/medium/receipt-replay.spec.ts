import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instant, type Instant } from '#domain';
import { ReceiptInbox } from '#db';
import { newId } from '#platform';
import { cdr } from '../builders/cdr.js';
import { receipt } from '../builders/receipt.js';
import { openApi, type TestApi, type TestTenant } from '../harness/api.js';
import { EnricherRig } from '../harness/enricher-rig.js';
import { makeConnection, makeEndpoint, type TestConnection } from '../harness/tenant.js';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

interface Message {
  route: string;
  body: Record<string, unknown>;
  receivedAt: Instant;
}

let api: TestApi;
let rig: EnricherRig;
let inbox: ReceiptInbox;
let tenant: TestTenant;
beforeAll(async () => {
  api = await openApi();
  rig = new EnricherRig(api.world);
  inbox = new ReceiptInbox(api.world.hot);
  tenant = await api.tenant();
  await makeEndpoint(api.sql, tenant.id, { url: 'https://crm.example/' });
});
afterAll(() => api.close());

/** One call after the other, hours ago. */
const START = Date.now() - 2 * HOUR;
const at = (seconds: number) => instant(START + seconds * SECOND);

const VOICENTER: Message[] = (
  [
    [0, { ivruniqueid: 'plain', price: 7, record: 'https://pbx.example/1.mp3' }],
    [1, { ivruniqueid: 'plain', price: 7, record: 'https://pbx.example/1.mp3' }],
    [2, { ivruniqueid: 'c2c', type: 'Click2Call leg2', target: '972523258000' }],
    [6, { ivruniqueid: 'c2c', type: 'Click2Call leg1', target: 'SIPSIP' }],
    [
      30,
      { ivruniqueid: 'queue', type: 'Queue', queueid: 7, queuename: 'Sales', seconds_waiting_in_queue: 20 },
    ],
    [40, { ivruniqueid: 'lost', status: 'NOANSWER', duration: 0 }],
    [50, { ivruniqueid: 'half', type: 'Click2Call leg1' }],
    [90, { ivruniqueid: 'plain', aiData: { summary: 'They talked.' } }],
    [99, { ivruniqueid: 'no clock', time: 'soon', status: 'BEAMED' }],
  ] as const
).map(([seconds, fields]) => ({
  route: 'cdr',
  body: cdr({ time: Math.floor(START / SECOND), ...fields }),
  receivedAt: at(seconds),
}));

const VOIPNOW: Message[] = (
  [
    [0, 'dial-in', { CallAPIID: 'group', CallID: 'a', CalledExtension: '0003*101' }],
    [0, 'dial-in', { CallAPIID: 'group', CallID: 'b', CalledExtension: '0003*102' }],
    [9, 'answer-in', { CallAPIID: 'group', CallID: 'a', CalledExtension: '0003*101' }],
    [9, 'hangup', { CallAPIID: 'group', CallID: 'b', CalledExtension: '0003*102', CallStatus: 'CANCEL' }],
    [70, 'hangup', { CallAPIID: 'group', CallID: 'a', CalledExtension: '0003*101', CallStatus: 'ANSWER' }],
    [80, 'dial-in', { CallAPIID: 'one', CallID: 'c', CalledExtension: '0003*101' }],
    [100, 'hangup', { CallAPIID: 'one', CallID: 'c', CalledExtension: '0003*101', CallStatus: 'NOANSWER' }],
  ] as const
).map(([seconds, route, fields]) => ({
  route,
  body: { CallerIDNum: '0501234567', CalledDID: '0722776772', CallFlow: 'IN', ...fields },
  receivedAt: at(seconds),
}));

const keep = (connection: TestConnection, message: Message, unparsedReason: string | null = null) =>
  inbox.keep(receipt(connection, { ...message, unparsedReason }));

/** Until nothing is left to do. */
async function settle(connection: TestConnection): Promise<void> {
  for (let drains = 0; drains < 3; drains += 1) await rig.drain(connection);
}

/** Calls and events as anybody is told of them, without what must differ: ids, and when we did it. */
async function outcome(connection: TestConnection): Promise<unknown> {
  const calls = await api.sql.rows<{ record: { closedAt?: unknown } }>(
    `SELECT vendor_call_id, started_at, direction, result, extension, customer_number, did, sequence, record, settle_at
     FROM call WHERE connection_id = $1 ORDER BY vendor_call_id`,
    [connection.id],
  );
  const events = await api.sql.rows<{ payload: { recordings: object[] } }>(
    `SELECT c.vendor_call_id, e.type, e.sequence, e.occurred_at, e.payload, d.event_type AS delivered
     FROM call_event e JOIN call c ON c.id = e.call_id LEFT JOIN delivery d ON d.event_id = e.id
     WHERE c.connection_id = $1 ORDER BY 1, e.sequence`,
    [connection.id],
  );
  return {
    calls: calls.map((call) => ({ ...call, record: { ...call.record, closedAt: '' } })),
    events: events.map((event) => ({ ...event, payload: shownOf(event.payload) })),
  };
}

/** Without the ids of our own; a link to a recording holds that of its call. */
function shownOf({ recordings, ...payload }: { recordings: object[] }): object {
  return {
    ...payload,
    id: '',
    connectionId: '',
    recordings: recordings.map((recording) => ({ ...recording, url: '' })),
  };
}

describe('receipts that are replayed hours later', () => {
  it.each<[string, 'unparsed' | 'set_aside', Message[], number]>([
    ['voicenter', 'unparsed', VOICENTER, 10],
    ['voicenter', 'set_aside', VOICENTER, 10],
    ['voipnow', 'unparsed', VOIPNOW, 7],
  ])('of %s, %s, make what they would have made when they came', async (dialect, state, messages, count) => {
    const live = await makeConnection(api.sql, tenant.id, { dialect });
    for (const message of messages) {
      await keep(live, message);
      await rig.drain(live);
    }
    await settle(live);
    const late = await makeConnection(api.sql, tenant.id, { dialect });
    for (const message of messages) await keep(late, message, 'nobody could read it');
    await api.sql.rows(`UPDATE receipt SET state = $2, tries = 3 WHERE connection_id = $1`, [late.id, state]);
    await settle(late);
    expect(await outcome(late)).toEqual({ calls: [], events: [] });

    const answer = await tenant.client.post(`/v1/connections/${late.id}/receipts/replay`, { state });
    expect([answer.status, answer.body]).toEqual([202, { replayed: messages.length, more: false }]);
    expect(api.rings).toContainEqual({ kind: 'connection', id: late.id });
    await settle(late);
    expect(await outcome(late)).toEqual(await outcome(live));
    expect(((await outcome(live)) as { events: unknown[] }).events).toHaveLength(count);
    expect((await rig.receipts(late)).map(({ state: now }) => now)).toEqual(messages.map(() => 'done'));
  });

  it('are those of the span and the state that is asked for, and of this connection', async () => {
    const connection = await makeConnection(api.sql, tenant.id);
    const other = await makeConnection(api.sql, tenant.id);
    for (const message of VOICENTER) await keep(connection, message, 'nobody could read it');
    for (const message of VOICENTER) await keep(other, message, 'nobody could read it');
    const time = (seconds: number) => new Date(at(seconds)).toISOString();
    const path = `/v1/connections/${connection.id}/receipts/replay`;
    const none = await tenant.client.post(path, { state: 'set_aside' });
    expect(none.body).toEqual({ replayed: 0, more: false });
    const some = await tenant.client.post(path, { state: 'unparsed', from: time(2), to: time(40) });
    expect(some.body).toEqual({ replayed: 3, more: false });
    const due = (await rig.receipts(connection)).map(({ state }) => state === 'due');
    expect(due).toEqual([false, false, true, true, true, false, false, false, false]);
    expect((await rig.receipts(other)).every(({ state }) => state === 'unparsed')).toBe(true);
    const [entry] = (await tenant.client.get(`/v1/audit?subjectId=${connection.id}`)).body.data;
    expect(entry).toMatchObject({ action: 'connection.receipts_replayed' });
  });

  it('are a bounded number at a time, the oldest first', async () => {
    const connection = await makeConnection(api.sql, tenant.id);
    await api.sql.rows(
      `INSERT INTO receipt (id, tenant_id, connection_id, received_at, route, method, query, headers, body, source_ip, state)
       SELECT n, $2, $3, now(), 'cdr', 'POST', '', '{}', '', '', 'unparsed' FROM unnest($1::uuid[]) n`,
      [Array.from({ length: 5001 }, () => newId()), tenant.id, connection.id],
    );
    const path = `/v1/connections/${connection.id}/receipts/replay`;
    expect((await tenant.client.post(path, { state: 'unparsed' })).body).toEqual({
      replayed: 5000,
      more: true,
    });
    const states = (await rig.receipts(connection)).map(({ state }) => state);
    expect([states[0], states[4999], states[5000]]).toEqual(['due', 'due', 'unparsed']);
    expect((await tenant.client.post(path, { state: 'unparsed' })).body).toEqual({
      replayed: 1,
      more: false,
    });
  });

  it('must be of a state that needs somebody', async () => {
    const connection = await makeConnection(api.sql, tenant.id);
    const path = `/v1/connections/${connection.id}/receipts/replay`;
    for (const body of [{}, { state: 'done' }, { state: 'unparsed', from: 'yesterday' }]) {
      expect((await tenant.client.post(path, body)).status).toBe(400);
    }
  });
});
