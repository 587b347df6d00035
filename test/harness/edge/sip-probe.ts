import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { until } from '../until.js';
import { LINE, answerTo, isAnswer, randomId, statusOf } from './sip-text.js';

/** Plain SIP without a phone behind it, from an address of the loopback. */
export class SipProbe {
  /** All that came. */
  readonly heard: string[] = [];
  /** What requests are answered with; they are not without it. */
  answersWith: number | undefined;

  private constructor(
    private readonly socket: Socket,
    /** Port of the edge. */
    public to: number,
  ) {
    socket.on('message', (data: Buffer) => this.hear(data.toString()));
  }

  /** @param from  127.0.0.x @param to  port of the edge @param port  of its own; any without it */
  static async open(from: string, to: number, port = 0): Promise<SipProbe> {
    const socket = createSocket('udp4');
    socket.bind(port, from);
    await once(socket, 'listening');
    return new SipProbe(socket, to);
  }

  /** `host:port` at which it hears. */
  get at(): string {
    return `${this.socket.address().address}:${String(this.port)}`;
  }

  get port(): number {
    return this.socket.address().port;
  }

  /** Sends it, and resolves with the status of the answer: never, where there is none. */
  async ask(method: string, uri: string, headers: readonly string[] = []): Promise<number> {
    const id = randomId();
    const lines = [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP ${this.at};branch=z9hG4bK${id};rport`,
      'Max-Forwards: 70',
      `From: <${uri}>;tag=${id}`,
      `To: <${uri}>`,
      `Call-ID: ${id}`,
      `CSeq: 1 ${method}`,
      `Contact: <sip:probe@${this.at}>`,
      ...headers,
      'Content-Length: 0',
    ];
    this.socket.send(`${lines.join(LINE)}${LINE}${LINE}`, this.to, '127.0.0.1');
    const [answer] = (await once(this.socket, 'message')) as [Buffer];
    return statusOf(answer.toString());
  }

  /** The first request of this method that comes. */
  hears(method: string): Promise<string> {
    return until(method, () => this.heard.find((text) => text.startsWith(`${method} `)));
  }

  /** All that was sent here before now: a message of its own is what comes last. */
  async heardSoFar(): Promise<string[]> {
    const mark = randomId();
    const { address, port } = this.socket.address();
    this.socket.send(mark, port, address);
    const end = await until('our own message', () => this.heard.indexOf(mark) + 1);
    return this.heard.slice(0, end - 1);
  }

  close(): void {
    this.socket.close();
  }

  private hear(text: string): void {
    this.heard.push(text);
    if (this.answersWith === undefined || isAnswer(text) || text.startsWith('ACK ') || !text.includes(LINE))
      return;
    this.socket.send(answerTo(text, this.answersWith), this.to, '127.0.0.1');
  }
}
