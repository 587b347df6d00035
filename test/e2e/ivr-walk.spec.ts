import { cdr } from '../builders/cdr.js';
import { FLOW } from '../builders/ivr.js';
import { ApiClient, type Answer } from '../harness/api.js';
import { Crm } from '../harness/crm.js';
import { Pbx, jsonMessage, type PbxAnswer } from '../harness/pbx.js';
import { Product, type ProductProcess } from '../harness/product.js';
import { openTestDatabase, type TestDatabase } from '../harness/test-database.js';
import { until } from '../harness/until.js';

const ADMIN_KEY = `sk_${'e2e'.repeat(15)}`;
const CALL = '20261121092852022555eb61e755c08a';
const DID = '0722776772';
const PATH = [{ layer_id: 'main', layer_name: 'Main', layer_number: 1, Dtmf: 1, dtmf_order: 1 }];

interface IvrReply {
  STATUS: number;
  ACTION?: string;
  DATA?: Record<string, unknown>;
}

describe('a caller in a menu of ours', () => {
  let database: TestDatabase;
  let product: Product;
  let app: ProductProcess;
  let crm: Crm;
  let server: Crm;
  let client: ApiClient;
  let connection: Record<string, unknown>;

  beforeAll(async () => {
    database = await openTestDatabase();
    product = new Product({ DATABASE_URL: database.url, ADMIN_KEY });
    app = await product.start('standalone');
    [crm, server] = await Promise.all([Crm.open(), Crm.open()]);
    const operator = new ApiClient(app.url(), ADMIN_KEY);
    const tenant = (await operator.post('/v1/tenants', { name: 'Acme' })).body['id'];
    client = operator.with({ 'switchhook-tenant': String(tenant) });
    connection = made(await client.post('/v1/connections', { name: 'PBX', dialect: 'voicenter' }));
    made(await client.post('/v1/endpoints', { name: 'CRM', url: crm.url(), eventTypes: ['*'] }));
  });
  afterAll(async () => {
    await product.close();
    await Promise.all([crm.stop(), server.stop()]);
    await database.close();
  });

  function made({ status, body, text }: Answer): Record<string, unknown> {
    if (status > 299) throw new Error(`${status} ${text}`);
    return body;
  }

  /** One message to one of the connection's URLs. */
  async function send(route: string, message: unknown): Promise<PbxAnswer> {
    const urls = connection['ingressUrls'] as { route: string; url: string }[];
    const path = new URL(urls.find((each) => each.route === route)?.url ?? '').pathname;
    const pbx = new Pbx(() => app.url(path));
    const answer = await pbx.post(jsonMessage(message));
    await pbx.close();
    return answer;
  }

  async function ask(said: Record<string, string>): Promise<IvrReply> {
    const DATA = { DID, CALLER_ID: '0501234567', IVR_UNIQUE_ID: CALL, DTMF: '', MENU: '-1', ...said };
    const answer = await send('ivr', { METHOD: 'GET_IVR_ACTION', DATA });
    expect(answer.status).toBe(200);
    return JSON.parse(answer.body) as IvrReply;
  }

  it('hears the flow that was made by REST, goes where its keys lead, and is told of to the CRM with what they said', async () => {
    const flow = made(await client.post('/v1/ivr-flows', { name: 'Main', document: FLOW }));
    const route = `/v1/connections/${String(connection['id'])}/ivr-routes/default`;
    made(await client.put(route, { source: 'flow', flowId: flow['id'] }));

    expect(await ask({})).toMatchObject({
      STATUS: 0,
      ACTION: 'MENU',
      DATA: { REC: 'welcome', MENU: 'main' },
    });
    expect(await ask({ MENU: 'main', PREVIOUS_MENU: '-1', DTMF: '1' })).toMatchObject({
      STATUS: 0,
      ACTION: 'CALL',
      DATA: { TARGET: '101' },
    });
    await send('cdr', cdr({ ivruniqueid: CALL, did: DID, IVR: PATH }));

    const told = await until('the end of the call to be told', () =>
      crm.delivered.find(({ event }) => event.type === 'call.ended'),
    );
    const expected = {
      vendorCallId: CALL,
      customData: { wants: 'sales 1' },
      ivrPath: [{ layerId: 'main', digits: '1' }],
    };
    expect(told.event.data).toMatchObject(expected);
    const [record] = (await client.get(`/v1/calls?id=${CALL}`)).body.data;
    expect(record).toMatchObject(expected);
  });

  it('is decided on by the tenant’s own server for one number, in the PBX’s own words, and by the default where it fails', async () => {
    const route = `/v1/connections/${String(connection['id'])}/ivr-routes/036000000`;
    const defaultAnswer = { action: { do: 'hangup' } };
    made(await client.put(route, { source: 'url', url: server.url(), protocol: 'same', defaultAnswer }));
    const theirs = {
      STATUS: 0,
      ACTION: 'MENU',
      LANGUAGE: 'HE',
      DATA: { REC: 'theirs', LOOP: 1, DELAY: 0, SIZE: 1, MENU: 'own', VALIDATION: 0 },
    };
    server.play({ otherwise: { status: 200, body: JSON.stringify(theirs) } });
    // Routes are remembered for a moment.
    await until(
      'the new route to count',
      async () => (await ask({ DID: '97236000000' })).DATA?.['REC'] === 'theirs',
    );
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({ METHOD: 'GET_IVR_ACTION' });
    server.play({ otherwise: 500 });
    expect(await ask({ DID: '036000000' })).toMatchObject({ STATUS: 0, ACTION: 'HANGUP' });
  });
});
