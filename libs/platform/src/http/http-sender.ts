import type { Instant } from '#domain';
import { systemClock } from '../clock/clock.js';
import type { ClientCertificate } from '../tls/client-certificate.js';
import { Crew } from './crew.js';
import { CertifiedDiallers, type Dialler, type Dialling, plainDialler } from './dialler.js';
import type { Failure } from './failure-of.js';
import { Flight } from './flight.js';
import { DNS_BUDGET_MS, guardedLookup } from './guarded-lookup.js';
import { KeptConnections } from './kept-connections.js';
import type { OutgoingRequest } from './outgoing-request.js';
import type { Place } from './place.js';
import { dnsResolveHost, type ResolveHost } from './resolve-host.js';
import type { Sent } from './sent.js';
import { checkTargetUrl } from './target-guard.js';
import type { TargetPolicy } from './target-policy.js';

export interface HttpSenderOptions {
  policy: TargetPolicy;
  resolve?: ResolveHost;
  dnsBudgetMs?: number;
  /** How long opening a socket may take; the deadline of the send applies all the same. */
  connectTimeoutMs?: number;
  /** How long an idle connection is kept, unless the server says less. */
  keepAliveMs?: number;
  /** Over all origins. */
  maxIdleConnections?: number;
  /** Certificate authorities (PEM) to trust instead of Node's own list. */
  trustedAuthorities?: string[];
  now?: () => Instant;
}

type Target = { ok: true; place: Place; path: string } | { ok: false; failure: Failure };

const DEFAULTS = { connectTimeoutMs: 10_000, keepAliveMs: 15_000, maxIdleConnections: 1_000 };
/** Most endpoints have one URL; those with templates have many, and must not fill the memory. */
const REMEMBERED_TARGETS = 5_000;
const NOT_SECURE = blocked('A client certificate can be shown to an https:// URL only.');

/**
 * Sends requests on tenants' behalf: guarded against SSRF, one deadline over the whole exchange, a body of at most
 * 16 KiB kept unless more is asked for, connections kept alive. Follows no redirect and uses no proxy. How many sends
 * run at once is the caller's business. Requests with a client certificate go by connections, and TLS sessions, of that
 * certificate alone.
 */
export class HttpSender {
  readonly #connections: KeptConnections;
  readonly #dialler: Dialler;
  readonly #certified: CertifiedDiallers;
  readonly #targets = new Map<string, Target>();
  readonly #crews = new WeakMap<AbortSignal, Crew<Flight>>();
  readonly #policy: TargetPolicy;
  readonly #now: () => Instant;

  constructor(options: HttpSenderOptions) {
    this.#policy = options.policy;
    this.#now = options.now ?? (() => systemClock.now());
    const { allow } = options.policy;
    const dialling = diallingOf(options);
    this.#dialler = plainDialler(dialling);
    this.#certified = new CertifiedDiallers(dialling);
    this.#connections = new KeptConnections({
      allow,
      keepAliveMs: options.keepAliveMs ?? DEFAULTS.keepAliveMs,
      maxIdle: options.maxIdleConnections ?? DEFAULTS.maxIdleConnections,
    });
  }

  /** How many idle connections are open. */
  get idleConnections(): number {
    return this.#connections.idleCount;
  }

  /** How many client certificates have a connection, idle or not. Of others nothing is remembered. */
  get certificatesInUse(): number {
    return this.#certified.count;
  }

  /**
   * Sends one request and reads the answer.
   *
   * @returns what came back or why nothing did; never rejects for anything that the remote does or that the request says
   */
  send(request: OutgoingRequest): Promise<Sent> {
    const { signal } = request;
    if (signal?.aborted === true) return Promise.resolve({ kind: 'aborted' });
    const target = this.#targetOf(request.url, request.certificate);
    if (!target.ok) return Promise.resolve(this.#unsent(target.failure));

    return new Promise((land) => {
      const flight = new Flight({
        request,
        place: target.place,
        path: target.path,
        connections: this.#connections,
        crew: signal === undefined ? null : this.#crewOf(signal),
        sentAt: this.#now(),
        land,
      });
      flight.start();
    });
  }

  /** Closes all connections. Sends under way fail, so abort them first by their signals. */
  close(): void {
    this.#connections.close();
  }

  #targetOf(url: string, certificate: ClientCertificate | undefined): Target {
    const target = this.#judged(url);
    return certificate === undefined || !target.ok ? target : this.#certifiedTarget(target, certificate);
  }

  #judged(url: string): Target {
    let target = this.#targets.get(url);
    if (target === undefined) {
      const verdict = checkTargetUrl(url, this.#policy);
      target = verdict.ok ? this.#plainTarget(verdict.url) : { ok: false, failure: blocked(verdict.reason) };
      if (this.#targets.size >= REMEMBERED_TARGETS) this.#targets.clear();
      this.#targets.set(url, target);
    }
    return target;
  }

  #plainTarget({ origin, pathname, search }: URL): Target {
    return { ok: true, place: { key: origin, origin, dialler: this.#dialler }, path: pathname + search };
  }

  #certifiedTarget({ place, path }: Extract<Target, { ok: true }>, certificate: ClientCertificate): Target {
    const { origin } = place;
    if (!origin.startsWith('https:')) return { ok: false, failure: NOT_SECURE };
    try {
      const dialler = this.#certified.of(certificate);
      // No origin has a blank in it.
      return { ok: true, place: { key: `${certificate.name} ${origin}`, origin, dialler }, path };
    } catch (error) {
      return { ok: false, failure: unusable(error) };
    }
  }

  /** All flights under one signal. One listener for each signal: one for each send would be slow, and Node warns of it. */
  #crewOf(signal: AbortSignal): Crew<Flight> {
    const known = this.#crews.get(signal);
    if (known !== undefined) return known;
    const crew = new Crew<Flight>();
    this.#crews.set(signal, crew);
    signal.addEventListener(
      'abort',
      () => {
        crew.abortAll();
      },
      { once: true },
    );
    return crew;
  }

  #unsent(failure: Failure): Sent {
    return {
      kind: 'exchanged',
      exchange: failure,
      sentAt: this.#now(),
      timings: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 },
      resolvedIp: null,
      durationMs: 0,
    };
  }
}

function diallingOf(options: HttpSenderOptions): Dialling {
  return {
    lookup: guardedLookup({
      resolve: options.resolve ?? dnsResolveHost(),
      allow: options.policy.allow,
      budgetMs: options.dnsBudgetMs ?? DNS_BUDGET_MS,
    }),
    timeout: options.connectTimeoutMs ?? DEFAULTS.connectTimeoutMs,
    rejectUnauthorized: true,
    ...(options.trustedAuthorities === undefined ? {} : { ca: options.trustedAuthorities }),
  };
}

function blocked(reason: string): Failure {
  return { kind: 'failed', cause: 'blocked', message: reason };
}

/** Who saved it had it checked: this is a machine with another OpenSSL, or one that is set up otherwise. */
function unusable(error: unknown): Failure {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return { kind: 'failed', cause: 'tls', message: `The client certificate cannot be used (${code}).` };
}
