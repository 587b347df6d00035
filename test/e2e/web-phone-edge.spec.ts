/** Whom the edge serves and whom it does not. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '#platform';
import { Authority } from '../harness/certificates.js';
import { edgeProgram, hasEdgePrograms } from '../harness/edge/edge-programs.js';
import { Edge } from '../harness/edge/edge.js';
import { PhonePages } from '../harness/edge/phone-pages.js';
import { SipProbe } from '../harness/edge/sip-probe.js';
import { orHangs } from '../harness/until.js';

const DOMAIN = 'phones.example';
const ACCOUNT = { user: '101', password: 'correct-horse', domain: DOMAIN };
const [PBX, STRANGER] = ['127.0.0.2', '127.0.0.3'];
const NO_ANSWER_MS = 500;
/** As settings.cfg has it. */
const MAX_WRONG_PASSWORDS = 20;

const whereItIs = hasEdgePrograms() ? describe : describe.skip;

whereItIs('the edge', () => {
  let pages: PhonePages;
  const closes: (() => unknown)[] = [];
  beforeAll(async () => {
    pages = await PhonePages.open();
  });
  afterAll(() => pages.close());
  afterEach(async () => {
    for (const close of closes.splice(0).reverse()) await close();
  });

  const start = async (setUp: Parameters<typeof Edge.start>[0]): Promise<Edge> => {
    const edge = await Edge.start(setUp);
    closes.push(() => edge.close());
    return edge;
  };
  const probe = async (from: string, edge: Edge): Promise<SipProbe> => {
    const opened = await SipProbe.open(from, edge.sipPort);
    closes.push(() => opened.close());
    return opened;
  };
  it.each([[[]], [['WITH_REGISTRAR']], [['WITH_TLS']], [['WITH_REGISTRAR', 'WITH_TLS']]])(
    'has a valid configuration with %j',
    (defined) => {
      const config = join(projectRoot(), 'edge/kamailio/kamailio.cfg');
      const given = defined.flatMap((name) => ['-A', name]);
      const { status, stderr } = spawnSync(edgeProgram('kamailio'), ['-c', '-f', config, ...given]);
      expect({ status, stderr: status === 0 ? '' : stderr.toString() }).toEqual({ status: 0, stderr: '' });
    },
  );

  it('answers PBXs that it knows, and nobody else', async () => {
    const edge = await start({ tenants: { [DOMAIN]: `sip:${PBX}:5060` }, pbxAddresses: [PBX] });
    const [pbx, stranger] = await Promise.all([probe(PBX, edge), probe(STRANGER, edge)]);
    const asked = stranger.ask('OPTIONS', `sip:${DOMAIN}`);
    asked.catch(() => undefined);
    expect(await pbx.ask('OPTIONS', `sip:${DOMAIN}`)).toBe(200);
    expect(await orHangs(asked, NO_ANSWER_MS)).toBe('hangs');
  });

  it('lets a PBX reach no browser whose place it was not told', async () => {
    const edge = await start({ tenants: { [DOMAIN]: `sip:${PBX}:5060` }, pbxAddresses: [PBX] });
    const page = await pages.open();
    await page.does('initiate', { ...ACCOUNT, wsUrl: edge.wsUrl });
    const pbx = await probe(PBX, edge);
    const made = `Route: <sip:bWFkZSB1cA==@${edge.sip};lr;ob>`;
    expect(await pbx.ask('INVITE', 'sip:101@browser.invalid;transport=ws', [made])).toBe(430);
    expect(await pbx.ask('INVITE', 'sip:101@browser.invalid;transport=ws')).toBe(404);
  });

  it('knows no domain that is in no table', async () => {
    const edge = await start({ tenants: { [DOMAIN]: `sip:${PBX}:5060` }, pbxAddresses: [PBX] });
    const page = await pages.open();
    await page.does('initiate', { ...ACCOUNT, domain: 'nobody.example', wsUrl: edge.wsUrl });
    await page.tells('onRegisterFailed');
  });

  it('lets nobody guess for long, and others on', async () => {
    const edge = await start({ accounts: { [`101@${DOMAIN}`]: ACCOUNT.password } });
    const guesser = await probe(PBX, edge);
    const guess = `Authorization: Digest username="101", realm="${DOMAIN}", nonce="1", uri="sip:${DOMAIN}", response="0"`;
    const register = () => guesser.ask('REGISTER', `sip:101@${DOMAIN}`, [guess]);
    for (let turn = 0; turn <= MAX_WRONG_PASSWORDS; turn += 1) expect(await register()).toBe(401);
    expect(await register()).toBe(403);
    const page = await pages.open();
    await page.register({ ...ACCOUNT, wsUrl: edge.wsUrl });
  });

  it('speaks TLS with the certificate that it was given', async () => {
    const authority = await Authority.make('edge');
    const tls = await authority.issue('127.0.0.1');
    const edge = await start({ accounts: { [`101@${DOMAIN}`]: ACCOUNT.password }, tls });
    const page = await pages.open();
    await page.register({ ...ACCOUNT, wsUrl: edge.wssUrl });
  });
});
