import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TenantId } from '#domain';
import { SecretBox } from '#platform';
import { openApi, type Answer, type ApiClient, type TestApi } from '../harness/api.js';
import { Authority, type Issued } from '../harness/certificates.js';
import { SECRET_KEYS, makeEndpoint, setAccess, type EndpointTraits } from '../harness/tenant.js';

let api: TestApi;
let root: Authority;
let ours: Issued;
beforeAll(async () => {
  api = await openApi();
  root = await Authority.make('Root');
  ours = await root.issue('switchhook');
});
afterAll(() => api.close());

const SECURE = 'https://crm.example/hook';
const PLAIN = 'http://crm.example/hook';
const TABLE = {
  rows: [
    { kind: 0, url: 'https://one.example/' },
    { kind: 0, url: 'http://two.example/' },
  ],
};

interface Ours {
  id: string;
  endpoint: string;
  path: string;
  client: ApiClient;
  tenant: TenantId;
}

async function endpointAt(traits: Partial<EndpointTraits> = {}): Promise<Ours> {
  const { id: tenant, client } = await api.tenant();
  const { id } = await makeEndpoint(api.sql, tenant, { url: SECURE, ...traits });
  return { id, endpoint: `/v1/endpoints/${id}`, path: `/v1/endpoints/${id}/access`, client, tenant };
}

const auth = (more: object = {}) => ({ auth: { kind: 'certificate', ...ours, ...more } });

function faults({ status, body }: Answer): unknown[] {
  const errors = (body['errors'] ?? []) as { field: string; message: string }[];
  return [status, ...errors.map(({ field, message }) => `${field}: ${message}`)];
}

/** The part of a PEM text that is the thing itself. */
const inside = (pem: string) => pem.split('\n').slice(1, -2);

const expiryOf = async (id: string) =>
  (
    await api.sql.row<{ at: Date | null }>('SELECT credentials_expire_at AS at FROM endpoint WHERE id = $1', [
      id,
    ])
  ).at;

describe('a client certificate', () => {
  it('is shown with whom it names, who issued it and until when it is good, never with its key', async () => {
    const { path, endpoint, client } = await endpointAt();
    const put = await client.put(path, auth({ serverAuthority: root.certificate }));
    const own = new X509Certificate(ours.certificate);
    const shown = {
      subject: 'O=Test, CN=switchhook',
      issuer: 'O=Test, CN=Root',
      serialNumber: own.serialNumber,
      fingerprint: own.fingerprint256,
      validFrom: new Date(own.validFrom).toISOString(),
      validTo: new Date(own.validTo).toISOString(),
    };
    expect(put.body).toMatchObject({ headers: [], auth: { kind: 'certificate', certificate: shown } });
    expect(put.body['auth']).toMatchObject({
      serverAuthority: [{ subject: 'O=Test, CN=Root', issuer: 'O=Test, CN=Root' }],
    });
    const got = await client.get(path);
    expect(got.body).toEqual(put.body);
    const audit = await client.get('/v1/audit?subjectType=endpoint');
    expect(audit.body.data[0]).toMatchObject({
      changes: { access: { to: { auth: { certificate: shown } } } },
    });
    const all = [put, got, audit, await client.get(endpoint)].map(({ text }) => text).join();
    for (const line of inside(ours.privateKey)) expect(all).not.toContain(line);
  });

  it('is kept sealed, and when it expires beside it; that goes when the certificate does', async () => {
    const { id, path, client } = await endpointAt();
    await client.put(path, auth());
    const { sealed } = await api.sql.row<{ sealed: string }>(
      'SELECT sealed_access AS sealed FROM endpoint WHERE id = $1',
      [id],
    );
    const opened = SecretBox.fromKeys(SECRET_KEYS).open(sealed, `endpoint:${id}:access`);
    expect(JSON.parse(opened)).toEqual({ headers: {}, ...auth({ serverAuthority: null }) });
    expect(await expiryOf(id)).toEqual(new Date(new X509Certificate(ours.certificate).validTo));
    await client.put(path, { auth: { kind: 'bearer', token: 't' } });
    expect(await expiryOf(id)).toBeNull();
    await client.put(path, auth());
    await client.delete(path);
    expect(await expiryOf(id)).toBeNull();
  });

  it('goes together with headers of any name, an authorization among them', async () => {
    const { path, client } = await endpointAt();
    const put = await client.put(path, { headers: { Authorization: 'Token x' }, ...auth() });
    expect([put.status, put.body['headers']]).toEqual([200, ['authorization']]);
  });

  it('is refused when it is of no use, with the members at fault and nothing of what they hold', async () => {
    const { path, client, id } = await endpointAt();
    const other = await root.issue('other');
    const expired = await root.issue('switchhook', -1);
    const cases: [object, unknown[]][] = [
      [auth({ privateKey: undefined }), ['auth.privateKey: privateKey is needed for the kind certificate']],
      [auth({ token: 'x' }), ['auth.token: token must be left out for the kind certificate']],
      [auth({ passphrase: 'x' }), [expect.stringMatching(/^auth\.passphrase: /)]],
      [auth({ certificate: 'x' }), [expect.stringMatching(/^auth\.certificate: certificate must be PEM/)]],
      [
        auth({ privateKey: other.privateKey }),
        [expect.stringMatching(/^auth\.privateKey: .* is not the key/)],
      ],
      [auth(expired), [expect.stringMatching(/^auth\.certificate: certificate expired on/)]],
      [
        auth({ certificate: ours.privateKey, privateKey: ours.certificate, serverAuthority: 'x' }),
        [
          expect.stringMatching(/^auth\.certificate: /),
          expect.stringMatching(/^auth\.privateKey: /),
          expect.stringMatching(/^auth\.serverAuthority: /),
        ],
      ],
    ];
    for (const [access, expected] of cases) {
      const answer = await client.put(path, access);
      expect(faults(answer)).toEqual([400, ...expected]);
      for (const { privateKey } of [ours, other, expired]) {
        for (const line of inside(privateKey)) expect(answer.text).not.toContain(line);
      }
    }
    expect(await expiryOf(id)).toBeNull();
  });
});

describe('what is sent with a client certificate goes to https:// URLs', () => {
  const WHY = 'must begin with https://, because the endpoint shows a client certificate';

  it.each<[string, Partial<EndpointTraits>, string[]]>([
    ['its own', { url: PLAIN }, ['url']],
    ['one in its table', { format: 'voipnow', formatSettings: TABLE }, ['formatSettings.rows.1.url']],
    [
      'one of its templates',
      {
        url: PLAIN,
        format: 'template',
        formatSettings: { url: 'http://crm.example/{{ data.callId }}', body: '{}' },
      },
      ['url', 'formatSettings.url'],
    ],
    [
      'the one of its popups',
      { format: 'voicenter', formatSettings: { popupUrl: 'http://crm.example/popup' } },
      ['formatSettings.popupUrl'],
    ],
  ])('and is refused where %s is none', async (_what, traits, fields) => {
    const { path, client, id } = await endpointAt(traits);
    expect(faults(await client.put(path, auth()))).toEqual([
      400,
      ...fields.map((field) => `${field}: ${field} ${WHY}`),
    ]);
    expect(await expiryOf(id)).toBeNull();
    expect((await client.put(path, { auth: { kind: 'bearer', token: 't' } })).status).toBe(200);
  });

  it('when they are moved later, too', async () => {
    const { endpoint, path, client } = await endpointAt();
    await client.put(path, auth());
    for (const [change, fields] of [
      [{ url: PLAIN }, ['url']],
      [{ format: 'voipnow', formatSettings: TABLE }, ['formatSettings.rows.1.url']],
      [{ format: 'voicenter', formatSettings: { popupUrl: PLAIN } }, ['formatSettings.popupUrl']],
    ] as const) {
      expect(faults(await client.patch(endpoint, change))).toEqual([
        400,
        ...fields.map((field) => `${field}: ${field} ${WHY}`),
      ]);
    }
    expect((await client.get(endpoint)).body).toMatchObject({ url: SECURE, format: 'standard' });
    expect((await client.patch(endpoint, { url: 'https://moved.example/' })).status).toBe(200);
    expect((await client.patch(endpoint, { name: 'CRM 2' })).status).toBe(200);
    await client.delete(path);
    expect((await client.patch(endpoint, { url: PLAIN })).status).toBe(200);
  });

  it('and other credentials go anywhere', async () => {
    const { id, endpoint, client } = await endpointAt();
    await setAccess(api.sql, id as never, { auth: { kind: 'bearer', token: 't' } });
    expect((await client.patch(endpoint, { url: PLAIN })).status).toBe(200);
  });
});
