/** Bodies as PBXs send them, by HTTP through the ingress, and the events that they come to. */
import { gzipSync } from 'node:zlib';
import { DbModule } from '#db';
import { readEnv, startProcess, type RunningProcess } from '#platform';
import { QueuesModule } from '#queues';
import { ingressRoutes } from '../../apps/ingress/ingress-routes.js';
import { IngressModule } from '../../apps/ingress/ingress.module.js';
import { BACKENDS, type QueueHome } from '../harness/backends.js';
import { EnricherRig, type Payload } from '../harness/enricher-rig.js';
import { SECRET_KEYS, makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const FORM = 'application/x-www-form-urlencoded';
const CDR = 'ivruniqueid=1&caller=0501234567&type=Incoming+Call&status=ANSWER';
const JSON_CDR = '{"ivruniqueid":"1","caller":"0501234567","representativename":"שלום"}';
const XML = (prolog: string, name: string) =>
  `${prolog}<methodCall><methodName>CDR</methodName><params><param><value><struct>` +
  `<member><name>ivruniqueid</name><value><string>1</string></value></member>` +
  `<member><name>representativename</name><value><string>${name}</string></value></member>` +
  `</struct></value></param></params></methodCall>`;
const REC = ['https://rec.example/1.mp3', 'https://rec.example/2.mp3'];

describe.each(BACKENDS)('bodies from the field, on $name', ({ home }) => {
  let world: World;
  let queues: QueueHome;
  let ingress: RunningProcess;
  let rig: EnricherRig;

  beforeAll(async () => {
    world = await openWorld();
    queues = await home(world.url);
    const env = readEnv({ HOST: '127.0.0.1', PORT: '0', SECRET_KEYS, ...queues.env });
    const imports = [DbModule.with(world.url), QueuesModule.with(world.url), IngressModule];
    ingress = await startProcess('ingress', env, { imports, raw: ingressRoutes }, world.log);
    rig = new EnricherRig(world);
  });
  afterAll(async () => {
    await ingress.close();
    await queues.close();
    await world.close();
  });

  const connect = async (traits: { dialect?: string; country?: string } = {}) =>
    makeConnection(world.sql, await makeTenant(world.sql), traits);
  const send = async (
    { basePath }: TestConnection,
    path: string,
    body?: string | Uint8Array | FormData,
    headers: Record<string, string> = {},
  ): Promise<string> => {
    const url = `${ingress.url.replace('localhost', '127.0.0.1')}${basePath}/${path}`;
    const bytes = body instanceof Uint8Array ? Buffer.from(body) : body;
    const answer = await fetch(url, bytes === undefined ? {} : { method: 'POST', body: bytes, headers });
    expect(answer.status).toBe(200);
    return answer.text();
  };
  /** What the last event of the connection's one call says of it. */
  const told = async (connection: TestConnection): Promise<Payload | undefined> => {
    await rig.drain(connection);
    expect(await rig.receipts(connection)).not.toContainEqual(expect.objectContaining({ state: 'unparsed' }));
    return (await rig.events(connection)).at(-1)?.payload;
  };

  it.each<[string, string, string | Uint8Array, Record<string, string>]>([
    ['a form in windows-1255', 'cdr', `${CDR}&representativename=%F9%EC%E5%ED`, { 'content-type': FORM }],
    ['UTF-16 JSON', 'cdr', Buffer.from(JSON_CDR, 'utf16le'), { 'content-type': 'application/json' }],
    ['gzip', 'cdr', gzipSync(JSON_CDR), { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
    ['JSON in a form', 'cdr', `payload=${encodeURIComponent(JSON_CDR)}`, { 'content-type': FORM }],
    [
      'XML-RPC in ISO 8859-8',
      'cdr',
      Buffer.from(XML('<?xml version="1.0" encoding="ISO-8859-8"?>', '\xf9\xec\xe5\xed'), 'latin1'),
      { 'content-type': 'text/xml' },
    ],
    [
      'XML-RPC that says ISO 8859-1 and is UTF-8',
      'cdr',
      XML('<?xml version="1.0" encoding="ISO-8859-1"?>', 'שלום'),
      { 'content-type': 'text/xml' },
    ],
  ])("an agent's name in %s is told to CRMs", async (_what, path, body, headers) => {
    const connection = await connect();
    expect(await send(connection, path, body, headers)).not.toMatch(/Parse error/);
    expect(await told(connection)).toMatchObject({ agent: { name: 'שלום' } });
  });

  it('a multipart form is read', async () => {
    const connection = await connect();
    const form = new FormData();
    for (const [name, value] of new URLSearchParams(CDR)) form.set(name, value);
    form.set('representativename', 'שלום');
    expect(JSON.parse(await send(connection, 'cdr', form))).toEqual({ err: 0, errdesc: 'OK' });
    expect(await told(connection)).toMatchObject({ result: 'answered', agent: { name: 'שלום' } });
  });

  it('the country of the connection decides what is not UTF-8', async () => {
    const connection = await connect({ country: 'RU' });
    await send(connection, 'cdr', `${CDR}&representativename=%CF%F0%E8%E2%E5%F2`, { 'content-type': FORM });
    expect(await told(connection)).toMatchObject({ agent: { name: 'Привет' } });
  });

  it('a form that repeats a name tells of two recordings', async () => {
    const connection = await connect();
    await send(connection, 'cdr', `${CDR}&record=${REC[0]}&record=${REC[1]}`, { 'content-type': FORM });
    expect((await told(connection))?.['recordings']).toHaveLength(2);
  });

  it('numbers beyond what doubles hold keep every digit', async () => {
    const connection = await connect();
    const body =
      '{"ivruniqueid":20180913161553001234,"caller":972501234567,"customdata":{"deal":9007199254740993}}';
    await send(connection, 'cdr', body, { 'content-type': 'application/json' });
    expect(await told(connection)).toMatchObject({ customData: { deal: '9007199254740993' } });
    expect((await rig.events(connection)).at(-1)?.call).toBe('20180913161553001234');
  });

  it('a popup that comes by POST with all in its URL is answered', async () => {
    const connection = await connect();
    for (const body of ['{}', '[]', 'null', ' ']) {
      const answer = await send(connection, 'popup?phone=0501234567&ivrid=p1&statusCall=Ringing', body, {
        'content-type': 'application/json',
      });
      expect(JSON.parse(answer)).toMatchObject({ STATUS: 'OK' });
    }
    expect(await told(connection)).toMatchObject({ from: { original: '0501234567' } });
  });

  it.each([
    [
      'a second question mark',
      'event?kind=3?CallID=v1&CallerIDNum=0501234567&CalledExtension=0003*210&CallStatus=ANSWER',
    ],
    ['&amp; for &', 'event?kind=3&amp;CallID=v1&amp;CallerIDNum=0501234567&amp;CalledExtension=0003*210'],
    [
      'a stray percent sign',
      'event?kind=3&CallID=v1&CallerIDNum=0501234567&CalledExtension=0003*210&CallerIDName=100%',
    ],
    [
      'a name in windows-1255',
      'event?kind=3&CallID=v1&CallerIDNum=0501234567&CalledExtension=0003*210&CallerIDName=%F9',
    ],
  ])('a URL with %s is read', async (_what, path) => {
    const connection = await connect({ dialect: 'voipnow' });
    await send(connection, path);
    expect(await told(connection)).toMatchObject({
      result: 'answered',
      from: { original: '0501234567' },
      extension: '0003*210',
    });
  });
});
