import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { SecretBox } from '#platform';
import { FLOW } from '../builders/ivr.js';
import { openApi, type Answer, type TestApi, type TestTenant } from '../harness/api.js';
import { SECRET_KEYS, makeConnection, type TestConnection } from '../harness/tenant.js';

let api: TestApi;
let tenant: TestTenant;
let connection: TestConnection;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  tenant = await api.tenant();
  connection = await makeConnection(api.sql, tenant.id);
});

const NEW_FLOW = { name: 'Main menu', document: FLOW };
const URL_ROUTE = { source: 'url', url: 'https://ivr.example/next' };
const BROKEN = { start: 'nowhere', menus: { main: { digits: { 1: { do: 'dance' } } } } };

const makeFlow = async (document: object = FLOW) =>
  String((await tenant.client.post('/v1/ivr-flows', { ...NEW_FLOW, document })).body['id']);
const routePath = (did = 'default') => `/v1/connections/${connection.id}/ivr-routes/${did}`;
const codeOf = ({ status, body }: Answer) => [status, body['code']];
const fieldsAtFault = ({ body }: Answer) => (body['errors'] as { field: string }[]).map(({ field }) => field);
const problemPaths = ({ body }: Answer) => (body['problems'] as { path: string }[]).map(({ path }) => path);
const audited = async () =>
  (await tenant.client.get('/v1/audit')).body.data.map((entry) => entry['action']).reverse();

describe('IVR flows', () => {
  it('are made, listed, read, changed and deleted, and each change is audited', async () => {
    const { client } = tenant;
    const made = await client.post('/v1/ivr-flows', NEW_FLOW);
    expect([made.status, made.body]).toEqual([201, expect.objectContaining({ ...NEW_FLOW, version: 1 })]);
    const path = `/v1/ivr-flows/${String(made.body['id'])}`;
    expect((await client.get(path)).body).toEqual(made.body);
    expect((await client.get('/v1/ivr-flows')).body.data).toEqual([made.body]);
    const patched = await client.patch(path, { version: 1, name: 'Night' });
    expect(patched.body).toMatchObject({ name: 'Night', version: 2, document: FLOW });
    expect((await client.delete(path)).status).toBe(204);
    expect((await client.get(path)).status).toBe(404);
    expect(await audited()).toEqual(['ivr_flow.created', 'ivr_flow.changed', 'ivr_flow.deleted']);
  });

  it('are not changed over somebody else’s change', async () => {
    const path = `/v1/ivr-flows/${await makeFlow()}`;
    expect((await tenant.client.patch(path, { version: 1, name: 'mine' })).status).toBe(200);
    const late = await tenant.client.patch(path, { version: 1, name: 'theirs' });
    expect([...codeOf(late), late.body['version']]).toEqual([409, 'ivr_flow.changed', 2]);
    expect((await tenant.client.get(path)).body).toMatchObject({ name: 'mine', version: 2 });
    expect(fieldsAtFault(await tenant.client.patch(path, { name: 'x' }))).toEqual(['version']);
  });

  it('have a layout beside them that makes no new version and outlives one', async () => {
    const { client } = tenant;
    const path = `/v1/ivr-flows/${await makeFlow()}`;
    const before = (await client.get(path)).body;
    expect(before).toMatchObject({ version: 1, layout: null });
    const layout = { main: { x: 40, y: 80 } };
    expect((await client.put(`${path}/layout`, { layout })).status).toBe(204);
    expect((await client.get(path)).body).toEqual({ ...before, layout });
    expect((await client.patch(path, { version: 1, name: 'Night' })).body).toMatchObject({
      version: 2,
      layout,
    });
    expect(await audited()).toEqual(['ivr_flow.created', 'ivr_flow.arranged', 'ivr_flow.changed']);
    const stranger = await api.tenant();
    expect((await stranger.client.put(`${path}/layout`, { layout })).status).toBe(404);
    const large = { main: 'x'.repeat(64 * 1024) };
    expect(fieldsAtFault(await client.put(`${path}/layout`, { layout: large }))).toEqual(['layout']);
  });

  it('are refused with everything that is wrong and where, however they come', async () => {
    const path = `/v1/ivr-flows/${await makeFlow()}`;
    const { client } = tenant;
    for (const answer of [
      await client.post('/v1/ivr-flows', { name: 'x', document: BROKEN }),
      await client.patch(path, { version: 1, document: BROKEN }),
      await client.post('/v1/ivr-flows/dry-run', { document: BROKEN, digits: [] }),
    ]) {
      expect(codeOf(answer)).toEqual([400, 'ivr_flow.invalid']);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(problemPaths(answer)).toEqual(expect.arrayContaining(['start']));
      expect(problemPaths(answer).some((each) => each.startsWith('menus.main.digits.1'))).toBe(true);
    }
    expect((await client.get(path)).body).toMatchObject({ version: 1, document: FLOW });
  });

  it('may be larger than other objects, and not without end', async () => {
    const menus = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, FLOW.menus.main]));
    const large = { ...FLOW, menus: { ...FLOW.menus, ...menus(150) } };
    expect((await tenant.client.post('/v1/ivr-flows', { name: 'x', document: large })).status).toBe(201);
    const endless = { ...FLOW, menus: menus(3_000) };
    const answer = await tenant.client.post('/v1/ivr-flows', { name: 'x', document: endless });
    expect(fieldsAtFault(answer)).toEqual(['document']);
  });

  it('are not deleted while a route leads to them', async () => {
    const flowId = await makeFlow();
    await tenant.client.put(routePath(), { source: 'flow', flowId });
    const refused = await tenant.client.delete(`/v1/ivr-flows/${flowId}`);
    expect(codeOf(refused)).toEqual([409, 'ivr_flow.in_use']);
    await tenant.client.delete(routePath());
    expect((await tenant.client.delete(`/v1/ivr-flows/${flowId}`)).status).toBe(204);
  });

  it('of another tenant are not there', async () => {
    const path = `/v1/ivr-flows/${await makeFlow()}`;
    const { client } = await api.tenant('Other');
    for (const answer of [
      await client.get(path),
      await client.patch(path, { version: 1, name: 'x' }),
      await client.post(`${path}/dry-run`, { digits: [] }),
      await client.delete(path),
    ]) {
      expect(codeOf(answer)).toEqual([404, 'resource.not_found']);
    }
  });
});

describe('a dry run', () => {
  const walked = ({ body }: Answer) => [
    (body['steps'] as { menu: unknown; answer: { action: { do: string } } }[]).map(({ menu, answer }) => [
      menu,
      answer.action.do,
    ]),
    body['ended'],
  ];

  it('walks a flow that is kept, and one that is not, without keeping anything', async () => {
    const { client } = tenant;
    const id = await makeFlow();
    const before = await audited();
    const kept = await client.post(`/v1/ivr-flows/${id}/dry-run`, { digits: ['1'] });
    expect(kept.status).toBe(200);
    expect(walked(kept)).toEqual([
      [
        [null, 'menu'],
        ['main', 'dial'],
      ],
      'dial',
    ]);
    const loose = await client.post('/v1/ivr-flows/dry-run', { document: FLOW, digits: [null] });
    expect(walked(loose)[1]).toBe('waiting');
    expect(await audited()).toEqual(before);
    expect((await client.get('/v1/ivr-flows')).body.data).toHaveLength(1);
  });

  it('asks for the time and the zone of business hours', async () => {
    const document = {
      start: { when: 'office', open: { do: 'record' }, closed: { do: 'hangup' } },
      hours: { office: { weekly: { sun: [['09:00', '10:00']] } } },
      menus: {},
    };
    const run = async (more: object) =>
      walked(await tenant.client.post('/v1/ivr-flows/dry-run', { document, digits: [], ...more }))[1];
    const at = '2026-11-22T07:30:00Z';
    expect(await run({ at, timeZone: 'Asia/Jerusalem' })).toBe('record');
    expect(await run({ at })).toBe('hangup');
  });

  it('refuses digits that nobody can press, and zones that are nowhere', async () => {
    const wrong = { document: FLOW, digits: ['1', 'x'], timeZone: 'Mars/Olympus', asks: 'why' };
    const answer = await tenant.client.post('/v1/ivr-flows/dry-run', wrong);
    expect(fieldsAtFault(answer).sort()).toEqual(['asks', 'digits', 'timeZone']);
  });
});

describe('IVR routes', () => {
  it('are set, listed, changed and deleted by the number, and each change is audited', async () => {
    const { client } = tenant;
    const flowId = await makeFlow();
    const set = await client.put(routePath('0722776772'), { source: 'flow', flowId });
    expect([set.status, set.body]).toEqual([
      200,
      expect.objectContaining({ did: '0722776772', source: 'flow', flowId, url: null, secret: null }),
    ]);
    await client.put(routePath(), { source: 'flow', flowId });
    const { data } = (await client.get(`/v1/connections/${connection.id}/ivr-routes`)).body;
    expect(data.map(({ did }) => did)).toEqual(['default', '0722776772']);
    const changed = await client.put(routePath('0722776772'), URL_ROUTE);
    expect(changed.body).toMatchObject({
      id: set.body['id'],
      source: 'url',
      flowId: null,
      url: URL_ROUTE.url,
    });
    expect((await client.delete(routePath('0722776772'))).status).toBe(204);
    expect((await client.delete(routePath('0722776772'))).status).toBe(404);
    expect((await audited()).slice(1)).toEqual([
      'ivr_route.created',
      'ivr_route.created',
      'ivr_route.changed',
      'ivr_route.deleted',
    ]);
  });

  it('to a URL come with a secret that is shown once, and keep it', async () => {
    const headers = { Authorization: 'Bearer theirs' };
    const set = await tenant.client.put(routePath('+97236000000'), { ...URL_ROUTE, headers });
    const secret = String(set.body['secret']);
    expect(secret).toMatch(/^whsec_/);
    expect(() => new Webhook(secret)).not.toThrow();
    expect(set.body).toMatchObject({
      headerNames: ['authorization'],
      protocol: 'standard',
      timeoutMs: 2_500,
    });
    const again = await tenant.client.put(routePath('+97236000000'), { ...URL_ROUTE, timeoutMs: 900 });
    expect(again.body).toMatchObject({ secret: null, headerNames: ['authorization'], timeoutMs: 900 });
    const { sealed } = await api.sql.row<{ sealed: string }>(
      'SELECT sealed_secret AS sealed FROM ivr_route WHERE id = $1',
      [set.body['id']],
    );
    const context = `ivr_route:${String(set.body['id'])}`;
    expect(SecretBox.fromKeys(SECRET_KEYS).open(sealed, context)).toBe(secret);
    const bare = await tenant.client.put(routePath('+97236000000'), { ...URL_ROUTE, headers: {} });
    expect(bare.body).toMatchObject({ headerNames: [] });
    const entries = await tenant.client.get('/v1/audit');
    expect(entries.text).not.toContain('theirs');
    expect(entries.text).not.toContain('whsec_');
  });

  it('must lead somewhere that there is and that may be asked', async () => {
    const flowId = crypto.randomUUID();
    const wrong: [object, unknown][] = [
      [{ source: 'flow' }, 'flowId'],
      [{ source: 'url' }, 'url'],
      [{ ...URL_ROUTE, url: 'http://169.254.169.254/' }, 'url'],
      [{ ...URL_ROUTE, url: 'ftp://ivr.example/' }, 'url'],
      [{ ...URL_ROUTE, timeoutMs: 2_501 }, 'timeoutMs'],
      [{ ...URL_ROUTE, headers: { host: 'x' } }, 'headers'],
      [{ ...URL_ROUTE, headers: { 'webhook-signature': 'x' } }, 'headers'],
      [{ ...URL_ROUTE, headers: { a: 'b\r\nc: d' } }, 'headers'],
      [{ ...URL_ROUTE, source: 'oracle' }, 'source'],
    ];
    for (const [body, field] of wrong) {
      expect([body, fieldsAtFault(await tenant.client.put(routePath(), body))]).toEqual([body, [field]]);
    }
    expect((await tenant.client.put(routePath(), { source: 'flow', flowId })).status).toBe(404);
    expect(codeOf(await tenant.client.put(routePath('<b>'), URL_ROUTE))).toEqual([400, 'ivr_route.bad_did']);
  });

  it('are refused with a default answer that cannot be given', async () => {
    const defaultAnswer = { action: { do: 'hangup', recording: '', cause: 'bored' } };
    const answer = await tenant.client.put(routePath(), { ...URL_ROUTE, defaultAnswer });
    expect(codeOf(answer)).toEqual([400, 'ivr_answer.invalid']);
    expect(problemPaths(answer)).toContain('action.cause');
    const fine = await tenant.client.put(routePath(), {
      ...URL_ROUTE,
      defaultAnswer: { action: { do: 'hangup' } },
    });
    expect(fine.body).toMatchObject({ defaultAnswer: { action: { do: 'hangup' } } });
    const without = await tenant.client.put(routePath(), { ...URL_ROUTE, defaultAnswer: null });
    expect(without.body).toMatchObject({ defaultAnswer: null });
  });

  it('cannot be of another tenant’s connection, nor lead to another tenant’s flow', async () => {
    const flowId = await makeFlow();
    const { id, client } = await api.tenant('Other');
    const theirs = await makeConnection(api.sql, id);
    for (const answer of [
      await client.put(routePath(), URL_ROUTE),
      await client.get(`/v1/connections/${connection.id}/ivr-routes`),
      await client.put(`/v1/connections/${theirs.id}/ivr-routes/default`, { source: 'flow', flowId }),
    ]) {
      expect(codeOf(answer)).toEqual([404, 'resource.not_found']);
    }
    expect(await api.sql.count(`SELECT count(*) FROM ivr_route WHERE tenant_id = $1`, [id])).toBe(0);
  });

  it('go with their connection, and a tenant with all that it has', async () => {
    await tenant.client.put(routePath(), { source: 'flow', flowId: await makeFlow() });
    expect((await tenant.client.delete(`/v1/connections/${connection.id}`)).status).toBe(204);
    expect(await api.sql.count(`SELECT count(*) FROM ivr_route WHERE tenant_id = $1`, [tenant.id])).toBe(0);
    connection = await makeConnection(api.sql, tenant.id);
    await tenant.client.put(routePath(), { source: 'flow', flowId: await makeFlow() });
    await api.sql.rows(`DELETE FROM tenant WHERE id = $1`, [tenant.id]);
    expect(await api.sql.count(`SELECT count(*) FROM ivr_flow WHERE tenant_id = $1`, [tenant.id])).toBe(0);
  });
});
