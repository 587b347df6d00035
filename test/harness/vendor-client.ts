import connect1 from 'socket.io-client-1.3.7';
import connect25 from 'socket.io-client-2';
import connect24 from 'socket.io-client-2.4.0';
import { io } from 'socket.io-client';
import { until } from './until.js';

interface AnyClient {
  on(name: string, listener: (payload: unknown) => void): unknown;
  emit(name: string, payload?: unknown): unknown;
  close(): unknown;
}

type Connect = (url: string, options: Record<string, unknown>) => AnyClient;

/** The clients that are in use, by their versions. */
export const CLIENTS = {
  '1.3.7': connect1,
  '2.4': connect24,
  '2.5': connect25 as unknown as Connect,
  '4.8': io as unknown as Connect,
} as const;

export type ClientVersion = keyof typeof CLIENTS;

export type Heard = Record<string, unknown> & { reason?: string; data?: Record<string, unknown> };

const NAMES = [
  'loginSuccess',
  'loginResponse',
  'loginStatus',
  'AllExtensionsStatus',
  'AllDialersStatus',
  'ExtensionEvent',
  'QueueEvent',
  'ExtensionsUpdated',
  'QueuesUpdated',
  'DialerEvent',
  'DialersUpdated',
  'keepaliveResponse',
];

/** A vendor's client of some version: writes down what it hears. */
export class VendorClient {
  readonly heard: [string, Heard][] = [];
  readonly errors: unknown[] = [];
  readonly endings: unknown[] = [];
  isConnected = false;
  private readonly socket: AnyClient;

  constructor(
    readonly version: ClientVersion,
    url: string,
    token?: string,
  ) {
    this.socket = CLIENTS[version](url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      'force new connection': true,
      ...(token !== undefined && { query: version === '1.3.7' ? `token=${token}` : { token } }),
    });
    for (const name of NAMES) {
      this.socket.on(name, (data) => this.heard.push([name, data as Heard]));
    }
    this.socket.on('connect', () => (this.isConnected = true));
    this.socket.on('disconnect', (why) => this.endings.push(why));
    this.socket.on('error', (error) => this.errors.push(error));
    this.socket.on('connect_error', (error) => this.errors.push(error));
  }

  all(name: string): Heard[] {
    return this.heard.filter(([one]) => one === name).map(([, data]) => data);
  }

  /** The last of these, which comes, or has come after this many. */
  message(name: string, after = 0): Promise<Heard> {
    return until(`${name} at ${this.version}; errors: ${JSON.stringify(this.errors)}`, () =>
      this.all(name).length > after ? this.all(name).at(-1) : undefined,
    );
  }

  event(name: string, reason: string): Promise<Heard> {
    return until(`${name} ${reason} at ${this.version}`, () =>
      this.all(name).find((one) => one.reason === reason),
    );
  }

  connected(): Promise<true> {
    return until(`a connection of ${this.version}`, () => (this.isConnected ? true : undefined));
  }

  emit(name: string, payload?: unknown): void {
    this.socket.emit(name, payload);
  }

  close(): void {
    this.socket.close();
  }
}
