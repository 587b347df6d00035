import { Writable } from 'node:stream';
import { pino } from 'pino';
import { instant, type EndpointAuth, type TenantId } from '#domain';
import { newId } from '#platform';
import { sampleCall } from '../../apps/api/endpoints/sample-call.js';
import { oweDeliveries, oweDelivery } from '../builders/delivery.js';
import { Crm, type FullAnswer } from '../harness/crm.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import {
  makeEndpoint,
  makeTenant,
  setAccess,
  type EndpointTraits,
  type TestEndpoint,
} from '../harness/tenant.js';
import { until } from '../harness/until.js';
import { openWorld, type World } from '../harness/world.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const CALL = sampleCall(instant(Date.UTC(2026, 10, 21, 9, 30)), { call: newId(), connection: newId() });
const SECRET = 's3cret-of-the-client';

const json = (body: object, status = 200): FullAnswer => ({ status, body: JSON.stringify(body) });
const token = (name: string, more: object = { expires_in: 3600 }): FullAnswer =>
  json({ access_token: name, token_type: 'Bearer', ...more });

describe('what an endpoint is shown', () => {
  let world: World;
  let rig: ForwarderRig;
  let crm: Crm;
  let login: Crm;
  let tenantId: TenantId;
  let logged: string;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    logged = '';
    const stream = new Writable({
      write: (chunk: Buffer, _, done) => {
        logged += chunk.toString();
        done();
      },
    });
    rig = new ForwarderRig({ ...world, log: pino({ level: 'trace' }, stream) });
    crm = await Crm.open();
    login = await Crm.open();
    tenantId = await makeTenant(world.sql);
  });
  afterEach(async () => {
    rig.close();
    await crm.stop();
    await login.stop();
  });

  const endpointAt = (traits: Partial<EndpointTraits>): Promise<TestEndpoint> =>
    makeEndpoint(world.sql, tenantId, { url: crm.url(), ...traits });
  const oauth = (more: object = {}): EndpointAuth => ({
    kind: 'oauth2',
    tokenUrl: login.url('/token'),
    clientId: 'switch hook',
    clientSecret: SECRET,
    scope: null,
    audience: null,
    sendAs: 'basic',
    ...more,
  });
  const withOAuth = (more: object = {}, traits: Partial<EndpointTraits> = {}) =>
    endpointAt({ access: { auth: oauth(more) }, ...traits });
  const shown = () => crm.requests.map(({ headers }) => headers['authorization']);
  const everythingKept = async () =>
    JSON.stringify([
      await world.sql.rows('SELECT * FROM attempt'),
      await world.sql.rows('SELECT reason FROM delivery'),
      await world.sql.rows('SELECT memo FROM mailbox'),
    ]);

  describe('its own headers', () => {
    it('go along with every format, below ours, and are not to be seen in the log', async () => {
      const headers = { 'x-tenant': 'plain-but-theirs', 'user-agent': 'Their gateway' };
      for (const format of ['standard', 'voicenter', 'zammad']) {
        const endpoint = await endpointAt({ format, access: { headers } });
        await oweDelivery(world.sql, endpoint, { payload: CALL });
        await rig.drain(endpoint);
        const [attempt] = await rig.attempts(endpoint);
        const [sent] = crm.requests.splice(0);
        expect(sent?.headers).toMatchObject(headers);
        expect(attempt?.requestHeaders).toMatchObject({
          'x-tenant': '[redacted]',
          'user-agent': '[redacted]',
          'webhook-id': expect.stringMatching(/^[0-9a-f-]{36}/) as string,
        });
      }
      expect(await everythingKept()).not.toContain('plain-but-theirs');
      expect(logged).not.toContain('plain-but-theirs');
    });

    it('do not come in between the signature and what it signs', async () => {
      const forged = { 'webhook-id': 'msg_forged', 'webhook-signature': 'v1,forged' };
      const endpoint = await endpointAt({ access: { headers: forged } });
      const owed = await oweDelivery(world.sql, endpoint);
      await rig.drain(endpoint);
      crm.verify(endpoint.secret);
      expect(crm.requests[0]?.headers['webhook-id']).toBe(owed.id);
    });
  });

  it.each<[EndpointAuth, string]>([
    [{ kind: 'basic', user: 'rené', password: 'pässwort' }, 'cmVuw6k6cMOkc3N3b3J0'],
    [{ kind: 'bearer', token: 'a-fixed-token' }, 'a-fixed-token'],
  ])('is its credentials, which nothing keeps: %j', async (auth, secret) => {
    const endpoint = await endpointAt({ access: { auth } });
    await oweDelivery(world.sql, endpoint);
    const echo = { status: 500, headers: { 'x-echo': secret }, body: `you sent ${secret}` };
    crm.play({ answers: [echo] });
    await rig.drain(endpoint);
    expect(shown()).toEqual([`${auth.kind === 'basic' ? 'Basic' : 'Bearer'} ${secret}`]);
    const [attempt] = await rig.attempts(endpoint);
    expect(attempt).toMatchObject({ body: 'you sent [redacted]', requestUrl: crm.url() });
    expect(attempt?.requestHeaders?.['authorization']).toBe('[redacted]');
    expect(await everythingKept()).not.toContain(secret);
    expect(logged).toContain('delivery.attempted');
    expect(logged).not.toContain(secret);
  });

  it('is nothing of what it was before its credentials were changed', async () => {
    const endpoint = await withOAuth();
    await oweDelivery(world.sql, endpoint);
    login.play({ answers: [token('first')], otherwise: token('second') });
    await rig.drain(endpoint);
    await setAccess(world.sql, endpoint.id, { auth: oauth({ clientId: 'another' }) });
    await oweDelivery(world.sql, endpoint);
    await rig.drain(endpoint);
    expect(shown()).toEqual(['Bearer first', 'Bearer second']);
  });

  describe('an access token', () => {
    it('is asked for as the client says, with its secret in a header', async () => {
      const endpoint = await withOAuth({ scope: 'calls.write all', audience: 'https://api.crm.example' });
      await oweDelivery(world.sql, endpoint);
      login.play({ otherwise: token('t-1') });
      await rig.drain(endpoint);
      const [asked] = login.requests;
      const pair = Buffer.from(`switch+hook:${SECRET}`).toString('base64');
      expect(asked?.headers).toMatchObject({
        authorization: `Basic ${pair}`,
        'content-type': 'application/x-www-form-urlencoded',
      });
      expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
        grant_type: 'client_credentials',
        scope: 'calls.write all',
        audience: 'https://api.crm.example',
      });
      expect(shown()).toEqual(['Bearer t-1']);
      crm.verify(endpoint.secret);
    });

    it('is asked for with the secret in the body where the server wants that', async () => {
      const endpoint = await withOAuth({ sendAs: 'body' });
      await oweDelivery(world.sql, endpoint);
      login.play({ otherwise: token('t-1') });
      await rig.drain(endpoint);
      const [asked] = login.requests;
      expect(asked?.headers['authorization']).toBeUndefined();
      expect(new URLSearchParams(asked?.body).get('client_secret')).toBe(SECRET);
    });

    it('is fetched once for all that need it at the same time, and used until shortly before its end', async () => {
      const endpoint = await withOAuth();
      await oweDeliveries(world.sql, endpoint, [{}, {}, {}, {}, {}]);
      login.play({ answers: [token('first', { expires_in: 600 })], otherwise: token('second') });
      await rig.drain(endpoint);
      expect([login.requests.length, new Set(shown())]).toEqual([1, new Set(['Bearer first'])]);
      await rig.pass(endpoint, 9 * MINUTE);
      await oweDelivery(world.sql, endpoint);
      await rig.drain(endpoint);
      expect(login.requests).toHaveLength(1);
      await rig.pass(endpoint, 35 * SECOND);
      await oweDelivery(world.sql, endpoint);
      await rig.drain(endpoint);
      expect([login.requests.length, shown().at(-1)]).toEqual([2, 'Bearer second']);
    });

    it.each<[string, object]>([
      ['says nothing of its end', {}],
      ['says something odd of it', { expires_in: 'soon' }],
    ])('is good for five minutes where the server %s', async (_what, more) => {
      const endpoint = await withOAuth();
      login.play({ answers: [token('first', more)], otherwise: token('second') });
      for (const wait of [4 * MINUTE, MINUTE, 0]) {
        await oweDelivery(world.sql, endpoint);
        await rig.drain(endpoint);
        await rig.pass(endpoint, wait);
      }
      expect(shown()).toEqual(['Bearer first', 'Bearer first', 'Bearer second']);
    });

    it.each([401, 403])('that is refused with %s is renewed once, which burns no attempt', async (status) => {
      const endpoint = await withOAuth();
      await oweDelivery(world.sql, endpoint);
      login.play({ answers: [token('old')], otherwise: token('new') });
      crm.play({ answers: [status] });
      await rig.drain(endpoint);
      expect(shown()).toEqual(['Bearer old', 'Bearer new']);
      expect(await rig.deliveries(endpoint)).toMatchObject([
        { state: 'delivered', attempts: 1, refusals: 0 },
      ]);
      expect(await rig.attempts(endpoint)).toMatchObject([
        { outcome: 'unauthorised', status, decision: expect.stringContaining('with a new one') as string },
        { outcome: 'delivered', status: 200 },
      ]);
      crm.verify(endpoint.secret);
      await rig.tallies.flush();
      const minutes = `SELECT sum((counts ->> 'outcome.delivered')::int) AS delivered, bool_or(counts ? 'outcome.unauthorised')
                       AS failed FROM endpoint_stat WHERE endpoint_id = $1 AND span = 'minute'`;
      expect(await world.sql.row(minutes, [endpoint.id])).toEqual({ delivered: '1', failed: false });
    });

    it('that is renewed as we stop leaves the delivery due, with no attempt burnt', async () => {
      const endpoint = await withOAuth();
      await oweDelivery(world.sql, endpoint);
      login.play({ otherwise: token('t') });
      crm.play({ answers: [401, 'hang'] });
      let abort: () => void = () => undefined;
      const drain = rig.drain(endpoint, (slice) => {
        abort = () => {
          slice.abort();
        };
      });
      await until('the second request', () => crm.requests.length === 2);
      abort();
      await drain;
      expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'due', attempts: 0, refusals: 0 }]);
      expect(await rig.attempts(endpoint)).toMatchObject([{ number: 1, outcome: 'unauthorised' }]);
    });

    it('that is refused to several at once is renewed once for all of them', async () => {
      const endpoint = await withOAuth();
      await oweDeliveries(world.sql, endpoint, [{}, {}, {}]);
      login.play({ answers: [token('old')], otherwise: token('new') });
      crm.play({ answers: [401, 401, 401] });
      crm.hold();
      const drain = rig.drain(endpoint);
      await until('all three to be sent', () => crm.requests.length === 3);
      crm.release();
      await drain;
      expect(login.requests).toHaveLength(2);
      expect((await rig.deliveries(endpoint)).map(({ state }) => state)).toEqual(Array(3).fill('delivered'));
    });

    it('that is new and refused as well needs attention; it is refused like anything else', async () => {
      const endpoint = await withOAuth();
      await oweDelivery(world.sql, endpoint);
      login.play({ otherwise: token('never-good') });
      crm.play({ otherwise: 401 });
      await rig.drain(endpoint);
      expect([login.requests.length, crm.requests.length]).toEqual([2, 2]);
      const [waiting] = await rig.deliveries(endpoint);
      expect(waiting).toMatchObject({ state: 'due', attempts: 1, refusals: 1 });
      expect(waiting?.reason).toMatch(/^Needs attention: /);
      for (let tries = 0; tries < 2; tries += 1) {
        await rig.pass(endpoint, 15 * MINUTE);
        await rig.drain(endpoint);
      }
      const [dead] = await rig.deliveries(endpoint);
      expect(dead).toMatchObject({ state: 'dead', attempts: 3, refusals: 3 });
      expect(dead?.reason).toContain('Needs attention: it refused a new access token too.');
    });

    it('that is renewed goes only with the messages that were not taken yet', async () => {
      const rows = ['/a', '/b'].map((path) => ({ kind: 2, url: crm.url(path) }));
      const endpoint = await withOAuth({}, { format: 'voipnow', formatSettings: { rows } });
      await oweDelivery(world.sql, endpoint, { payload: CALL });
      login.play({ answers: [token('old')], otherwise: token('new') });
      crm.play({ answers: [200, 401] });
      await rig.drain(endpoint);
      expect(crm.requests.map(({ path }) => path.split('?')[0])).toEqual(['/a', '/b', '/b']);
      expect(shown()).toEqual(['Bearer old', 'Bearer old', 'Bearer new']);
    });
  });

  describe('where there is no access token to be had', () => {
    const html = { status: 200, body: '<html>Welcome</html>' };
    it.each<[string, FullAnswer | number | 'hang' | 'reset', string]>([
      ['hangs', 'hang', 'unreachable'],
      ['breaks the connection', 'reset', 'unreachable'],
      ['is out of order', 503, 'unreachable'],
      ['answers a page', html, 'unreachable'],
      ['answers without a token', json({ token: 'x' }), 'unreachable'],
      ['gives a token that no header can carry', token('a\r\nx: y'), 'unreachable'],
      ['gives a token of another kind', token('t', { token_type: 'mac' }), 'unreachable'],
      ['refuses the client', json({ error: 'invalid_client' }, 401), 'unauthorised'],
      ['refuses the request', json({ error: 'invalid_scope' }, 400), 'unauthorised'],
      ['sends us elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'unauthorised'],
      ['is gone', 410, 'unauthorised'],
      ['is in conflict', 409, 'unauthorised'],
    ])(
      'because its server %s, nothing is sent and the try is written down',
      async (_what, answer, outcome) => {
        const endpoint = await withOAuth({}, { timeoutMs: 300 });
        await oweDelivery(world.sql, endpoint);
        login.play({ otherwise: answer });
        await rig.drain(endpoint);
        expect(crm.requests).toEqual([]);
        const refusals = outcome === 'unauthorised' ? 1 : 0;
        expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'due', attempts: 1, refusals }]);
        const [attempt] = await rig.attempts(endpoint);
        expect(attempt).toMatchObject({
          outcome,
          status: null,
          body: null,
          error: expect.stringContaining('There is no access token') as string,
          requestUrl: login.url('/token'),
        });
        expect(attempt?.error?.startsWith('Needs attention: ')).toBe(outcome === 'unauthorised');
        // It was for a while.
        login.play({ otherwise: token('late') });
        await rig.pass(endpoint, 15 * MINUTE);
        await rig.drain(endpoint);
        expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'delivered' }]);
      },
    );

    it('because its server is down, that is said', async () => {
      const endpoint = await withOAuth();
      await oweDelivery(world.sql, endpoint);
      await login.stop();
      await rig.drain(endpoint);
      const [attempt] = await rig.attempts(endpoint);
      expect(attempt).toMatchObject({ outcome: 'unreachable', status: null });
    });

    it('because its server is one of ours, it is not asked', async () => {
      const strict = new ForwarderRig(world, { allow: [] });
      const endpoint = await withOAuth();
      await oweDelivery(world.sql, endpoint);
      await strict.drain(endpoint);
      strict.close();
      expect([login.requests, crm.requests]).toEqual([[], []]);
      expect(await rig.attempts(endpoint)).toMatchObject([{ outcome: 'unauthorised' }]);
    });

    it('because the client is refused, it is asked once and not for each delivery', async () => {
      const endpoint = await withOAuth({}, { concurrency: 1 });
      await oweDeliveries(world.sql, endpoint, [{}, {}, {}, {}]);
      login.play({ otherwise: json({ error: 'invalid_client' }, 401) });
      await rig.drain(endpoint);
      expect(login.requests).toHaveLength(1);
      expect((await rig.attempts(endpoint)).map(({ outcome }) => outcome)).toEqual(
        Array(4).fill('unauthorised'),
      );
    });

    it('because its server is out of order, each try asks again', async () => {
      const endpoint = await withOAuth({}, { concurrency: 1 });
      await oweDeliveries(world.sql, endpoint, [{}, {}]);
      login.play({ answers: [503], otherwise: token('t') });
      await rig.drain(endpoint);
      expect((await rig.attempts(endpoint)).map(({ outcome }) => outcome)).toEqual([
        'unreachable',
        'delivered',
      ]);
    });

    it('because its server asks us to wait, the endpoint waits', async () => {
      const endpoint = await withOAuth();
      await oweDelivery(world.sql, endpoint);
      login.play({ answers: [{ status: 429, headers: { 'retry-after': '120' } }] });
      await rig.drain(endpoint);
      expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'due', attempts: 0 }]);
    });

    it('because we stop, that is no try', async () => {
      const endpoint = await withOAuth();
      await oweDelivery(world.sql, endpoint);
      login.play({ answers: ['hang'], otherwise: token('later') });
      let abort: () => void = () => undefined;
      const drain = rig.drain(endpoint, (slice) => {
        abort = () => {
          slice.abort();
        };
      });
      await until('the token to be asked for', () => login.requests.length === 1);
      abort();
      await drain;
      expect(await rig.attempts(endpoint)).toEqual([]);
      await rig.drain(endpoint);
      expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'delivered' }]);
    });
  });

  it('leaves no secret of OAuth behind, neither in what is kept nor in the log', async () => {
    const endpoint = await withOAuth({ sendAs: 'body' });
    await oweDelivery(world.sql, endpoint);
    const pair = Buffer.from(`switch+hook:${SECRET}`).toString('base64');
    login.play({
      answers: [
        token('token-one'),
        json({ error: SECRET, error_description: `${SECRET} token-two ${pair}` }, 400),
      ],
      otherwise: token('token-two'),
    });
    crm.play({ answers: [{ status: 401, headers: { 'x-got': 'token-one' }, body: 'Bearer token-one' }] });
    await rig.drain(endpoint);
    await rig.pass(endpoint, 15 * MINUTE);
    await rig.drain(endpoint);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'delivered' }]);
    const kept = (await everythingKept()) + logged;
    for (const secret of [SECRET, 'token-one', 'token-two', pair]) expect(kept).not.toContain(secret);
  });
});
