import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#platform';
import { oweDeliveries } from '../builders/delivery.js';
import { openApi, type Answer, type ApiClient, type TestApi } from '../harness/api.js';
import { makeEndpoint } from '../harness/tenant.js';

interface Tried {
  eventId: string | null;
  type: string;
  sent: boolean;
  code: string;
  because: string;
  params: object;
  failedConditions: string[];
  requests: { method: string; url: string; headers: Record<string, string>; body: string | null }[];
}

const DRAFT = { url: 'https://crm.example/hook?token=s3cret', eventTypes: ['call.*'] };

let api: TestApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const dryRun = (client: ApiClient, order: object) =>
  client.post('/v1/endpoints/dry-run', { ...DRAFT, ...order });
const triedIn = ({ status, body }: Answer): Tried[] => {
  expect([status, body['code']]).toEqual([200, undefined]);
  return body.data as unknown as Tried[];
};

async function pastCalls() {
  const { id, client } = await api.tenant();
  const endpoint = await makeEndpoint(api.sql, id, { url: 'https://crm.example/' });
  const payload = (direction: string, talkSeconds: number) => ({
    direction,
    talkSeconds,
    legs: [],
    queue: null,
  });
  const [short, long, out] = await oweDeliveries(api.sql, endpoint, [
    { eventType: 'call.ended', payload: payload('inbound', 5) },
    { eventType: 'call.ended', payload: payload('inbound', 500) },
    { eventType: 'call.ringing', payload: payload('outbound', 0) },
  ]);
  return { client, ids: [short?.eventId, long?.eventId, out?.eventId], before: await owed() };
}
const owed = () => api.sql.count('SELECT count(*) FROM delivery');

describe('the dry run of an endpoint that is not kept', () => {
  it('shows the request for a sample, secrets redacted, and keeps nothing', async () => {
    const { id, client } = await api.tenant();
    const [tried, ...more] = triedIn(await dryRun(client, {}));
    expect(more).toEqual([]);
    expect(tried).toMatchObject({
      eventId: null,
      type: 'call.ended',
      sent: true,
      code: 'sent',
      failedConditions: [],
    });
    const [request] = tried?.requests ?? [];
    expect(request).toMatchObject({ method: 'POST', url: 'https://crm.example/hook?token=[redacted]' });
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': '[made when it is sent]',
    });
    expect(JSON.parse(request?.body ?? '')).toMatchObject({ type: 'call.ended', data: { state: 'ended' } });
    for (const table of ['endpoint', 'call_event', 'audit_entry']) {
      expect([
        table,
        await api.sql.count(`SELECT count(*) FROM ${table} WHERE tenant_id = $1`, [id]),
      ]).toEqual([table, 0]);
    }
  });

  it('tries a filter on the last events and names the conditions that are not met', async () => {
    const { client, ids, before } = await pastCalls();
    const filter = { directions: ['inbound'], payload: { talkSeconds: { $gte: 30 } } };
    const tried = triedIn(
      await dryRun(client, { eventTypes: ['call.ended', 'call.ringing'], filter, latest: 50 }),
    );
    expect(tried.map(({ eventId, code, failedConditions }) => [eventId, code, failedConditions])).toEqual([
      [ids[2], 'filter.not_met', ['directions', 'payload.talkSeconds']],
      [ids[1], 'sent', []],
      [ids[0], 'filter.not_met', ['payload.talkSeconds']],
    ]);
    expect(tried[2]?.params).toEqual({ conditions: ['payload.talkSeconds'] });
    expect(triedIn(await dryRun(client, { latest: 1 }))).toHaveLength(1);
    expect(await owed()).toBe(before);
  });

  it('tries one event, byte for byte as it would be sent, also where it is not asked for', async () => {
    const { client, ids } = await pastCalls();
    const [tried] = triedIn(await dryRun(client, { eventId: ids[0], eventTypes: ['call.ringing'] }));
    expect(tried).toMatchObject({
      sent: false,
      code: 'event_type.not_asked',
      params: { type: 'call.ended' },
    });
    const { payload } = await api.sql.row<{ payload: string }>(
      'SELECT payload::text FROM call_event WHERE id = $1',
      [ids[0]],
    );
    expect(tried?.requests[0]?.body).toContain(`"data":${payload}}`);
    const stranger = await api.tenant();
    for (const eventId of [ids[0], newId()]) {
      expect((await dryRun(stranger.client, { eventId })).status).toBe(404);
    }
    expect(triedIn(await dryRun(stranger.client, { latest: 50 }))).toEqual([]);
  });

  it('writes in the format and its settings, and says where it has nothing to say', async () => {
    const { client } = await api.tenant();
    const template = {
      format: 'template',
      formatSettings: {
        headers: { 'x-api-key': 'hush-hush' },
        contentType: 'text/plain',
        body: 'the key is hush-hush',
      },
    };
    const answer = await dryRun(client, template);
    const [tried] = triedIn(answer);
    expect(answer.text).not.toContain('hush-hush');
    expect(tried?.requests[0]?.headers['x-api-key']).toBe('[redacted]');
    const [nothing] = triedIn(await dryRun(client, { format: 'zammad', sample: 'call.updated' }));
    expect(nothing).toMatchObject({ sent: false, code: 'format.no_message', requests: [] });
  });

  it('refuses what could not be kept either, and more than one kind of event', async () => {
    const { client } = await api.tenant();
    const refused: [object, string][] = [
      [{ url: 'http://10.0.0.1/' }, 'url'],
      [{ format: 'nothing' }, 'format'],
      [{ format: 'standard', formatSettings: { x: 1 } }, 'formatSettings.x'],
      [{ filter: { payload: { $ref: '1' } } }, 'filter'],
      [{ latest: 51 }, 'latest'],
      [{ latest: 1, eventId: newId() }, 'sample'],
      [{ format: 'email', url: 'mailto:a@example.com' }, 'eventTypes'],
    ];
    for (const [order, field] of refused) {
      const { status, body } = await dryRun(client, order);
      expect([order, status, (body['errors'] as { field: string }[])[0]?.field]).toEqual([order, 400, field]);
    }
  });
});
