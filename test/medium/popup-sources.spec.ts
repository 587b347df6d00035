import { Webhook } from 'standardwebhooks';
import type { TenantId } from '#domain';
import { DbModule } from '#db';
import { newSecret, readEnv, startProcess, type RunningProcess } from '#platform';
import { QueuesModule } from '#queues';
import { ingressRoutes } from '../../apps/ingress/ingress-routes.js';
import { IngressModule } from '../../apps/ingress/ingress.module.js';
import { PopupModule } from '../../apps/popup/popup.module.js';
import { makeContact } from '../builders/contact.js';
import { makeSource, type SourceTraits } from '../builders/contact-source.js';
import { BACKENDS, type QueueHome } from '../harness/backends.js';
import { SourceServer, names, type SourceAnswer } from '../harness/source-server.js';
import { SECRET_KEYS, makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';
import { openWorld, type World } from '../harness/world.js';

const NUMBER = '0502345678';
const E164 = '+972502345678';
const ANN = {
  id: 'x7',
  name: 'Ann',
  company: 'Acme',
  url: 'https://crm.example/x7',
  phones: ['050-234-5678'],
};
const UNKNOWN = { CLIENTNAME: '', TOTAL: 0 };

describe.each(BACKENDS)('popups from sources of contacts, on $name', ({ home }) => {
  let world: World;
  let queues: QueueHome;
  let ingress: RunningProcess;
  let worker: RunningProcess;
  let source: SourceServer;
  let tenant: TenantId;
  let connection: TestConnection;

  beforeAll(async () => {
    world = await openWorld();
    queues = await home(world.url);
    source = await SourceServer.open();
    const own = { HOST: '127.0.0.1', PORT: '0', SECRET_KEYS, EGRESS_ALLOW: '127.0.0.1/32' };
    const env = readEnv({ ...own, ...queues.env });
    const base = () => [DbModule.with(world.url), QueuesModule.with(world.url)];
    const parts = { imports: [...base(), IngressModule], raw: ingressRoutes };
    ingress = await startProcess('ingress', env, parts, world.log);
    worker = await startProcess('popup', env, { imports: [...base(), PopupModule] }, world.log);
  });
  afterAll(async () => {
    await ingress.close();
    await worker.close();
    await source.close();
    await queues.close();
    await world.close();
  });
  beforeEach(async () => {
    source.play({ status: 404 });
    tenant = await makeTenant(world.sql);
    connection = await makeConnection(world.sql, tenant);
  });

  const popup = async (phone = NUMBER, of = connection) => {
    const path = of.path.replace(/cdr$/, 'popup');
    const url = `${ingress.url.replace('localhost', '127.0.0.1')}${path}?phone=${phone}&ivrid=v-1&extenUser=101`;
    const begun = performance.now();
    const answer = (await (await fetch(url)).json()) as Record<string, unknown>;
    return { answer, ms: performance.now() - begun };
  };
  const add = (traits: Partial<SourceTraits> = {}) =>
    makeSource(world.sql, tenant, { url: source.url, ...traits });
  const kept = () =>
    world.sql.rows<{ e164: string; contacts: { name: string }[] | null }>(
      'SELECT e164, contacts FROM source_answer WHERE tenant_id = $1',
      [tenant],
    );
  const setPolicy = (policy: object) =>
    world.sql.rows('UPDATE tenant SET match_policy = $2, setup_version = setup_version + 1 WHERE id = $1', [
      tenant,
      policy,
    ]);

  it('name the caller whom a source knows, and ask it once for as long as its answer counts', async () => {
    const secret = newSecret();
    await add({ secret, headers: { authorization: 'Bearer 1' } });
    source.play(names([ANN]));
    expect((await popup()).answer).toMatchObject({
      ...{ CLIENTNAME: 'Ann', COMPANY: 'Acme', TOTAL: 1, URL: 'https://crm.example/x7' },
    });
    expect((await popup()).answer).toMatchObject({ CLIENTNAME: 'Ann' });
    expect(source.asked.map(({ question }) => question)).toEqual([
      {
        ...{ type: 'contact.lookup', number: E164, national: NUMBER },
        ...{ callId: 'v-1', extension: '101' },
      },
    ]);
    const [asked] = source.asked;
    expect(asked?.headers['authorization']).toBe('Bearer 1');
    new Webhook(secret).verify(asked?.body ?? '', asked?.headers ?? {});
  });

  it.each<[string, SourceAnswer]>([
    ['says 404', { status: 404 }],
    ['has an empty list', names([])],
    ['names whom the number is not of', names([{ ...ANN, phones: ['050-234-5679', '5678'] }])],
    ['names whom it shows no number of', names([{ id: '1', name: 'Ann' }])],
  ])('know nobody where it %s, and remember that', async (_what, answer) => {
    await add();
    source.play(answer);
    expect((await popup()).answer).toMatchObject(UNKNOWN);
    expect((await popup()).answer).toMatchObject(UNKNOWN);
    expect([source.asked.length, await kept()]).toEqual([1, [{ e164: E164, contacts: null }]]);
  });

  it.each<[string, SourceAnswer]>([
    ['answers 500', { status: 500 }],
    ['answers garbage', { body: '<html>' }],
    ['answers JSON of another shape', { body: '{"contacts": {"id": 1}}' }],
    [
      'answers without end',
      { body: JSON.stringify({ contacts: [{ ...ANN, name: 'x'.repeat(1_000_000) }] }) },
    ],
    ['closes half-way', 'half'],
    ['sends us elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
  ])('remember nothing where it %s', async (_what, answer) => {
    await add();
    source.play(answer);
    expect((await popup()).answer).toMatchObject(UNKNOWN);
    expect(await kept()).toEqual([]);
    await until('it to be told', async () => {
      const rows = await world.sql.rows<{ failure: string }>(
        'SELECT failure FROM source_health WHERE tenant_id = $1 AND failures_in_a_row = 1',
        [tenant],
      );
      return rows[0]?.failure;
    });
  });

  it('read what it says in the charset that it names', async () => {
    await add();
    const body = Buffer.from(JSON.stringify({ contacts: [{ ...ANN, name: 'Åsa' }] }), 'latin1');
    source.play({ headers: { 'content-type': 'application/json; charset=iso-8859-1' }, body });
    expect((await popup()).answer).toMatchObject({ CLIENTNAME: 'Åsa' });
  });

  it('do not ask a server in a private network', async () => {
    await add({ url: 'http://10.0.0.1/contacts' });
    const { answer, ms } = await popup();
    expect([answer['TOTAL'], ms < 1_500]).toEqual([0, true]);
  });

  it('do without one that hangs, and have its answer for the next message when it comes after all', async () => {
    await add();
    source.play(names([ANN]), names([ANN], 1_380));
    const late = await popup();
    expect(late.answer).toMatchObject(UNKNOWN);
    expect(late.ms).toBeLessThan(1_600);
    await until('its answer to be kept', async () => (await kept()).length === 1);
    expect((await popup()).answer).toMatchObject({ CLIENTNAME: 'Ann' });
    expect(source.asked).toHaveLength(1);
  });

  it('leave a source alone that failed again and again, and nobody waits for it then', async () => {
    const sourceId = await add();
    source.play({ status: 503 });
    for (let call = 0; call < 5; call += 1) await popup(`050234560${String(call)}`);
    await until('it to be left alone', () =>
      world.sql.count('SELECT count(*) FROM source_health WHERE source_id = $1 AND open_until > now()', [
        sourceId,
      ]),
    );
    const asked = source.asked.length;
    expect((await popup('0502345699')).answer).toMatchObject(UNKNOWN);
    expect([asked, source.asked.length]).toEqual([5, 5]);
    // When the time is over one question goes to see, and all is well again.
    await world.sql.rows(`UPDATE source_health SET open_until = now() WHERE source_id = $1`, [sourceId]);
  });

  it('answer with what is old at once, and ask again behind', async () => {
    const sourceId = await add();
    source.play(names([{ ...ANN, name: 'Ann Newer' }]), names([ANN]));
    await popup();
    await world.sql.rows(`UPDATE source_answer SET fresh_until = now() WHERE source_id = $1`, [sourceId]);
    expect((await popup()).answer).toMatchObject({ CLIENTNAME: 'Ann' });
    await until('it to be asked again', async () => (await kept())[0]?.contacts?.[0]?.name === 'Ann Newer');
    expect((await popup()).answer).toMatchObject({ CLIENTNAME: 'Ann Newer' });
  });

  it('never wait for a source where the directory knows the caller', async () => {
    await add();
    await makeContact(world.sql, tenant, { name: 'John', phones: [E164] });
    source.play('hang');
    expect((await popup()).answer).toMatchObject({ CLIENTNAME: 'John' });
    expect(source.asked).toEqual([]);
  });

  it('ask in the tenant’s order where it wants that, until one has a contact', async () => {
    const other = await SourceServer.open();
    try {
      const [first, second] = [await add({ url: other.url }), await add()];
      await setPolicy({ choose: 'by_source', ask: 'in_order', sources: [second, first] });
      connection = await makeConnection(world.sql, tenant);
      source.play(names([{ ...ANN, phones: ['0502345688'] }]), { status: 404 });
      other.play(names([{ ...ANN, name: 'Bea' }]));
      expect((await popup()).answer).toMatchObject({ CLIENTNAME: 'Bea' });
      expect([source.asked.length, other.asked.length]).toEqual([1, 1]);
      await popup('0502345688');
      expect([source.asked.length, other.asked.length]).toEqual([2, 1]);
    } finally {
      await other.close();
    }
  });

  it('ask all at once otherwise, and list what each of them has', async () => {
    const other = await SourceServer.open();
    try {
      await add({ url: other.url });
      await add();
      source.play(names([{ ...ANN, updatedAt: '2026-11-01T00:00:00Z' }]));
      other.play(names([{ ...ANN, name: 'Bea', updatedAt: '2026-11-02T00:00:00Z' }]));
      expect((await popup()).answer).toMatchObject({ CLIENTNAME: 'Bea', TOTAL: 2 });
    } finally {
      await other.close();
    }
  });

  it('ask for a number once, however many phones ring', async () => {
    await add();
    source.play(names([ANN], 100));
    const rung = await Promise.all(Array.from({ length: 20 }, () => popup()));
    expect(new Set(rung.map(({ answer }) => answer['CLIENTNAME']))).toEqual(new Set(['Ann']));
    expect(source.asked).toHaveLength(1);
  });

  it('ask nobody else’s sources, nor one that is switched off', async () => {
    const stranger = await makeTenant(world.sql, 'Stranger');
    await makeSource(world.sql, stranger, { url: source.url });
    await add({ enabled: false });
    source.play(names([ANN]));
    expect((await popup()).answer).toMatchObject(UNKNOWN);
    expect(source.asked).toEqual([]);
  });

  it('go on when the queue forgets everything', async () => {
    await add();
    source.play(names([ANN]));
    await popup('0502345601');
    await queues.forgetEverything();
    const ann = { ...ANN, phones: ['0502345602', '0502345603'] };
    source.play(names([ann]));
    expect((await popup('0502345602')).ms).toBeLessThan(1_600);
    expect((await popup('0502345603')).answer).toMatchObject({ CLIENTNAME: 'Ann' });
  });
});
