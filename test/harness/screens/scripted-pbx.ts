import type { Page, WebSocketRoute } from 'playwright-core';

/** Where the phones of the days register: nobody's, and answered in the browser. */
export const SCRIPTED_PBX = { wsUrl: 'wss://pbx.example:7443/ws', domain: 'pbx.example' };

const OFFER = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 4000 UDP/TLS/RTP/SAVPF 0',
  'a=rtpmap:0 PCMU/8000',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  `a=fingerprint:sha-256 ${Array<string>(32).fill('00').join(':')}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=rtcp-mux',
  'a=sendrecv',
  '',
].join('\r\n');

/** The call that rings at each phone that registers. */
export interface ScriptedRing {
  /** By which the webhooks tell of it. */
  id: string;
  from: string;
}

/** A PBX that lets every phone register, and calls it at once. It answers inside the browser, without a server. */
export async function playPbx(page: Page, ring: ScriptedRing): Promise<void> {
  await page.routeWebSocket(SCRIPTED_PBX.wsUrl, (socket) => {
    let hasRung = false;
    socket.onMessage((message) => {
      const text = message.toString();
      if (!text.startsWith('REGISTER')) return;
      socket.send(registered(text));
      const contact = /<(sip:[^>]+)>/.exec(headerOf(text, 'Contact'))?.[1];
      if (contact === undefined || hasRung || headerOf(text, 'Expires') === '0') return;
      hasRung = true;
      invite(socket, contact, ring);
    });
  });
}

function registered(request: string): string {
  const same = ['Via', 'From', 'Call-ID', 'CSeq', 'Contact'].map(
    (name) => `${name}: ${headerOf(request, name)}`,
  );
  return sip('SIP/2.0 200 OK', [...same, `To: ${headerOf(request, 'To')};tag=pbx`], '');
}

function invite(socket: WebSocketRoute, contact: string, { id, from }: ScriptedRing): void {
  const { domain } = SCRIPTED_PBX;
  const headers = [
    `Via: SIP/2.0/WSS ${domain};branch=z9hG4bK-ring`,
    'Max-Forwards: 70',
    `From: <sip:${from}@${domain}>;tag=caller`,
    `To: <${contact}>`,
    'Call-ID: ring',
    'CSeq: 1 INVITE',
    `Contact: <sip:${domain};transport=ws>`,
    `X-IVR-UNIQUE-ID: ${id}`,
    'Content-Type: application/sdp',
  ];
  socket.send(sip(`INVITE ${contact} SIP/2.0`, headers, OFFER));
}

function sip(first: string, headers: readonly string[], body: string): string {
  return [first, ...headers, `Content-Length: ${String(Buffer.byteLength(body))}`, '', body].join('\r\n');
}

function headerOf(message: string, name: string): string {
  return new RegExp(`^${name}: *(.*)\r$`, 'im').exec(message)?.[1] ?? '';
}
