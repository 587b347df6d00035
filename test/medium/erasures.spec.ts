import { gzipSync } from 'node:zlib';
import { ReceiptInbox, sealedFor } from '#db';
import { SecretBox, newId } from '#platform';
import { cdr } from '../builders/cdr.js';
import { makeContact } from '../builders/contact.js';
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
    return { tenant, connection, endpoint, shared, enricher };
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
});
