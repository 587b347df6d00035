/** Values as the field fills them in: by HTTP through the ingress, read by the enricher, seen at the API. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { DbModule, ReceiptInbox } from '#db';
import { writeCall } from '#dialects';
import { readEnv, startProcess, type RunningProcess } from '#platform';
import { QueuesModule } from '#queues';
import { ingressRoutes } from '../../apps/ingress/ingress-routes.js';
import { IngressModule } from '../../apps/ingress/ingress.module.js';
import { cdr } from '../builders/cdr.js';
import { receipt } from '../builders/receipt.js';
import { openApi, type Json, type TestApi, type TestTenant } from '../harness/api.js';
import { EnricherRig } from '../harness/enricher-rig.js';
import { SECRET_KEYS, makeConnection, type TestConnection } from '../harness/tenant.js';

let api: TestApi;
let ingress: RunningProcess;
let rig: EnricherRig;
let tenant: TestTenant;
beforeAll(async () => {
  api = await openApi();
  const env = readEnv({ HOST: '127.0.0.1', PORT: '0', SECRET_KEYS });
  const { url } = api.world;
  const imports = [DbModule.with(url), QueuesModule.with(url), IngressModule];
  ingress = await startProcess('ingress', env, { imports, raw: ingressRoutes }, api.world.log);
  rig = new EnricherRig(api.world);
  tenant = await api.tenant();
});
afterAll(async () => {
  await ingress.close();
  await api.close();
});

async function send(
  connection: TestConnection,
  body: string | Uint8Array,
  { route = 'cdr', headers = {} } = {},
): Promise<string> {
  const url = `${ingress.url.replace('localhost', '127.0.0.1')}${connection.basePath}/${route}`;
  const answer = await fetch(url, { method: 'POST', body: Buffer.from(body), headers });
  expect(answer.status).toBe(200);
  return answer.text();
}

const callsOf = async (connection: TestConnection): Promise<Json[]> =>
  (await tenant.client.get(`/v1/calls?connectionId=${connection.id}`)).body.data;
const problemsOf = async (connection: TestConnection): Promise<Json[]> =>
  (await tenant.client.get(`/v1/receipts?connectionId=${connection.id}`)).body.data;

describe('a value that cannot be read', () => {
  it('costs the call nothing but itself, and is shown with the call and in the health of its connection', async () => {
    const connection = await makeConnection(api.sql, tenant.id);
    await send(connection, JSON.stringify(cdr({ duration: '0:45', dialtime: 'n/a', price: '₪0.07' })));
    await rig.drain(connection);
    expect(await callsOf(connection)).toMatchObject([
      {
        result: 'answered',
        talkSeconds: 45,
        ringSeconds: null,
        price: null,
        unreadableFields: ['dialtime', 'price'],
        raw: { dialtime: 'n/a', price: '₪0.07' },
      },
    ]);
    const { body } = await tenant.client.get(`/v1/connections/${connection.id}/health`);
    expect(body['unreadableFields']).toMatchObject([
      { name: 'price', count: 1 },
      { name: 'dialtime', count: 1 },
    ]);
    expect(body['warnings']).toContainEqual(expect.objectContaining({ code: 'fields.unreadable' }));
  });
});

describe('a list of three CDRs, of which the second has no id', () => {
  const [first, third] = [cdr({ ivruniqueid: 'first' }), cdr({ ivruniqueid: 'third' })];
  const { ivruniqueid: _, ...second } = cdr({ caller: '0507654321' });
  const list = [first, second, third];
  const JSON_TYPE = { 'content-type': 'application/json' };

  it.each<[string, string | Uint8Array, Record<string, string>]>([
    ['JSON', JSON.stringify(list), JSON_TYPE],
    ['compressed JSON', gzipSync(JSON.stringify(list)), { ...JSON_TYPE, 'content-encoding': 'gzip' }],
    ['XML-RPC', writeCall('CDR', [list as never]), { 'content-type': 'text/xml' }],
    ['XML-RPC with a parameter for each', writeCall('CDR', list as never[]), {}],
  ])('makes two calls and a problem that can be replayed: %s', async (_what, body, headers) => {
    const connection = await makeConnection(api.sql, tenant.id);
    expect(await send(connection, body, { headers })).toMatch(/"err":0|<name>err<\/name><value><int>0</);
    await rig.drain(connection);
    const ids = async () => (await callsOf(connection)).map(({ vendorCallId }) => vendorCallId).sort();
    expect(await ids()).toEqual(['first', 'third']);
    const problems = await problemsOf(connection);
    expect(problems).toMatchObject([
      { state: 'unparsed', reason: 'The CDR has no ivruniqueid. (CDR 2 of 3)' },
    ]);

    // The list itself can be replayed too, and doubles neither its calls nor its problem.
    const [whole] = await api.sql.rows<{ id: string }>(
      `SELECT id FROM receipt WHERE connection_id = $1 AND state = 'done'`,
      [connection.id],
    );
    expect((await tenant.client.post(`/v1/receipts/${String(whole?.id)}/replay`, {})).status).toBe(202);
    await rig.drain(connection);
    expect(await ids()).toEqual(['first', 'third']);
    expect(await problemsOf(connection)).toHaveLength(1);

    // What would be after a fix: the element is all that its receipt holds, so what is read of it is its call.
    await api.sql.rows(
      `UPDATE receipt SET body = convert_to(replace(convert_from(body, 'UTF8'), 'caller', 'ivrid'), 'UTF8')
       WHERE id = $1`,
      [problems[0]?.['id']],
    );
    const path = `/v1/receipts/${String(problems[0]?.['id'])}/replay`;
    expect((await tenant.client.post(path, {})).status).toBe(202);
    await rig.drain(connection);
    expect(await ids()).toEqual(['0507654321', 'first', 'third']);
    expect(await problemsOf(connection)).toEqual([]);
  });

  it('keeps what is no message at all, each apart', async () => {
    const connection = await makeConnection(api.sql, tenant.id);
    await send(connection, JSON.stringify([null, first, 'x', 5, true, [7]]));
    await rig.drain(connection);
    expect(await callsOf(connection)).toHaveLength(1);
    const bodies = await api.sql.rows<{ body: Buffer }>(
      `SELECT body FROM receipt WHERE connection_id = $1 AND state = 'unparsed' ORDER BY id`,
      [connection.id],
    );
    expect(bodies.map(({ body }) => JSON.parse(body.toString()) as unknown)).toEqual([
      null,
      'x',
      5,
      true,
      [7],
    ]);
  });

  it('keeps a body full of rubbish in no more receipts than anybody looks at', async () => {
    const connection = await makeConnection(api.sql, tenant.id);
    await send(connection, JSON.stringify([first, ...Array.from({ length: 5_000 }, (_, index) => index)]));
    const { count } = await api.sql.row<{ count: string }>(
      `SELECT count(*) FROM receipt WHERE connection_id = $1 AND state = 'unparsed'`,
      [connection.id],
    );
    expect(Number(count)).toBe(100);
  });
});

describe('text that no index holds', () => {
  const noise = (length: number) =>
    Array.from({ length }, (_, index) => String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000))).join('');

  it('is in the record of the call', async () => {
    const connection = await makeConnection(api.sql, tenant.id);
    const caller = noise(3_000);
    await send(
      connection,
      JSON.stringify(cdr({ caller, representativename: noise(3_000), did: noise(3_000) })),
    );
    await rig.drain(connection);
    const [call] = await callsOf(connection);
    expect(call).toMatchObject({ from: { original: caller }, agent: { name: noise(3_000) } });
    expect(await problemsOf(connection)).toEqual([]);
  });

  it('keeps an id of any length one call, found by it', async () => {
    const connection = await makeConnection(api.sql, tenant.id);
    const ids = ['i'.repeat(65), `a b&c%/ש"${'x'.repeat(200)}`, noise(255), noise(400)];
    for (const ivruniqueid of ids) {
      await send(connection, JSON.stringify(cdr({ ivruniqueid })));
      await send(connection, JSON.stringify(cdr({ ivruniqueid, record: 'https://pbx.example/1.mp3' })));
    }
    await rig.drain(connection);
    expect(await callsOf(connection)).toHaveLength(ids.length);
    for (const id of ids) {
      const { status, body } = await tenant.client.get(`/v1/calls?id=${encodeURIComponent(id)}`);
      expect([status, body.data.length]).toEqual([200, 1]);
    }
  });
});

const MESSAGES: Record<string, [route: string, id: string, fields: string[]]> = {
  voicenter: [
    'cdr',
    'ivruniqueid',
    [
      ...['caller', 'target', 'time', 'duration', 'type', 'status', 'did', 'queueid', 'queuename', 'record'],
      ...['price', 'dialtime', 'representativename', 'representativecode', 'targetextension', 'direction'],
      ...['DepartmentID', 'DepartmentName', 'CustomData', 'IVR', 'aiData', 'OriginalIvrUniqueID', 'other'],
    ],
  ],
  voipnow: [
    'hangup',
    'CallID',
    [
      'CallAPIID',
      'CallerIDNum',
      'CallerIDName',
      'CalledDID',
      'CalledExtension',
      'CallStatus',
      'CallFlow',
      'x',
    ],
  ],
  globalex: [
    'end',
    'callid',
    ['caller', 'target', 'time', 'duration', 'type', 'status', 'targetextension', 'did', 'queueid', 'record'],
  ],
};

/** Three hundred odd messages are read and written. */
const A_MINUTE_MS = 60_000;

it.each(Object.entries(MESSAGES))(
  'whatever stands in whatever field of %s, it is a call',
  async (dialect, [route, id, names]) => {
    const connection = await makeConnection(api.sql, tenant.id, { dialect });
    const inbox = new ReceiptInbox(api.world.hot);
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('\ud800', 'a\0b', '\u202e', '😀'.repeat(3_000), '{"a":"\\u0000"}', '[[[]]]', '1e308'),
    );
    const value = fc.oneof(
      text,
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(1e308, -1, true, null, 2 ** 70),
    );
    const message = fc.tuple(
      fc.dictionary(fc.constantFrom(...names), value, { minKeys: 1 }),
      fc.dictionary(fc.oneof(text, fc.constantFrom('\0', '__proto__')), value, { maxKeys: 3 }),
    );
    const messages = fc.sample(message, { numRuns: 300, seed: 9 });
    const odd = { customdata: { big: 'x'.repeat(400_000) }, ...manyMembers(5_000) };
    const bodies = [...messages, [odd, {}] as const].map(([fields, others], index) => {
      const body = { ...others, ...fields, [id]: `call ${String(index)}` };
      delete (body as Record<string, unknown>)['CallAPIID'];
      return JSON.stringify(body);
    });
    await Promise.all(bodies.map((body) => inbox.keep(receipt(connection, { route, body }))));
    await rig.drain(connection);
    const odds = (await rig.receipts(connection)).filter(({ state }) => state !== 'done');
    expect(odds).toEqual([]);
    expect(await api.sql.count('SELECT count(*) FROM call WHERE connection_id = $1', [connection.id])).toBe(
      messages.length + 1,
    );
  },
  A_MINUTE_MS,
);

function manyMembers(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${String(index)}`, 'x']));
}
