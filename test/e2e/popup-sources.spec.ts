import { RecordsServer } from '../../apps/simulator/index.js';
import { cdr } from '../builders/cdr.js';
import { ApiClient, type Answer } from '../harness/api.js';
import { BACKENDS, type QueueHome } from '../harness/backends.js';
import { Pbx, jsonMessage } from '../harness/pbx.js';
import { Product, type ProductProcess } from '../harness/product.js';
import { SourceServer, names } from '../harness/source-server.js';
import { openTestDatabase, type TestDatabase } from '../harness/test-database.js';
import { until } from '../harness/until.js';

const ADMIN_KEY = `sk_${'e2e'.repeat(15)}`;
const ANN = {
  id: 'crm-7',
  name: 'Ann Other',
  company: 'Acme',
  phones: ['050-2345678', '050-2345679', '052-2345678'],
};
/** The vendor waits for twice as long. */
const DEADLINE_MS = 1_500;
/** For two processes and a machine that has other things to do. */
const ROOM_MS = 400;

describe.each(BACKENDS)('a caller whom the tenant’s own server knows, on $name', ({ home }) => {
  let database: TestDatabase;
  let queues: QueueHome;
  let product: Product;
  let ingress: ProductProcess;
  let worker: ProductProcess;
  let server: SourceServer;
  let operator: ApiClient;
  let client: ApiClient;
  let connection: Record<string, unknown>;

  beforeAll(async () => {
    database = await openTestDatabase();
    queues = await home(database.url);
    product = new Product({ DATABASE_URL: database.url, ADMIN_KEY, ...queues.env });
    server = await SourceServer.open();
    const [api] = await Promise.all([
      product.start('api'),
      product.start('ingress').then((started) => (ingress = started)),
      product.start('enricher'),
      product.start('popup').then((started) => (worker = started)),
    ]);
    operator = new ApiClient(api.url(), ADMIN_KEY);
    const tenant = (await operator.post('/v1/tenants', { name: 'Acme' })).body['id'];
    client = operator.with({ 'switchhook-tenant': String(tenant) });
    connection = made(
      await client.post('/v1/connections', {
        ...{ name: 'PBX', dialect: 'voicenter', country: 'IL', timeZone: 'Asia/Jerusalem' },
      }),
    );
    made(await client.post('/v1/contact-sources', { name: 'CRM', url: server.url }));
  });
  afterAll(async () => {
    await product.close();
    await server.close();
    await queues.close();
    await database.close();
  });

  function made({ status, body, text }: Answer): Record<string, unknown> {
    if (status > 299) throw new Error(`${status} ${text}`);
    return body;
  }
  const pathOf = (route: string, of = connection) => {
    const urls = of['ingressUrls'] as { route: string; url: string }[];
    return new URL(urls.find((each) => each.route === route)?.url ?? '').pathname;
  };
  async function popup(phone: string, ivrid: string) {
    const begun = performance.now();
    const answer = await fetch(ingress.url(`${pathOf('popup')}?phone=${phone}&ivrid=${ivrid}&extenUser=101`));
    const body = (await answer.json()) as Record<string, unknown>;
    return { name: body['CLIENTNAME'], ms: performance.now() - begun };
  }

  it('is named within the time that the server takes, and at once when they call again', async () => {
    server.play(names([ANN], 300));
    const first = await popup('0502345678', 'v-1');
    expect(first.name).toBe('Ann Other');
    expect(first.ms).toBeGreaterThanOrEqual(290);
    expect((await popup('0502345678', 'v-2')).name).toBe('Ann Other');
    expect(server.asked).toHaveLength(1);
  });

  it('is named by a CRM as well, which its endpoint is the way to', async () => {
    const crm = new RecordsServer({ takes: (given) => given === 'Bearer crm-key-of-many-letters' });
    const url = `http://127.0.0.1:${String(await crm.listen())}`;
    try {
      const { id } = crm.records.addContact('Ben Other', '050-234-5678');
      const tenant = (await operator.post('/v1/tenants', { name: 'CRM' })).body['id'];
      const own = operator.with({ 'switchhook-tenant': String(tenant) });
      const pbx = { name: 'PBX', dialect: 'voicenter', country: 'IL', timeZone: 'Asia/Jerusalem' };
      const line = made(await own.post('/v1/connections', pbx));
      const draft = { name: 'CRM', url, format: 'espocrm', eventTypes: ['call.ended'] };
      const endpointId = String(made(await own.post('/v1/endpoints', draft))['id']);
      const auth = { kind: 'bearer', token: 'crm-key-of-many-letters' };
      made(await own.put(`/v1/endpoints/${endpointId}/access`, { auth }));
      made(await own.post('/v1/contact-sources', { name: 'CRM', kind: 'crm', endpointId }));
      const path = `${pathOf('popup', line)}?phone=0502345678&ivrid=v-crm&extenUser=101`;
      const popped = (await (await fetch(ingress.url(path))).json()) as Record<string, unknown>;
      expect(popped['CLIENTNAME']).toBe('Ben Other');
      const contact = await until('whose call it is', async () => {
        const { data } = (await own.get('/v1/calls')).body;
        return data[0]?.['contact'];
      });
      expect(contact).toMatchObject({ id: `Contact/${id}`, name: 'Ben Other' });
    } finally {
      await crm.close();
    }
  });

  it('is in the record of the call when the server’s answer came too late for the popup', async () => {
    server.play(names([ANN], 1_390));
    const late = await popup('0522345678', 'v-3');
    expect([late.name, late.ms < DEADLINE_MS + ROOM_MS]).toEqual(['', true]);
    const number = encodeURIComponent('+972522345678');
    await until(
      'the call to be known',
      async () => (await client.get(`/v1/calls?number=${number}`)).body.data[0],
    );
    await until('the answer to be kept', async () => (await popup('0522345678', 'v-4')).name === 'Ann Other');
    const pbx = new Pbx(() => ingress.url(pathOf('cdr')));
    await pbx.post(jsonMessage(cdr({ ivruniqueid: 'v-3', caller: '0522345678' })));
    await pbx.close();
    const contact = await until('whose call it was', async () => {
      const { data } = (await client.get(`/v1/calls?number=${number}`)).body;
      return data.find(({ vendorCallId }) => vendorCallId === 'v-3')?.['contact'];
    });
    expect(contact).toMatchObject({ id: 'crm-7', name: 'Ann Other', company: 'Acme' });
  });

  it('is unknown in time when the server is dead, and soon nobody waits for it', async () => {
    server.play('hang');
    const rings = await Promise.all(
      Array.from({ length: 5 }, (_, at) => popup(`05023450${String(10 + at)}`, `v-dead-${String(at)}`)),
    );
    for (const { name, ms } of rings) expect([name, ms < DEADLINE_MS + ROOM_MS]).toEqual(['', true]);
    const [source] = (await client.get('/v1/contact-sources')).body.data;
    await until('it to be left alone', async () => {
      const { body } = await client.get(`/v1/contact-sources/${String(source?.['id'])}`);
      return (body['health'] as { state: string }).state === 'resting';
    });
    expect((await popup('0502345099', 'v-rest')).ms).toBeLessThan(DEADLINE_MS / 2);
  });

  it('is unknown in time when the worker is gone, and after a while nobody waits for it', async () => {
    const [source] = (await client.get('/v1/contact-sources')).body.data;
    // Asked otherwise, it is as good as new.
    made(await client.patch(`/v1/contact-sources/${String(source?.['id'])}`, { headers: { 'x-new': '1' } }));
    await worker.kill();
    server.play(names([ANN]));
    const alone = await popup('0502345679', 'v-gone');
    expect([alone.name, alone.ms < DEADLINE_MS + ROOM_MS]).toEqual(['', true]);
    await until(
      'ingress to give it up',
      async () => (await popup('0502345679', 'v-gone')).ms < DEADLINE_MS / 2,
    );
    await queues.forgetEverything();
    worker = await product.start('popup');
    await until(
      'a worker to be there again',
      async () => (await popup('0502345679', 'v-back')).name === 'Ann Other',
      30_000,
    );
  });
});
