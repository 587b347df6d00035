import { instant } from '#domain';
import { GRANT_CONTEXTS, GrantStore, OperationalEvents } from '#db';
import { GrantTokens, HttpSender, SecretBox, newId, targetPolicy } from '#platform';
import { sampleCall } from '../../apps/api/endpoints/sample-call.js';
import { oweDeliveries, oweDelivery } from '../builders/delivery.js';
import { Crm } from '../harness/crm.js';
import { ConsentingCrm } from '../harness/consenting-crm.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { GrantOffice, type GrantDesk } from '../harness/grant-office.js';
import { SECRET_KEYS, makeEndpoint, type TestEndpoint } from '../harness/tenant.js';
import { until } from '../harness/until.js';
import { WatchRig } from '../harness/watch-rig.js';

const MINUTE = 60_000;
const CALL = sampleCall(instant(Date.UTC(2026, 10, 21, 9, 30)), { call: newId(), connection: newId() });

describe('a grant of an endpoint', () => {
  let office: GrantOffice;
  let rig: ForwarderRig;
  let crm: ConsentingCrm;

  beforeAll(async () => {
    office = await GrantOffice.open();
  });
  afterAll(() => office.close());
  beforeEach(async () => {
    rig = new ForwarderRig(office.api.world);
    crm = await ConsentingCrm.open();
  });
  afterEach(async () => {
    rig.close();
    await crm.stop();
  });

  const connected = async (more: object = {}): Promise<GrantDesk> => {
    const desk = await office.endpoint(crm, more);
    await office.connect(crm, desk);
    return desk;
  };
  const states = async ({ endpoint }: GrantDesk) =>
    (await rig.deliveries(endpoint)).map(({ state }) => state);
  const endpointState = async ({ client, path }: GrantDesk) => (await client.get(path)).body;
  const send = async ({ endpoint }: GrantDesk) => {
    await oweDelivery(office.api.sql, endpoint);
    await rig.drain(endpoint);
  };

  describe('as it is made', () => {
    it('is had on the CRM’s own page, and deliveries carry its token', async () => {
      const desk = await office.endpoint(crm);
      const asked = await office.ask(desk);
      expect(asked.status).toBe(201);
      expect(asked.body).toMatchObject({
        redirectUri: 'https://hook.example/oauth/callback',
        grant: { label: 'Dana', position: 1, state: 'waiting', connectedAt: null },
      });
      const page = await office.comeBack(await crm.agree(String(asked.body['url'])));
      expect([page.status, page.text.includes('<h1>Connected</h1>')]).toEqual([200, true]);
      expect(Object.fromEntries(crm.opened[0] ?? [])).toMatchObject({
        tenant: '7',
        access_type: 'offline',
        scope: 'calls.write offline',
        redirect_uri: 'https://hook.example/oauth/callback',
        code_challenge_method: 'S256',
      });
      expect(await office.grants(desk)).toMatchObject([
        { state: 'good', reason: null, connectedBy: { kind: 'key' }, endsAt: null },
      ]);
      await send(desk);
      expect(await states(desk)).toEqual(['delivered']);
      expect(crm.taken).toHaveLength(1);
    });

    it('brings whoever is signed in back to the console, which says how it went', async () => {
      const desk = await office.endpoint(crm);
      const session = '__Host-switchhook=session-of-somebody';
      const back = async (state: 'agrees' | 'does not') => {
        const url = String((await office.ask(desk)).body['url']);
        const query = new URLSearchParams({ error: 'access_denied' });
        query.set('state', new URL(url).searchParams.get('state') ?? '');
        const location =
          state === 'agrees' ? await crm.agree(url) : `https://h/oauth/callback?${query.toString()}`;
        const { status, headers } = await office.comeBack(location, session);
        return [status, headers.get('location')];
      };
      const at = (came: string): unknown =>
        expect.stringMatching(`/connectors/${desk.endpoint.id}\\?came=${came}$`);
      expect(await back('agrees')).toEqual([303, at('connected')]);
      expect(await back('does not')).toEqual([303, at('refused')]);
      expect((await office.grants(desk)).map(({ state }) => state)).toEqual(['good', 'waiting']);
      const unknown = await office.comeBack('https://h/oauth/callback?state=nobody', session);
      expect([unknown.status, unknown.text.includes('grant.journey_unknown')]).toEqual([400, true]);
    });

    it('can do without PKCE where the CRM wants that', async () => {
      const desk = await office.endpoint(crm, { pkce: false });
      expect((await office.connect(crm, desk)).status).toBe(200);
      expect(crm.opened[0]?.has('code_challenge')).toBe(false);
    });

    it('shows its tokens to nobody: not in lists, the audit, what is kept of deliveries, nor in the clear', async () => {
      const desk = await connected();
      await send(desk);
      crm.expire();
      await send(desk);
      const seen = [
        (await desk.client.get(`${desk.path}/grants`)).text,
        (await desk.client.get(`${desk.path}/access`)).text,
        (await desk.client.get('/v1/audit')).text,
        JSON.stringify(await rig.attempts(desk.endpoint)),
        JSON.stringify(await office.api.sql.rows('SELECT * FROM endpoint_grant')),
      ].join('\n');
      expect(seen).toContain('endpoint_grant.connected');
      expect(seen).not.toMatch(/access-of|refresh-of|s3cret/);
    });

    it('is for administrators of its tenant alone, and of an endpoint whose access wants one', async () => {
      const desk = await office.endpoint(crm);
      const asked = await office.ask(desk);
      const { id: grantId } = asked.body['grant'] as { id: string };
      const stranger = await office.api.tenant('Other');
      const weak = await office.api.client(desk.endpoint.tenantId, ['write']);
      const paths = [`${desk.path}/grants`, `${desk.path}/grants/${grantId}/reconnect`];
      for (const path of paths) {
        expect((await stranger.client.post(path, { label: 'x' })).status).toBe(404);
        expect((await weak.post(path, { label: 'x' })).status).toBe(403);
      }
      expect((await stranger.client.get(`${desk.path}/grants`)).status).toBe(404);
      expect((await stranger.client.delete(`${desk.path}/grants/${grantId}`)).status).toBe(404);
      await desk.client.put(`${desk.path}/access`, { auth: { kind: 'bearer', token: 't' } });
      expect((await office.ask(desk)).body['code']).toBe('endpoint.access_without_page');
    });
  });

  describe('of a connector', () => {
    it('is asked for at the addresses that the connector knows, where others are not given', async () => {
      const desk = await office.endpoint(
        crm,
        {},
        { format: 'zendesk', url: 'https://acme.zendesk.example/' },
      );
      const auth = { kind: 'oauth2_code', clientId: 'switchhook', clientSecret: 's3cret of the app' };
      const put = await desk.client.put(`${desk.path}/access`, { auth });
      expect(put.body['auth']).toMatchObject({
        authoriseUrl: 'https://acme.zendesk.example/oauth/authorizations/new',
        tokenUrl: 'https://acme.zendesk.example/oauth/tokens',
        scope: 'read write',
        sendAs: 'body',
        pkce: false,
        keepAliveDays: 7,
      });
      const own = { ...auth, tokenUrl: 'https://login.example/token', pkce: true };
      const other = await desk.client.put(`${desk.path}/access`, { auth: own });
      expect(other.body['auth']).toMatchObject({ tokenUrl: 'https://login.example/token', pkce: true });
      const unknown = await office.endpoint(crm);
      expect((await unknown.client.put(`${unknown.path}/access`, { auth })).status).toBe(400);
    });

    it('says where the CRM is: requests go there', async () => {
      const there = await Crm.open({ otherwise: { status: 200, body: '{"user": {"userName": "dana"}}' } });
      crm.more = { instance_url: there.url('/') };
      const desk = await office.endpoint(crm, { baseUrlFrom: 'instance_url' }, { format: 'espocrm' });
      await office.connect(crm, desk);
      expect(await office.grants(desk)).toMatchObject([{ baseUrl: there.url('/') }]);
      await desk.client.post(`${desk.path}/probe`);
      await oweDelivery(office.api.sql, desk.endpoint, { payload: CALL });
      await rig.drain(desk.endpoint);
      const tokens = there.requests.map(({ headers }) => headers['authorization']);
      await there.stop();
      expect(tokens.length).toBeGreaterThan(1);
      expect(new Set(tokens)).toEqual(new Set([`Bearer ${crm.tokens[0] ?? ''}`]));
      expect(crm.taken).toEqual([]);
    });

    it('is not believed that the CRM is where a token must not go', async () => {
      crm.more = { instance_url: 'ftp://crm.example/' };
      const desk = await office.endpoint(crm, { baseUrlFrom: 'instance_url' }, { format: 'espocrm' });
      await office.connect(crm, desk);
      expect(await office.grants(desk)).toMatchObject([{ state: 'good', baseUrl: null }]);
    });
  });

  describe('as somebody comes back', () => {
    it('is made once by a state: who comes with it again, or with another one, reads what to do', async () => {
      const desk = await office.endpoint(crm);
      const asked = await office.ask(desk);
      const back = await crm.agree(String(asked.body['url']));
      await office.comeBack(back);
      for (const url of [
        back,
        'https://h/oauth/callback?state=swg_guess&code=1',
        'https://h/oauth/callback',
      ]) {
        const again = await office.comeBack(url);
        expect([again.status, again.text.includes('grant.journey_unknown')]).toEqual([400, true]);
      }
      expect(crm.asked).toEqual(['authorization_code']);
    });

    it('is not made later than ten minutes after it was asked for', async () => {
      const desk = await office.endpoint(crm);
      const asked = await office.ask(desk);
      await office.api.sql.rows(`UPDATE endpoint_grant SET state_expires_at = now() WHERE endpoint_id = $1`, [
        desk.endpoint.id,
      ]);
      const page = await office.comeBack(await crm.agree(String(asked.body['url'])));
      expect(page.text).toContain('grant.journey_unknown');
      expect(await office.grants(desk)).toMatchObject([{ state: 'waiting' }]);
    });

    it('is not made by a link before the last', async () => {
      const desk = await office.endpoint(crm);
      const first = await office.ask(desk);
      const [grant] = await office.grants(desk);
      await office.ask(desk, grant?.id);
      const page = await office.comeBack(await crm.agree(String(first.body['url'])));
      expect(page.text).toContain('grant.journey_unknown');
    });

    it.each([
      ['access_denied', 'Nobody agreed'],
      ['invalid_scope', 'does not know the scope'],
      ['<script>alert(1)</script>', 'did not give what it was asked for'],
    ])('is not made by the error %s, which is told in our own words', async (error, words) => {
      const desk = await office.endpoint(crm);
      const asked = await office.ask(desk);
      const state = new URL(String(asked.body['url'])).searchParams.get('state') ?? '';
      const query = new URLSearchParams({ state, error, error_description: '<b>boo</b>' });
      const page = await office.comeBack(`https://h/oauth/callback?${query.toString()}`);
      expect([page.status, page.text.includes(words)]).toEqual([400, true]);
      expect(page.text).not.toMatch(/script>alert|boo/);
      const [grant] = await office.grants(desk);
      expect(grant?.state).toBe('waiting');
      expect(grant?.reason).toContain(words);
    });

    it.each([
      ['of another journey', 'code-of-nobody', 'grant.no_token'],
      ['that is none', '', 'grant.not_agreed'],
    ])('is not made by a code %s', async (_what, code, problem) => {
      const desk = await office.endpoint(crm);
      const asked = await office.ask(desk);
      const state = new URL(String(asked.body['url'])).searchParams.get('state') ?? '';
      const page = await office.comeBack(`https://h/oauth/callback?state=${state}&code=${code}`);
      expect(page.text).toContain(problem);
    });

    it('is asked for again later where the token endpoint is out of order', async () => {
      const desk = await office.endpoint(crm);
      crm.tokenStatus = 503;
      const page = await office.connect(crm, desk);
      expect([page.status, page.text.includes('grant.crm_away')]).toEqual([503, true]);
    });
  });

  describe('that nobody has, or has no more', () => {
    it('holds what is owed, and all of it goes out when somebody connects', async () => {
      const desk = await office.endpoint(crm);
      await oweDeliveries(office.api.sql, desk.endpoint, [{}, {}, {}]);
      await rig.drain(desk.endpoint);
      expect(await states(desk)).toEqual(['held', 'held', 'held']);
      expect(await endpointState(desk)).toMatchObject({
        state: 'disabled',
        stateReason: expect.stringMatching(/^Needs attention: Nobody is connected/) as string,
      });
      await office.connect(crm, desk);
      expect(await endpointState(desk)).toMatchObject({ state: 'enabled', stateReason: null });
      await rig.drain(desk.endpoint);
      expect(await states(desk)).toEqual(['delivered', 'delivered', 'delivered']);
    });

    it('does not start what people have stopped', async () => {
      const desk = await office.endpoint(crm);
      await send(desk);
      await desk.client.post(`${desk.path}/disable`, { reason: 'for good' });
      await office.connect(crm, desk);
      expect(await endpointState(desk)).toMatchObject({ state: 'disabled', stateReason: 'for good' });
    });

    it('is refused for good: the next one is used, and the first is connected again in its place', async () => {
      const desk = await connected();
      await office.connect(crm, desk);
      await send(desk);
      crm.expire();
      crm.revoke(0);
      await send(desk);
      expect(await states(desk)).toEqual(['delivered', 'delivered']);
      const [first, second] = await office.grants(desk);
      expect([first, second]).toMatchObject([
        {
          position: 1,
          state: 'needs_attention',
          reason: expect.stringContaining('Connect it again') as string,
        },
        { position: 2, state: 'good' },
      ]);
      await office.connect(crm, desk, first?.id);
      await send(desk);
      expect(await office.grants(desk)).toMatchObject([
        { id: first?.id, position: 1, state: 'good', reason: null },
        { id: second?.id, position: 2, state: 'good' },
      ]);
      expect(await states(desk)).toEqual(['delivered', 'delivered', 'delivered']);
    });

    it('is refused for good: with no other one all is held, nothing is lost', async () => {
      const desk = await connected();
      await send(desk);
      crm.revoke(0);
      await oweDeliveries(office.api.sql, desk.endpoint, [{}, {}, {}]);
      await rig.drain(desk.endpoint);
      expect((await states(desk)).sort()).toEqual(['delivered', 'held', 'held', 'held']);
      const [grant] = await office.grants(desk);
      await office.connect(crm, desk, grant?.id);
      await rig.drain(desk.endpoint);
      expect(await states(desk)).toEqual(Array(4).fill('delivered'));
      expect(new Set(crm.taken).size).toBe(4);
    });

    it('stops no endpoint that somebody connected meanwhile', async () => {
      const desk = await office.endpoint(crm);
      const claim = (grantEpoch: number) =>
        new OperationalEvents(office.api.world.hot).write(
          {
            ...{ id: newId(), tenantId: desk.endpoint.tenantId, type: 'endpoint.disabled', deliveries: [] },
            ...{ occurredAt: instant(Date.now()), data: { endpoint: { id: desk.endpoint.id } } },
          },
          {
            ...{ kind: 'disable', endpointId: desk.endpoint.id, url: crm.url('/hook') },
            ...{ reason: 'nobody is connected', grantEpoch, awaitsGrant: true },
          },
        );
      const epoch = 'SELECT grant_epoch AS epoch FROM endpoint WHERE id = $1';
      const before = await office.api.sql.row<{ epoch: number }>(epoch, [desk.endpoint.id]);
      await office.connect(crm, desk);
      expect(await claim(before.epoch)).toBe(false);
      expect(await endpointState(desk)).toMatchObject({ state: 'enabled' });
      const now = await office.api.sql.row<{ epoch: number }>(epoch, [desk.endpoint.id]);
      expect(await claim(now.epoch)).toBe(true);
    });

    it('is removed: what processes remember of it is used no more', async () => {
      const desk = await connected();
      await send(desk);
      const [grant] = await office.grants(desk);
      expect((await desk.client.delete(`${desk.path}/grants/${grant?.id ?? ''}`)).status).toBe(204);
      await send(desk);
      expect((await states(desk)).sort()).toEqual(['delivered', 'held']);
      expect(crm.taken).toHaveLength(1);
    });

    it('was for another client: it has to be connected again, and its tokens are gone', async () => {
      const desk = await connected();
      await desk.client.put(`${desk.path}/access`, crm.access({ scope: 'less' }));
      expect(await office.grants(desk)).toMatchObject([{ state: 'good' }]);
      await desk.client.put(`${desk.path}/access`, crm.access({ tokenUrl: crm.url('/other') }));
      expect(await office.grants(desk)).toMatchObject([{ state: 'needs_attention' }]);
      const kept = `SELECT sealed_access, sealed_refresh, sealed_previous FROM endpoint_grant WHERE endpoint_id = $1`;
      expect(await office.api.sql.row(kept, [desk.endpoint.id])).toEqual({
        sealed_access: null,
        sealed_refresh: null,
        sealed_previous: null,
      });
      await desk.client.delete(`${desk.path}/access`);
      expect(await office.grants(desk)).toEqual([]);
    });

    it('is held until the client is right again', async () => {
      const desk = await connected({ clientSecret: 's3cret of the app' });
      await desk.client.put(`${desk.path}/access`, crm.access({ clientSecret: 'wrong' }));
      crm.expire();
      await send(desk);
      expect(await states(desk)).toEqual(['held']);
      await desk.client.put(`${desk.path}/access`, crm.access());
      await rig.drain(desk.endpoint);
      expect(await states(desk)).toEqual(['delivered']);
    });
  });

  describe('as its token ends', () => {
    it('is renewed before that, and its refresh token once', async () => {
      const desk = await connected();
      await send(desk);
      rig.clock.advance(59.6 * MINUTE);
      crm.expire();
      await send(desk);
      expect(await states(desk)).toEqual(['delivered', 'delivered']);
      expect([crm.refreshes, crm.refused]).toEqual([1, []]);
    });

    it('is renewed when it is refused before that, which burns no attempt', async () => {
      const desk = await connected();
      await send(desk);
      crm.expire();
      await send(desk);
      expect(await rig.deliveries(desk.endpoint)).toMatchObject([
        { state: 'delivered', attempts: 1, refusals: 0 },
        { state: 'delivered', attempts: 1, refusals: 0 },
      ]);
      expect(crm.refreshes).toBe(1);
    });

    it('is used until it is refused where the CRM does not say when it ends', async () => {
      crm.lifeSeconds = null;
      const desk = await connected();
      await send(desk);
      rig.clock.advance(20 * 60 * MINUTE);
      await send(desk);
      expect(crm.refreshes).toBe(0);
    });

    it('waits while the token endpoint is out of order, and stays good', async () => {
      const desk = await connected();
      crm.expire();
      crm.tokenStatus = 503;
      await send(desk);
      expect(await states(desk)).toEqual(['due']);
      expect(await office.grants(desk)).toMatchObject([{ state: 'good' }]);
      crm.tokenStatus = null;
      await rig.pass(desk.endpoint, 15 * MINUTE);
      await rig.drain(desk.endpoint);
      expect(await states(desk)).toEqual(['delivered']);
    });

    it('is renewed once for a thousand that are under way in two processes', async () => {
      const desk = await connected();
      const other = new ForwarderRig(office.api.world);
      crm.expire();
      const { auth } = crm.access();
      const need = (token: string) => ({
        endpointId: desk.endpoint.id,
        client: { baseUrlFrom: null, keepAliveDays: 7, pkce: true, sendAs: 'basic', ...auth } as never,
        of: 'same',
        refused: token,
        timeoutMs: 10_000,
        signal: new AbortController().signal,
      });
      const [old = ''] = crm.tokens;
      const asked = Array.from({ length: 1_000 }, (_, at) => (at % 2 ? rig : other).grants.get(need(old)));
      const got = await Promise.all(asked);
      other.close();
      expect(new Set(got.map((one) => (one.kind === 'fetched' ? one.token : one.kind)))).toEqual(
        new Set(crm.tokens),
      );
      expect(crm.refreshes).toBe(1);
    });

    it('is renewed although whoever needed it stopped, and nothing of the answer is lost', async () => {
      const desk = await connected();
      crm.expire();
      crm.holdTokens();
      await oweDelivery(office.api.sql, desk.endpoint);
      let abort: () => void = () => undefined;
      const drain = rig.drain(desk.endpoint, (slice) => {
        abort = () => {
          slice.abort();
        };
      });
      await until('it to be renewed', () => crm.refreshes === 1);
      abort();
      await drain;
      expect(await rig.deliveries(desk.endpoint)).toMatchObject([{ state: 'due', attempts: 0 }]);
      crm.releaseTokens();
      await rig.grants.settle();
      await rig.drain(desk.endpoint);
      expect([await states(desk), crm.refreshes]).toEqual([['delivered'], 1]);
    });

    it('is kept as soon as the database is back, where it was away just then', async () => {
      class AwayOnce extends GrantStore {
        private isAway = true;

        override keep(...of: Parameters<GrantStore['keep']>): Promise<boolean> {
          const away = this.isAway;
          this.isAway = false;
          return away ? Promise.reject(new Error('The database is away.')) : super.keep(...of);
        }
      }
      const desk = await connected();
      crm.expire();
      const sender = new HttpSender({ policy: targetPolicy(['127.0.0.0/8']) });
      const grants = new GrantTokens({
        ...{ sender, clock: rig.clock, box: SecretBox.fromKeys(SECRET_KEYS), owner: newId() },
        ...{ keeper: new AwayOnce(office.api.world.hot), sealedFor: GRANT_CONTEXTS },
      });
      const { auth } = crm.access();
      const got = await grants.get({
        endpointId: desk.endpoint.id,
        client: { baseUrlFrom: null, keepAliveDays: 7, pkce: true, sendAs: 'basic', ...auth } as never,
        of: 'same',
        refused: crm.tokens[0] ?? '',
        timeoutMs: 10_000,
        signal: new AbortController().signal,
      });
      sender.close();
      expect(got).toMatchObject({ kind: 'fetched', token: crm.tokens[0] });
      await send(desk);
      expect([await states(desk), crm.refreshes]).toEqual([['delivered'], 1]);
    });

    it('is renewed by another process when the first died as it renewed', async () => {
      const desk = await connected();
      crm.expire();
      await office.api.sql.rows(
        `UPDATE endpoint_grant SET leased_by = 'dead', leased_until = now() + interval '300 ms' WHERE endpoint_id = $1`,
        [desk.endpoint.id],
      );
      await send(desk);
      expect([await states(desk), crm.refreshes]).toEqual([['delivered'], 1]);
    });

    it('is waited for while another process renews, without an attempt', async () => {
      const desk = await connected();
      crm.expire();
      await office.api.sql.rows(
        `UPDATE endpoint_grant SET leased_by = 'slow', leased_until = now() + interval '1 min' WHERE endpoint_id = $1`,
        [desk.endpoint.id],
      );
      await office.api.sql.rows('UPDATE endpoint SET timeout_ms = 200 WHERE id = $1', [desk.endpoint.id]);
      await send(desk);
      expect(await rig.deliveries(desk.endpoint)).toMatchObject([{ state: 'due', attempts: 0, refusals: 0 }]);
      expect(crm.refreshes).toBe(0);
    });

    it('is renewed with the refresh token before, where the newer one was never good', async () => {
      const desk = await connected();
      await send(desk);
      crm.expire();
      crm.misgiven = true;
      await send(desk);
      crm.expire();
      await send(desk);
      expect(await states(desk)).toEqual(Array(3).fill('delivered'));
      expect(crm.refreshes).toBe(3);
    });

    it('that is new and refused as well needs attention, and so does the endpoint', async () => {
      const desk = await connected();
      await send(desk);
      crm.lifeSeconds = 0;
      crm.expire();
      await send(desk);
      expect(await office.grants(desk)).toMatchObject([
        { state: 'needs_attention', reason: expect.stringContaining('a new access token too') as string },
      ]);
      expect(await states(desk)).toEqual(['delivered', 'due']);
      await rig.pass(desk.endpoint, 15 * MINUTE);
      await rig.drain(desk.endpoint);
      expect(await states(desk)).toEqual(['delivered', 'held']);
      expect(crm.refreshes).toBe(1);
    });
  });

  describe('that lies idle', () => {
    const idle = ({ endpoint }: GrantDesk) =>
      office.api.sql.rows('UPDATE endpoint_grant SET renew_by = now() WHERE endpoint_id = $1', [endpoint.id]);
    const told = (watch: WatchRig, news: TestEndpoint) => watch.toldTo(news);
    const newsOf = ({ endpoint }: GrantDesk) =>
      makeEndpoint(office.api.sql, endpoint.tenantId, {
        url: 'http://news.invalid/',
        eventTypes: ['endpoint.*'],
      });

    it('is renewed after a week, or before half of its refresh token’s life is over', async () => {
      crm.more = { refresh_expires_in: '172800' };
      const desk = await connected();
      const days = `SELECT (extract(epoch FROM renew_by - now()) / 86400)::float8 AS days FROM endpoint_grant WHERE endpoint_id = $1`;
      const due = await office.api.sql.row<{ days: number }>(days, [desk.endpoint.id]);
      expect(due.days).toBeCloseTo(1, 2);
      const watch = new WatchRig(office.api.world);
      await watch.check();
      expect(crm.refreshes).toBe(0);
      crm.more = {};
      await idle(desk);
      await watch.check();
      await watch.check();
      expect(crm.refreshes).toBe(1);
      const next = await office.api.sql.row<{ days: number }>(days, [desk.endpoint.id]);
      expect(next.days).toBeCloseTo(7, 2);
    });

    it('and is refused then needs attention, which its tenant is told once each time', async () => {
      const desk = await connected();
      const news = await newsOf(desk);
      crm.revoke(0);
      await idle(desk);
      const watch = new WatchRig(office.api.world);
      await watch.check();
      await watch.check();
      const [grant] = await office.grants(desk);
      expect(await told(watch, news)).toMatchObject([
        {
          type: 'endpoint.access_needs_attention',
          payload: {
            endpoint: { id: desk.endpoint.id },
            grant: { id: grant?.id, label: 'Dana' },
            reason: expect.stringContaining('Connect it again') as string,
          },
        },
      ]);
      await office.connect(crm, desk, grant?.id);
      await watch.check();
      const alerts = `SELECT count(*) FROM alert WHERE subject LIKE $1 || '%'`;
      expect(await office.api.sql.count(alerts, [grant?.id])).toBe(0);
      crm.revoke(1);
      await idle(desk);
      await watch.check();
      expect(await told(watch, news)).toHaveLength(2);
    });

    it('is tried later again where the token endpoint is out of order, and stays good', async () => {
      const desk = await connected();
      crm.tokenStatus = 503;
      await idle(desk);
      const watch = new WatchRig(office.api.world);
      await watch.check();
      await watch.check();
      expect(crm.refreshes).toBe(1);
      expect(await office.grants(desk)).toMatchObject([{ state: 'good' }]);
    });

    it('and ends in spite of renewals is told of a week ahead; one whose end moves is not', async () => {
      crm.more = { refresh_token_expires_in: 6 * 86_400 };
      const desk = await connected();
      const news = await newsOf(desk);
      const watch = new WatchRig(office.api.world);
      await office.api.sql.rows(
        `UPDATE endpoint_grant SET connected_at = now() - interval '80 days' WHERE endpoint_id = $1`,
        [desk.endpoint.id],
      );
      await watch.check();
      await watch.check();
      expect(await told(watch, news)).toMatchObject([
        { type: 'endpoint.access_expiring', payload: { endpoint: { id: desk.endpoint.id } } },
      ]);
      crm.more = { refresh_token_expires_in: 6.5 * 86_400 };
      await idle(desk);
      await watch.check();
      await watch.check();
      expect(await told(watch, news)).toHaveLength(1);
      expect(await office.grants(desk)).toMatchObject([{ state: 'good', endsAt: null }]);
    });
  });
});
