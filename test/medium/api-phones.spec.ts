/** Phones in browsers: where they register, with what, and what their own agent is given. */
import { createHmac } from 'node:crypto';
import { makePeople } from '../builders/people.js';
import { portalCode } from '../builders/portal.js';
import { makePerson, signedIn } from '../builders/person.js';
import { openApi, type Answer, type TestApi, type TestTenant } from '../harness/api.js';
import { makeConnection, type TestConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';

const PASSWORD = 's3cret-word';
const SETTINGS = { wsUrl: 'wss://pbx.example:7443/ws', domain: 'pbx.example' };
const SCRIPT = '/voicenterWebPhone-min.js';

let api: TestApi;
let tenant: TestTenant;
let connection: TestConnection;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  tenant = await api.tenant();
  connection = await makeConnection(api.sql, tenant.id, { dialect: 'voicenter' });
});

const codeOf = ({ status, body }: Answer) => [status, body['code']];
const webPhone = () => `/v1/connections/${connection.id}/web-phone`;
const account = (number: string) => `/v1/connections/${connection.id}/extensions/${number}/sip-account`;
const put = (more: object = {}) => tenant.client.put(webPhone(), { ...SETTINGS, ...more });

/** Somebody who signed in and has extension 101, with a phone in the browser. */
async function dana() {
  const agentId = await makePeople(api.sql, connection);
  await tenant.client.put(account('101'), { user: 'sip101', password: PASSWORD });
  const person = await makePerson(api.sql, [{ tenant: tenant.id, role: 'agent', agentId }]);
  const browser = await signedIn(api.url, person);
  return browser.with({ 'switchhook-tenant': tenant.id });
}

describe('where phones in browsers register', () => {
  it('is set, read and deleted, and each change is audited without the secret', async () => {
    expect(codeOf(await tenant.client.get(webPhone()))).toEqual([404, 'resource.not_found']);
    const made = await put({ iceUrls: ['stun:stun.example'], turnSecret: PASSWORD });
    expect([made.status, made.body]).toMatchObject([
      200,
      { ...SETTINGS, idHeader: 'X-IVR-UNIQUE-ID', iceUrls: ['stun:stun.example'], hasTurnSecret: true },
    ]);
    expect((await tenant.client.get(webPhone())).body).toEqual(made.body);
    expect((await put()).body['hasTurnSecret']).toBe(true);
    expect((await put({ turnSecret: null })).body['hasTurnSecret']).toBe(false);
    expect((await tenant.client.delete(webPhone())).status).toBe(204);
    expect(codeOf(await tenant.client.delete(webPhone()))).toEqual([404, 'resource.not_found']);
    const audited = (await tenant.client.get('/v1/audit')).body.data;
    expect(audited.map((entry) => entry['action']).reverse()).toEqual([
      ...Array<string>(3).fill('connection.web_phone_set'),
      'connection.web_phone_removed',
    ]);
    expect(JSON.stringify([audited, made.body])).not.toContain(PASSWORD);
  });

  it.each([
    ['ws://pbx.example', 'by no TLS'],
    ['https://pbx.example', 'as no WebSocket'],
    ['wss://user:word@pbx.example', 'with a password in it'],
    ["wss://pbx.example;script-src'none'", 'with the end of a policy in it'],
    ['nowhere', 'as no address'],
  ])('is refused at %s, %s', async (wsUrl) => {
    const answer = await put({ wsUrl });
    expect([answer.status, (answer.body['errors'] as { field: string }[]).map(({ field }) => field)]).toEqual(
      [400, ['wsUrl']],
    );
  });
});

describe('the SIP account of an extension', () => {
  it('is never shown with its password, and is kept sealed', async () => {
    await dana();
    const shown = await tenant.client.get(account('101'));
    expect(shown.body).toMatchObject({ user: 'sip101' });
    const kept = await api.sql.rows('SELECT * FROM sip_account WHERE tenant_id = $1', [tenant.id]);
    const audited = (await tenant.client.get('/v1/audit')).body;
    expect(JSON.stringify([shown.body, kept, audited])).not.toContain(PASSWORD);
  });

  it('wants an extension that there is, and goes with it', async () => {
    const body = { user: 'x', password: 'y' };
    expect(codeOf(await tenant.client.put(account('109'), body))).toEqual([404, 'resource.not_found']);
    await dana();
    const all = `/v1/connections/${connection.id}/extensions`;
    await tenant.client.put(all, { data: [{ number: '101' }, { number: '102' }] });
    expect((await tenant.client.get(account('101'))).status).toBe(200);
    await tenant.client.delete(`${all}/101`);
    await tenant.client.put(`${all}/101`, {});
    expect((await tenant.client.get(account('101'))).status).toBe(404);
  });
});

describe('what the phone of an agent is given', () => {
  it('is their own password and the address, and none of it is kept on the way', async () => {
    await put();
    const browser = await dana();
    const answer = await browser.get('/v1/me/phone');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(answer.body).toEqual({
      ...SETTINGS,
      ...{ connectionId: connection.id, extension: '101', user: 'sip101', password: PASSWORD },
      ...{ idHeader: 'X-IVR-UNIQUE-ID', iceServers: [], expiresAt: null },
    });
    expect((await browser.get('/v1/me/phones')).body.data).toMatchObject([
      { extension: '101', hasWebPhone: true },
    ]);
  });

  it('has credentials for TURN that the server with the same secret works out', async () => {
    const turn = 'turn:turn.example:3478?transport=udp';
    await put({ iceUrls: ['stun:stun.example', turn], turnSecret: PASSWORD });
    const browser = await dana();
    const { iceServers, expiresAt } = (await browser.get('/v1/me/phone')).body as unknown as {
      iceServers: { username: string }[];
      expiresAt: string;
    };
    const username = `${String(Date.parse(expiresAt) / 1_000)}:sip101`;
    const credential = createHmac('sha1', PASSWORD).update(username).digest('base64');
    expect(iceServers).toEqual([{ urls: ['stun:stun.example'] }, { urls: [turn], username, credential }]);
  });

  it('is nothing without an account or an address, and nothing for keys', async () => {
    const browser = await dana();
    expect(codeOf(await browser.get('/v1/me/phone'))).toEqual([409, 'me.no_phone']);
    expect((await browser.get('/v1/me/phones')).body.data).toMatchObject([{ hasWebPhone: false }]);
    await put();
    expect((await browser.get('/v1/me/phone')).status).toBe(200);
    await tenant.client.delete(account('101'));
    expect(codeOf(await browser.get('/v1/me/phone'))).toEqual([409, 'me.no_phone']);
    expect(codeOf(await tenant.client.get('/v1/me/phone'))).toEqual([403, 'session.required']);
  });
});

describe('the page of an agent', () => {
  const connects = (answer: Pick<Answer, 'headers'>) =>
    /connect-src ([^;]*)/.exec(answer.headers.get('content-security-policy') ?? '')?.[1];

  it('may open the WebSocket of its own tenant and of no other, and ask for the microphone', async () => {
    await put();
    const other = await api.tenant();
    const { id } = await makeConnection(api.sql, other.id, { dialect: 'voicenter' });
    await other.client.put(`/v1/connections/${id}/web-phone`, { ...SETTINGS, wsUrl: 'wss://other.example' });
    const browser = await dana();
    const page = await browser.get('/agent');
    expect(connects(page)).toBe("'self' wss://pbx.example:7443");
    expect(page.headers.get('permissions-policy')).toContain('microphone=(self)');
    expect(connects(await browser.get('/sign-in'))).toBe("'self'");
    expect(connects(await fetch(`${api.url}/agent`))).toBe("'self'");
  });

  it('tells nobody of a WebSocket who only knows a tenant, but a portal of an agent may open it', async () => {
    await put();
    const portal = () => fetch(`${api.url}/portal?t=${tenant.id}`);
    expect(connects(await portal())).toBe("'self'");
    await portalCode(tenant.client, { areas: ['calls'] });
    expect(connects(await portal())).toBe("'self'");
    await portalCode(tenant.client, { areas: ['agent'] });
    await until('the page to be asked for anew', async () => connects(await portal())?.includes('wss'));
    expect(connects(await portal())).toBe("'self' wss://pbx.example:7443");
  });
});

describe('the script of the phone', () => {
  it('may be loaded and kept by any page, in any spelling', async () => {
    const answer = await fetch(api.url + SCRIPT, { headers: { origin: 'https://crm.example' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(answer.headers.get('cache-control')).toMatch(/^public, max-age=\d+/);
    expect(await answer.text()).toContain('voicenterWebPhone');
    const etag = answer.headers.get('etag') ?? '';
    const again = await fetch(api.url + SCRIPT.toLowerCase(), { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });
});
