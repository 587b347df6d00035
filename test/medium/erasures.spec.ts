import { gzipSync } from 'node:zlib';
import { ReceiptInbox, forgetErasures, sealedFor } from '#db';
import { SecretBox, newId } from '#platform';
import type { CallId, ErasureId } from '#domain';
import { cdr } from '../builders/cdr.js';
import { makeContact } from '../builders/contact.js';
import { makeOrder } from '../builders/dial-attempt.js';
import { oweDelivery } from '../builders/delivery.js';
import { orderImport } from '../builders/import.js';
import { receipt } from '../builders/receipt.js';
import { openApi, type Json, type TestApi, type TestTenant } from '../harness/api.js';
import { EnricherRig } from '../harness/enricher-rig.js';
import { ErasureRig } from '../harness/erasure-rig.js';
import { SECRET_KEYS, makeConnection, makeEndpoint, type TestConnection } from '../harness/tenant.js';
import { tracesLeft } from '../harness/traces-left.js';

const NUMBER = '+972502345678';
const DIGITS = '502345678';
const OTHER = '+972541112222';
const DAY_MS = 24 * 60 * 60 * 1000;
const URL = 'http://crm.invalid/';

describe('an erasure', () => {
  let api: TestApi;
  let rig: ErasureRig;

  beforeAll(async () => {
    api = await openApi();
    rig = new ErasureRig(api.world);
  });
  afterAll(() => api.close());

  const sql = () => api.world.sql;

  /** A tenant with the number in every table and in many spellings. */
  async function tenantWithNumber() {
    const tenant = await api.tenant();
    const connection = await makeConnection(sql(), tenant.id);
    const endpoint = await makeEndpoint(sql(), tenant.id, { url: URL });
    const enricher = new EnricherRig(api.world);
    const own = cdr({
      caller: '050-234-5678',
      callername: 'Dana Cohen',
      record: 'https://pbx.example/0502345678.mp3',
    });
    await enricher.takeIn(connection, own, cdr({ caller: '0541112222', note: 'call back 050 234 5678' }));
    await enricher.drain(connection);
    await sql().rows(`UPDATE call SET settle_at = NULL WHERE tenant_id = $1`, [tenant.id]);
    await sql().rows(
      `UPDATE delivery SET state = 'delivered', reason = 'told +972-50-2345678' WHERE tenant_id = $1`,
      [tenant.id],
    );
    await sql().rows(
      `INSERT INTO attempt (id, tenant_id, delivery_id, endpoint_id, number, started_at, duration_ms, outcome, decision, status,
                            response_body, request_url, request_headers, request_body, timings, response_headers)
       SELECT id, tenant_id, id, endpoint_id, 1, now(), 1, 'delivered', 'done', 200, '{"phone":"0502345678"}',
              'https://crm.example/?tel=%2B972502345678', '{"x-caller":"0502345678"}', '<p>0502345678</p>', '{}', '{}'
       FROM delivery WHERE tenant_id = $1`,
      [tenant.id],
    );
    await keepUnread(connection);
    await makeContact(sql(), tenant.id, { name: 'Dana Cohen', phones: [NUMBER] });
    const shared = await makeContact(sql(), tenant.id, {
      name: 'Cohen, 0502345678',
      externalId: NUMBER,
      phones: [OTHER, NUMBER],
    });
    await aroundContacts(tenant, shared);
    await importsOf(tenant);
    await sql().rows(`INSERT INTO call_context VALUES ($1, 'v', $2, $3, now(), now())`, [
      connection.id,
      tenant.id,
      JSON.stringify({ callBack: '050-2345678' }),
    ]);
    await sql().rows(
      `INSERT INTO audit_entry VALUES ($1, $2, now(), 'system', 'contact.created', 'contact', '0502345678', $3)`,
      [newId(), tenant.id, JSON.stringify({ phones: { from: null, to: [NUMBER] } })],
    );
    await sql().rows(
      `INSERT INTO replay (id, tenant_id, kind, filter, rate_per_minute, state, total, total_exact, created_by, created_at, updated_at)
       VALUES ($1, $2, 'events', $3, 1, 'done', 0, true, 'system', now(), now())`,
      [newId(), tenant.id, JSON.stringify({ number: NUMBER })],
    );
    await sql().rows(
      `INSERT INTO ingress_refusal VALUES ($1, now(), 'method', $2, 1, now(), 'PUT /?caller=0502345678')`,
      [connection.id, tenant.id],
    );
    await sql().rows(
      `INSERT INTO endpoint_state_change VALUES ($1, $2, $3, now(), 'state', 'enabled', 'paused', 'asked by 050-2345678', 'system')`,
      [newId(), tenant.id, endpoint.id],
    );
    await keepAnswers(tenant);
    await ordersOf(connection);
    return { tenant, connection, endpoint, shared, enricher };
  }

  /** Two that dialled the number, and one to somebody else that names it. */
  async function ordersOf(connection: TestConnection): Promise<void> {
    const over = { state: 'ended', lookInMs: null } as const;
    await makeOrder(sql(), connection, { ...over, phone: NUMBER, vendorCallId: 'of-0502345678' });
    await makeOrder(sql(), connection, { ...over, phone: NUMBER, reason: '050-2345678 is busy.' });
    const variables = { callBack: '050 234 5678' };
    await makeOrder(sql(), connection, { ...over, phone: OTHER, order: { variables } });
  }

  /** What is kept beside contacts: ids in other systems, merges, answers of the tenant's own sources, what screens are told. */
  async function aroundContacts(tenant: TestTenant, contactId: string): Promise<void> {
    const whole = JSON.stringify({ name: 'Dana', phones: [{ e164: NUMBER }] });
    await sql().rows(`INSERT INTO contact_external_id VALUES ($1, 'erp', $2, $3)`, [
      tenant.id,
      NUMBER,
      contactId,
    ]);
    await sql().rows(
      `INSERT INTO contact_merge VALUES ($1, $2, $3, $4, jsonb_build_array($4::jsonb), '{}', now(), 'system')`,
      [newId(), tenant.id, contactId, whole],
    );
    const sourceId = newId();
    await sql().rows(
      `INSERT INTO contact_source (id, tenant_id, name, kind, url, timeout_ms, found_seconds, not_found_seconds, stale_seconds,
                                   created_at, updated_at)
       VALUES ($1, $2, 'CRM', 'http', $3, 1000, 60, 60, 60, now(), now())`,
      [sourceId, tenant.id, URL],
    );
    await sql().rows(
      `INSERT INTO source_answer VALUES ($1, $2, $3, 1, jsonb_build_array($4::jsonb), now(), now(), now())`,
      [sourceId, NUMBER, tenant.id, whole],
    );
    await sql().rows(`INSERT INTO live_event VALUES ($1, 1, now(), $2)`, [
      tenant.id,
      JSON.stringify({ number: NUMBER }),
    ]);
    await sql().rows(
      `INSERT INTO pbx_told SELECT c.tenant_id, c.id, 'queue', '1', NULL, $2 FROM connection c WHERE c.tenant_id = $1 LIMIT 1`,
      [tenant.id, JSON.stringify({ callers: [{ vendorCallId: 'told', number: '0502345678' }] })],
    );
  }

  /** Webhooks that came to no call, in many encodings. */
  async function keepUnread(connection: TestConnection): Promise<void> {
    const inbox = new ReceiptInbox(api.world.hot);
    const json = JSON.stringify({ caller: '+972 50-234-5678' });
    const unread = { unparsedReason: 'no CDR for 0502345678' };
    for (const traits of [
      { query: 'caller=%2B972502345678', body: '' },
      { body: Buffer.from(json).toString('base64') },
      { body: [...'0502345678'].map((digit) => `%3${digit}`).join('') },
      { headers: { 'x-caller': '0502345678' }, body: 'x' },
      { body: 'caller=٠٥٠٢٣٤٥٦٧٨' },
    ]) {
      await inbox.keep(receipt(connection, { ...traits, ...unread }));
    }
    const packed = receipt(connection, { ...unread, headers: { 'content-encoding': 'gzip' } });
    await inbox.keep({ ...packed, body: gzipSync(json) });
    await inbox.keep({ ...receipt(connection, unread), body: Buffer.from(`\ufeff${json}`, 'utf16le') });
  }

  async function importsOf(tenant: TestTenant): Promise<void> {
    // Across the border of two pieces, too.
    const rows = [['a', '050-2345678']];
    const importId = await orderImport(sql(), tenant.id, { columns: ['name', 'phone'], rows, country: 'IL' });
    await sql().rows(`UPDATE import SET state = 'waiting', file_name = '0502345678.csv' WHERE id = $1`, [
      importId,
    ]);
    const first = await sql().row<{ bytes: Buffer }>('SELECT bytes FROM import_chunk WHERE import_id = $1', [
      importId,
    ]);
    const piece = Buffer.from('x,05023');
    await sql().rows(`INSERT INTO import_chunk VALUES ($1, $2, $3, $4), ($1, $5, $3, $6)`, [
      importId,
      first.bytes.length,
      tenant.id,
      piece,
      first.bytes.length + piece.length,
      Buffer.from('45678\n'),
    ]);
    await sql().rows(
      `INSERT INTO import_fault VALUES ($1, 1, 0, $2, false, NULL, 'x', '0502345678 is odd', $3)`,
      [importId, tenant.id, JSON.stringify(['Dana', '0502345678'])],
    );
    await sql().rows(`INSERT INTO import_change VALUES ($1, $2, $3, $4, now())`, [
      importId,
      newId(),
      tenant.id,
      JSON.stringify({ phones: [{ e164: NUMBER }] }),
    ]);
  }

  async function keepAnswers({ id, client }: TestTenant): Promise<void> {
    const keyId = newId();
    const sealed = SecretBox.fromKeys(SECRET_KEYS).seal(
      JSON.stringify({ phones: [NUMBER] }),
      sealedFor.idempotentAnswer(keyId, 'one'),
    );
    await sql().rows(`INSERT INTO idempotency_key VALUES ($1, 'one', $2, $3, now(), 201, $4)`, [
      keyId,
      id,
      Buffer.alloc(32),
      sealed,
    ]);
    const order = { name: 'Kept', phones: [{ number: OTHER }] };
    await client.with({ 'idempotency-key': 'stays' }).post('/v1/contacts', order);
  }

  const erasureOf = async ({ client }: TestTenant, id: unknown) =>
    (await client.get(`/v1/erasures/${String(id)}`)).body;

  /** Ordered, counted, started, and carried out. */
  async function erased(tenant: TestTenant, order: object = {}): Promise<Json> {
    const { body, status } = await tenant.client.post('/v1/erasures', {
      number: NUMBER,
      dryRun: false,
      ...order,
    });
    expect([status, body]).toEqual([202, expect.anything()]);
    await rig.drain(String(body['id']));
    return erasureOf(tenant, body['id']);
  }

  it('leaves nothing of the number anywhere, whatever it was written as', async () => {
    const { tenant } = await tenantWithNumber();
    expect((await tracesLeft(sql(), tenant.id, DIGITS)).length).toBeGreaterThan(20);
    const erasure = await erased(tenant);
    expect(erasure).toMatchObject({ state: 'done', number: null, lastDigits: '78' });
    expect(await tracesLeft(sql(), tenant.id, DIGITS)).toEqual([]);
  });

  it('says beforehand what it would do, does nothing, and does just that when it is started', async () => {
    const { tenant } = await tenantWithNumber();
    const before = await tracesLeft(sql(), tenant.id, DIGITS);
    const { body: ordered } = await tenant.client.post('/v1/erasures', {
      number: '050-234-5678',
      country: 'IL',
    });
    const id = String(ordered['id']);
    expect(api.rings).toContainEqual({ kind: 'erasure', id });
    await rig.drain(id);
    const counted = await erasureOf(tenant, id);
    expect(counted).toMatchObject({ state: 'counted', number: NUMBER, report: null });
    const left = await tracesLeft(sql(), tenant.id, DIGITS);
    expect(left.filter((place) => !place.startsWith('erasure.'))).toEqual(before);

    expect((await tenant.client.post(`/v1/erasures/${id}/start`, {})).status).toBe(202);
    await rig.drain(id);
    const done = await erasureOf(tenant, id);
    expect(done['state']).toBe('done');
    expect(tablesOf(done, 'report')).toEqual(tablesOf(counted, 'preview'));
    expect(tablesOf(done, 'report')).toMatchObject({
      call: { deleted: 0, masked: 2 },
      call_event: { deleted: 1, masked: 1 },
      contact: { deleted: 1, masked: 1 },
      contact_phone: { deleted: 2, masked: 0 },
      receipt: { deleted: 9, masked: 0 },
      import_chunk: { deleted: 0, masked: 3 },
    });
    expect(counted['preview']).toMatchObject({ recordings: ['https://pbx.example/0502345678.mp3'] });
    expect(done['report']).toMatchObject({ recordings: ['https://pbx.example/0*********.mp3'] });
  });

  it('keeps an anonymous call for statistics, unless nothing is to be kept', async () => {
    const one = await tenantWithNumber();
    const [call] = await callsOf(one.tenant, '&number=%2B972502345678');
    await erased(one.tenant);
    const { body } = await one.tenant.client.get(`/v1/calls/${String(call?.['id'])}`);
    for (const kept of ['startedAt', 'result', 'direction', 'talkSeconds', 'did'] as const) {
      expect([kept, body[kept]]).toEqual([kept, call?.[kept]]);
    }
    expect(JSON.stringify(body)).not.toContain('Dana');
    expect(await callsOf(one.tenant)).toHaveLength(2);

    const other = await tenantWithNumber();
    await erased(other.tenant, { keep: 'nothing' });
    expect(await callsOf(other.tenant)).toHaveLength(1);
    expect(await tracesLeft(sql(), other.tenant.id, DIGITS)).toEqual([]);
  });

  it('leaves what another tenant has, what others have, and what is nobody’s', async () => {
    const { tenant, connection } = await tenantWithNumber();
    const stranger = await tenantWithNumber();
    const theirs = await everythingOf(stranger.tenant);
    const stays = receipt(connection, { body: cdr({ caller: '0502345679' }), unparsedReason: 'x' });
    await new ReceiptInbox(api.world.hot).keep(stays);
    await makeContact(sql(), tenant.id, { name: 'Other', phones: [OTHER] });
    await erased(tenant);
    expect(await everythingOf(stranger.tenant)).toEqual(theirs);
    expect(await sql().count('SELECT count(*) FROM receipt WHERE id = $1', [stays.id])).toBe(1);
    const { data } = (await tenant.client.get('/v1/contacts')).body;
    expect(data.map(({ name, phones }) => [name, (phones as Json[]).map(({ e164 }) => e164)])).toEqual([
      ['Other', [OTHER]],
      ['Kept', [OTHER]],
      ['Cohen, 0*********', [OTHER]],
    ]);
  });

  it('waits for a call that goes on and for what is due, says so, and goes on when that is told', async () => {
    const { tenant, connection, endpoint } = await tenantWithNumber();
    const { id: callId } = await sql().row<{ id: CallId }>(
      'SELECT id FROM call WHERE connection_id = $1 AND customer_number = $2',
      [connection.id, NUMBER],
    );
    await sql().rows('UPDATE call SET settle_at = now() WHERE id = $1', [callId]);
    const owed = await oweDelivery(sql(), endpoint, { callId });
    const { body } = await tenant.client.post('/v1/erasures', { number: NUMBER, dryRun: false });
    const leaving = await rig.drain(String(body['id']));
    expect(leaving.notBefore).toBeGreaterThan(Date.now());
    expect(await erasureOf(tenant, body['id'])).toMatchObject({
      state: 'telling',
      waitsFor: { calls: 1, deliveries: 1 },
    });
    expect(await sql().count('SELECT count(*) FROM call_event WHERE call_id = $1', [callId])).toBe(2);

    await sql().rows('UPDATE call SET settle_at = NULL WHERE id = $1', [callId]);
    await sql().rows(`UPDATE delivery SET state = 'delivered' WHERE id = $1`, [owed.id]);
    await rig.lookAgain(String(body['id']));
    await rig.drain(String(body['id']));
    expect(await erasureOf(tenant, body['id'])).toMatchObject({ state: 'done', waitsFor: null });
    expect(await tracesLeft(sql(), tenant.id, DIGITS)).toEqual([]);
  });

  it('does not wait for ever: what is due then is not told, and a call that goes on is left and listed', async () => {
    const { tenant, connection, endpoint } = await tenantWithNumber();
    const enricher = new EnricherRig(api.world);
    await enricher.takeIn(connection, cdr({ caller: '0502345678' }));
    await enricher.drain(connection);
    const [first, second] = await sql().rows<{ id: CallId }>(
      'SELECT id FROM call WHERE connection_id = $1 AND customer_number = $2 ORDER BY id',
      [connection.id, NUMBER],
    );
    if (!first || !second) throw new Error('two calls are wanted');
    await sql().rows('UPDATE call SET settle_at = NULL WHERE id = $1', [first.id]);
    await sql().rows('UPDATE call SET settle_at = now() WHERE id = $1', [second.id]);
    const owed = await oweDelivery(sql(), endpoint, { callId: first.id });
    const erasure = await erased(tenant, { waitMinutes: 0 });
    expect(erasure['state']).toBe('done');
    expect(await sql().row('SELECT state, reason FROM delivery WHERE id = $1', [owed.id])).toEqual({
      state: 'skipped',
      reason: 'number erased',
    });
    expect((erasure['report'] as Json)['skipped']).toEqual([
      { table: 'call', id: second.id, why: expect.stringContaining('still going on') as unknown },
    ]);
    expect(await sql().row('SELECT customer_number AS n FROM call WHERE id = $1', [second.id])).toEqual({
      n: NUMBER,
    });
  });

  it('leaves a call of which something is held for an endpoint, unless it is forced', async () => {
    const { tenant, connection, endpoint } = await tenantWithNumber();
    const { id: callId } = await sql().row<{ id: CallId }>(
      'SELECT id FROM call WHERE connection_id = $1 AND customer_number = $2',
      [connection.id, NUMBER],
    );
    const held = await oweDelivery(sql(), endpoint, {
      callId,
      state: 'held',
      payload: { from: '0502345678' },
    });
    const first = await erased(tenant);
    expect((first['report'] as Json)['skipped']).toEqual([
      { table: 'call', id: callId, why: expect.stringContaining('held') as unknown },
    ]);
    expect(await sql().count('SELECT count(*) FROM call_event WHERE id = $1', [held.eventId])).toBe(1);
    await erased(tenant, { force: true });
    expect(await tracesLeft(sql(), tenant.id, DIGITS)).toEqual([]);
  });

  it('begins again where a forwarder that was killed left it, and counts nothing twice', async () => {
    const { tenant } = await tenantWithNumber();
    const { body } = await tenant.client.post('/v1/erasures', { number: NUMBER, dryRun: false });
    const id = String(body['id']);
    for (let kills = 0; ; kills += 1) {
      let writes = 0;
      const dying = Object.assign(Object.create(rig.store) as typeof rig.store, {
        write: (...args: Parameters<typeof rig.store.write>) => {
          writes += 1;
          if (writes > 3) throw new Error('killed');
          return rig.store.write(...args);
        },
      });
      await rig.drainAndDie(id, dying);
      const { state } = await erasureOf(tenant, id);
      if (state === 'done') break;
      expect(kills).toBeLessThan(60);
    }
    const done = await erasureOf(tenant, id);
    expect(tablesOf(done, 'report')).toEqual(tablesOf(done, 'preview'));
    expect(await tracesLeft(sql(), tenant.id, DIGITS)).toEqual([]);
  });

  it('writes nothing without the lease', async () => {
    const { tenant } = await tenantWithNumber();
    const { body } = await tenant.client.post('/v1/erasures', { number: NUMBER, dryRun: false });
    const before = await everythingOf(tenant);
    const robbed = Object.assign(Object.create(rig.store) as typeof rig.store, {
      write: (owner: { erasureId: ErasureId }, ...rest: [never, never]) =>
        rig.store.write({ ...owner, fence: '0' }, ...rest),
    });
    await rig.drain(String(body['id']), robbed);
    expect(await everythingOf(tenant)).toEqual(before);
  });

  it('looks once more at its end: a CDR that came meanwhile goes too, one that comes later makes a new call', async () => {
    const { tenant, connection, enricher } = await tenantWithNumber();
    const late = cdr({ caller: '0502345678' });
    let came = false;
    const { body } = await tenant.client.post('/v1/erasures', { number: NUMBER, dryRun: false });
    const meanwhile = Object.assign(Object.create(rig.store) as typeof rig.store, {
      write: async (...[owner, step, erasing]: Parameters<typeof rig.store.write>) => {
        // Behind the calls, the attempts and the receipts.
        if (step.state === 'erasing' && step.place.step === 'contact_phone' && !came) {
          came = true;
          await enricher.takeIn(connection, late);
          await enricher.drain(connection);
          await sql().rows('UPDATE call SET settle_at = NULL WHERE connection_id = $1', [connection.id]);
        }
        return rig.store.write(owner, step, erasing);
      },
    });
    await rig.drain(String(body['id']), meanwhile);
    expect(came).toBe(true);
    expect(await erasureOf(tenant, body['id'])).toMatchObject({ state: 'done' });
    expect(await tracesLeft(sql(), tenant.id, DIGITS)).toEqual([]);

    await enricher.takeIn(connection, late);
    await enricher.drain(connection);
    expect(await callsOf(tenant, '&number=%2B972502345678')).toHaveLength(1);
  });

  it('can be cancelled until it begins to delete, and forgets the number', async () => {
    const { tenant } = await tenantWithNumber();
    const { body } = await tenant.client.post('/v1/erasures', { number: NUMBER });
    const path = `/v1/erasures/${String(body['id'])}`;
    const again = await tenant.client.post('/v1/erasures', { number: NUMBER });
    expect([again.status, again.body['code']]).toEqual([409, 'erasure.under_way']);
    await rig.drain(String(body['id']));
    const cancelled = await tenant.client.post(`${path}/cancel`, {});
    expect([cancelled.status, cancelled.body]).toEqual([
      202,
      expect.objectContaining({ state: 'cancelled', number: null, preview: null }),
    ]);
    expect(await tracesLeft(sql(), tenant.id, DIGITS)).not.toEqual([]);
    expect((await tenant.client.post(`${path}/start`, {})).body['code']).toBe('erasure.not_now');
    const done = await erased(tenant);
    expect((await tenant.client.post(`/v1/erasures/${String(done['id'])}/cancel`, {})).status).toBe(409);
    const found = await tenant.client.get(`/v1/erasures?number=${encodeURIComponent(NUMBER)}`);
    expect(found.body.data.map(({ state }) => state)).toEqual(['done', 'cancelled']);
  });

  it('is written to the audit trail with its counts and without the number', async () => {
    const { tenant } = await tenantWithNumber();
    const { id } = await erased(tenant);
    const { data } = (await tenant.client.get(`/v1/audit?subjectId=${String(id)}`)).body;
    expect(data.map(({ action }) => action)).toEqual(['erasure.done', 'erasure.created']);
    expect(data[0]?.['changes']).toMatchObject({ receipt: { from: null, to: { deleted: 9, masked: 0 } } });
    expect(JSON.stringify(data)).not.toContain(DIGITS);
  });

  it('is for administrators of the tenant alone', async () => {
    const { tenant } = await tenantWithNumber();
    const { body } = await tenant.client.post('/v1/erasures', { number: NUMBER });
    const path = `/v1/erasures/${String(body['id'])}`;
    const writer = await api.client(tenant.id, ['write']);
    for (const ask of [
      writer.post('/v1/erasures', { number: NUMBER }),
      writer.get(path),
      writer.get(`/v1/numbers/${encodeURIComponent(NUMBER)}/export`),
    ]) {
      expect((await ask).status).toBe(403);
    }
    const { client: stranger } = await api.tenant();
    for (const ask of [
      stranger.get(path),
      stranger.post(`${path}/start`, {}),
      stranger.post(`${path}/cancel`, {}),
    ]) {
      expect((await ask).status).toBe(404);
    }
    const wrong = await tenant.client.post('/v1/erasures', { number: '0502345678' });
    expect([wrong.status, wrong.body['code']]).toEqual([400, 'request.invalid']);
  });

  it('is forgotten after a year, one that nobody starts after a month', async () => {
    const { tenant } = await tenantWithNumber();
    await erased(tenant);
    await sql().rows(`UPDATE erasure SET state = 'cancelled' WHERE state <> 'done'`);
    const open = await tenant.client.post('/v1/erasures', { number: OTHER });
    await rig.drain(String(open.body['id']));
    const states = async () => (await tenant.client.get('/v1/erasures')).body.data.map(({ state }) => state);
    await forgetErasures(api.world.url, Date.now());
    expect(await states()).toEqual(['counted', 'done']);
    await forgetErasures(api.world.url, Date.now() + 31 * DAY_MS);
    expect(await states()).toEqual(['done']);
    await forgetErasures(api.world.url, Date.now() + 366 * DAY_MS);
    expect(await states()).toEqual([]);
  });

  it('takes whoever has the number off the lists of campaigns, and leaves the others', async () => {
    const tenant = await api.tenant();
    const connection = await makeConnection(sql(), tenant.id);
    const draft = { connectionId: connection.id, name: 'Renewals', mode: 'preview' };
    const campaign = (await tenant.client.post('/v1/campaigns', draft)).body['id'];
    const leads = `/v1/campaigns/${String(campaign)}/leads`;
    await tenant.client.post(leads, { number: NUMBER, name: 'Dana' });
    await tenant.client.post(leads, { number: OTHER });
    await erased(tenant);
    expect((await tenant.client.get(leads)).body.data).toMatchObject([{ number: OTHER }]);
    expect(await tracesLeft(sql(), tenant.id, DIGITS)).toEqual([]);
  });

  it('leaves the order of a call without its number, and the list of numbers not to call as it is', async () => {
    const { tenant, connection } = await tenantWithNumber();
    await sql().rows(`INSERT INTO do_not_call VALUES ($1, $2, 'Dana', 'api', now())`, [tenant.id, NUMBER]);
    const erasure = await erased(tenant);
    expect(
      await sql().rows('SELECT phone, state FROM dial_attempt WHERE connection_id = $1 ORDER BY id', [
        connection.id,
      ]),
    ).toEqual([
      { phone: null, state: 'ended' },
      { phone: null, state: 'ended' },
      { phone: OTHER, state: 'ended' },
    ]);
    expect(await sql().rows('SELECT phone FROM do_not_call WHERE tenant_id = $1', [tenant.id])).toEqual([
      { phone: NUMBER },
    ]);
    expect(await tracesLeft(sql(), tenant.id, DIGITS)).toEqual(['do_not_call.phone']);
    expect(JSON.stringify(erasure['report'])).toContain('do_not_call');
    expect(JSON.stringify(erasure['report'])).not.toContain(DIGITS);
  });

  it('gives out beforehand all that is kept, and nothing of others', async () => {
    const { tenant } = await tenantWithNumber();
    await tenantWithNumber();
    const answer = await tenant.client.get('/v1/numbers/0502345678/export?country=IL');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    const lines = answer.text.trimEnd().split('\n');
    const kept = lines.map((line) => JSON.parse(line) as { kind: string; data: Json });
    const counts = new Map<string, number>();
    for (const { kind, data } of kept) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      if (data['tenant_id'] !== undefined) expect(data['tenant_id']).toBe(tenant.id);
    }
    expect(Object.fromEntries(counts)).toEqual({
      contact: 2,
      contact_external_id: 1,
      contact_merge: 1,
      source_answer: 1,
      live_event: 1,
      pbx_told: 1,
      call: 1,
      call_that_names_it: 1,
      call_event: 2,
      delivery: 2,
      attempt: 1,
      receipt: 9,
      import: 1,
      import_fault: 1,
      import_change: 1,
      call_context: 1,
      audit_entry: 1,
      replay: 1,
      endpoint_state_change: 1,
      ingress_refusal: 1,
      dial_attempt: 3,
    });
    const own = kept.find(({ kind, data }) => kind === 'delivery' && data['attempts'] !== undefined);
    expect(JSON.stringify(own)).toContain('<p>0502345678</p>');
    const bodies = kept.filter(({ kind }) => kind === 'receipt').map(({ data }) => data['body_base64']);
    expect(bodies).toContain(Buffer.from('caller=٠٥٠٢٣٤٥٦٧٨').toString('base64'));
  });

  const callsOf = async ({ client }: TestTenant, query = '') =>
    (await client.get(`/v1/calls?limit=200${query}`)).body.data;

  /** Every row of a tenant, but for the job's own. */
  async function everythingOf({ id }: TestTenant): Promise<unknown[]> {
    const tables = await sql().rows<{ name: string }>(
      `SELECT c.table_name AS name FROM information_schema.columns c JOIN pg_class k ON k.relname = c.table_name
       WHERE c.table_schema = 'public' AND c.column_name = 'tenant_id' AND NOT k.relispartition AND c.table_name <> 'api_key'
         AND c.table_name NOT LIKE 'erasure%' ORDER BY 1`,
    );
    const found: unknown[] = [];
    for (const { name } of tables) {
      found.push(
        await sql().rows(
          `SELECT row_to_json(t)::text AS row FROM "${name}" t WHERE tenant_id = $1 ORDER BY 1`,
          [id],
        ),
      );
    }
    return found;
  }
});

interface ErasedTable {
  table: string;
  deleted: number;
  masked: number;
}

const tablesOf = (erasure: Json, which: 'preview' | 'report') =>
  Object.fromEntries(
    (erasure[which] as { tables: ErasedTable[] }).tables.map(({ table, deleted, masked }) => [
      table,
      { deleted, masked },
    ]),
  );
