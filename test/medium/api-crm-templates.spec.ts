/** A CRM template that a tenant has becomes an endpoint, whose CRM is asked who is calling. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HELP_DESK, PROJECTS, clinicAt } from '../builders/crm-templates.js';
import { openApi, type TestApi, type TestTenant } from '../harness/api.js';

const PATH = '/v1/connectors/generic/template';
const NUMBER = '+972502345678';
const KEY = 'key-of-many-letters';

/** What a CRM knows of one way of asking; anything else is a complaint. */
interface StrictCrm {
  /** The only header that it takes, and the only query, in the order of the template. */
  authorization: string;
  asks: (url: URL) => string | null;
  answer: (number: string) => { status: number; body?: unknown };
}

let api: TestApi;
let tenant: TestTenant;
let server: Server;
let url: string;
let crm: StrictCrm;
const complaints: string[] = [];

beforeAll(async () => {
  api = await openApi({ EGRESS_ALLOW: '127.0.0.1/32' });
});
afterAll(() => api.close());
beforeEach(async () => {
  tenant = await api.tenant();
  complaints.length = 0;
  server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://crm.invalid');
    const number = request.method === 'GET' ? crm.asks(asked) : null;
    const isKnown = request.headers.authorization === crm.authorization;
    if (number === null || !isKnown)
      complaints.push(`${request.method ?? ''} ${asked.href} ${String(isKnown)}`);
    const { status, body } = number === null || !isKnown ? { status: 400 } : crm.answer(number);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? '' : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const read = (xml: string, values?: Record<string, string>) =>
  tenant.client.post(PATH, { xml, ...(values && { values }) });
const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const only = (query: URLSearchParams, names: readonly string[]) => [...query.keys()].join() === names.join();

/** An endpoint of the settings, with its credentials, asked who has the number. */
async function lookUp(settings: unknown, access: object) {
  const draft = { name: 'CRM', url, format: 'generic', eventTypes: ['call.*'], formatSettings: settings };
  const made = await tenant.client.post('/v1/endpoints', draft);
  expect([made.status, made.body['code']]).toEqual([201, undefined]);
  const endpointId = String(made.body['id']);
  const put = await tenant.client.put(`/v1/endpoints/${endpointId}/access`, access);
  expect(put.status).toBe(200);
  const source = await tenant.client.post('/v1/contact-sources', { name: 'CRM', kind: 'crm', endpointId });
  const asked = await tenant.client.post(`/v1/contact-sources/${String(source.body['id'])}/test`, {
    ...{ number: NUMBER, country: 'IL' },
  });
  return asked.body;
}

/** Each as its template asks; nobody else has a number. */
const helpDesk = (): StrictCrm => ({
  authorization: `Token token=${KEY}`,
  asks: ({ pathname, searchParams: query }) => {
    const [, number] = /^mobile:(\d+)$/.exec(query.get('query') ?? '') ?? [];
    const isRight = pathname === '/api/v1/users/search' && only(query, ['query', 'limit']);
    return isRight && query.get('limit') === '1' ? (number ?? null) : null;
  },
  answer: (number) => ({
    status: 200,
    body:
      number === '0502345678'
        ? [{ id: 7, firstname: 'Noa', lastname: 'Cohen', mobile: number, phone: '' }]
        : [],
  }),
});

const clinic = (): StrictCrm => ({
  authorization: basic('token', KEY),
  asks: ({ pathname, searchParams: query }) =>
    pathname === '/api/external/v1/contact' && only(query, ['phone']) ? query.get('phone') : null,
  answer: (number) =>
    number === NUMBER
      ? {
          status: 200,
          body: { cid: 12, firstname: 'Noa', name: 'Cohen', contact: { phone1: '050 234 5678' } },
        }
      : { status: 404 },
});

const projects = (): StrictCrm => ({
  authorization: basic(KEY, 'x'),
  asks: ({ pathname, searchParams: query }) =>
    pathname === '/3cx/lookup.json' && only(query, ['phone']) ? query.get('phone') : null,
  answer: (number) => ({
    status: 200,
    body: {
      contacts:
        number === NUMBER
          ? [{ id: 3, firstname: 'Noa', lastname: 'Cohen', company: 'Acme', phone_home: '0502345678' }]
          : [],
    },
  }),
});

describe('a CRM template', () => {
  it('of a help desk with a search language and a token looks up', async () => {
    crm = helpDesk();
    const { status, body } = await read(HELP_DESK, { server: url });
    expect([status, body]).toMatchObject([
      200,
      { name: 'Help desk', ready: true, lookups: 1, create: true, log: true, ownUrl: ['events'] },
    ]);
    expect(body['credential']).toEqual({
      kind: 'header',
      header: 'authorization',
      how: 'Token token=[apiToken]',
    });
    const found = await lookUp(body['settings'], {
      ...{ headers: { authorization: `Token token=${KEY}` }, auth: { kind: 'none' } },
    });
    expect(found).toMatchObject({
      ok: true,
      contacts: [{ id: 'Contact/7', name: 'Noa Cohen', url: `${url}/#user/profile/7` }],
    });
    expect(complaints).toEqual([]);
  });

  it('of a clinic with one record an answer and basic credentials looks up', async () => {
    crm = clinic();
    const { body } = await read(clinicAt(url));
    expect(body).toMatchObject({ name: 'Clinic', ready: true, lookups: 1, log: true, ownUrl: [] });
    expect(body['credential']).toMatchObject({ kind: 'basic' });
    const found = await lookUp(body['settings'], { auth: { kind: 'basic', user: 'token', password: KEY } });
    expect(found).toMatchObject({
      ok: true,
      contacts: [{ id: 'Contact/12', name: 'Noa Cohen', url: 'https://clinic.example/customer/view/12' }],
    });
    expect(complaints).toEqual([]);
  });

  it('of a project manager with a host for a parameter, and no calls, looks up and logs none', async () => {
    crm = projects();
    const { body } = await read(PROJECTS);
    expect(body).toMatchObject({ name: 'Projects', ready: true, lookups: 1, log: false, ownUrl: ['Domain'] });
    const found = await lookUp(body['settings'], { auth: { kind: 'basic', user: KEY, password: 'x' } });
    expect(found).toMatchObject({
      ok: true,
      contacts: [{ id: 'Contacts/3', name: 'Noa Cohen', company: 'Acme', url: null }],
    });
    expect(complaints).toEqual([]);
    const dryRun = { format: 'generic', formatSettings: body['settings'], eventTypes: ['call.*'], url };
    expect((await tenant.client.post('/v1/endpoints/dry-run', dryRun)).text).toContain('no `log`');
    const { body: pages } = await read(PROJECTS, { Domain: 'projects.example' });
    expect(JSON.stringify(pages['settings'])).toContain('https://projects.example/contacts/{{ contact.id }}');
  });

  const bomb = `<!DOCTYPE Crm [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><Crm Name="&b;"/>`;
  it.each([
    ['no XML', 'hello', 'root element'],
    ['cut off', HELP_DESK.slice(0, 900), 'no CRM template'],
    ['another document', '<Crms/>', 'root is not <Crm>'],
    ['a bomb of entities', bomb, 'document type'],
    ['nested without end', '<Crm>'.repeat(5_000), 'nested too deep'],
  ])('that is %s is refused in words', async (_what, xml, words) => {
    const { status, body } = await read(xml);
    const [fault] = body['errors'] as { field: string; message: string }[];
    expect([status, fault?.field]).toEqual([400, 'xml']);
    expect(fault?.message).toContain(words);
  });

  it('that is too long is refused', async () => {
    const long = await read(`<Crm>${' '.repeat(500_000)}</Crm>`);
    expect([long.status, (long.body['errors'] as { field: string }[])[0]?.field]).toEqual([400, 'xml']);
  });
});

/**
 * Those after which ours are made, as they are: a folder with `zammad.xml` of Mancy/Zammad_3CX, `tkd.xml`
 * (`contrib/3cx-crm.template.xml` of tierklinik-dobersberg/3cx-support) and `redmine.xml` (`app/views/crm_template` of
 * renuo/redmine_3cx). They are other people's, and not among our files.
 */
const FOLDER = process.env['CRM_TEMPLATES'];
if (FOLDER === undefined)
  process.stderr.write(
    'SKIPPED: CRM_TEMPLATES names no folder of public CRM templates, so they are not read.\n',
  );

(FOLDER === undefined ? describe.skip : describe)('a public CRM template', () => {
  const headers = { authorization: `Token token=${KEY}` };
  const basicAccess = (user: string, password: string) => ({ auth: { kind: 'basic', user, password } });

  it.each([
    ['zammad.xml', helpDesk, { headers, auth: { kind: 'none' } }],
    ['tkd.xml', clinic, basicAccess('token', KEY)],
    ['redmine.xml', projects, basicAccess(KEY, 'x')],
  ] as const)('%s is read and looks up', async (file, strict, access) => {
    crm = strict();
    const xml = await readFile(join(FOLDER ?? '', file), 'utf8');
    // The clinic's names its own server.
    const own = xml.replaceAll('https://my.dobersberg.vet', url);
    const { status, body } = await read(own, file === 'zammad.xml' ? { zammadUrl: url, ctiUrl: url } : {});
    expect([status, body]).toMatchObject([200, { ready: true, lookups: 1 }]);
    const found = await lookUp(body['settings'], access);
    expect(found).toMatchObject({ ok: true, contacts: [{ name: 'Noa Cohen' }] });
    expect(complaints).toEqual([]);
  });
});
