import { Connection } from './connection.js';
import { type Dialler, plainDialler } from './dialler.js';
import { Download, type DownloadLimits } from './download.js';
import { DNS_BUDGET_MS, guardedLookup } from './guarded-lookup.js';
import type { Opened, StreamRequest } from './opened.js';
import { dnsResolveHost, type ResolveHost } from './resolve-host.js';
import { checkTargetUrl } from './target-guard.js';
import type { TargetPolicy } from './target-policy.js';

export interface HttpStreamerOptions {
  policy: TargetPolicy;
  resolve?: ResolveHost;
  limits?: Partial<DownloadLimits>;
}

const SECOND = 1_000;
const MIB = 1_024 * 1_024;
const LIMITS: DownloadLimits = {
  headersMs: 20 * SECOND,
  silenceMs: 30 * SECOND,
  pauseMs: 5 * 60 * SECOND,
  maxBytes: 512 * MIB,
};
const CONNECT_TIMEOUT_MS = 10 * SECOND;
/** Each stream has a connection of its own, closed behind it. */
const KEEP_ALIVE_MS = 1;

/**
 * Reads large bodies on tenants' behalf, under the same guard against SSRF as HttpSender: the addresses that were judged are those
 * that are connected to, no redirect is followed, no proxy used. There is no deadline over the whole, as somebody may be
 * listening to it; instead one for the headers, one for silence, and a limit of bytes.
 */
export class HttpStreamer {
  readonly #policy: TargetPolicy;
  readonly #limits: DownloadLimits;
  readonly #dialler: Dialler;
  readonly #open = new Set<Download>();

  constructor({ policy, resolve, limits }: HttpStreamerOptions) {
    this.#policy = policy;
    this.#limits = { ...LIMITS, ...limits };
    const { allow } = policy;
    this.#dialler = plainDialler({
      lookup: guardedLookup({ resolve: resolve ?? dnsResolveHost(), allow, budgetMs: DNS_BUDGET_MS }),
      timeout: CONNECT_TIMEOUT_MS,
      rejectUnauthorized: true,
    });
  }

  /** How many bodies are being read. */
  get openCount(): number {
    return this.#open.size;
  }

  /**
   * Sends a GET and answers as soon as the headers are there.
   *
   * @returns what came back or why nothing did; never rejects for anything that the remote does or that the request says
   */
  get({ url, headers, signal }: StreamRequest): Promise<Opened> {
    if (signal?.aborted === true) return Promise.resolve({ kind: 'aborted' });
    const verdict = checkTargetUrl(url, this.#policy);
    if (!verdict.ok) return Promise.resolve({ kind: 'failed', cause: 'blocked', message: verdict.reason });
    const { origin, pathname, search } = verdict.url;
    const place = { key: origin, origin, dialler: this.#dialler };
    const connection = new Connection(place, {
      allow: this.#policy.allow,
      keepAliveMs: KEEP_ALIVE_MS,
      onClosed: () => undefined,
    });
    return new Promise((open) => {
      const abort = () => {
        download.abort();
      };
      const download = new Download({
        path: pathname + search,
        headers: { ...headers, 'accept-encoding': 'identity' },
        connection,
        limits: this.#limits,
        open,
        done: () => {
          signal?.removeEventListener('abort', abort);
          this.#open.delete(download);
          connection.destroy();
        },
      });
      this.#open.add(download);
      signal?.addEventListener('abort', abort, { once: true });
      download.start();
    });
  }

  /** Ends what is under way. */
  close(): void {
    for (const download of this.#open) download.abort();
  }
}
