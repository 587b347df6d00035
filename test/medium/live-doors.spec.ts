import { BACKENDS, type Backend } from '../harness/backends.js';
import { startProcess, readEnv, type RunningProcess } from '#platform';
import { DbModule, TenantScopeModule } from '#db';
import { QueuesModule } from '#queues';
import { ApiModule, prepareApi } from '../../apps/api/api.module.js';
import { IngressModule } from '../../apps/ingress/ingress.module.js';
import { ingressRoutes } from '../../apps/ingress/ingress-routes.js';
import { LiveClient } from '../harness/live-client.js';
import { LiveOffice, type Office } from '../harness/live-office.js';
import { SECRET_KEYS } from '../harness/tenant.js';
import { until } from '../harness/until.js';
import { Wire, post } from '../harness/wire.js';

const [BACKEND] = BACKENDS as [Backend];

describe('the door of the live channel', () => {
  let live: LiveOffice;
  let office: Office;
  const clients: LiveClient[] = [];
  const open = (auth: Record<string, unknown>, which = 0) => {
    const client = LiveClient.open(live.url(which), auth);
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    live = await LiveOffice.open(BACKEND, { LIVE_SOCKETS_PER_TENANT: '3' });
  });
  afterAll(() => live.close());
  beforeEach(async () => {
    office = await live.office();
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  it('says why it does not open', async () => {
    const stranger = await live.office();
    const operator = await live.key(null, ['admin']);
    const blind = await live.key(office.tenantId, []);
    const cases: [Record<string, unknown>, string, number][] = [
      [{}, 'key.missing', 401],
      [{ token: 'sk_wrong' }, 'key.invalid', 401],
      [{ token: blind }, 'scope.missing', 403],
      [{ token: operator }, 'tenant.required', 400],
      [{ token: operator, tenant: '0193f0f0-0000-7000-8000-000000000000' }, 'resource.not_found', 404],
      [{ token: office.key, tenant: stranger.tenantId }, 'tenant.forbidden', 403],
      [{ token: office.key, watch: ['everything'] }, 'live.unknown_room', 400],
    ];
    for (const [auth, code, status] of cases) {
      const refusal = await open(auth).refused();
      expect([auth, refusal.data]).toEqual([auth, { code, status }]);
    }
    expect(await open({ token: operator, tenant: office.tenantId }).hello()).toMatchObject({
      resumed: false,
    });
  });

  it('is open for so many of one tenant, and for the next when one has left', async () => {
    const inside = [0, 1, 2].map(() => open({ token: office.key }));
    for (const client of inside) await client.hello();
    expect((await open({ token: office.key }).refused()).data?.code).toBe('live.too_many_connections');
    expect(await open({ token: office.key }, 1).hello()).toMatchObject({ resumed: false });
    inside[0]?.close();
    await until('a free place', async () => {
      const next = open({ token: office.key });
      await until('an answer', () => next.hellos.length + next.refusals.length > 0);
      return next.hellos.length > 0;
    });
  });

  it('closes behind whoever’s key was revoked, within seconds', async () => {
    const [revoked, other] = [open({ token: office.key }), open({ token: await live.key(office.tenantId) })];
    await Promise.all([revoked.hello(), other.hello()]);
    await live.world.sql.rows(
      `UPDATE api_key SET revoked_at = now() WHERE tenant_id = $1 AND scopes = '{read}' AND id = (SELECT min(id::text)::uuid FROM api_key WHERE tenant_id = $1)`,
      [office.tenantId],
    );
    await until('the end', () => revoked.endings.length > 0);
    expect([revoked.endings, other.endings]).toEqual([['io server disconnect'], []]);
  });

  it('lets a page change what it hears', async () => {
    const client = open({ token: office.key, watch: [`agent:${office.omer}`] });
    await client.hello();
    expect((await client.watch(['nothing'])).error?.code).toBe('live.unknown_room');
    await live.popup(office, { extenUser: '101', status: 'Ringing' });
    await until('the call', () =>
      live.world.sql.count('SELECT count(*) FROM live_event WHERE tenant_id = $1', [office.tenantId]),
    );
    const answer = await client.watch([`agent:${office.dana}`]);
    const heard = () =>
      [...answer.events, ...client.events].flatMap((event) => (event.topic === 'popup' ? [event.agent] : []));
    await until('the popup', () => heard().length > 0);
    expect(heard()).toEqual([office.dana]);
  });

  it('cuts off who does not read, who then comes back by the number', async () => {
    const slow = open({ token: office.key });
    const { number } = await slow.hello();
    const other = open({ token: office.key });
    await other.hello();
    const engine = slow.socket.io.engine as unknown as {
      transport: { ws: { _socket?: { pause(): void }; pause?: () => void } };
    };
    // It is there, and takes nothing any more.
    engine.transport.ws._socket?.pause();
    const text = 'x'.repeat(1_500);
    const rows = 6_000;
    for (let first = 1; first <= rows; first += 500) {
      await live.world.sql.rows(
        `INSERT INTO live_event (tenant_id, number, at, data)
         SELECT n.tenant_id, n.number, now(), n.data::json
         FROM number_live((SELECT array_agg($1::uuid) FROM generate_series(1, 500)),
           (SELECT array_agg(json_build_object('popups', '[]'::json, 'call', json_build_object(
              'id', $2::text, 'connectionId', $2::text, 'state', 'ringing', 'over', false, 'direction', 'inbound',
              'number', $3::text, 'e164', NULL, 'did', NULL, 'extension', NULL, 'queue', NULL, 'since', g, 'answeredAt', NULL,
              'customData', '{}'::json, 'popups', '{}'::json))::text) FROM generate_series(1, 500) g)) n`,
        [office.tenantId, office.connection.id, text],
      );
    }
    await until('everything at the one who reads', () => other.number === number + rows, 40_000);
    await until(
      'the slow one to be cut',
      async () => {
        const metrics = await (await fetch(`${live.url()}/metrics`)).text();
        return /switchhook_live_sockets(\{[^}]*\})? 1$/m.test(metrics);
      },
      20_000,
    );
    const back = open({ token: office.key, resume: number + rows - 5 });
    expect(await back.hello()).toMatchObject({ resumed: true, number: number + rows, missed: { length: 5 } });
  });

  it('answers machines that ask over HTTP the same', async () => {
    const ask = async (query = '') => {
      const response = await fetch(`${live.url(1)}/v1/live/events${query}`, {
        headers: { authorization: `Bearer ${office.key}` },
      });
      return {
        status: response.status,
        body: (await response.json()) as { number: number; resumed: boolean; missed: unknown[] },
      };
    };
    const now = await ask();
    expect(now).toMatchObject({ status: 200, body: { resumed: false, events: [], missed: [] } });
    await live.popup(office, { extenUser: '101', status: 'Ringing' });
    const next = await until('the change', async () => {
      const answer = await ask(`?after=${String(now.body.number)}`);
      return answer.body.missed.length > 0 ? answer : undefined;
    });
    expect(next.body).toMatchObject({
      resumed: true,
      missed: [{ events: [{ topic: 'popup', state: 'ringing' }, { topic: 'call' }] }],
    });
    expect((await ask('?after=-1')).status).toBe(400);
  });
});

describe('a request that offers to speak something else', () => {
  let live: LiveOffice;
  let office: Office;
  let both: RunningProcess;
  let port: number;

  beforeAll(async () => {
    live = await LiveOffice.open(BACKEND);
    office = await live.office();
    const env = readEnv({ HOST: '127.0.0.1', PORT: '0', SECRET_KEYS, DATABASE_POOL: '4' });
    const { url } = live.world;
    both = await startProcess(
      'standalone',
      env,
      {
        imports: [
          DbModule.with(url),
          TenantScopeModule.with(url),
          QueuesModule.with(url),
          IngressModule,
          ApiModule,
        ],
        raw: ingressRoutes,
        prepare: prepareApi,
      },
      live.world.log,
    );
    port = Number(new URL(both.url).port);
  });
  afterAll(async () => {
    await both.close();
    await live.close();
  });

  const OFFER = {
    connection: 'Upgrade, HTTP2-Settings',
    upgrade: 'h2c',
    'http2-settings': 'AAMAAABkAARAAAAAAAIAAAAA',
  };
  const kept = () =>
    live.world.sql.count('SELECT count(*) FROM receipt WHERE connection_id = $1', [office.connection.id]);

  it('stays a webhook, in one piece or in many, and so does the next one on its connection', async () => {
    const before = await kept();
    const wire = await Wire.open(port);
    const webhook = post(office.connection.path, JSON.stringify({ CdrData: [] }), OFFER);
    await wire.send(webhook);
    expect(await wire.answers(1)).toEqual([200]);
    for (let at = 0; at < webhook.length; at += 40) await wire.send(webhook.subarray(at, at + 40));
    expect(await wire.answers(2)).toEqual([200, 200]);
    await wire.send(post(office.connection.path, '{}'));
    expect(await wire.answers(3)).toEqual([200, 200, 200]);
    wire.close();
    expect(await kept()).toBe(before + 3);
  });

  it('is answered in its turn where others came before it', async () => {
    const wire = await Wire.open(port);
    const plain = post(office.connection.path, '{}');
    await wire.send(Buffer.concat([plain, plain, post(office.connection.path, '{}', OFFER), plain]));
    expect(await wire.answers(4)).toEqual([200, 200, 200, 200]);
    wire.close();
  });

  it('is a WebSocket only where there is one', async () => {
    const wire = await Wire.open(port);
    await wire.send('GET /v1/calls HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
    expect(await wire.answers(1)).toEqual([401]);
    wire.close();
    const client = LiveClient.open(both.url.replace('localhost', '127.0.0.1'), { token: office.key });
    expect(await client.hello()).toMatchObject({ resumed: false });
    client.close();
  });
});
