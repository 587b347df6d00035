import { performance } from 'node:perf_hooks';
import type { Socket } from 'node:net';
import { type buildConnector, Client, type Dispatcher } from 'undici';
import { type Cidr, judgeAddress } from './address-guard.js';
import { InterimSkipper } from './interim-skipper.js';
import type { Place } from './place.js';
import { literalHost } from './target-guard.js';
import { TargetError } from './target-error.js';

/** How long the parts of opening a connection took, in milliseconds; `tlsMs` is null for plain HTTP. */
export interface ConnectTimings {
  dnsMs: number;
  connectMs: number;
  tlsMs: number | null;
}

export interface ConnectionOptions {
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
 * One keep-alive connection to one place. It carries one exchange at a time, and opens its socket again when the
 * server has closed it; each time the addresses are vetted anew.
 */
export class Connection {
  readonly client: Client;
  isIdle = false;
  /** Where the socket goes, as far as known. */
  ip: string | null = null;
  #timings: ConnectTimings | null = null;
  #socket: Socket | null = null;
  #socketError: Error | null = null;
  #isGone = false;
  readonly #interim = new InterimSkipper();

  constructor(
    readonly place: Place,
    private readonly options: ConnectionOptions,
  ) {
    place.dialler.hold();
    this.client = new Client(place.origin, {
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

  /** Makes a request; one at a time. */
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.#interim.begin();
    this.client.dispatch(options, handler);
  }

  /** The timings of opening the socket: for the first exchange on it, and null for all later ones. */
  takeTimings(): ConnectTimings | null {
    const timings = this.#timings;
    this.#timings = null;
    return timings;
  }

  /** What befell the socket first. undici tells the last: that it was closed, where a server had said why it would close it. */
  causeOf(error: Error): Error {
    const isClosed = 'code' in error && error.code === 'UND_ERR_SOCKET';
    return isClosed ? (this.#socketError ?? error) : error;
  }

  /** Closes the socket at once, also one that is still being opened. An exchange under way fails. */
  destroy(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.place.dialler.release();
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
    const connect = this.place.dialler.connect as unknown as ReturningConnector;
    const socket = connect(target, (...result) => {
      if (result[0] === null) {
        const readyAt = performance.now();
        this.ip = result[1].remoteAddress ?? this.ip;
        this.#timings = {
          dnsMs: resolvedAt - startedAt,
          connectMs: connectedAt - resolvedAt,
          tlsMs: target.protocol === 'https:' ? readyAt - connectedAt : null,
        };
        this.#skipInterim(result[1]);
      }
      callback(...result);
    });
    this.#socket = socket;
    this.#socketError = null;
    socket.once('error', (error: Error) => {
      if (this.#socket === socket) this.#socketError = error;
    });
    socket.once('lookup', (_error: Error | null, address: string | undefined) => {
      resolvedAt = performance.now();
      // Depends on how many were asked for, when there is none.
      this.ip = address === undefined || address === '' ? null : address;
    });
    socket.once('connect', () => {
      connectedAt = performance.now();
    });
    socket.once('close', () => {
      if (this.#socket === socket) this.options.onClosed(this);
    });
  }

  /** undici takes what has come by `read()`. */
  #skipInterim(socket: Socket): void {
    const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
    socket.read = (size?: number) => {
      const chunk = read(size);
      return chunk === null ? null : this.#interim.pass(chunk);
    };
  }
}
