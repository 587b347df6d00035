import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretBox, hashToken } from '#platform';
import { oweDelivery } from '../builders/delivery.js';
import { makeReceipt } from '../builders/history.js';
import { openApi, type Answer, type TestApi } from '../harness/api.js';
import { until } from '../harness/until.js';
import { SECRET_KEYS, makeConnection, makeEndpoint } from '../harness/tenant.js';

let api: TestApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const ENDPOINT = { name: 'CRM', url: 'https://crm.example/hook', eventTypes: ['call.*'] };

function fieldsAtFault({ body }: Answer): unknown[] {
  return (body['errors'] as { field: string }[]).map(({ field }) => field);
}

describe('tenants', () => {
  it('are made, listed, read and changed by the operator', async () => {
    const made = await api.operator.post('/v1/tenants', { name: 'Umbrella' });
    expect(made.status).toBe(201);
    const path = `/v1/tenants/${String(made.body['id'])}`;
    expect((await api.operator.get(path)).body).toEqual(made.body);
    expect((await api.operator.get('/v1/tenants')).body.data).toContainEqual(made.body);
    expect((await api.operator.patch(path, { name: 'Acme' })).body).toMatchObject({ name: 'Acme' });
    for (const retentionDays of [14, null]) {
      const patched = await api.operator.patch(path, { retentionDays });
      expect(patched.body).toMatchObject({ name: 'Acme', retentionDays });
    }
    expect((await api.operator.patch(path, { retentionDays: 0 })).status).toBe(400);
    expect((await api.operator.get(`/v1/tenants/${crypto.randomUUID()}`)).status).toBe(404);
  });
});

describe('connections', () => {
  it('come with an ingress URL for each route of their dialect', async () => {
    const { client } = await api.tenant();
    const made = await client.post('/v1/connections', { name: 'Head office', dialect: 'voicenter' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      dialect: 'voicenter',
      timeZone: 'Asia/Jerusalem',
      country: 'IL',
      enabled: true,
    });
    const [first] = made.body['ingressUrls'] as { route: string; url: string }[];
    const [, token, dialect, route] =
      /^https:\/\/hook\.example\/in\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(first?.url ?? '') ?? [];
    expect([dialect, route]).toEqual(['voicenter', first?.route]);
    const known = await api.sql.count(`SELECT count(*) FROM connection_token WHERE hash = $1`, [
      hashToken(token ?? ''),
    ]);
    expect(known).toBe(1);
    expect((await client.get(`/v1/connections/${String(made.body['id'])}`)).body).toEqual(made.body);
    const listed = await client.get('/v1/connections?dialect=voicenter');
    expect(listed.text).not.toContain(token);
    expect(listed.body.data).toHaveLength(1);
  });

  it('keep their old URLs for the grace when they are given new ones', async () => {
    const { client } = await api.tenant();
    const made = await client.post('/v1/connections', { name: 'PBX', dialect: 'voicenter' });
    const path = `/v1/connections/${String(made.body['id'])}`;
    const urls = (answer: Answer) =>
      answer.body['ingressUrls'] as { url: string; expiresAt: string | null }[];
    const rotated = await client.post(`${path}/rotate`, { graceSeconds: 3600 });
    expect(rotated.status).toBe(200);
    expect(urls(rotated)).toHaveLength(2 * urls(made).length);
    expect(urls(rotated)[0]?.expiresAt).toBeNull();
    expect(urls(rotated).find(({ url }) => url === urls(made)[0]?.url)?.expiresAt).not.toBeNull();
    const cut = await client.post(`${path}/rotate`, { graceSeconds: 0 });
    expect(urls(cut)).toHaveLength(urls(made).length);
    expect((await client.post(`${path}/rotate`)).status).toBe(200);
  });

  it('are deleted behind whoever works on what they brought, and not across his way', async () => {
    const { client, id: tenant } = await api.tenant();
    const connection = await makeConnection(api.sql, tenant);
    await api.sql.rows(
      `INSERT INTO mailbox (kind, id, fence, lease_until, not_before) VALUES ('connection', $1, 1, now(), now())`,
      [connection.id],
    );
    const drain = await api.sql.pool.connect();
    try {
      await drain.query('BEGIN');
      await drain.query(`SELECT 1 FROM mailbox WHERE kind = 'connection' AND id = $1 FOR SHARE`, [
        connection.id,
      ]);
      const deleting = client.delete(`/v1/connections/${connection.id}`);
      await until('the deletion to wait', async () => {
        const waits = await api.sql.count(
          `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return waits > 0;
      });
      // As what a call refers to is held while the call is written.
      await drain.query('SELECT 1 FROM connection WHERE id = $1 FOR KEY SHARE', [connection.id]);
      await drain.query('COMMIT');
      expect((await deleting).status).toBe(204);
    } finally {
      await drain.query('ROLLBACK');
      drain.release();
    }
  });

  it('are changed and deleted; what nobody worked on yet is set aside', async () => {
    const { id: tenantId, client } = await api.tenant();
    const connection = await makeConnection(api.sql, tenantId);
    const waiting = await makeReceipt(api.sql, connection, { state: 'due' });
    const path = `/v1/connections/${connection.id}`;
    expect((await client.patch(path, { enabled: false, country: 'de' })).body).toMatchObject({
      enabled: false,
      country: 'DE',
    });
    expect((await client.delete(path)).status).toBe(204);
    expect((await client.get(path)).status).toBe(404);
    expect((await client.get(`/v1/receipts/${waiting}`)).body).toMatchObject({
      state: 'set_aside',
      reason: 'connection deleted',
    });
    const replay = await client.post(`/v1/receipts/${waiting}/replay`);
    expect([replay.status, replay.body['code']]).toEqual([409, 'connection.deleted']);
  });

  it('are refused with every member that is wrong', async () => {
    const { client } = await api.tenant();
    const wrong = {
      name: '',
      dialect: 'smoke signals',
      timeZone: 'Mars/Olympus',
      country: 'XX',
      nonsense: 1,
    };
    const answer = await client.post('/v1/connections', wrong);
    expect([answer.status, answer.body['code']]).toEqual([400, 'request.invalid']);
    expect(fieldsAtFault(answer).sort()).toEqual(['country', 'dialect', 'name', 'nonsense', 'timeZone']);
  });
});

describe('endpoints', () => {
  it('are made with a secret that is shown once and kept sealed', async () => {
    const { client } = await api.tenant();
    const made = await client.post('/v1/endpoints', ENDPOINT);
    expect(made.status).toBe(201);
    const secret = String(made.body['secret']);
    expect(secret).toMatch(/^whsec_/);
    const id = String(made.body['id']);
    const read = await client.get(`/v1/endpoints/${id}`);
    expect(read.body).toMatchObject({
      ...ENDPOINT,
      state: 'enabled',
      ordered: true,
      scheduleMs: null,
      timeoutMs: 15_000,
    });
    expect(read.text).not.toContain('whsec_');
    const { sealed } = await api.sql.row<{ sealed: string }>(
      'SELECT sealed FROM endpoint_secret WHERE endpoint_id = $1',
      [id],
    );
    expect(SecretBox.fromKeys(SECRET_KEYS).open(sealed, `endpoint:${id}`)).toBe(secret);
  });

  it('carry a note for the next one who looks', async () => {
    const { client } = await api.tenant();
    const made = await client.post('/v1/endpoints', { ...ENDPOINT, note: 'Ask Dana first.' });
    expect(made.body['note']).toBe('Ask Dana first.');
    const path = `/v1/endpoints/${String(made.body['id'])}`;
    await client.patch(path, { name: 'New CRM' });
    expect((await client.get(path)).body['note']).toBe('Ask Dana first.');
    expect((await client.patch(path, { note: null })).body['note']).toBeNull();
    expect((await client.get(path)).body['note']).toBeNull();
    const tooLong = await client.patch(path, { note: 'x'.repeat(1_001) });
    expect([tooLong.status, fieldsAtFault(tooLong)]).toEqual([400, ['note']]);
  });

  it('are changed member by member; null brings the default schedule back', async () => {
    const { client } = await api.tenant();
    const made = await client.post('/v1/endpoints', {
      ...ENDPOINT,
      scheduleMs: [0, 1000],
      metadata: { a: 1 },
    });
    const path = `/v1/endpoints/${String(made.body['id'])}`;
    const patched = await client.patch(path, { name: 'New CRM' });
    expect(patched.body).toMatchObject({
      ...ENDPOINT,
      name: 'New CRM',
      scheduleMs: [0, 1000],
      metadata: { a: 1 },
    });
    expect((await client.patch(path, { scheduleMs: null })).body).toMatchObject({ scheduleMs: null });
    const filter = { directions: ['inbound'], payload: { result: { $neq: 'missed' } } };
    const limited = await client.patch(path, { filter, ratePerMinute: 60 });
    expect(limited.body).toMatchObject({ filter, ratePerMinute: 60, rateBurst: 1 });
    const freed = await client.patch(path, { filter: null, ratePerMinute: null });
    expect(freed.body).toMatchObject({ filter: null, ratePerMinute: null });
    const unknown = await client.patch(path, { secret: 'whsec_mine' });
    expect(fieldsAtFault(unknown)).toEqual(['secret']);
    expect(fieldsAtFault(await client.patch(path, { name: null }))).toEqual(['name']);
  });

  it('must lead to a public address and ask for events that there are', async () => {
    const { client } = await api.tenant();
    const wrong: [object, string][] = [
      [{ url: 'http://127.0.0.1/' }, 'url'],
      [{ url: 'http://[::ffff:10.0.0.1]/' }, 'url'],
      [{ url: 'ftp://crm.example/' }, 'url'],
      [{ eventTypes: ['call.endded'] }, 'eventTypes'],
      [{ eventTypes: [] }, 'eventTypes'],
      [{ scheduleMs: [-1] }, 'scheduleMs'],
      [{ timeoutMs: 60_000 }, 'timeoutMs'],
      [{ metadata: [] }, 'metadata'],
      [{ filter: { direction: ['inbound'] } }, 'filter'],
      [{ filter: { payload: { from: { $ref: 'to' } } } }, 'filter'],
      [{ ratePerMinute: 0 }, 'ratePerMinute'],
    ];
    for (const [members, field] of wrong) {
      const answer = await client.post('/v1/endpoints', { ...ENDPOINT, ...members });
      expect([answer.status, fieldsAtFault(answer)]).toEqual([400, [field]]);
    }
  });

  it('take a format with its settings, which are checked by the format and shown filled in', async () => {
    const { client } = await api.tenant();
    const rows = [{ kind: 2, url: 'https://crm.example/hangup' }];
    const made = await client.post('/v1/endpoints', {
      ...ENDPOINT,
      format: 'voipnow',
      formatSettings: { rows },
    });
    expect(made.body).toMatchObject({
      format: 'voipnow',
      formatSettings: { rows: [{ ...rows[0], eventId: 1, extension: '*', method: 'GET', active: true }] },
    });
    const path = `/v1/endpoints/${String(made.body['id'])}`;
    expect((await client.patch(path, { name: 'Same' })).body['formatSettings']).toEqual(
      made.body['formatSettings'],
    );
    const form = { format: 'voicenter', formatSettings: { encoding: 'form' } };
    expect((await client.patch(path, form)).body).toMatchObject(form);
    const wrong = await client.patch(path, { formatSettings: { encoding: 'telex' } });
    expect(fieldsAtFault(wrong)).toEqual(['formatSettings.encoding']);
    expect((await client.patch(path, { format: 'standard' })).body).toMatchObject({ formatSettings: {} });
    const audit = await client.get(`/v1/audit?subjectId=${String(made.body['id'])}`);
    expect(audit.text).not.toContain('/hangup');
    expect(audit.text).toContain('formatSettings');
  });

  it('must have settings that their format takes, and no address in them that is not public', async () => {
    const { client } = await api.tenant();
    const wrong: [string, object, string][] = [
      ['fax', {}, 'format'],
      ['standard', { body: 'x' }, 'formatSettings.body'],
      ['voipnow', { rows: [{ kind: 9, url: 'https://crm.example/' }] }, 'formatSettings.rows.0.kind'],
      ['voipnow', { rows: [{ kind: 0, url: 'http://127.0.0.1/' }] }, 'formatSettings.rows.0.url'],
      ['voicenter', { popupUrl: 'http://169.254.169.254/' }, 'formatSettings.popupUrl'],
      ['globalex', { endUrl: 'http://10.0.0.1/{callid}' }, 'formatSettings.endUrl'],
      ['template', { url: 'http://[::1]/{{ id }}' }, 'formatSettings.url'],
      ['template', { body: '{{ id' }, 'formatSettings.body'],
    ];
    for (const [format, formatSettings, field] of wrong) {
      const answer = await client.post('/v1/endpoints', { ...ENDPOINT, format, formatSettings });
      expect([answer.status, fieldsAtFault(answer)]).toEqual([400, [field]]);
    }
  });

  it('refuse what is no object, and text that no database takes', async () => {
    const { client } = await api.tenant();
    for (const body of ['[]', '"text"', '7']) {
      expect(fieldsAtFault(await client.post('/v1/endpoints', body))).toEqual(['body']);
    }
    for (const name of ['a\0b', '\ud800']) {
      expect((await client.post('/v1/endpoints', { ...ENDPOINT, name })).body['code']).toBe(
        'request.invalid',
      );
    }
    expect((await client.post('/v1/endpoints', '{"name":')).body['code']).toBe('request.invalid_json');
    expect((await client.get('/v1/calls?id=%00')).status).toBe(400);
    expect((await client.get('/v1/endpoints/not-an-id')).status).toBe(404);
    expect((await client.get('/v1/nowhere')).status).toBe(404);
  });

  it('hold what they are owed while they are disabled, and send it when they are enabled', async () => {
    const { id: tenantId, client } = await api.tenant();
    const endpoint = await makeEndpoint(api.sql, tenantId, { url: ENDPOINT.url });
    const owed = await oweDelivery(api.sql, endpoint, { dueInMs: 60_000 });
    await api.sql.rows(
      `INSERT INTO mailbox VALUES ('endpoint', $1, 7, NULL, now(), now() + interval '1 h', '{"breaker": "open"}')`,
      [endpoint.id],
    );
    const path = `/v1/endpoints/${endpoint.id}`;
    const disabled = await client.post(`${path}/disable`, { reason: 'moving house' });
    expect(disabled.body).toMatchObject({ state: 'disabled', stateReason: 'moving house' });
    const delivery = `/v1/deliveries/${owed.id}`;
    expect((await client.get(delivery)).body).toMatchObject({
      state: 'held',
      reason: 'endpoint disabled',
      dueAt: null,
    });
    expect((await client.post(`${delivery}/retry`)).body['code']).toBe('endpoint.disabled');
    expect((await client.post(`${path}/test`)).body['code']).toBe('endpoint.disabled');

    expect((await client.post(`${path}/enable`)).body).toMatchObject({ state: 'enabled', stateReason: null });
    const due = await client.get(delivery);
    expect(due.body).toMatchObject({ state: 'due', reason: null });
    expect(Date.parse(String(due.body['dueAt']))).toBeLessThanOrEqual(Date.now());
    const [mailbox] = await api.sql.rows(
      `SELECT memo, not_before <= now() AS open, fence FROM mailbox WHERE id = $1`,
      [endpoint.id],
    );
    expect(mailbox).toEqual({ memo: {}, open: true, fence: '7' });
    expect(api.rings).toContainEqual({ kind: 'endpoint', id: endpoint.id });
  });

  it('send a test event that is flagged as one', async () => {
    const { id: tenantId, client } = await api.tenant();
    const endpoint = await makeEndpoint(api.sql, tenantId, { url: ENDPOINT.url });
    const sent = await client.post(`/v1/endpoints/${endpoint.id}/test`);
    expect(sent.status).toBe(202);
    const { body } = await client.get(`/v1/deliveries/${String(sent.body['deliveryId'])}`);
    expect(body).toMatchObject({ state: 'due', eventType: 'endpoint.test', callId: null, sequence: 0 });
    expect(body['payload']).toMatchObject({ test: true, from: { e164: '+441632960001' } });
    expect(api.rings).toContainEqual({ kind: 'endpoint', id: endpoint.id });
  });

  it('sign with both secrets for the grace after a rotation', async () => {
    const { client } = await api.tenant();
    const made = await client.post('/v1/endpoints', ENDPOINT);
    const id = String(made.body['id']);
    const valid = () =>
      api.sql.count(
        `SELECT count(*) FROM endpoint_secret WHERE endpoint_id = $1 AND coalesce(expires_at > now(), true)`,
        [id],
      );
    const rotated = await client.post(`/v1/endpoints/${id}/rotate-secret`);
    expect(rotated.body['secret']).not.toBe(made.body['secret']);
    expect(await valid()).toBe(2);
    await client.post(`/v1/endpoints/${id}/rotate-secret`, { graceSeconds: 0 });
    expect(await valid()).toBe(1);
    const tooLong = await client.post(`/v1/endpoints/${id}/rotate-secret`, { graceSeconds: 604_801 });
    expect(fieldsAtFault(tooLong)).toEqual(['graceSeconds']);
  });

  it('leave what they were owed dead, with the reason, when they are deleted', async () => {
    const { id: tenantId, client } = await api.tenant();
    const endpoint = await makeEndpoint(api.sql, tenantId, { url: ENDPOINT.url });
    const due = await oweDelivery(api.sql, endpoint);
    const held = await oweDelivery(api.sql, endpoint, { state: 'held' });
    const done = await oweDelivery(api.sql, endpoint, { state: 'delivered' });
    expect((await client.delete(`/v1/endpoints/${endpoint.id}`)).status).toBe(204);
    for (const { id } of [due, held]) {
      expect((await client.get(`/v1/deliveries/${id}`)).body).toMatchObject({
        state: 'dead',
        reason: 'endpoint deleted',
      });
    }
    expect((await client.get(`/v1/deliveries/${done.id}`)).body).toMatchObject({ state: 'delivered' });
    expect((await client.post(`/v1/deliveries/${due.id}/retry`)).body['code']).toBe('endpoint.deleted');
    expect(
      await api.sql.count(`SELECT count(*) FROM endpoint_secret WHERE endpoint_id = $1`, [endpoint.id]),
    ).toBe(0);
  });
});

describe('event types', () => {
  it('are listed', async () => {
    const { client } = await api.tenant();
    const { body } = await client.get('/v1/event-types');
    expect(body.data.map((entry) => entry['type'])).toEqual([
      'call.ringing',
      'ivr.input',
      'queue.joined',
      'queue.left',
      'call.answered',
      'call.ended',
      'call.missed',
      'call.updated',
      'call.noted',
      'endpoint.failing',
      'endpoint.disabled',
      'endpoint.recovered',
      'endpoint.backlog',
      'endpoint.backlog_cleared',
      'endpoint.secret_expiring',
      'endpoint.credentials_expiring',
      'endpoint.access_expiring',
      'endpoint.access_needs_attention',
      'connection.token_expiring',
      'connection.socket_down',
      'connection.socket_up',
      'api_key.expiring',
      'tenant.limit_reached',
      'order.placed',
      'order.failed',
      'order.unknown',
      'campaign.started',
      'campaign.paused',
      'campaign.stopped',
      'campaign.finished',
      'campaign.statistics',
      'lead.finished',
      'endpoint.test',
    ]);
    expect(body.data[0]).toMatchObject({
      version: 1,
      schema: { type: 'object' },
      example: { state: 'ringing' },
    });
  });
});
