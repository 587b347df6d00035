/** Ports for media are few, and are not had without a password. */
import { BrowserProbe } from '../harness/edge/browser-probe.js';
import { hasEdgePrograms } from '../harness/edge/edge-programs.js';
import { Edge } from '../harness/edge/edge.js';
import { SipProbe } from '../harness/edge/sip-probe.js';
import { LINE, statusOf } from '../harness/edge/sip-text.js';
import { until } from '../harness/until.js';

const DOMAIN = 'phones.example';
const PBX = '127.0.0.2';
/** More calls than the edge of a test has ports for. */
const MANY = 80;
/** A silent call keeps its ports for a minute. */
const GIVEN_BACK_WITHIN_MS = 10_000;
const OFFER = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 0',
  'c=IN IP4 0.0.0.0',
  'a=rtpmap:0 PCMU/8000',
  'a=sendrecv',
  'a=rtcp-mux',
  'a=mid:0',
  'a=setup:actpass',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
  '',
].join(LINE);

(hasEdgePrograms() ? describe : describe.skip)('media of the edge', () => {
  let pbx: SipProbe;
  let edge: Edge;
  let browser: BrowserProbe;
  beforeEach(async () => {
    pbx = await SipProbe.open(PBX, 0);
    edge = await Edge.start({ tenants: { [DOMAIN]: `sip:${pbx.at}` }, pbxAddresses: [PBX] });
    pbx.to = edge.sipPort;
    browser = await BrowserProbe.open(edge.wsUrl);
  });
  afterEach(async () => {
    await browser.close();
    await edge.close();
    pbx.close();
  });
  const invited = { from: `101@${DOMAIN}`, body: OFFER };

  it('is given back by calls that the PBX wants a password for', async () => {
    pbx.answersWith = 401;
    const asked = () => browser.ask('INVITE', `sip:102@${DOMAIN}`, invited);
    for (let turn = 0; turn < MANY; turn += 1) expect([401, 503]).toContain(await asked());
    await until('a port', async () => (await asked()) === 401, GIVEN_BACK_WITHIN_MS);
    const last = (await pbx.heardSoFar()).findLast((text) => text.startsWith('INVITE '));
    expect(last).toMatch(/^m=audio \d+ RTP\/AVP 0\r$/m);
  });

  it('is missed by a call that is told so, and not sent on without any', async () => {
    const ids = Array.from({ length: MANY }, () => browser.send('INVITE', `sip:102@${DOMAIN}`, invited));
    const last = ids.at(-1) ?? '';
    const answer = await until('an answer', () =>
      browser.heard.find((text) => text.includes(last) && statusOf(text) >= 200),
    );
    expect(statusOf(answer)).toBe(503);
    expect((await pbx.heardSoFar()).filter((text) => text.includes('UDP/TLS/RTP/SAVPF'))).toEqual([]);
  });
});
