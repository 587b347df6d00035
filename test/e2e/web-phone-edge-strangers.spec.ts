/** What browsers that nobody has let in, and those that were, cannot make the edge do. */
import { BrowserProbe } from '../harness/edge/browser-probe.js';
import { hasEdgePrograms } from '../harness/edge/edge-programs.js';
import { Edge, type EdgeSetUp } from '../harness/edge/edge.js';
import { SipProbe } from '../harness/edge/sip-probe.js';
import { randomId, valuesOf } from '../harness/edge/sip-text.js';

const DOMAIN = 'phones.example';
const OTHER_DOMAIN = 'others.example';
const PASSWORD = 'correct-horse';
const [PBX, ELSEWHERE] = ['127.0.0.2', '127.0.0.9'];
/** As settings.cfg has it. */
const MAX_WRONG_PASSWORDS = 20;
const MADE_UP = [
  'X-IVR-UNIQUE-ID: made-up',
  'x-ivr-unique-id : made-up',
  'P-Asserted-Identity: <sip:made-up@phones.example>',
  'P-Preferred-Identity: <sip:made-up@phones.example>',
  'Remote-Party-ID: <sip:made-up@phones.example>;party=calling',
  'Diversion: <sip:made-up@phones.example>',
  'History-Info: <sip:made-up@phones.example>;index=1',
  'Record-Route: <sip:made-up.example;lr>',
  'Path: <sip:made-up.example;lr>',
];

(hasEdgePrograms() ? describe : describe.skip).each(['registrar', 'proxy'] as const)(
  'the edge as %s',
  (mode) => {
    const closes: (() => unknown)[] = [];
    let edge: Edge;
    let pbx: SipProbe;
    let browser: BrowserProbe;

    beforeAll(async () => {
      pbx = await SipProbe.open(PBX, 0);
      const setUp: EdgeSetUp =
        mode === 'proxy'
          ? { tenants: { [DOMAIN]: `sip:${pbx.at}` }, pbxAddresses: [PBX] }
          : {
              accounts: {
                [`101@${DOMAIN}`]: PASSWORD,
                [`102@${DOMAIN}`]: PASSWORD,
                [`102@${OTHER_DOMAIN}`]: PASSWORD,
              },
            };
      edge = await Edge.start(setUp);
      pbx.to = edge.sipPort;
      pbx.answersWith = 481;
    });
    afterAll(async () => {
      await edge.close();
      pbx.close();
    });
    beforeEach(async () => {
      pbx.heard.length = 0;
      browser = await connected();
    });
    afterEach(async () => {
      for (const close of closes.splice(0).reverse()) await close();
    });

    const connected = async (): Promise<BrowserProbe> => {
      const opened = await BrowserProbe.open(edge.wsUrl);
      closes.push(() => opened.close());
      return opened;
    };
    const elsewhere = async (): Promise<SipProbe> => {
      // The port is the PBX's: where only the host is another one, it is heard too.
      const opened = await SipProbe.open(ELSEWHERE, edge.sipPort, pbx.port);
      closes.push(() => opened.close());
      return opened;
    };
    const own = () => `Route: <sip:${edge.sip};lr>`;

    describe.each(['OPTIONS', 'INVITE', 'MESSAGE', 'BYE', 'NOTIFY'])('to a %s of no call', (method) => {
      it.each<[what: string, asked: (at: string) => [uri: string, headers: string[]]]>([
        ['a route', (at) => [`sip:x@${DOMAIN}`, [own(), `Route: <sip:${at};lr>`]]],
        ['a route in one line', (at) => [`sip:x@${DOMAIN}`, [`${own()}, <sip:${at};lr>`]]],
        [
          'a route that says it is to a browser',
          (at) => [`sip:x@${DOMAIN}`, [own(), `Route: <sip:${at};lr;to=transport=ws>`]],
        ],
        ['a strict route', (at) => [`sip:${edge.sip};lr`, [`Route: <sip:x@${at}>`]]],
        ['its own address', (at) => [`sip:x@${at}`, [own()]]],
        ['an alias', (at) => [`sip:x@page.invalid;alias=${at.replace(':', '~')}~1`, [own()]]],
        [
          'a PBX that is said to be elsewhere',
          (at) => [`sip:x@${pbx.at};maddr=${at.split(':')[0] ?? ''}`, [own()]],
        ],
        ['no route', (at) => [`sip:x@${at}`, []]],
      ])('goes nowhere by %s', async (_, asked) => {
        const ear = await elsewhere();
        const [uri, headers] = asked(ear.at);
        const status = await browser.ask(method, uri, { to: 'x@a.example', toTag: 'made-up', headers });
        expect([await ear.heardSoFar(), status]).toEqual([[], expect.any(Number)]);
        expect(status).toBeGreaterThanOrEqual(400);
      });
    });

    it('sends no ACK elsewhere either', async () => {
      const ear = await elsewhere();
      const headers = [own(), `Route: <sip:${ear.at};lr>`];
      browser.send('ACK', `sip:x@${DOMAIN}`, { toTag: 'made-up', headers });
      await browser.ask('OPTIONS', `sip:x@${DOMAIN}`, { toTag: 'made-up', headers });
      expect(await ear.heardSoFar()).toEqual([]);
    });

    it('registers nobody by a request of a call', async () => {
      const asked = { from: `101@${DOMAIN}`, toTag: 'made-up', headers: [own()] };
      expect(await browser.ask('REGISTER', `sip:${pbx.at}`, asked)).toBe(403);
      expect(await pbx.heardSoFar()).toEqual([]);
    });

    if (mode === 'proxy') {
      it('hands on nothing that a browser says of who it is and what call it is', async () => {
        await browser.ask('INVITE', `sip:102@${DOMAIN}`, { from: `101@${DOMAIN}`, headers: MADE_UP });
        await browser.ask('REGISTER', `sip:${DOMAIN}`, { from: `101@${DOMAIN}`, headers: MADE_UP });
        const [invite, register] = [await pbx.hears('INVITE'), await pbx.hears('REGISTER')];
        expect([invite, register].join('')).not.toContain('made-up');
        // One for each of the edge's two sides.
        expect(valuesOf(register, 'Path')).toHaveLength(2);
      });

      it('lets a PBX reach no one but browsers', async () => {
        const ear = await elsewhere();
        pbx.answersWith = undefined;
        const past = [own(), `Route: <sip:${ear.at};lr>`];
        expect(await pbx.ask('INVITE', `sip:101@${ear.at}`, past)).toBe(403);
        pbx.answersWith = 481;
        expect(await ear.heardSoFar()).toEqual([]);
      });

      it.each([
        ['requests of all kinds', (turn: number) => ({ method: ['INVITE', 'MESSAGE'][turn % 2] ?? '' })],
        ['names of the caller', (turn: number) => ({ from: `101@${DOMAIN};x=${String(turn)}` })],
      ])('counts wrong passwords over %s', async (_, differs) => {
        pbx.answersWith = 401;
        const user = randomId();
        const guess = (turn: number): Promise<number> => {
          const { method = 'REGISTER', from = `101@${DOMAIN}` } = differs(turn) as {
            method?: string;
            from?: string;
          };
          const headers = [
            `Authorization: Digest username="${user}", realm="a", nonce="1", uri="sip:${DOMAIN}", response="0"`,
          ];
          return browser.ask(method, `sip:${DOMAIN}`, { from, headers });
        };
        for (let turn = 0; turn <= MAX_WRONG_PASSWORDS; turn += 1) expect(await guess(turn)).toBe(401);
        expect(await guess(0)).toBe(403);
        pbx.answersWith = 481;
      });

      it('takes one password at a time', async () => {
        const proof = 'Authorization: Digest username="101", realm="a", nonce="1", uri="sip:a", response="0"';
        const headers = [proof, `Proxy-${proof}`];
        expect(await browser.ask('REGISTER', `sip:${DOMAIN}`, { headers })).toBe(400);
      });
    } else {
      it('tells who is called the id of the call, and none that the caller made up', async () => {
        const called = await connected();
        const account = { from: `102@${DOMAIN}`, to: `102@${DOMAIN}`, password: PASSWORD };
        expect(await called.ask('REGISTER', `sip:${DOMAIN}`, account)).toBe(200);
        const calling = browser.ask('INVITE', `sip:102@${DOMAIN}`, {
          from: `101@${DOMAIN}`,
          password: PASSWORD,
          headers: MADE_UP,
        });
        calling.catch(() => undefined);
        const invite = await called.hears('INVITE');
        expect(invite).not.toContain('made-up');
        expect(valuesOf(invite, 'X-IVR-UNIQUE-ID')).toEqual(valuesOf(invite, 'Call-ID'));
        called.answer(invite, 486);
        expect(await calling).toBe(486);
      });

      it('registers nobody for another account, and the same user of two domains as two', async () => {
        const as101 = { from: `101@${DOMAIN}`, password: PASSWORD };
        const hijack = await browser.ask('REGISTER', `sip:${DOMAIN}`, { ...as101, to: `102@${DOMAIN}` });
        expect(hijack).not.toBe(200);
        const other = { from: `102@${OTHER_DOMAIN}`, to: `102@${OTHER_DOMAIN}`, password: PASSWORD };
        expect(await browser.ask('REGISTER', `sip:${OTHER_DOMAIN}`, other)).toBe(200);
        expect(await browser.ask('INVITE', `sip:102@${DOMAIN}`, as101)).toBe(404);
      });
    }
  },
);
