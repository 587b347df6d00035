import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { ContactLookup, SourceAnswerStore, SourceHealthStore, forgetSourceAnswers } from '#db';
import { id, instant, type ContactSourceId } from '#domain';
import { openApi, type Answer, type TestApi, type TestTenant } from '../harness/api.js';
import { SourceServer, names } from '../harness/source-server.js';

const E164 = '+972502345678';
const ANN = { id: 'x7', name: 'Ann', phones: ['050-234-5678'] };

let api: TestApi;
let tenant: TestTenant;
let server: SourceServer;
beforeAll(async () => {
  api = await openApi({ EGRESS_ALLOW: '127.0.0.1/32' });
  server = await SourceServer.open();
});
afterAll(async () => {
  await api.close();
  await server.close();
});
beforeEach(async () => {
  tenant = await api.tenant();
});

const PATH = '/v1/contact-sources';
const make = async (given: object = {}) =>
  (await tenant.client.post(PATH, { name: 'CRM', url: server.url, ...given })).body;
const pathOf = (source: Record<string, unknown>) => `${PATH}/${String(source['id'])}`;
const codeOf = ({ status, body }: Answer) => [status, body['code']];
const fieldsAtFault = ({ body }: Answer) => (body['errors'] as { field: string }[]).map(({ field }) => field);
const audited = async () =>
  (await tenant.client.get('/v1/audit')).body.data.map((entry) => entry['action']).reverse();

/** Keeps an answer as a worker does. */
async function keep(source: Record<string, unknown>, version = 1): Promise<void> {
  const contact = { ...{ id: 'x7', name: 'Ann', company: null, url: null }, createdAt: 0, updatedAt: 0 };
  const contacts = [{ ...contact, numbers: [E164] }];
  const sourceId = id<ContactSourceId>(String(source['id']));
  await new SourceAnswerStore(api.world.hot).keep({ sourceId, version, e164: E164, contacts });
}
const look = () => new ContactLookup(api.world.hot).find({ tenantId: tenant.id, e164: E164 });

describe('sources of contacts', () => {
  it('are made, listed, read, changed and deleted, and each change is audited', async () => {
    const { client } = tenant;
    const made = await client.post(PATH, { name: 'CRM', url: server.url });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ...{ name: 'CRM', kind: 'http', url: server.url, headerNames: [], timeoutMs: 1_400, enabled: true },
      ...{ foundSeconds: 3_600, notFoundSeconds: 60, staleSeconds: 86_400 },
      health: { state: 'unasked', failure: null, openUntil: null },
    });
    const { secret, ...shown } = made.body;
    expect(secret).toMatch(/^whsec_/);
    expect((await client.get(pathOf(made.body))).body).toEqual(shown);
    expect((await client.get(PATH)).body.data).toEqual([shown]);
    const changed = await client.patch(pathOf(made.body), { name: 'Ours', timeoutMs: 500, enabled: false });
    expect(changed.body).toMatchObject({ name: 'Ours', timeoutMs: 500, enabled: false, url: server.url });
    expect((await client.delete(pathOf(made.body))).status).toBe(204);
    expect(codeOf(await client.get(pathOf(made.body)))).toEqual([404, 'resource.not_found']);
    expect(await audited()).toEqual([
      ...['contact_source.created', 'contact_source.changed', 'contact_source.deleted'],
    ]);
  });

  it('show no header and no secret again, and keep them when they are left out', async () => {
    const source = await make({ headers: { Authorization: 'Bearer s3cret-key' } });
    expect(source).toMatchObject({ headerNames: ['authorization'] });
    const changed = await tenant.client.patch(pathOf(source), { name: 'Ours' });
    expect(changed.body).toMatchObject({ headerNames: ['authorization'] });
    const emptied = await tenant.client.patch(pathOf(source), { headers: {} });
    expect(emptied.body).toMatchObject({ headerNames: [] });
    const audit = (await tenant.client.get('/v1/audit')).text;
    expect(audit + changed.text).not.toMatch(/s3cret-key|whsec_/);
  });

  it.each([
    [{ url: 'http://10.0.0.1/' }, ['url']],
    [{ url: 'ftp://crm.example/' }, ['url']],
    [{ timeoutMs: 10_001 }, ['timeoutMs']],
    [{ kind: 'ldap' }, ['kind']],
    [{ headers: { 'webhook-id': 'x' } }, ['headers']],
    [{ notFoundSeconds: 0 }, ['notFoundSeconds']],
  ])('with %j are refused', async (given, fields) => {
    const answer = await tenant.client.post(PATH, { name: 'CRM', url: 'https://crm.example/', ...given });
    expect([answer.status, fieldsAtFault(answer)]).toEqual([400, fields]);
  });

  it('are at most ten, and nobody else’s', async () => {
    const first = await make();
    for (let more = 0; more < 9; more += 1) await make();
    expect(codeOf(await tenant.client.post(PATH, { name: 'x', url: server.url }))).toEqual([
      ...[409, 'contact_source.too_many'],
    ]);
    const { client } = await api.tenant('Other');
    for (const answer of [
      await client.get(pathOf(first)),
      await client.patch(pathOf(first), { name: 'x' }),
      await client.post(`${pathOf(first)}/test`, { number: E164 }),
      await client.delete(pathOf(first)),
    ]) {
      expect(codeOf(answer)).toEqual([404, 'resource.not_found']);
    }
  });

  it('make the tenant’s callers looked for', async () => {
    const knows = () =>
      api.sql.row('SELECT knows_contacts, setup_version FROM tenant WHERE id = $1', [tenant.id]);
    expect(await knows()).toEqual({ knows_contacts: false, setup_version: '0' });
    await make();
    expect(await knows()).toEqual({ knows_contacts: true, setup_version: '1' });
  });
});

describe('what a source said', () => {
  it('is found with the directory’s contacts, until the source is asked otherwise', async () => {
    const source = await make();
    expect((await look()).sources).toMatchObject([{ id: source['id'], said: 'missing', contacts: 0 }]);
    await keep(source);
    expect(await look()).toMatchObject({
      total: 1,
      candidates: [{ id: 'x7', externalId: 'x7', source: source['id'], name: 'Ann' }],
      sources: [{ said: 'fresh', contacts: 1, isResting: false }],
    });
    await tenant.client.patch(pathOf(source), { name: 'Ours' });
    expect((await look()).total).toBe(1);
    await tenant.client.patch(pathOf(source), { url: 'https://other.example/' });
    expect(await look()).toMatchObject({ total: 0, sources: [{ said: 'missing' }] });
    // What was asked before the change comes in after it.
    await keep(source);
    expect(await look()).toMatchObject({ total: 0, sources: [{ said: 'missing' }] });
  });

  it('is forgotten when nobody believes it any more, and with the source', async () => {
    const [old, gone] = [await make(), await make()];
    await keep(old);
    await keep(gone);
    const later = Date.now() + 25 * 60 * 60 * 1000 + 1;
    const kept = () => api.sql.count('SELECT count(*) FROM source_answer WHERE tenant_id = $1', [tenant.id]);
    await forgetSourceAnswers(api.world.url, Date.now());
    expect(await kept()).toBe(2);
    await tenant.client.delete(pathOf(gone));
    expect(await kept()).toBe(1);
    expect(await forgetSourceAnswers(api.world.url, later)).toBeGreaterThan(0);
    expect(await kept()).toBe(0);
  });
});

describe('the health of a source', () => {
  it('is as the workers told, of its present settings', async () => {
    const source = await make();
    const store = new SourceHealthStore(api.world.hot);
    const sourceId = id<ContactSourceId>(String(source['id']));
    const now = Date.now();
    const failed = { failedAt: instant(now), failure: 'It answered 500.', failuresInARow: 5 };
    const resting = { sourceId, version: 1, answeredAt: null, ...failed, openUntil: instant(now + 60_000) };
    await store.note([resting]);
    const health = async () => (await tenant.client.get(pathOf(source))).body['health'];
    expect(await health()).toMatchObject({
      state: 'resting',
      failure: 'It answered 500.',
      failuresInARow: 5,
    });
    expect((await look()).sources).toMatchObject([{ isResting: true }]);
    const answered = { answeredAt: instant(now), failedAt: null, failure: null, failuresInARow: 0 };
    await store.note([{ ...resting, ...answered, openUntil: null }]);
    expect(await health()).toMatchObject({ state: 'ok', failure: 'It answered 500.', failuresInARow: 0 });
    await tenant.client.patch(pathOf(source), { url: 'https://other.example/' });
    await store.note([resting]);
    expect(await health()).toMatchObject({ state: 'unasked', failure: null });
  });
});

describe('a test of a source', () => {
  it('shows what was sent and what came back, without secrets, and remembers nothing', async () => {
    const source = await make({ headers: { 'x-key': 'very-s3cret' } });
    const stranger = { ...ANN, phones: ['0502345679'] };
    server.play(names([{ ...ANN, company: 'very-s3cret' }, stranger]));
    const { status, body, text } = await tenant.client.post(`${pathOf(source)}/test`, {
      ...{ number: '050-2345678', country: 'IL' },
    });
    expect([status, body]).toMatchObject([
      200,
      {
        ...{ ok: true, problem: null, ignored: 1 },
        contacts: [{ id: 'x7', name: 'Ann' }],
        request: { method: 'POST', headers: { 'x-key': '[redacted]' } },
        response: { status: 200 },
      },
    ]);
    const [asked] = server.asked;
    expect(asked?.question).toMatchObject({ number: E164, national: '0502345678' });
    expect(asked?.headers['x-key']).toBe('very-s3cret');
    new Webhook(String(source['secret'])).verify(asked?.body ?? '', asked?.headers ?? {});
    expect((body['response'] as { body: string }).body).not.toContain('very-s3cret');
    expect(text).not.toContain('whsec_');
    expect(await look()).toMatchObject({ total: 0, sources: [{ said: 'missing' }] });
  });

  it('says in words why there is no answer', async () => {
    const source = await make();
    server.play({ status: 500, body: 'down' });
    const asked = await tenant.client.post(`${pathOf(source)}/test`, { number: E164 });
    expect(asked.body).toMatchObject({
      ...{ ok: false, problem: 'It answered 500.', response: { status: 500, body: 'down' } },
    });
    const nobody = await tenant.client.post(`${pathOf(source)}/test`, { number: '101' });
    expect(fieldsAtFault(nobody)).toEqual(['number']);
  });
});
