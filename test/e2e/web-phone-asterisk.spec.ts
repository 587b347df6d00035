/** A real Asterisk behind the edge: an order of ours rings in a page, which knows it by our id and hears the customer. */
import { BACKENDS } from '../harness/backends.js';
import { AsteriskDesk } from '../harness/asterisk/asterisk-desk.js';
import { testAsterisk } from '../harness/asterisk/test-asterisk.js';
import { Baresip, TONE_HZ } from '../harness/edge/baresip.js';
import { hasEdgePrograms } from '../harness/edge/edge-programs.js';
import { Edge } from '../harness/edge/edge.js';
import { Opened } from '../harness/edge/opened.js';
import { PhonePages, type PhonePage } from '../harness/edge/phone-pages.js';
import { freePort } from '../harness/free-port.js';
import { until } from '../harness/until.js';

const DOMAIN = 'phones.example';
const EXTENSION = '110';
const PASSWORD = 'correct-horse';
const CUSTOMER = '0501234577';
const HZ_OFF = 12;

const program = await testAsterisk();
const [backend] = BACKENDS;
const isThere = program !== undefined && backend !== undefined && hasEdgePrograms();

(isThere ? describe : describe.skip)('the web phone of an extension of a real Asterisk', () => {
  const opened = new Opened();
  let desk: AsteriskDesk;
  let edge: Edge;
  let customer: Baresip;
  let pages: PhonePages;
  let page: PhonePage;

  beforeAll(async () => {
    if (program === undefined || backend === undefined) return;
    const world = { host: '127.0.0.2', port: await freePort() };
    [desk, customer, pages] = await Promise.all([
      opened.add(
        AsteriskDesk.open(backend, program, { registering: { [EXTENSION]: PASSWORD }, trunkAt: world }),
      ),
      opened.add(Baresip.start({ account: `${CUSTOMER}@${world.host}`, at: world })),
      opened.add(PhonePages.open()),
    ]);
    edge = await opened.add(
      Edge.start({
        tenants: { [DOMAIN]: `sip:${desk.office.sip}` },
        pbxAddresses: ['127.0.0.1'],
      }),
    );
    page = await pages.open();
    const settings = { user: EXTENSION, password: PASSWORD, wsUrl: edge.wsUrl, domain: DOMAIN };
    await page.register(settings);
  });
  afterAll(() => opened.close());

  it('is refused by the PBX where the password is wrong', async () => {
    const stranger = await pages.open();
    const settings = { user: EXTENSION, password: 'wrong', wsUrl: edge.wsUrl, domain: DOMAIN };
    await stranger.does('initiate', settings);
    await stranger.tells('onRegisterFailed');
    await stranger.page.close();
  });

  it('rings with our id when we are asked to call, hears the customer, and ends when we are asked to', async () => {
    const ordering = desk.orderUntilPlaced(EXTENSION, CUSTOMER);
    const id = await page.tells('onRinging');
    expect(id).toMatch(/^\d{14}[0-9a-f]{18}$/);
    await page.does('answer', id);
    await page.tells('onCallAnswer');
    await customer.tells('CALL_INCOMING');
    customer.command('accept');
    await until('the tone', async () => Math.abs((await page.loudestHz()) - TONE_HZ) < HZ_OFF);

    const order = await ordering;
    const call = await until('the call to be known', async () =>
      (await desk.records()).get(order.vendorCallId ?? ''),
    );
    await desk.ask('POST', `/v1/calls/${call.id}/hang-up`);
    expect(await page.tells('onCallEnd')).toBe(id);
    await customer.tells('CALL_CLOSED');
  });

  it('calls a customer through the PBX', async () => {
    await page.does('call', CUSTOMER);
    const [call] = await Promise.all([page.tells('onCall'), customer.tells('CALL_INCOMING')]);
    customer.command('accept');
    await page.tells('onCallAnswer');
    await until('the tone', async () => Math.abs((await page.loudestHz()) - TONE_HZ) < HZ_OFF);
    await page.does('hangUp', call);
    await customer.tells('CALL_CLOSED');
    expect(await page.tells('onCallEnd')).toBe(call);
  });
});
