import { performance } from 'node:perf_hooks';
import type { Socket } from 'node:net';
import { type buildConnector, Client } from 'undici';
import { type Cidr, judgeAddress } from './address-guard.js';
import { literalHost } from './target-guard.js';
import { TargetError } from './target-error.js';

/** How long the parts of opening a connection took, in milliseconds; `tlsMs` is null for plain HTTP. */
export interface ConnectTimings {
  dnsMs: number;
  connectMs: number;
  tlsMs: number | null;
}

export interface ConnectionOptions {
  /** undici's connector with the guarded lookup in it; shared by all connections, for its cache of TLS sessions. */
  connect: buildConnector.connector;
  allow: readonly Cidr[];
  keepAliveMs: number;
  /** Called when the socket of a connection has closed, whoever closed it. */
  onClosed: (connection: Connection) => void;
}

/** undici's connector does return its socket, but its types do not say so; a test would notice if it stopped. */
type ReturningConnector = (...call: Parameters<buildConnector.connector>) => Socket;

/** Some CRMs set a lot of cookies; beyond this the answer counts as malformed. */
const MAX_HEADER_BYTES = 64 * 1_024;

/**
 * One keep-alive connection to one origin. It carries one exchange at a time, and opens its socket again when the
 * server has closed it; each time the addresses are vetted anew.
 */
export class Connection {
  readonly client: Client;
  isIdle = false;
  /** Where the socket goes, as far as known. */
  ip: string | null = null;
  #timings: ConnectTimings | null = null;
  #socket: Socket | null = null;

  constructor(
    readonly origin: string,
    private readonly options: ConnectionOptions,
  ) {
    this.client = new Client(origin, {
      connect: (target, callback) => {
        this.#open(target, callback);
      },
      pipelining: 1,
      // The sender's own deadline covers the whole exchange; undici's would be two more timers for each.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: options.keepAliveMs,
      maxHeaderSize: MAX_HEADER_BYTES,
    });
  }

  /** The timings of opening the socket: for the first exchange on it, and null for all later ones. */
  takeTimings(): ConnectTimings | null {
    const timings = this.#timings;
    this.#timings = null;
    return timings;
  }

  /** Closes the socket at once, also one that is still being opened. An exchange under way fails. */
  destroy(): void {
    void this.client.destroy();
    // An error, although nobody will see it: it makes undici's connector take down its own timer.
    this.#socket?.destroy(new Error('The connection is no longer wanted.'));
  }

  #open(target: buildConnector.Options, callback: buildConnector.Callback): void {
    const literal = literalHost(target.hostname);
    const verdict = literal === null ? null : judgeAddress(literal, this.options.allow);
    if (verdict?.allowed === false) {
      callback(
        new TargetError('blocked', `The address of the URL ${verdict.reason}, which is not allowed.`),
        null,
      );
      return;
    }
    this.ip = literal;
    const startedAt = performance.now();
    let resolvedAt = startedAt;
    let connectedAt = startedAt;
    const connect = this.options.connect as unknown as ReturningConnector;
    const socket = connect(target, (...result) => {
      if (result[0] === null) {
        const readyAt = performance.now();
        this.ip = result[1].remoteAddress ?? this.ip;
        this.#timings = {
          dnsMs: resolvedAt - startedAt,
          connectMs: connectedAt - resolvedAt,
          tlsMs: target.protocol === 'https:' ? readyAt - connectedAt : null,
        };
      }
      callback(...result);
    });
    this.#socket = socket;
    socket.once('lookup', (_error: Error | null, address: string) => {
      resolvedAt = performance.now();
      this.ip = address === '' ? null : address;
    });
    socket.once('connect', () => {
      connectedAt = performance.now();
    });
    socket.once('close', () => {
      if (this.#socket === socket) this.options.onClosed(this);
    });
  }
}
