import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { until } from '../until.js';
import { LINE, answerTo, isAnswer, randomId, statusOf } from './sip-text.js';

/** What differs from a request that a browser's phone would send. */
export interface AskedByBrowser {
  /** `user@domain`; as whom it says that it speaks. */
  from?: string;
  /** `user@domain`; the request's own address without it. */
  to?: string;
  /** With it, it claims to be of a call that exists. */
  toTag?: string;
  headers?: readonly string[];
  /** SDP. */
  body?: string;
  /** Of the account of `from`: what is challenged is asked again with it. */
  password?: string;
}

/** SIP by WebSocket as a browser has it, but without a phone behind it that keeps to the rules. */
export class BrowserProbe {
  /** All that came, requests and answers. */
  readonly heard: string[] = [];

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.heard.push(data.toString()));
  }

  static async open(wsUrl: string): Promise<BrowserProbe> {
    const socket = new WebSocket(wsUrl, 'sip', { origin: 'https://page.example' });
    await once(socket, 'open');
    return new BrowserProbe(socket);
  }

  /** Sends it, and resolves with the status of the last answer. */
  async ask(method: string, uri: string, asked: AskedByBrowser = {}): Promise<number> {
    const challenge = await this.sendAndHear(method, uri, asked);
    const status = statusOf(challenge);
    if (asked.password === undefined || (status !== 401 && status !== 407)) return status;
    const proof = `${status === 407 ? 'Proxy-' : ''}Authorization: ${digest(method, uri, asked, challenge)}`;
    const headers = [...(asked.headers ?? []), proof];
    return statusOf(await this.sendAndHear(method, uri, { ...asked, headers }));
  }

  /** Sends it, and waits for nothing. @returns its Call-ID */
  send(method: string, uri: string, asked: AskedByBrowser = {}): string {
    const {
      from = 'nobody@page.example',
      to = uri.replace(/^sip:/, ''),
      toTag,
      headers = [],
      body = '',
    } = asked;
    const id = randomId();
    const lines = [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/WS page.invalid;branch=z9hG4bK${id}`,
      'Max-Forwards: 70',
      `From: <sip:${from}>;tag=${id}`,
      `To: <sip:${to}>${toTag === undefined ? '' : `;tag=${toTag}`}`,
      `Call-ID: ${id}`,
      `CSeq: 1 ${method}`,
      'Contact: <sip:probe@page.invalid;transport=ws>',
      ...headers,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${String(Buffer.byteLength(body))}`,
    ];
    this.socket.send(`${lines.join(LINE)}${LINE}${LINE}${body}`);
    return id;
  }

  /** The first request of this method that comes. */
  hears(method: string): Promise<string> {
    return until(method, () => this.heard.find((text) => text.startsWith(`${method} `)));
  }

  answer(request: string, status: number): void {
    this.socket.send(answerTo(request, status));
  }

  async close(): Promise<void> {
    const closed = once(this.socket, 'close');
    this.socket.close();
    await closed;
  }

  private sendAndHear(method: string, uri: string, asked: AskedByBrowser): Promise<string> {
    const id = this.send(method, uri, asked);
    const isLast = (text: string) => isAnswer(text) && text.includes(id) && statusOf(text) >= 200;
    return until(`the answer to ${method}`, () => this.heard.find(isLast));
  }
}

/** RFC 2617, as a challenge wants it. */
function digest(method: string, uri: string, asked: AskedByBrowser, challenge: string): string {
  const said = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
  const [user = ''] = (asked.from ?? '').split('@');
  const [realm, nonce, cnonce] = [said('realm'), said('nonce'), randomBytes(4).toString('hex')];
  const secret = md5(`${user}:${realm}:${asked.password ?? ''}`);
  const response = md5(`${secret}:${nonce}:00000001:${cnonce}:auth:${md5(`${method}:${uri}`)}`);
  const quoted = { username: user, realm, nonce, uri, response, cnonce };
  const parts = Object.entries(quoted).map(([name, value]) => `${name}="${value}"`);
  return `Digest ${parts.join(', ')}, qop=auth, nc=00000001, algorithm=MD5`;
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
