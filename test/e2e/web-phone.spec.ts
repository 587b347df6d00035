/** The web phone in a real browser, over a real edge, with a plain SIP phone of another maker at the other end. */
import { setTimeout as delay } from 'node:timers/promises';
import { Baresip, TONE_HZ } from '../harness/edge/baresip.js';
import { hasEdgePrograms } from '../harness/edge/edge-programs.js';
import { Edge } from '../harness/edge/edge.js';
import { Opened } from '../harness/edge/opened.js';
import { PhonePages, type PhonePage } from '../harness/edge/phone-pages.js';
import { until } from '../harness/until.js';

const DOMAIN = 'phones.example';
const PASSWORD = 'correct-horse';
/** Bins of the spectrum are 6 Hz wide. */
const HZ_OFF = 12;
/** Packets of five seconds: for longer than the edge keeps the ports of a call that was refused, as each is before its password. */
const LONG = 250;
/** Several packets' worth: one is 20 ms. */
const QUIET_MS = 300;
const RECONNECTED_WITHIN_MS = 15_000;
const SILENCE = 1e-6;
/** Louder than any noise, of 32,767. */
const AUDIBLE = 1_000;

/** The edge with accounts of its own, or before a PBX that speaks nothing but plain SIP, which here is another edge. */
const MODES = ['registrar', 'proxy'] as const;

(hasEdgePrograms() ? describe : describe.skip).each(MODES)('the web phone over the edge as %s', (mode) => {
  const opened = new Opened();
  let pbx: Edge;
  let edge: Edge;
  let pages: PhonePages;
  let dana: PhonePage;
  let omer: PhonePage;
  let customer: Baresip;

  const account = (user: string, password = PASSWORD) => ({
    user,
    password,
    wsUrl: edge.wsUrl,
    domain: DOMAIN,
    iceServers: [],
  });

  beforeAll(async () => {
    const accounts = Object.fromEntries(['101', '102', '200'].map((user) => [`${user}@${DOMAIN}`, PASSWORD]));
    [pbx, pages] = await Promise.all([opened.add(Edge.start({ accounts })), opened.add(PhonePages.open())]);
    const tenants = { [DOMAIN]: `sip:${pbx.sip}` };
    edge =
      mode === 'registrar' ? pbx : await opened.add(Edge.start({ tenants, pbxAddresses: [pbx.address] }));
    [dana, omer, customer] = await Promise.all([
      pages.open(),
      pages.open(),
      opened.add(
        Baresip.start({ account: `200@${DOMAIN}`, registers: { password: PASSWORD, proxy: pbx.sip } }),
      ),
    ]);
    await Promise.all([dana.register(account('101')), omer.register(account('102'))]);
  });
  afterAll(() => opened.close());

  /** One page calls another, which answers. */
  async function talk(): Promise<{ hers: string; his: string }> {
    await dana.does('call', '102');
    const [hers, his] = await Promise.all([dana.tells('onCall'), omer.tells('onRinging')]);
    // Nobody gave the call another one.
    expect(his).toBe(hers);
    await omer.does('answer', his);
    await Promise.all([dana.tells('onCallAnswer'), omer.tells('onCallAnswer')]);
    return { hers, his };
  }

  /** The page calls the plain phone, which answers. */
  async function talkToCustomer(): Promise<string> {
    await dana.does('call', '200');
    const [call] = await Promise.all([dana.tells('onCall'), customer.tells('CALL_INCOMING')]);
    customer.command('accept');
    await Promise.all([dana.tells('onCallAnswer'), customer.tells('CALL_ESTABLISHED')]);
    return call;
  }

  const hears = (page: PhonePage, more: number) => async () => {
    const { received } = await page.media();
    return received > more;
  };

  it('is told that a password is wrong', async () => {
    const stranger = await pages.open();
    await stranger.does('initiate', account('101', 'wrong'));
    await stranger.tells('onRegisterFailed');
    await stranger.page.close();
  });

  it('talks from page to page, with packets both ways, and is silent while it is muted', async () => {
    const { hers, his } = await talk();
    await until('packets both ways', async () => (await hears(dana, LONG)()) && (await hears(omer, LONG)()));
    await until('the beep of the microphone', async () => (await omer.media()).energy > 0);

    await dana.does('mute', hers);
    // What was on its way is heard yet; after it there is a time longer than the microphone's second in which nothing is.
    await until('silence', async () => {
      const before = await omer.media();
      const after = await until('more to be heard', async () => {
        const now = await omer.media();
        return now.heardSeconds > before.heardSeconds + 1.2 ? now : undefined;
      });
      return after.energy - before.energy < SILENCE;
    });

    await dana.does('unmute', hers);
    const { energy } = await omer.media();
    await until('the beep again', async () => (await omer.media()).energy > energy + 1e-5);
    await dana.does('hangUp', hers);
    expect(await omer.tells('onCallEnd')).toBe(his);
    expect(await dana.tells('onCallEnd')).toBe(hers);
  });

  it('is hung up by the other side', async () => {
    const { hers, his } = await talk();
    await omer.does('hangUp', his);
    expect(await dana.tells('onCallEnd')).toBe(hers);
    expect(await omer.tells('onCallEnd')).toBe(his);
  });

  it('is told that nobody has a number', async () => {
    const call = await dana.does('call', '999');
    expect(await dana.tells('onCallFailed')).toBe(call);
  });

  it('tells a caller that is rejected from one that is not answered', async () => {
    await dana.does('call', '102');
    const hers = await dana.tells('onCall');
    await omer.does('hangUp', await omer.tells('onRinging'));
    expect(await dana.tells('onCallRejected')).toBe(hers);
    expect(await omer.tells('onCallRejected')).toBe(hers);
  });

  it('stops ringing when the caller gives up', async () => {
    await dana.does('call', '102');
    const hers = await dana.tells('onCall');
    const his = await omer.tells('onRinging');
    await dana.does('hangUp', hers);
    expect(await omer.tells('onCallEnd')).toBe(his);
    expect(await dana.tells('onCallEnd')).toBe(hers);
  });

  it('hears a plain phone, is heard by it, and its keys reach it', async () => {
    const call = await talkToCustomer();
    await until('the tone', async () => Math.abs((await dana.loudestHz()) - TONE_HZ) < HZ_OFF);
    await until('a recording that is not silent', () => customer.loudest() > AUDIBLE);
    await dana.does('dtmf', '5', call);
    expect(await customer.tells('CALL_DTMF_START')).toMatchObject({ param: '5' });
    customer.command('hangup');
    expect(await dana.tells('onCallEnd')).toBe(call);
    await customer.tells('CALL_CLOSED');
  });

  it('takes the call of a plain phone, whose tone it hears', async () => {
    customer.command('dial', `sip:101@${DOMAIN}`);
    const call = await dana.tells('onRinging');
    await dana.does('answer', call);
    await dana.tells('onCallAnswer');
    await until('the tone', async () => Math.abs((await dana.loudestHz()) - TONE_HZ) < HZ_OFF);
    await dana.does('hangUp', call);
    await customer.tells('CALL_CLOSED');
    expect(await dana.tells('onCallEnd')).toBe(call);
  });

  it('sends and hears nothing while a call is held', async () => {
    const call = await talkToCustomer();
    await until('packets', hears(dana, 10));
    await dana.does('hold', call);
    await until('no more packets', async () => {
      const before = await dana.media();
      await delay(QUIET_MS);
      const after = await dana.media();
      return after.received === before.received;
    });
    const { received } = await dana.media();
    await dana.does('unhold', call);
    await until('packets again', hears(dana, received + 10));
    await dana.does('hangUp', call);
    await Promise.all([dana.tells('onCallEnd'), customer.tells('CALL_CLOSED')]);
  });

  it('transfers the customer to somebody else', async () => {
    const call = await talkToCustomer();
    const moved = dana.does('transfer', '102', call);
    const his = await omer.tells('onRinging');
    await omer.does('answer', his);
    await omer.tells('onCallAnswer');
    expect(await moved).toBe(true);
    await until('the tone', async () => Math.abs((await omer.loudestHz()) - TONE_HZ) < HZ_OFF);
    expect(await dana.tells('onCallEnd')).toBe(call);
    await omer.does('hangUp', his);
    await omer.tells('onCallEnd');
  });

  it('registers again after the edge was restarted, and is called', async () => {
    await edge.stopProxy();
    await dana.tells('onDisconnect');
    await edge.startProxy();
    await dana.tells('onRegister', RECONNECTED_WITHIN_MS);
    customer.command('dial', `sip:101@${DOMAIN}`);
    const call = await dana.tells('onRinging');
    await dana.does('hangUp', call);
    await customer.tells('CALL_CLOSED');
    expect(await dana.tells('onCallRejected')).toBe(call);
  });
});
