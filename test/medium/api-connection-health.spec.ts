import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DIALECTS } from '#dialects';
import { newId } from '#platform';
import { cdr } from '../builders/cdr.js';
import { makeReceipt } from '../builders/history.js';
import { openApi, type Json, type TestApi, type TestTenant } from '../harness/api.js';
import { EnricherRig } from '../harness/enricher-rig.js';
import { makeConnection } from '../harness/tenant.js';

let api: TestApi;
let rig: EnricherRig;
let tenant: TestTenant;
beforeAll(async () => {
  api = await openApi();
  rig = new EnricherRig(api.world);
  tenant = await api.tenant();
});
afterAll(() => api.close());

/** Two hours ahead of UTC, all year. */
const ZONE = 'Etc/GMT-2';
const HOUR_SECONDS = 3_600;
/** A CDR that comes a second after its call, from a clock that is so many hours ahead of UTC. */
const justNow = (hours: number, fields = {}) =>
  cdr({ time: Math.floor(Date.now() / 1000) - 66 + hours * HOUR_SECONDS, ...fields });
const codes = (body: Json) => (body['warnings'] as { code: string }[]).map(({ code }) => code);

async function healthOf(connection: { id: string }): Promise<Json> {
  const { status, body } = await tenant.client.get(`/v1/connections/${connection.id}/health`);
  expect(status).toBe(200);
  return body;
}

describe('the health of a connection', () => {
  it('says that nothing has come yet', async () => {
    const connection = await makeConnection(api.sql, tenant.id);
    expect(await healthOf(connection)).toEqual({
      socket: null,
      warnings: [{ code: 'webhooks.none', message: expect.any(String) as unknown, params: {} }],
      lastWebhookAt: null,
      clock: { standing: 'unknown', samples: 0, lagSeconds: null },
      webhooks: { lastMinute: 0, lastHour: 0, lastDay: 0 },
      unparsed: { lastDay: 0, share: null, total: 0 },
      setAside: 0,
      refused: [],
      lastParseFailure: null,
      unknownWords: [],
      unreadableFields: [],
    });
  });

  it('is learnt while webhooks are read, drain after drain', async () => {
    const connection = await makeConnection(api.sql, tenant.id, { timeZone: ZONE });
    await rig.takeIn(connection, justNow(2), justNow(2, { status: 'BEA\0MED' }));
    await rig.drain(connection);
    await rig.takeIn(connection, justNow(2), justNow(2), justNow(2));
    await rig.drain(connection);
    const health = await healthOf(connection);
    expect(health).toMatchObject({
      webhooks: { lastHour: 5, lastDay: 5 },
      clock: { standing: 'right', samples: 5 },
      unparsed: { lastDay: 0, share: 0, total: 0 },
      unknownWords: [{ kind: 'status', word: 'BEAMED', count: 1 }],
    });
    expect(codes(health)).toEqual(['words.unknown']);
    expect(Date.now() - Date.parse(String(health['lastWebhookAt']))).toBeLessThan(60_000);
  });

  it('finds a clock that is read wrongly, until the setting is changed', async () => {
    const connection = await makeConnection(api.sql, tenant.id, { timeZone: ZONE, epochs: 'utc' });
    await rig.takeIn(connection, ...Array.from({ length: 5 }, () => justNow(2)));
    await rig.drain(connection);
    const { warnings } = await healthOf(connection);
    expect(warnings).toEqual([
      {
        code: 'clock.wrong',
        message: expect.stringContaining(`local time of ${ZONE}`) as unknown,
        params: { wrongSeconds: -7200, remedy: 'epochs_local', offset: 'UTC+02:00' },
      },
    ]);
    await tenant.client.patch(`/v1/connections/${connection.id}`, { epochs: 'local' });
    expect(codes(await healthOf(connection))).toEqual([]);
    await rig.takeIn(connection, ...Array.from({ length: 5 }, () => justNow(2)));
    await rig.drain(connection);
    expect(codes(await healthOf(connection))).toEqual([]);
  });

  it('counts what nobody could read or work on, and shows the last reason', async () => {
    const connection = await makeConnection(api.sql, tenant.id);
    await makeReceipt(api.sql, connection, { state: 'unparsed' });
    const last = await makeReceipt(api.sql, connection, { state: 'unparsed' });
    await makeReceipt(api.sql, connection, { state: 'set_aside' });
    await makeReceipt(api.sql, await makeConnection(api.sql, tenant.id), { state: 'unparsed' });
    await rig.takeIn(connection, cdr());
    await rig.drain(connection);
    const health = await healthOf(connection);
    expect(health).toMatchObject({
      webhooks: { lastDay: 4 },
      unparsed: { lastDay: 2, share: 0.5, total: 2 },
      setAside: 1,
      lastParseFailure: { receiptId: last, reason: 'no CDR in it' },
    });
    expect(codes(health)).toEqual(['receipts.unparsed', 'receipts.set_aside']);
  });

  it('tells what was refused before there was a receipt, and what to do', async () => {
    const connection = await makeConnection(api.sql, tenant.id);
    const refuse = (reason: string, count: number, agoHours: number) =>
      api.sql.rows(
        `INSERT INTO ingress_refusal VALUES ($1, now() - $5 * interval '1 hour', $2, $3, $4, now() - $5 * interval '1 hour', $6)`,
        [connection.id, reason, tenant.id, count, agoHours, `PUT /in/[redacted]/voicenter/cdr ${agoHours}`],
      );
    await refuse('too_large', 3, 2);
    await refuse('too_large', 4, 1);
    await refuse('method', 1, 3);
    await refuse('of a later version', 1, 3);
    await refuse('cut_off', 5, 30);
    const health = await healthOf(connection);
    expect(health['refused']).toMatchObject([
      { reason: 'too_large', count: 7, sample: 'PUT /in/[redacted]/voicenter/cdr 1' },
      { reason: 'method', count: 1 },
    ]);
    expect(codes(health)).toEqual(['webhooks.refused', 'webhooks.refused']);
    expect(JSON.stringify(health['warnings'])).toContain(
      '7 webhooks of the last 24 hours were larger than 1 MiB',
    );
    const stranger = await api.tenant('Other');
    expect((await stranger.client.get(`/v1/connections/${connection.id}/health`)).status).toBe(404);
  });

  it('is shown to its tenant only', async () => {
    const connection = await makeConnection(api.sql, tenant.id);
    const stranger = await api.tenant('Other');
    for (const path of ['health', 'guide']) {
      expect((await stranger.client.get(`/v1/connections/${connection.id}/${path}`)).status).toBe(404);
      expect((await tenant.client.get(`/v1/connections/${newId()}/${path}`)).status).toBe(404);
    }
  });

  it('is found by the index of problems', async () => {
    const client = await api.world.hot.pool.connect();
    try {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN SELECT state FROM receipt WHERE connection_id = $1 AND tenant_id = $2 AND state IN ('unparsed', 'set_aside')
         ORDER BY id DESC LIMIT 10000`,
        [newId(), newId()],
      );
      expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index Scan.*connection_id_id_idx/);
    } finally {
      client.release();
    }
  });
});

describe('the dialects', () => {
  it('are listed with how a PBX is set up', async () => {
    const { body } = await api.operator.get('/v1/dialects');
    expect(body.data.map((dialect) => dialect['name'])).toEqual(DIALECTS.map(({ name }) => name));
    for (const dialect of body.data) {
      const { routes } = DIALECTS.find(({ name }) => name === dialect['name']) ?? { routes: [] };
      expect(new Set((dialect['routes'] as Json[]).map(({ route }) => route))).toEqual(new Set(routes));
    }
    const one = await tenant.client.get('/v1/dialects/voicenter');
    expect(one.body).toMatchObject({
      title: 'Voicenter',
      defaults: { timeZone: 'Asia/Jerusalem', country: 'IL', epochs: 'local' },
      settings: [{ name: 'errSpelling', byDefault: 'number' }, { name: 'totalSpelling' }],
    });
    expect((await tenant.client.get('/v1/dialects/smoke-signals')).status).toBe(404);
  });

  it('guide a connection with its own URLs, those that are current', async () => {
    const made = await tenant.client.post('/v1/connections', { name: 'PBX', dialect: 'voipnow' });
    const path = `/v1/connections/${String(made.body['id'])}`;
    const before = await tenant.client.get(`${path}/guide`);
    expect(before.body).toMatchObject({ title: 'VoipNow', connectionId: made.body['id'] });
    const [first] = before.body['routes'] as Json[];
    expect(first).toMatchObject({ route: 'dial-in', method: 'GET', what: expect.any(String) as unknown });
    expect((made.body['ingressUrls'] as Json[]).map(({ url }) => url)).toContain(first?.['url']);
    await tenant.client.post(`${path}/rotate`, { graceSeconds: 60 });
    const after = await tenant.client.get(`${path}/guide`);
    expect(after.body['routes']).toHaveLength((before.body['routes'] as Json[]).length);
    expect(after.text).not.toContain(String(first?.['url']));
  });

  it('give out a webhook to try a connection with, from which its clock is seen to be right', async () => {
    const connection = await makeConnection(api.sql, tenant.id, { timeZone: ZONE });
    const traits = { name: 'PBX', dialect: 'voicenter', timeZone: ZONE };
    const made = await tenant.client.post('/v1/connections', traits);
    const { body } = await tenant.client.get(`/v1/connections/${String(made.body['id'])}/guide`);
    expect(body['trial']).toMatchObject({ method: 'POST', contentType: 'application/json' });
    const trial = body['trial'] as { body: string };
    await rig.takeIn(connection, JSON.parse(trial.body) as Json);
    await rig.drain(connection);
    const { clock } = await healthOf(connection);
    expect(clock).toMatchObject({ standing: 'right', samples: 1 });
  });
});
