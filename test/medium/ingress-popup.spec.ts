import { DbModule } from '#db';
import { newId, readEnv, startProcess, type RunningProcess } from '#platform';
import { QueuesModule } from '#queues';
import { ingressRoutes } from '../../apps/ingress/ingress-routes.js';
import { IngressModule } from '../../apps/ingress/ingress.module.js';
import { makeContact } from '../builders/contact.js';
import { BACKENDS, type QueueHome } from '../harness/backends.js';
import { SECRET_KEYS, makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const SETTINGS = {
  contactUrl: 'https://crm.example/{externalId}',
  newContactUrl: 'https://crm.example/new?phone={phone}',
};
const EXTENSION = 'chrome-extension://fhgenkpocbhhddlgkjnfghpjanffonno';
const UNKNOWN = {
  STATUS: 'OK',
  URL: 'https://crm.example/new?phone=0722776772',
  CLIENTNAME: '',
  TOTAL: 0,
  COMPANY: '',
};

describe.each(BACKENDS)('popups at the ingress, on $name', ({ home }) => {
  let world: World;
  let queues: QueueHome;
  let ingress: RunningProcess;
  let connection: TestConnection;

  beforeAll(async () => {
    world = await openWorld();
    queues = await home(world.url);
    const env = readEnv({ HOST: '127.0.0.1', PORT: '0', SECRET_KEYS, ...queues.env });
    const imports = [DbModule.with(world.url), QueuesModule.with(world.url), IngressModule];
    ingress = await startProcess('ingress', env, { imports, raw: ingressRoutes }, world.log);
  });
  afterAll(async () => {
    await ingress.close();
    await queues.close();
    await world.close();
  });
  beforeEach(async () => {
    connection = await makeConnection(world.sql, await makeTenant(world.sql), { settings: SETTINGS });
  });

  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${ingress.url.replace('localhost', '127.0.0.1')}${path}`, init);
  const popup = () => connection.path.replace(/cdr$/, 'popup');
  const receipts = () =>
    world.sql.rows<{ route: string; state: string }>(
      'SELECT route, state FROM receipt WHERE connection_id = $1',
      [connection.id],
    );
  const json = async (answer: Promise<Response>): Promise<unknown> => (await answer).json();

  it('seed 003 "POP UP Screen": a known caller is named, and the question is kept', async () => {
    const john = { name: 'John Doe', company: 'Voicenter', externalId: '12345', phones: ['+972722776772'] };
    await makeContact(world.sql, connection.tenantId, john);
    const answer = await send(`${popup()}?phone=0722776772`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toEqual({
      STATUS: 'OK',
      URL: 'https://crm.example/12345',
      CLIENTNAME: 'John Doe',
      TOTAL: 1,
      COMPANY: 'Voicenter',
    });
    expect(await receipts()).toEqual([{ route: 'popup', state: 'due' }]);
  });

  it('an extension whose digits are a number of the country is no stranger with a name', async () => {
    const iceland = await makeConnection(world.sql, connection.tenantId, {
      settings: SETTINGS,
      country: 'IS',
    });
    await makeContact(world.sql, connection.tenantId, { name: 'Stranger', phones: ['+3544561234'] });
    const asked = (query: string) =>
      json(send(`${iceland.path.replace(/cdr$/, 'popup')}?phone=4561234&${query}`));
    expect(await asked('extenUser=101')).toMatchObject({ TOTAL: 1, CLIENTNAME: 'Stranger' });
    expect(await asked('extenUser=101&isInternal=true')).toMatchObject({ TOTAL: 0, CLIENTNAME: '' });
    expect(await asked('extenUser=4561234')).toMatchObject({ TOTAL: 0, CLIENTNAME: '' });
    await world.sql.rows(
      `INSERT INTO extension (id, tenant_id, connection_id, number, aliases, created_at, updated_at)
       VALUES ($1, $2, $3, '4561234', '{}', now(), now())`,
      [newId(), connection.tenantId, iceland.id],
    );
    expect(await asked('extenUser=101')).toMatchObject({ TOTAL: 0, CLIENTNAME: '' });
  });

  it('a caller whom only another tenant knows is unknown', async () => {
    const stranger = await makeTenant(world.sql, 'Other');
    await makeContact(world.sql, stranger, { phones: ['+972722776772'] });
    const body = JSON.stringify({ phone: '0722776772', ivrid: 'v-1', extenUser: '101', status: 'Ringing' });
    expect(await json(send(popup(), { method: 'POST', body }))).toEqual(UNKNOWN);
  });

  it('what cannot be read is kept and answered all the same, never with a 5xx', async () => {
    for (const body of ['[]', '{', '<a/>', 'x=1']) {
      const answer = await send(popup(), { method: 'POST', body });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ STATUS: 'ERROR', TOTAL: 0 });
    }
    expect((await receipts()).map(({ state }) => state)).toEqual(Array(4).fill('unparsed'));
  });

  it('of nobody’s URL is refused in the popup’s words', async () => {
    const answer = await send('/in/swc_nobody/voicenter/popup?phone=1');
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ STATUS: 'ERROR', TOTAL: 0 });
  });

  it('a page of any origin may ask, and read the answer', async () => {
    const headers = { origin: EXTENSION, 'access-control-request-headers': 'content-type, x-own' };
    for (const path of [
      popup(),
      connection.path,
      '/in/swc_nobody/voicenter/popup',
      '/in/anything',
      '/in/a/b/c/d',
    ]) {
      const allowed = await send(path, { method: 'OPTIONS', headers });
      expect([path, allowed.status, await allowed.text()]).toEqual([path, 204, '']);
      expect(allowed.headers.get('access-control-allow-origin')).toBe('*');
      expect(allowed.headers.get('access-control-allow-methods')).toContain('POST');
      expect(allowed.headers.get('access-control-allow-headers')).toBe('content-type, x-own');
    }
    const asked = await send(`${popup()}?phone=0722776772`, { headers: { origin: EXTENSION } });
    expect(asked.headers.get('access-control-allow-origin')).toBe('*');
    expect(await receipts()).toHaveLength(1);
  });

  it('HEAD says whether a URL is right, without a word and without keeping anything', async () => {
    const right = await send(`${popup()}?phone=0722776772`, { method: 'HEAD' });
    expect([right.status, await right.text()]).toEqual([200, '']);
    for (const path of ['/in/swc_nobody/voicenter/popup', popup().replace('voicenter', 'globalex')]) {
      expect((await send(path, { method: 'HEAD' })).status).toBe(404);
    }
    expect(await receipts()).toEqual([]);
  });

  it('other methods are refused as before', async () => {
    expect((await send(connection.path, { method: 'PUT', body: 'x' })).status).toBe(405);
  });
});
