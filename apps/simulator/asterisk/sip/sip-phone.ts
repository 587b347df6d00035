import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createHash } from 'node:crypto';

import { SipCall, type SipLine } from './sip-call.js';
import { headerOf, methodOf, readSip, statusOf, writeSip, type SipMessage } from './sip-message.js';

/** A phone or a trunk for trying a PBX: one UDP port that rings, answers, refuses, dials, presses keys and transfers. */
export interface SipPhoneOptions {
  /** The SIP user: `101`. */
  name: string;
  /** The PBX's address: `127.0.0.1:5060`. */
  pbx: string;
  /** Where it listens; a trunk is known by another address than the phones. */
  host?: string;
  /** Before anything of the phone's ids, so that two runs never use the same. */
  seed?: string;
  /** What it does with a call that comes in. It rings already. */
  onCall?: (call: SipCall) => void;
}

/** How long a request waits for its answer before it is sent again, ms. */
const AGAIN_MS = 500;
const TRIES = 10;

export class SipPhone implements SipLine {
  readonly #socket: Socket;
  readonly #options: SipPhoneOptions;
  readonly #calls = new Map<string, SipCall>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #registrations = new Map<string, (answer: SipMessage) => void>();
  #words = 0;
  onCall: (call: SipCall) => void;

  private constructor(socket: Socket, options: SipPhoneOptions) {
    this.#socket = socket;
    this.#options = options;
    this.onCall = options.onCall ?? (() => undefined);
    socket.on('message', (bytes) => this.#hear(readSip(bytes.toString('utf8'))));
  }

  static async open(options: SipPhoneOptions): Promise<SipPhone> {
    const socket = createSocket('udp4');
    socket.bind(0, options.host ?? '127.0.0.1');
    await once(socket, 'listening');
    return new SipPhone(socket, options);
  }

  get name(): string {
    return this.#options.name;
  }

  get pbx(): string {
    return this.#options.pbx;
  }

  get port(): number {
    return this.#socket.address().port;
  }

  get here(): string {
    return `${this.#socket.address().address}:${this.port}`;
  }

  word(): string {
    this.#words += 1;
    return `${this.#options.seed ?? ''}${this.name}x${this.port}x${this.#words}`;
  }

  /** Dials `number`, as `from` where a trunk tells another caller than itself. */
  call(number: string, from = this.name): SipCall {
    const call = SipCall.dial(this, number, from);
    this.#calls.set(call.id, call);
    return call;
  }

  /** Tells the PBX where this phone is. Rejects where the PBX refuses it. */
  async register(password: string): Promise<void> {
    const callId = this.word();
    const first = await this.#ask(this.#registration(callId, 1, []));
    if (statusOf(first) === 200) return;
    const challenge = headerOf(first, 'www-authenticate');
    const authorization = answerTo(challenge, { name: this.name, password, pbx: this.pbx });
    const second = await this.#ask(this.#registration(callId, 2, [['Authorization', authorization]]));
    if (statusOf(second) !== 200) throw new Error(`${this.name} is not registered: ${second.first}`);
  }

  send(message: SipMessage): void {
    const method = methodOf(message);
    const key = keyOf(message);
    this.#put(message);
    // An answer to an INVITE is sent again as well, until it is acknowledged.
    const waits = method === undefined ? isAnswer(message) : method !== 'ACK';
    if (waits) this.#sendAgain(message, method === undefined ? ackKey(message) : key);
  }

  close(): void {
    for (const timer of this.#waiting.values()) clearInterval(timer);
    this.#waiting.clear();
    this.#socket.close();
  }

  #put(message: SipMessage): void {
    const [host = '', port = ''] = this.pbx.split(':');
    this.#socket.send(writeSip(message), Number(port), host);
  }

  #sendAgain(message: SipMessage, key: string): void {
    let tries = 0;
    this.#quiet(key);
    const timer = setInterval(() => {
      tries += 1;
      if (tries < TRIES) this.#put(message);
      else this.#quiet(key);
    }, AGAIN_MS);
    timer.unref();
    this.#waiting.set(key, timer);
  }

  #quiet(key: string): void {
    clearInterval(this.#waiting.get(key));
    this.#waiting.delete(key);
  }

  #hear(message: SipMessage): void {
    const callId = headerOf(message, 'call-id');
    const method = methodOf(message);
    this.#quiet(method === 'ACK' ? ackKey(message) : keyOf(message));
    const registration = this.#registrations.get(callId);
    if (registration !== undefined) {
      registration(message);
      return;
    }
    const known = this.#calls.get(callId);
    if (known !== undefined) known.hear(message);
    else if (method === 'INVITE') this.#hearInvite(message);
    else if (method !== undefined && method !== 'ACK') this.#put(plainAnswer(message));
  }

  #hearInvite(message: SipMessage): void {
    const call = SipCall.heard(this, message);
    this.#calls.set(call.id, call);
    call.ring();
    this.onCall(call);
  }

  #registration(callId: string, cseq: number, more: readonly [string, string][]): SipMessage {
    const own = `<sip:${this.name}@${this.pbx}>`;
    return {
      first: `REGISTER sip:${this.pbx} SIP/2.0`,
      headers: [
        ['Via', `SIP/2.0/UDP ${this.here};branch=z9hG4bK${this.word()}`],
        ['Max-Forwards', '70'],
        ['From', `${own};tag=${this.word()}`],
        ['To', own],
        ['Call-ID', callId],
        ['CSeq', `${cseq} REGISTER`],
        ['Contact', `<sip:${this.name}@${this.here}>`],
        ['Expires', '3600'],
        ...more,
      ],
      body: '',
    };
  }

  #ask(request: SipMessage): Promise<SipMessage> {
    return new Promise((resolve) => {
      this.#registrations.set(headerOf(request, 'call-id'), resolve);
      this.send(request);
    });
  }
}

/** A request and its answer have the same. */
function keyOf(message: SipMessage): string {
  return `${headerOf(message, 'call-id')} ${headerOf(message, 'cseq')}`;
}

/** An answer to an INVITE and its ACK have the same. */
function ackKey(message: SipMessage): string {
  return `${headerOf(message, 'call-id')} ${headerOf(message, 'cseq').split(' ')[0] ?? ''} ACK`;
}

function isAnswer(message: SipMessage): boolean {
  return (statusOf(message) ?? 0) >= 200 && headerOf(message, 'cseq').endsWith('INVITE');
}

/** The PBX asks now and then whether the phone is there. */
function plainAnswer(request: SipMessage): SipMessage {
  const names = ['via', 'from', 'call-id', 'cseq'];
  return {
    first: 'SIP/2.0 200 OK',
    headers: [
      ...request.headers.filter(([name]) => names.includes(name.toLowerCase())),
      ['To', `${headerOf(request, 'to')};tag=here`],
    ],
    body: '',
  };
}

/** Digest of RFC 2617 without `qop`, or with it, by MD5: what Asterisk asks for. */
function answerTo(challenge: string, who: { name: string; password: string; pbx: string }): string {
  const part = (name: string): string => new RegExp(`${name}="?([^",]+)"?`).exec(challenge)?.[1] ?? '';
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const [realm, nonce, qop] = [part('realm'), part('nonce'), part('qop')];
  const uri = `sip:${who.pbx}`;
  const secret = md5(`${who.name}:${realm}:${who.password}`);
  const asked = md5(`REGISTER:${uri}`);
  const told = `username="${who.name}", realm="${realm}", nonce="${nonce}", uri="${uri}"`;
  const opaque = part('opaque') === '' ? '' : `, opaque="${part('opaque')}"`;
  if (qop === '') {
    return `Digest ${told}, response="${md5(`${secret}:${nonce}:${asked}`)}", algorithm=MD5${opaque}`;
  }
  const response = md5(`${secret}:${nonce}:00000001:5w1tch:auth:${asked}`);
  return `Digest ${told}, response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="5w1tch"${opaque}`;
}
