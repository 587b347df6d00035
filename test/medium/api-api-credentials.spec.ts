import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TenantScope, openRepositories } from '#db';
import { CREDENTIAL_PURPOSE, KeyedHash, credentialText, systemClock, type ShownCredential } from '#platform';
import { openApi, type Answer, type TestApi, type TestTenant } from '../harness/api.js';
import { SECRET_KEYS, makeConnection } from '../harness/tenant.js';

const PATH = '/v1/api-credentials';
const HASH = KeyedHash.fromKeys(SECRET_KEYS, CREDENTIAL_PURPOSE);

let api: TestApi;
let tenant: TestTenant;
let connectionId: string;
let scope: TenantScope;
beforeAll(async () => {
  api = await openApi();
  scope = new TenantScope(api.world.url, 1);
});
afterAll(async () => {
  await scope.end();
  await api.close();
});
beforeEach(async () => {
  tenant = await api.tenant();
  connectionId = (await makeConnection(api.sql, tenant.id)).id;
});

const draft = (more: object = {}) => ({
  ...{ connectionId, name: 'CRM', facade: 'voicenter', rights: ['call', 'read'] },
  ...more,
});
const make = (more: object = {}) => tenant.client.post(PATH, draft(more));
const pathOf = ({ body }: Answer) => `${PATH}/${String(body['id'])}`;
const secretOf = ({ body }: Answer) => body['secret'] as Record<string, string | null>;
const codeOf = ({ status, body }: Answer) => [status, body['code']];
const fieldsAtFault = ({ body }: Answer) => (body['errors'] as { field: string }[]).map(({ field }) => field);
/** As the edge that serves the vendor's paths finds it. */
const find = (facade: string, shown: ShownCredential) =>
  openRepositories(scope, systemClock).apiCredentials.byHash(facade, HASH.allOf(credentialText(shown)));

describe('the credential of software that was written for a vendor', () => {
  it('is made, listed, changed and revoked, and its secret is shown once', async () => {
    const made = await make();
    expect([made.status, made.body]).toMatchObject([
      201,
      {
        ...{ connectionId, name: 'CRM', facade: 'voicenter', rights: ['call', 'read'], scope: 'account' },
        ...{ agentId: null, department: null, allowFrom: [], origins: [], perMinute: 600, settings: {} },
        ...{ expiresAt: null, revokedAt: null, lastUsedAt: null },
      },
    ]);
    const { code } = secretOf(made);
    expect(code).toMatch(/^[0-9a-f]{32}$/);
    const path = pathOf(made);
    const { secret: _, ...shown } = made.body;
    expect((await tenant.client.get(path)).body).toEqual(shown);
    expect((await tenant.client.get(`${PATH}?connectionId=${connectionId}`)).body.data).toEqual([shown]);
    const changed = await tenant.client.patch(path, { rights: ['read'], origins: ['https://crm.example'] });
    expect(changed.body).toMatchObject({ name: 'CRM', rights: ['read'], origins: ['https://crm.example'] });
    expect((await tenant.client.delete(path)).status).toBe(204);
    expect((await tenant.client.get(path)).body['revokedAt']).toEqual(expect.any(String));
    const audit = await tenant.client.get('/v1/audit');
    const actions = audit.body.data.map((entry) => entry['action']).reverse();
    expect(actions).toEqual(['api_credential.created', 'api_credential.changed', 'api_credential.revoked']);
    expect(audit.text + changed.text).not.toContain(code);
  });

  it('is found by what the software shows, until it is revoked', async () => {
    const code = await make();
    const login = await make({ facade: 'globalex' });
    const token = await make({ facade: 'globalex', kind: 'token' });
    const client = await make({ facade: 'voipnow' });
    const text = (answer: Answer, name: string) => secretOf(answer)[name] ?? '';
    const [user, password, organisation] = ['user', 'password', 'organisation'].map((name) =>
      text(login, name),
    );
    const shown: [Answer, string, ShownCredential][] = [
      [code, 'voicenter', { kind: 'code', code: text(code, 'code') }],
      [
        login,
        'globalex',
        { kind: 'login', user: user ?? '', password: password ?? '', organisation: organisation ?? '' },
      ],
      [token, 'globalex', { kind: 'code', code: text(token, 'code') }],
      [
        client,
        'voipnow',
        { kind: 'client', id: text(client, 'clientId'), secret: text(client, 'clientSecret') },
      ],
    ];
    for (const [answer, facade, secret] of shown) {
      expect([facade, (await find(facade, secret))?.credential.id]).toEqual([facade, answer.body['id']]);
      await tenant.client.delete(pathOf(answer));
      expect([facade, await find(facade, secret)]).toEqual([facade, undefined]);
    }
  });

  it('may be brought along, and then is nobody else’s', async () => {
    const bring = { user: 'old-user', password: 'old-password', organisation: '77' };
    const brought = await make({ facade: 'globalex', bring });
    expect(secretOf(brought)).toMatchObject(bring);
    expect(brought.body['shown']).toBe('old-user@77');
    expect(await find('globalex', { kind: 'login', ...bring })).toBeDefined();
    const other = await api.tenant('Other');
    const theirs = await makeConnection(api.sql, other.id);
    const again = await other.client.post(
      PATH,
      draft({ connectionId: theirs.id, facade: 'globalex', bring }),
    );
    expect(codeOf(again)).toEqual([409, 'api_credential.taken']);
    expect(again.text).not.toMatch(/old-|Acme/);
    const elsewhere = { ...bring, organisation: '78' };
    const free = await other.client.post(
      PATH,
      draft({ connectionId: theirs.id, facade: 'globalex', bring: elsewhere }),
    );
    expect(free.status).toBe(201);
  });

  it.each<[object, string[]]>([
    [{ bring: { code: 'short' } }, ['bring.code']],
    [{ bring: { code: ' '.repeat(20) } }, ['bring.code']],
    [{ bring: { user: 'u', password: 'password' } }, ['bring.user', 'bring.password', 'bring.code']],
    [{ facade: 'globalex', bring: { user: 'u', password: 'short' } }, ['bring.password']],
    [{ facade: 'voipnow', bring: { id: 'x' } }, ['bring.secret']],
    [{ kind: 'login' }, ['kind']],
    [{ rights: [] }, ['rights']],
    [{ scope: 'agent' }, ['agentId']],
    [{ scope: 'department', agentId: crypto.randomUUID() }, ['agentId', 'department', 'agentId']],
    [{ scope: 'agent', agentId: crypto.randomUUID() }, ['agentId']],
    [{ allowFrom: ['10.0.0.0/33'] }, ['allowFrom']],
    [{ origins: ['http://crm.example'] }, ['origins']],
    [{ settings: { epochs: 'mars', toString: 1 } }, ['settings.epochs', 'settings.toString']],
    [{ expiresAt: '2001-01-01T00:00:00Z' }, ['expiresAt']],
    [{ perMinute: 0 }, ['perMinute']],
  ])('with %j is refused by name', async (more, fields) => {
    const answer = await make(more);
    expect([answer.status, fieldsAtFault(answer)]).toEqual([400, fields]);
  });

  it('may be one agent’s, from some networks, for some time', async () => {
    const agentId = String((await tenant.client.post('/v1/agents', { name: 'Dana' })).body['id']);
    const expiresAt = '2099-01-01T00:00:00.000Z';
    const more = { scope: 'agent', agentId, allowFrom: ['10.0.0.0/8', '2001:db8::1'], expiresAt };
    const made = await make({ ...more, settings: { epochs: 'utc', callLogKeys: 'lower', crossSite: true } });
    expect(made.body).toMatchObject(more);
    const path = pathOf(made);
    expect(fieldsAtFault(await tenant.client.patch(path, { agentId: null }))).toEqual(['agentId']);
    const widened = await tenant.client.patch(path, { scope: 'account', agentId: null, expiresAt: null });
    expect(widened.body).toMatchObject({ scope: 'account', agentId: null, expiresAt: null });
  });

  it('is changed and revoked only as the caller has seen it', async () => {
    const path = pathOf(await make());
    const etag = (await tenant.client.get(path)).headers.get('etag') ?? '';
    const careful = tenant.client.with({ 'if-match': etag });
    expect((await careful.patch(path, { name: 'Ours' })).status).toBe(200);
    expect(codeOf(await careful.patch(path, { name: 'Late' }))).toEqual([412, 'resource.changed']);
    expect((await careful.delete(path)).status).toBe(412);
  });

  it('is nobody else’s to see or change, and for no connection of others', async () => {
    const path = pathOf(await make());
    const { client } = await api.tenant('Other');
    for (const answer of [
      await client.get(path),
      await client.patch(path, { name: 'x' }),
      await client.delete(path),
      await client.post(PATH, draft()),
    ]) {
      expect(codeOf(answer)).toEqual([404, 'resource.not_found']);
    }
    const writer = await api.client(tenant.id, ['write']);
    expect(codeOf(await writer.get(PATH))).toEqual([403, 'scope.missing']);
  });
});
