/** The CRM of an endpoint as a source of contacts: how it is set up, and what goes with what. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ContactLookup, SourceAnswerStore } from '#db';
import { id, type ContactSourceId } from '#domain';
import { RecordsServer } from '../../apps/simulator/index.js';
import { openApi, type Answer, type TestApi, type TestTenant } from '../harness/api.js';

const PATH = '/v1/contact-sources';
const E164 = '+972502345678';
const KEY = 'crm-key-of-many-letters';

let api: TestApi;
let tenant: TestTenant;
let crm: RecordsServer;
let url: string;
/** The credentials that the CRM takes; undefined: all. */
let takes: string | undefined;

beforeAll(async () => {
  api = await openApi({ EGRESS_ALLOW: '127.0.0.1/32' });
});
afterAll(() => api.close());
beforeEach(async () => {
  tenant = await api.tenant();
  takes = undefined;
  crm = new RecordsServer({ takes: (given) => takes === undefined || given === takes });
  url = `http://127.0.0.1:${String(await crm.listen())}`;
});
afterEach(() => crm.close());

const endpoint = async (given: object = {}) => {
  const draft = { name: 'CRM', url, format: 'espocrm', eventTypes: ['call.*'], ...given };
  const { status, body } = await tenant.client.post('/v1/endpoints', draft);
  expect([status, body['code']]).toEqual([201, undefined]);
  return String(body['id']);
};
const make = async (endpointId: string, given: object = {}) => {
  const draft = { name: 'Who calls', kind: 'crm', endpointId, ...given };
  const answer = await tenant.client.post(PATH, draft);
  expect([answer.status, answer.body['code']]).toEqual([201, undefined]);
  return answer.body;
};
const pathOf = (source: Record<string, unknown>) => `${PATH}/${String(source['id'])}`;
const codeOf = ({ status, body }: Answer) => [status, body['code']];
const setKey = (endpointId: string, token = KEY) =>
  tenant.client.put(`/v1/endpoints/${endpointId}/access`, { auth: { kind: 'bearer', token } });
const look = () => new ContactLookup(api.world.hot).find({ tenantId: tenant.id, e164: E164 });
const versionOf = async (source: Record<string, unknown>) =>
  Number((await api.sql.row('SELECT version FROM contact_source WHERE id = $1', [source['id']]))['version']);

describe('a source of contacts that is a CRM', () => {
  it('names an endpoint, and has neither a URL nor a secret of its own', async () => {
    const endpointId = await endpoint();
    const { secret, ...source } = await make(endpointId);
    expect(source).toMatchObject({ kind: 'crm', endpointId, url: null, headerNames: [], advice: [] });
    expect(secret).toBeNull();
    expect((await tenant.client.get(pathOf(source))).body).toEqual(source);
    const other = await endpoint();
    const changed = await tenant.client.patch(pathOf(source), { endpointId: other, timeoutMs: 900 });
    expect(changed.body).toMatchObject({ endpointId: other, timeoutMs: 900 });
  });

  it.each([
    [{ kind: 'crm' }, ['endpointId']],
    [{ kind: 'crm', endpointId: 'nonsense' }, ['endpointId']],
    [{ kind: 'http' }, ['url']],
  ])('is refused as %j', async (given, fields) => {
    const { status, body } = await tenant.client.post(PATH, { name: 'x', ...given });
    const errors = body['errors'] as { field: string }[];
    expect([status, errors.map(({ field }) => field)]).toEqual([400, fields]);
  });

  it('has none of what belongs to a server, which has no endpoint', async () => {
    const endpointId = await endpoint();
    const source = await make(endpointId);
    const server = (await tenant.client.post(PATH, { name: 'x', url })).body;
    const wrong = [
      await tenant.client.post(PATH, { name: 'x', kind: 'crm', endpointId, url }),
      await tenant.client.post(PATH, { name: 'x', url, endpointId }),
      await tenant.client.patch(pathOf(source), { headers: { 'x-key': 'k' } }),
      await tenant.client.patch(pathOf(server), { endpointId }),
      await tenant.client.patch(pathOf(server), { kind: 'crm' }),
    ];
    const fields = wrong.map(({ body }) => (body['errors'] as { field: string }[])[0]?.field);
    expect(fields).toEqual(['url', 'endpointId', 'headers', 'endpointId', 'kind']);
  });

  it('needs an endpoint of the tenant’s, that is a connector, and finds somebody', async () => {
    const foreign = await endpoint();
    const { client } = await api.tenant('Other');
    const theirs = { name: 'x', kind: 'crm', endpointId: foreign };
    expect(codeOf(await client.post(PATH, theirs))).toEqual([404, 'resource.not_found']);
    const source = await make(await endpoint());
    const absent = { endpointId: '019a9e5c-7a00-7000-8000-000000000000' };
    expect(codeOf(await tenant.client.patch(pathOf(source), absent))).toEqual([404, 'resource.not_found']);
    const plain = { name: 'x', kind: 'crm', endpointId: await endpoint({ format: 'standard' }) };
    expect(codeOf(await tenant.client.post(PATH, plain))).toEqual([409, 'endpoint.is_no_connector']);
    const log = { type: 'Call', request: { method: 'POST', url: '/calls', json: {} }, id: 'id' };
    const blind = await endpoint({ format: 'generic', formatSettings: { log } });
    const unseeing = { name: 'x', kind: 'crm', endpointId: blind };
    expect(codeOf(await tenant.client.post(PATH, unseeing))).toEqual([409, 'endpoint.finds_nobody']);
  });

  it('says so where the CRM has a small ration, or its endpoint is no connector any more', async () => {
    const endpointId = await endpoint({ format: 'freshdesk' });
    const source = await make(endpointId);
    expect((source['advice'] as string[]).join()).toContain('Freshdesk');
    await tenant.client.patch(`/v1/endpoints/${endpointId}`, { format: 'standard', formatSettings: {} });
    const { body } = await tenant.client.get(pathOf(source));
    expect((body['advice'] as string[]).join()).toContain('no connector');
    const tested = await tenant.client.post(`${pathOf(source)}/test`, { number: E164 });
    expect(tested.body).toMatchObject({ ok: false, request: null, response: null });
  });

  it('goes with its endpoint, which the audit tells', async () => {
    const endpointId = await endpoint();
    const source = await make(endpointId);
    expect((await tenant.client.delete(`/v1/endpoints/${endpointId}`)).status).toBe(204);
    expect((await tenant.client.get(pathOf(source))).status).toBe(404);
    const actions = (await tenant.client.get('/v1/audit')).body.data.map((entry) => entry['action']);
    expect(actions.slice(0, 2).toSorted()).toEqual(['contact_source.deleted', 'endpoint.deleted']);
  });

  it('forgets what it said when its endpoint gets other credentials, settings or another URL, and not when its name', async () => {
    const endpointId = await endpoint();
    const source = await make(endpointId);
    const contact = {
      ...{ id: 'Contact/1', name: 'Ann', company: null, url: null },
      createdAt: 0,
      updatedAt: 0,
    };
    const sourceId = id<ContactSourceId>(String(source['id']));
    const answer = { sourceId, version: 1, e164: E164, contacts: [{ ...contact, numbers: [E164] }] };
    await new SourceAnswerStore(api.world.hot).keep(answer);
    await tenant.client.patch(`/v1/endpoints/${endpointId}`, { name: 'Ours' });
    expect([await versionOf(source), (await look()).total]).toEqual([1, 1]);
    await setKey(endpointId);
    expect([await versionOf(source), (await look()).total]).toEqual([2, 0]);
    await tenant.client.patch(`/v1/endpoints/${endpointId}`, { url: 'https://crm.example' });
    expect(await versionOf(source)).toBe(3);
    const formatSettings = { logging: { language: 'he' } };
    await tenant.client.patch(`/v1/endpoints/${endpointId}`, { formatSettings });
    expect(await versionOf(source)).toBe(4);
  });
});

describe('a test of a CRM as a source', () => {
  it('shows whom it finds, and what was asked without the credentials', async () => {
    takes = `Bearer ${KEY}`;
    const endpointId = await endpoint();
    await setKey(endpointId);
    const source = await make(endpointId);
    crm.records.addContact('Ann', '050-234-5678');
    const { status, body, text } = await tenant.client.post(`${pathOf(source)}/test`, {
      ...{ number: '050-2345678', country: 'IL' },
    });
    expect([status, body]).toMatchObject([
      200,
      {
        ...{ ok: true, problem: null, ignored: 0 },
        contacts: [{ name: 'Ann' }],
        request: { method: 'GET', body: null, headers: { authorization: '[redacted]' } },
        response: { status: 200 },
      },
    ]);
    expect(text).not.toContain(KEY);
    expect(await look()).toMatchObject({ total: 0, sources: [{ said: 'missing' }] });
  });

  it('says in words why the CRM does not answer', async () => {
    takes = 'Bearer another';
    const endpointId = await endpoint();
    await setKey(endpointId);
    const source = await make(endpointId);
    const { body } = await tenant.client.post(`${pathOf(source)}/test`, { number: E164 });
    expect(body).toMatchObject({ ok: false, contacts: [], response: { status: 401 } });
    expect(body['problem']).toContain('Unauthorized');
  });
});
