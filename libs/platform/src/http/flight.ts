import type { Exchange, Instant } from '#domain';
import { performance } from 'node:perf_hooks';
import type { Dispatcher } from 'undici';
import { BodyCollector, KEPT_BODY_BYTES } from './body-collector.js';
import { bodyText } from './body-text.js';
import type { Connection, ConnectTimings } from './connection.js';
import type { Crew, CrewMember } from './crew.js';
import { decodeBody } from './decode-body.js';
import { type Failure, failureOf, failureOfCertified } from './failure-of.js';
import type { KeptConnections } from './kept-connections.js';
import type { OutgoingRequest } from './outgoing-request.js';
import type { Place } from './place.js';
import type { Sent } from './sent.js';

type IncomingHeaders = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

/** Answers that say all with their head. Whoever announces a body or sends one all the same has answered (RFC 9110, 6.4.1). */
const BODYLESS: ReadonlySet<number> = new Set([204, 205, 304]);

export interface FlightPlan {
  request: OutgoingRequest;
  place: Place;
  path: string;
  connections: KeptConnections;
  /** All flights under the same signal, which this one joins until it lands; null when there is no signal. */
  crew: Crew<Flight> | null;
  sentAt: Instant;
  /** Called exactly once, with how it ended. */
  land: (sent: Sent) => void;
}

/**
 * One exchange under way: undici's handler for it, its deadline and its end. One object for each send and no closures,
 * because this is the hot path.
 */
export class Flight implements Dispatcher.DispatchHandler, CrewMember {
  seat = 0;
  #connection: Connection;
  #timings: ConnectTimings | null = null;
  #body: BodyCollector | null = null;
  #status = 0;
  #headers: IncomingHeaders = {};
  #firstByteAt = 0;
  #hasLanded = false;
  #isRepeat = false;
  readonly #startedAt = performance.now();
  readonly #deadline: NodeJS.Timeout;

  constructor(private readonly plan: FlightPlan) {
    this.#deadline = setTimeout(expire, plan.request.timeoutMs, this);
    const { connections, place, request } = plan;
    this.#connection =
      request.onNewConnection === true ? connections.takeNew(place) : connections.take(place);
    plan.crew?.join(this);
  }

  start(): void {
    const { request, path } = this.plan;

    const { method, headers, body } = request;
    this.#connection.dispatch({ method, path, headers, body: body ?? null }, this);
  }

  /** Ends the exchange because we are shutting down: it is not an attempt. */
  abort(): void {
    if (this.#hasLanded) return;
    this.#leave();
    this.#connectionIsLost();
    this.plan.land({ kind: 'aborted' });
  }

  /** Ends the exchange because its time is over. */
  expire(): void {
    const seconds = this.plan.request.timeoutMs / 1_000;
    this.#fail({ kind: 'failed', cause: 'timeout', message: `No complete answer within ${seconds} s.` });
  }

  onRequestStart(): void {
    this.#timings = this.#connection.takeTimings();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHeaders,
  ): void {
    // 1xx answers come before the real one.
    if (status < 200) return;
    this.#firstByteAt = performance.now();
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#hasLanded) return;
    this.#body ??= BodyCollector.for(contentEncoding(this.#headers), this.plan.request.keepBodyBytes);
    if (this.#body.add(chunk)) return;
    this.#answered();
    this.#connectionIsLost();
  }

  onResponseEnd(): void {
    if (this.#hasLanded) return;
    // One that was opened for this request alone would only make the idle ones more.
    if (this.plan.request.onNewConnection === true) this.#connectionIsLost();
    else this.plan.connections.giveBack(this.#connection);
    this.#answered();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#hasLanded) return;
    if (BODYLESS.has(this.#status)) {
      this.#connectionIsLost();
      this.#answered();
      return;
    }
    const failure = this.#failureOf(this.#connection.causeOf(error));
    if (this.#maySendAgain(failure)) this.#sendAgain();
    else this.#fail(failure);
  }

  #failureOf(error: Error): Failure {
    const isCertified = this.plan.request.certificate !== undefined;
    const isFirst = this.#timings !== null && this.#status === 0;
    return isCertified && isFirst ? failureOfCertified(error) : failureOf(error);
  }

  /**
   * A server may close an idle connection at the moment we use it. Such a request was most likely never seen, and it is
   * no sign of trouble, so it is sent once more on a new connection (RFC 9112, section 9.3.1).
   */
  #maySendAgain(failure: Failure): boolean {
    const isReused = this.#timings === null;
    const isUnanswered = this.#status === 0;
    return (
      this.plan.request.mayRepeat === true &&
      failure.cause === 'reset' &&
      isReused &&
      isUnanswered &&
      !this.#isRepeat
    );
  }

  #sendAgain(): void {
    this.#isRepeat = true;
    this.#connectionIsLost();
    this.#connection = this.plan.connections.takeNew(this.plan.place);
    this.start();
  }

  #fail(failure: Failure): void {
    if (this.#hasLanded) return;
    this.#leave();
    this.#connectionIsLost();
    this.#land(failure);
  }

  #answered(): void {
    this.#leave();
    const headers = joinedHeaders(this.#headers);
    const encoding = contentEncoding(this.#headers);
    if (this.#body === null) {
      this.#land({ kind: 'answered', status: this.#status, headers, body: '' });
    } else if (encoding === undefined) {
      const body = bodyText(this.#body.bytes(), this.#body.isCut, headers['content-type']);
      this.#land({ kind: 'answered', status: this.#status, headers, body });
    } else {
      void this.#landDecoded(encoding, this.#body.bytes(), headers);
    }
  }

  async #landDecoded(encoding: string, coded: Buffer, headers: Record<string, string>): Promise<void> {
    const decoded = await decodeBody(encoding, coded, this.plan.request.keepBodyBytes ?? KEPT_BODY_BYTES);
    this.#land({
      kind: 'answered',
      status: this.#status,
      headers,
      body: bodyText(decoded, true, headers['content-type']),
    });
  }

  /** Must come before anything that makes undici call back. */
  #leave(): void {
    this.#hasLanded = true;
    clearTimeout(this.#deadline);
    this.plan.crew?.leave(this);
  }

  #connectionIsLost(): void {
    this.plan.connections.drop(this.#connection);
  }

  #land(exchange: Exchange): void {
    const totalMs = performance.now() - this.#startedAt;
    this.plan.land({
      kind: 'exchanged',
      exchange,
      sentAt: this.plan.sentAt,
      resolvedIp: this.#connection.ip,
      durationMs: Math.round(totalMs),
      timings: {
        dnsMs: tenths(this.#timings?.dnsMs ?? null),
        connectMs: tenths(this.#timings?.connectMs ?? null),
        tlsMs: tenths(this.#timings?.tlsMs ?? null),
        firstByteMs: this.#status === 0 ? null : tenths(this.#firstByteAt - this.#startedAt),
        totalMs: tenths(totalMs),
      },
    });
  }
}

function expire(flight: Flight): void {
  flight.expire();
}

function contentEncoding(headers: IncomingHeaders): string | undefined {
  const value = headers['content-encoding'];
  const text = Array.isArray(value) ? value.join(', ') : value;
  return text === undefined || text === '' || text === 'identity' ? undefined : text;
}

/** A field that came more than once is one field with commas (RFC 9110, section 5.3). */
function joinedHeaders(headers: IncomingHeaders): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) joined[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return joined;
}

function tenths(ms: number): number;
function tenths(ms: number | null): number | null;
function tenths(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 10) / 10;
}
