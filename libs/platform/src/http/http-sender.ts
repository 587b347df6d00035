import type { Instant } from '#domain';
import { buildConnector } from 'undici';
import { systemClock } from '../clock/clock.js';
import { Crew } from './crew.js';
import { Flight } from './flight.js';
import { DNS_BUDGET_MS, guardedLookup } from './guarded-lookup.js';
import { KeptConnections } from './kept-connections.js';
import type { OutgoingRequest } from './outgoing-request.js';
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

type Target = { ok: true; origin: string; path: string } | { ok: false; reason: string };

const DEFAULTS = { connectTimeoutMs: 10_000, keepAliveMs: 15_000, maxIdleConnections: 1_000 };
/** Most endpoints have one URL; those with templates have many, and must not fill the memory. */
const REMEMBERED_TARGETS = 5_000;

/**
 * Sends requests on tenants' behalf: guarded against SSRF, one deadline over the whole exchange, a body of at most
 * 16 KiB kept, connections kept alive. Follows no redirect and uses no proxy. How many sends run at once is the
 * caller's business.
 */
export class HttpSender {
  readonly #connections: KeptConnections;
  readonly #targets = new Map<string, Target>();
  readonly #crews = new WeakMap<AbortSignal, Crew<Flight>>();
  readonly #policy: TargetPolicy;
  readonly #now: () => Instant;

  constructor(options: HttpSenderOptions) {
    this.#policy = options.policy;
    this.#now = options.now ?? (() => systemClock.now());
    const { allow } = options.policy;
    const lookup = guardedLookup({
      resolve: options.resolve ?? dnsResolveHost(),
      allow,
      budgetMs: options.dnsBudgetMs ?? DNS_BUDGET_MS,
    });
    this.#connections = new KeptConnections({
      allow,
      keepAliveMs: options.keepAliveMs ?? DEFAULTS.keepAliveMs,
      maxIdle: options.maxIdleConnections ?? DEFAULTS.maxIdleConnections,
      connect: buildConnector({
        lookup,
        timeout: options.connectTimeoutMs ?? DEFAULTS.connectTimeoutMs,
        // Said aloud, so that no environment variable can switch the checking of certificates off.
        rejectUnauthorized: true,
        ...(options.trustedAuthorities === undefined ? {} : { ca: options.trustedAuthorities }),
      }),
    });
  }

  /** How many idle connections are open. */
  get idleConnections(): number {
    return this.#connections.idleCount;
  }

  /**
   * Sends one request and reads the answer.
   *
   * @returns what came back or why nothing did; never rejects for anything that the remote does or that the request says
   */
  send(request: OutgoingRequest): Promise<Sent> {
    const { signal } = request;
    if (signal?.aborted === true) return Promise.resolve({ kind: 'aborted' });
    const target = this.#targetOf(request.url);
    if (!target.ok) return Promise.resolve(this.#blocked(target.reason));

    return new Promise((land) => {
      const flight = new Flight({
        request,
        origin: target.origin,
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

  #targetOf(url: string): Target {
    let target = this.#targets.get(url);
    if (target === undefined) {
      const verdict = checkTargetUrl(url, this.#policy);
      target = verdict.ok
        ? { ok: true, origin: verdict.url.origin, path: verdict.url.pathname + verdict.url.search }
        : verdict;
      if (this.#targets.size >= REMEMBERED_TARGETS) this.#targets.clear();
      this.#targets.set(url, target);
    }
    return target;
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

  #blocked(reason: string): Sent {
    return {
      kind: 'exchanged',
      exchange: { kind: 'failed', cause: 'blocked', message: reason },
      sentAt: this.#now(),
      timings: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 },
      resolvedIp: null,
      durationMs: 0,
    };
  }
}
