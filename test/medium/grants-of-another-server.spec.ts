import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConsentingCrm } from '../harness/consenting-crm.js';
import { oweDelivery } from '../builders/delivery.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { GrantOffice, type GrantDesk } from '../harness/grant-office.js';
import { CLIENT, TURNED_AWAY, TestIdentityProvider } from '../harness/identity-provider.js';

const MINUTE = 60_000;

describe('a grant of a server of somebody else’s making', () => {
  let office: GrantOffice;
  let rig: ForwarderRig;
  let provider: TestIdentityProvider;
  let desk: GrantDesk;
  let receiver: Server;

  beforeAll(async () => {
    office = await GrantOffice.open();
  });
  afterAll(() => office.close());
  beforeEach(async () => {
    rig = new ForwarderRig(office.api.world);
    provider = await TestIdentityProvider.open('https://hook.example/oauth/callback');
    const auth = {
      kind: 'oauth2_code',
      authoriseUrl: `${provider.issuer}/auth`,
      tokenUrl: `${provider.issuer}/token`,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      scope: 'openid',
    };
    // Takes what comes with a token by which the server tells whose it is.
    receiver = createServer((request, response) => {
      const { authorization = '' } = request.headers;
      void fetch(`${provider.issuer}/me`, { headers: { authorization } }).then(({ status }) =>
        response.writeHead(status).end(),
      );
    });
    await new Promise<void>((listen) => receiver.listen(0, '127.0.0.1', listen));
    const { port } = receiver.address() as AddressInfo;
    const crm = {
      url: () => `http://127.0.0.1:${String(port)}/`,
      access: () => ({ auth }),
    } as unknown as ConsentingCrm;
    desk = await office.endpoint(crm);
  });
  afterEach(async () => {
    rig.close();
    receiver.closeAllConnections();
    await new Promise((closed) => receiver.close(closed));
    await provider.close();
  });

  const connect = async (login: string) => {
    const asked = await office.ask(desk);
    return office.comeBack(await provider.answer(String(asked.body['url']), login));
  };
  const send = async () => {
    await oweDelivery(office.api.sql, desk.endpoint);
    await rig.drain(desk.endpoint);
  };
  const states = async () => (await rig.deliveries(desk.endpoint)).map(({ state }) => state);

  it('is made with PKCE, used, and renewed with refresh tokens that are good once', async () => {
    expect((await connect('dana')).text).toContain('Connected');
    await send();
    for (let times = 0; times < 3; times += 1) {
      rig.clock.advance(5 * MINUTE);
      await send();
    }
    expect(await rig.attempts(desk.endpoint)).toMatchObject(Array(4).fill({ status: 200 }));
    expect(await states()).toEqual(Array(4).fill('delivered'));
    const version = 'SELECT version FROM endpoint_grant WHERE endpoint_id = $1';
    expect(await office.api.sql.row(version, [desk.endpoint.id])).toEqual({ version: 4 });
  });

  it('is not made where nobody agrees', async () => {
    const page = await connect(TURNED_AWAY);
    expect([page.status, page.text.includes('Nobody agreed on the CRM')]).toEqual([400, true]);
  });

  it('needs attention when its server has forgotten it', async () => {
    await connect('dana');
    await send();
    // As if another one had used it.
    const spent = `UPDATE endpoint_grant SET sealed_refresh = coalesce(sealed_previous, sealed_refresh), sealed_previous = NULL`;
    rig.clock.advance(5 * MINUTE);
    await send();
    await office.api.sql.rows(`${spent} WHERE endpoint_id = $1`, [desk.endpoint.id]);
    rig.clock.advance(5 * MINUTE);
    await send();
    expect(await states()).toEqual(['delivered', 'delivered', 'held']);
    expect(await office.grants(desk)).toMatchObject([{ state: 'needs_attention' }]);
  });
});
