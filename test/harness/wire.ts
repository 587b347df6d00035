import { connect, type Socket } from 'node:net';
import { until } from './until.js';

/** What came back over a connection. */
export interface WireReply {
  /** Of each answer, in order. */
  statuses: number[];
  text: string;
  /** Whether the other side ended it. */
  ended: boolean;
}

/** A connection to write bytes to as they are: what no HTTP client would send. */
export class Wire {
  text = '';
  ended = false;
  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => (this.text += chunk.toString('latin1')));
    socket.on('error', () => (this.ended = true));
    socket.on('end', () => (this.ended = true));
    socket.on('close', () => (this.ended = true));
  }

  static open(port: number): Promise<Wire> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.once('connect', () => {
        resolve(new Wire(socket));
      });
      socket.once('error', reject);
    });
  }

  /** Resolves when it is with the system. */
  send(bytes: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => this.socket.write(bytes, () => resolve()));
  }

  get statuses(): number[] {
    return [...this.text.matchAll(/HTTP\/1\.1 (\d{3})/g)]
      .map(([, status]) => Number(status))
      .filter((status) => status !== 100);
  }

  /** What follows the last empty line. */
  get body(): string {
    return this.text.split('\r\n\r\n').at(-1) ?? '';
  }

  /** Until so many answers are there, or the other side has ended it. */
  async answers(count = 1, withinMs = 10_000): Promise<number[]> {
    await until(`${count} answers`, () => this.statuses.length >= count || this.ended, withinMs);
    return this.statuses;
  }

  /** With linger 0: the other side reads a reset. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  close(): void {
    this.socket.destroy();
  }
}

/** A request that is whole. */
export function post(path: string, body: string | Uint8Array, headers: Record<string, string> = {}): Buffer {
  const bytes = Buffer.from(body as string);
  const lines = Object.entries({
    host: 'pbx.example',
    'content-type': 'application/json',
    'content-length': String(bytes.length),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), bytes]);
}

export function get(target: string, headers = 'host: pbx.example\r\n'): Buffer {
  return Buffer.from(`GET ${target} HTTP/1.1\r\n${headers}\r\n`);
}
