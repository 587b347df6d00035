import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { instant, type AgentId } from '#domain';
import { newId } from '#platform';
import type { AgentStateNow } from '../../apps/api/vendor-live/agent-states.js';
import { AGENT_STATES, VENDOR_LOGINS } from '../../apps/api/vendor-live/vendor-live.module.js';
import { BACKENDS } from '../harness/backends.js';
import { LivePages, hasChromium } from '../harness/live-pages.js';
import { LiveOffice, type Office } from '../harness/live-office.js';
import { TestLogins } from '../harness/test-logins.js';
import { OldPage } from '../harness/old-page.js';
import { until } from '../harness/until.js';
import { CLIENTS, VendorClient, type ClientVersion } from '../harness/vendor-client.js';

const VERSIONS = Object.keys(CLIENTS) as ClientVersion[];

interface Extension {
  userID: number;
  extenUser: string;
  representativeStatus: number;
  calls: { ivrid: string; callstatus: string; callername: string }[];
  currentCall?: { ivrid: string };
}

interface SocketReply {
  StatusCode: number;
  error?: string;
  Data: {
    AccessToken: string;
    Socket: { URL: string; URLList: string[]; Token: string; TokenExpiry: string; RefreshToken: string };
  };
}

describe.each(BACKENDS)('the realtime channel of a vendor on $name', (backend) => {
  let live: LiveOffice;
  let office: Office;
  let code: string;
  const logins = new TestLogins();
  const states = new Map<AgentId, AgentStateNow>();
  const clients: VendorClient[] = [];

  /** What the credential store and what agents said will be; both are asked anew each time. */
  const wire = () => {
    for (const which of [0, 1]) {
      Object.assign(live.app(which).get(VENDOR_LOGINS, { strict: false }), logins.bound);
      const given = { of: () => Promise.resolve(states) };
      Object.assign(live.app(which).get(AGENT_STATES, { strict: false }), given);
    }
  };

  beforeAll(async () => {
    live = await LiveOffice.open(backend);
    wire();
  });
  afterAll(() => live.close());
  beforeEach(async () => {
    office = await live.office();
    code = newId();
    states.clear();
    logins.add(office, code, [code, `dana@${code}:1234`, `acme-${code}:secret`]);
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  const open = (version: ClientVersion, token?: string, which = 0) => {
    const client = new VendorClient(version, live.url(which), token);
    clients.push(client);
    return client;
  };
  const ask = async (path: string, init: RequestInit = {}, which = 0) => {
    const response = await fetch(live.url(which) + path, init);
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as SocketReply,
    };
  };
  const post = (path: string, body: unknown, which = 0) =>
    ask(
      path,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      which,
    );
  const tokenOf = async () => (await post('/monitorAPI/Login/Token', { token: code })).body.Data.Socket.Token;
  const extensionsOf = async (client: VendorClient, after = 0) =>
    (await client.message('AllExtensionsStatus', after))['extensions'] as Extension[];
  const extension = (list: Extension[], name: string) =>
    list.find(({ extenUser }) => extenUser === name) as Extension;
  const ringing = (name: string) => ({ extenUser: name, status: 'Ringing' });

  describe('logging in over HTTP', () => {
    it('is answered with a token for the socket, whichever way it is done', async () => {
      for (const [path, body] of [
        ['/monitorAPI/Login/Token', { token: code }],
        ['/monitorapi/login/token/', { token: code }],
        ['/monitorAPI/Login/User', { email: `dana@${code}`, pin: '1234' }],
        ['/monitorAPI/Login/Account', { username: `acme-${code}`, password: 'secret' }],
        ['/monitorAPI/Login', { identityType: 'Token', token: code }],
        ['/monitorAPI/Login', { identityType: 'User', username: `dana@${code}`, password: '1234' }],
      ] as const) {
        const { status, headers, body: reply } = await post(path, body);
        expect([path, status]).toEqual([path, 200]);
        expect(headers.get('cache-control')).toBe('no-store');
        expect(headers.get('access-control-allow-origin')).toBe('*');
        const { Socket } = reply.Data;
        expect(Socket).toMatchObject({
          Client: '',
          Version: '1.3.7',
          PersonId: expect.any(Number) as unknown,
        });
        expect(Socket.URL).toMatch(/^https:\/\/[^/]+$/);
        const hours = (Date.parse(Socket.TokenExpiry) - Date.now()) / 3_600_000;
        expect(hours).toBeGreaterThan(11);
        expect(hours).toBeLessThanOrEqual(12);
        await open('4.8', Socket.Token).message('AllExtensionsStatus');
      }
    });

    it('is read from a form, and from JSON by any name', async () => {
      const form = await ask('/monitorAPI/Login/Token', {
        method: 'POST',
        body: new URLSearchParams({ token: code }),
      });
      const named = {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: JSON.stringify({ Token: code }),
      };
      expect([form.status, (await ask('/monitorAPI/Login/Token', named)).status]).toEqual([200, 200]);
    });

    it('is refused for a wrong secret, and for none, in words that both clients read', async () => {
      const wrong = await post('/monitorAPI/Login/Token', { token: 'wrong' });
      expect(wrong).toMatchObject({
        status: 401,
        body: { StatusCode: 401, error: 'Authorization failed.', Data: null },
      });
      expect(await post('/monitorAPI/Login/User', { email: `dana@${code}`, pin: '4321' })).toMatchObject({
        status: 401,
      });
      expect(await post('/monitorAPI/Login/Token', {})).toMatchObject({ status: 400 });
      expect(await post('/monitorAPI/Login/Token', [])).toMatchObject({ status: 400 });
    });

    it('gives the newer client its settings for its access token', async () => {
      const { AccessToken } = (await post('/monitorAPI/Login', { identityType: 'Token', token: code })).body
        .Data;
      const settings = await ask('/monitorAPI/Settings', {
        headers: { authorization: `Bearer ${AccessToken}` },
      });
      expect(settings.body).toMatchObject({
        IdentityCode: expect.any(String) as unknown,
        MonitorList: [{ Version: '1.3.7', Priority: 1, Domain: expect.stringMatching(/^[^/]+$/) as unknown }],
      });
      const { IdentityCode } = settings.body as unknown as { IdentityCode: string };
      await open('1.3.7', IdentityCode).message('loginSuccess');
    });

    it('is renewed by the refresh token, at another process as well, and by no other token', async () => {
      const { Socket } = (await post('/monitorAPI/Login/Token', { token: code })).body.Data;
      const refresh = (token: string) =>
        ask('/monitorAPI/RefreshIdentityToken', { headers: { authorization: `Bearer ${token}` } }, 1);
      const renewed = await refresh(Socket.RefreshToken);
      expect(renewed.status).toBe(200);
      await open('2.4', renewed.body.Data.Socket.Token, 1).message('AllExtensionsStatus');
      for (const other of [Socket.Token, `${Socket.RefreshToken}x`, ''])
        expect(await refresh(other)).toMatchObject({ status: 401 });
      logins.revoke(code);
      expect(await refresh(Socket.RefreshToken)).toMatchObject({ status: 401 });
    });
  });

  describe.each(VERSIONS)('the client of version %s', (version) => {
    it('is told what there is, then what happens, and what is left of it', async () => {
      await live.popup(office, { ...ringing('102'), ivrid: 'v-0' });
      await until('the call', async () =>
        live.world.sql.count('SELECT count(*) FROM call WHERE tenant_id = $1', [office.tenantId]),
      );
      const client = open(version, await tokenOf());
      const before = await extensionsOf(client);
      expect(client.heard.slice(0, 4).map(([name]) => name)).toEqual([
        'loginSuccess',
        'loginStatus',
        'AllExtensionsStatus',
        'AllDialersStatus',
      ]);
      expect(client.all('loginStatus')[0]).toMatchObject({
        queues: [],
        servertime: expect.any(Number) as unknown,
      });
      expect(before.map(({ extenUser }) => extenUser).sort()).toEqual(['101', '102']);
      expect(extension(before, '102').calls).toMatchObject([{ ivrid: 'v-0', callstatus: 'Ringing' }]);
      await live.popup(office, ringing('101'));
      const rang = await client.event('ExtensionEvent', 'NEWCALL');
      expect(rang).toMatchObject({
        eventName: 'extension',
        ivruniqueid: 'v-1',
        data: {
          userID: extension(before, '101').userID,
          extenUser: '101',
          calls: [{ ivrid: 'v-1', callstatus: 'Ringing' }],
        },
      });
      await live.popup(office, { extenUser: '101', status: 'Talking', isAnswered: true });
      await client.event('ExtensionEvent', 'ANSWER');
      await live.popup(office, { extenUser: '101', status: 'Hangup', isAnswered: true });
      await live.cdr(office, { targetextension: '101' });
      const over = await client.event('ExtensionEvent', 'HANGUP');
      expect(over.data).toMatchObject({ extenUser: '101', calls: [], currentCall: { ivrid: 'v-1' } });
      client.emit('keepalive', code);
      expect(await client.message('keepaliveResponse')).toMatchObject({ errorCode: 0 });
    });

    it('of before logins over HTTP asks where sockets are, and shows its code in the query', async () => {
      const asked = await ask(`/monitorAPI/getMonitorUrls/${code}`);
      expect(asked).toMatchObject({
        status: 200,
        body: [{ Priority: 0, Domain: expect.stringMatching(/^[^/]+$/) as string }],
      });
      await extensionsOf(open(version, code));
      const wrong = open(version, 'wrong');
      await until('a refusal', () => wrong.errors.length > 0);
      expect(wrong.heard).toEqual([]);
      logins.add(office, `${code}-2`, [`acme:${code}`]);
      const late = open(version);
      await late.connected();
      late.emit('loginUser', { user: 'acme', pass: code });
      await extensionsOf(late);
    });

    it('logs in within the socket, and is told where the secret is wrong', async () => {
      const client = open(version);
      await client.connected();
      client.emit('resync', { cache: false });
      client.emit('keepalive');
      expect(await client.message('keepaliveResponse')).toMatchObject({ errorCode: 1 });
      client.emit('loginUserCode', 'wrong');
      expect(await client.message('loginResponse')).toMatchObject({
        errorCode: 1,
        errorDesc: 'Authorization failed.',
      });
      expect(client.all('AllExtensionsStatus')).toEqual([]);
      for (const [turn, [name, given]] of [
        ['loginUserCode', code],
        ['login', { token: code }],
        ['loginUser', { email: `dana@${code}`, password: '1234' }],
        ['loginAccount', { username: `acme-${code}`, password: 'secret' }],
      ].entries()) {
        client.emit(name as string, given);
        expect(await client.message('loginResponse', turn + 1)).toMatchObject({ errorCode: 0 });
        expect(await extensionsOf(client, turn)).toHaveLength(2);
      }
      await live.popup(office, ringing('101'));
      await client.event('ExtensionEvent', 'NEWCALL');
      expect(client.all('ExtensionEvent')).toHaveLength(1);
    });

    it('is refused with a token that is none', async () => {
      const client = open(version, 'k1.e30.junk');
      await until('a refusal', () => client.errors.length > 0);
      expect(JSON.stringify([client.errors[0], (client.errors[0] as Error).message])).toContain(
        'Authorization failed.',
      );
      expect(client.heard).toEqual([]);
    });

    it('is told of everything again after a restart, by the same token and under the same integers', async () => {
      const token = await tokenOf();
      const first = open(version, token, 1);
      const before = await extensionsOf(first);
      await live.restartApi(1);
      wire();
      await until('its end', () => first.endings.length > 0);
      await live.popup(office, ringing('101'));
      const again = open(version, token, 1);
      await until('the call', async () => {
        const count = again.all('AllExtensionsStatus').length;
        again.emit('resync', { cache: false });
        return extension(await extensionsOf(again, count), '101').calls.length > 0;
      });
      const after = again.all('AllExtensionsStatus').at(-1)?.['extensions'] as Extension[];
      expect(after.map(({ userID }) => userID)).toEqual(before.map(({ userID }) => userID));
    });
  });

  it('narrows what is heard to the extensions that are named', async () => {
    const client = open('2.5', await tokenOf());
    await extensionsOf(client);
    client.emit('updateMonitoredExtensions', { extensionsString: '102,nobody' });
    expect((await extensionsOf(client, 1)).map(({ extenUser }) => extenUser)).toEqual(['102']);
    await live.popup(office, ringing('101'));
    await live.popup(office, { ...ringing('102'), ivrid: 'v-2' });
    await client.event('ExtensionEvent', 'NEWCALL');
    expect(client.all('ExtensionEvent').map(({ data }) => data?.['extenUser'])).toEqual(['102']);
    client.emit('updateMonitoredExtensions', { extensionsString: '' });
    expect(await extensionsOf(client, 2)).toHaveLength(2);
  });

  it('tells an agent of the own phones alone, and of no queue', async () => {
    const own = newId();
    logins.add(office, own, [own], office.dana);
    const { Token } = (await post('/monitorAPI/Login/Token', { token: own })).body.Data.Socket;
    const [client, all] = [open('1.3.7', Token), open('4.8', await tokenOf())];
    expect((await extensionsOf(client)).map(({ extenUser }) => extenUser)).toEqual(['101']);
    await extensionsOf(all);
    await live.popup(office, { ...ringing('102'), ivrid: 'v-2' });
    await live.popup(office, ringing('101'));
    await until('both at who hears all', () => all.all('ExtensionEvent').length === 2);
    await client.event('ExtensionEvent', 'NEWCALL');
    expect(client.all('ExtensionEvent').map(({ data }) => data?.['extenUser'])).toEqual(['101']);
  });

  it('tells what agents said, and has clients ask again when there is another phone', async () => {
    const client = open('4.8', await tokenOf());
    await extensionsOf(client);
    states.set(office.dana, { standing: 'paused', status: 3, since: instant(Date.now()) });
    const update = await client.event('ExtensionEvent', 'userStatusUpdate');
    expect(update.data).toMatchObject({ extenUser: '101', representativeStatus: 3 });
    await live.world.sql.rows(
      `INSERT INTO extension (id, tenant_id, connection_id, number, aliases, created_at, updated_at)
       VALUES ($1, $2, $3, '103', '{}', now(), now())`,
      [newId(), office.tenantId, office.connection.id],
    );
    await client.message('ExtensionsUpdated');
    client.emit('resync', { cache: false });
    expect(await extensionsOf(client, 1)).toHaveLength(3);
  });

  it('ends when the credential does, and says nothing of it to others', async () => {
    const stranger = await live.office();
    const theirs = newId();
    logins.add(stranger, theirs, [theirs]);
    const other = open(
      '4.8',
      (await post('/monitorAPI/Login/Token', { token: theirs })).body.Data.Socket.Token,
    );
    await extensionsOf(other);
    const client = open('1.3.7', await tokenOf());
    await extensionsOf(client);
    await live.popup(office, ringing('101'));
    await client.event('ExtensionEvent', 'NEWCALL');
    logins.revoke(code);
    await until('its end', () => client.endings.length > 0);
    await live.popup(stranger, { ...ringing('101'), ivrid: 'v-9' });
    await other.event('ExtensionEvent', 'NEWCALL');
    expect(other.all('ExtensionEvent')).toHaveLength(1);
  });

  it('offers the script of the vendor, which runs in a page as old as they come, and the socket client that it loads', async () => {
    const page = await OldPage.load(live.url());
    const said: unknown[] = [];
    const monitor = await page.monitor();
    Object.assign(monitor, {
      onConnect: () => {
        monitor.loginUserCode(said.length === 0 ? 'wrong' : code);
      },
      onLoginResponse: (...answer: unknown[]) => said.push(answer),
      onAllExtensionsEvent: (data: { extensions: unknown[] }) => said.push(data.extensions.length),
      onExtensionEvent: ({ reason }: { reason: string }) => said.push(reason),
    });
    monitor.connect();
    await until('a refusal', () => said.length > 0);
    monitor.loginUserCode(code);
    await until('all extensions', () => said.length > 2);
    await live.popup(office, ringing('101'));
    await until('an event', () => said.length > 3);
    expect(said).toEqual([[1, 'Authorization failed.'], [0, 'OK'], 2, 'NEWCALL']);
    monitor.disconnect();
  });

  (hasChromium() ? describe : describe.skip)('the page of the seed, in a real browser', () => {
    let pages: LivePages;

    let customers: Server;
    let secret = 'wrong';

    beforeAll(async () => {
      pages = await LivePages.open();
      // A page that a browser is given by hand counts as one from the Internet, which may not connect to this machine.
      customers = createServer((_, response) => {
        const script = `${live.url()}/voicenterMonitorListener.js`;
        response.setHeader('content-type', 'text/html').end(seedPage(script, secret));
      });
      await new Promise<void>((resolve) => customers.listen(0, '127.0.0.1', resolve));
    });
    afterAll(async () => {
      await pages.close();
      customers.close();
    });

    it('loads the script by its old name, logs in by a code and shows what happens', async () => {
      const page = await pages.page();
      const { port } = customers.address() as AddressInfo;
      const shows = async (given: string, text: string) => {
        secret = given;
        await page.goto(`http://127.0.0.1:${String(port)}/`);
        await page.getByText(text, { exact: true }).waitFor({ timeout: 10_000 });
      };
      await shows('wrong', 'Authorization failed.');
      await shows(code, 'Connected');
      await until(
        'all extensions',
        async () => (await page.evaluate('window.all && window.all.length')) === 2,
      );
      await live.popup(office, ringing('101'));
      await page.locator('#response-body', { hasText: 'NEWCALL' }).waitFor({ timeout: 10_000 });
    });
  });
});

/** As seed 003 prints it in section 9, with the place of the script put in. */
function seedPage(script: string, secret: string): string {
  return `<html><head></head><body>
Status: <span id="status-txt">Disconnected</span><br /><br />
<div id="response-body"></div>
</body></html>
<script src="${script}"></script>
<script>
window.voicenterAsyncLoad = function() {
  voicenterListener = new voicenterMonitor();
  voicenterListener.connect();
  voicenterListener.onConnect = function(errorCode) {
    if (errorCode == 0) {
      document.getElementById("status-txt").innerHTML = "Connecting...";
      voicenterListener.loginUserCode("${secret}");
    } else {
      document.getElementById("status-txt").innerHTML = "Failed to connect";
    }
  };
  voicenterListener.onLoginResponse = function(errorCode, errorDesc) {
    document.getElementById("status-txt").innerHTML = errorCode == 0 ? "Connected" : errorDesc;
  };
  voicenterListener.onExtensionEvent = function(res) {
    var cur = document.getElementById("response-body");
    cur.innerHTML = cur.innerHTML + res.reason + "<br />";
  };
  voicenterListener.onAllExtensionsEvent = function(data) {
    window.all = data.extensions;
  };
};</script>`;
}
