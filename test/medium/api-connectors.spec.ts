/** The CRMs that an endpoint can be, and trying one with the endpoint's own credentials. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CONNECTORS } from '#crm';
import { RecordsServer } from '../../apps/simulator/index.js';
import { openApi, type TestApi, type TestTenant } from '../harness/api.js';
import { TokenServer } from '../harness/token-server.js';

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

const make = async (given: object = {}) => {
  const draft = { name: 'CRM', url, format: 'espocrm', eventTypes: ['call.*'], ...given };
  const { status, body } = await tenant.client.post('/v1/endpoints', draft);
  expect([status, body['code']]).toEqual([201, undefined]);
  return String(body['id']);
};
const setAuth = async (id: string, auth: object) => {
  const { status, body } = await tenant.client.put(`/v1/endpoints/${id}/access`, { auth });
  expect([status, body['code']]).toEqual([200, undefined]);
};
const probe = (id: string) => tenant.client.post(`/v1/endpoints/${id}/probe`);

describe('connectors', () => {
  it('are listed with all that a form needs', async () => {
    const { status, body } = await tenant.client.get('/v1/connectors');
    expect(status).toBe(200);
    expect(body.data.map((one) => one['name'])).toEqual(CONNECTORS.map(({ name }) => name));
    for (const one of body.data) {
      const { credentials, policy } = one as unknown as {
        credentials: unknown[];
        policy: { name: string }[];
      };
      expect(credentials.length).toBeGreaterThan(0);
      expect(policy.map(({ name }) => name)).toEqual(expect.arrayContaining(['createContacts', 'choose']));
    }
  });

  it('say which settings of their own they take, and what their CRM takes of us', async () => {
    const { body } = await tenant.client.get('/v1/connectors/odoo');
    const settings = body['settings'] as Record<string, unknown>[];
    expect(settings.map(({ name }) => name)).toContain('database');
    expect(settings[0]).toMatchObject({ name: 'api', kind: 'choice', required: false, byDefault: 'json2' });
    expect(settings[0]?.['values']).toEqual(['json2', 'jsonrpc']);
    const hubspot = (await tenant.client.get('/v1/connectors/hubspot')).body;
    expect(hubspot['allows']).toEqual({ requests: 100, seconds: 10 });
  });

  it('are got by name, and what a policy is by default makes an endpoint', async () => {
    const { status, body } = await tenant.client.get('/v1/connectors/espocrm');
    expect([status, body['title'], body['update']]).toEqual([200, 'EspoCRM', 'patch']);
    const policy = body['policy'] as { name: string; byDefault: unknown }[];
    const logging = Object.fromEntries(policy.map(({ name, byDefault }) => [name, byDefault]));
    await make({ formatSettings: { logging } });
    expect((await tenant.client.get('/v1/connectors/nonsense')).status).toBe(404);
  });
});

describe('probing a CRM', () => {
  it('says whose credentials they are, and writes nothing', async () => {
    takes = `Bearer ${KEY}`;
    const id = await make();
    await setAuth(id, { kind: 'bearer', token: KEY });
    const { status, body } = await probe(id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ok: true, account: 'Switchhook', lacks: [], problem: null });
    expect(crm.asked).toBe(1);
    expect([crm.records.calls(), crm.records.contacts()]).toEqual([[], []]);
  });

  it('says in the CRM’s words why it does not let us in, without the secret', async () => {
    takes = 'Bearer another';
    const id = await make();
    await setAuth(id, { kind: 'bearer', token: KEY });
    const { status, body, text } = await probe(id);
    expect([status, body['ok'], body['status']]).toEqual([200, false, 401]);
    expect(body['problem']).toContain('Unauthorized');
    expect(text).not.toContain(KEY);
  });

  it('says that nobody answers there', async () => {
    const id = await make();
    await crm.close();
    const { body } = await probe(id);
    expect(body).toMatchObject({ ok: false, account: null, status: null, problem: expect.any(String) });
    crm = new RecordsServer();
    await crm.listen();
  });

  it('fetches an access token, and another one when the first is taken no more', async () => {
    const login = await TokenServer.open();
    try {
      const id = await make();
      const auth = { kind: 'oauth2', tokenUrl: login.url, clientId: 'c', clientSecret: KEY };
      await setAuth(id, auth);
      takes = 'Bearer token-1';
      expect((await probe(id)).body).toMatchObject({ ok: true });
      takes = 'Bearer token-2';
      expect((await probe(id)).body).toMatchObject({ ok: true });
      expect(login.given).toBe(2);
      login.refuses = true;
      takes = 'Bearer token-3';
      const { body, text } = await probe(id);
      expect(body).toMatchObject({ ok: false });
      expect(body['problem']).toContain('token endpoint answered 401');
      expect(text).not.toContain(KEY);
    } finally {
      await login.close();
    }
  });

  it('is for connectors only, and of one’s own endpoints', async () => {
    const other = await make({ format: 'standard' });
    expect((await probe(other)).body['code']).toBe('endpoint.is_no_connector');
    const stranger = await api.tenant();
    expect((await stranger.client.post(`/v1/endpoints/${await make()}/probe`)).status).toBe(404);
  });
});
