import { Agent, WebSocket, buildConnector } from 'undici';
import { DNS_BUDGET_MS, guardedLookup } from './guarded-lookup.js';
import { dnsResolveHost, type ResolveHost } from './resolve-host.js';
import { TargetError } from './target-error.js';
import { checkTargetUrl } from './target-guard.js';
import type { TargetPolicy } from './target-policy.js';

export interface SocketOpenerOptions {
  policy: TargetPolicy;
  resolve?: ResolveHost;
  /** How long opening a connection may take. */
  connectTimeoutMs?: number;
  /** A longer message ends the socket. */
  mostMessageBytes?: number;
  /** Certificate authorities (PEM) to trust instead of Node's own list. */
  trustedAuthorities?: string[];
}

export interface SocketEars {
  opened: () => void;
  text: (message: string) => void;
  /** Told once, and nothing after it. @param reason  a sentence without the URL's query */
  ended: (reason: string) => void;
}

export interface OpenSocket {
  send: (message: string) => void;
  /** Ends it; `ended` is told. */
  close: () => void;
}

const CONNECT_TIMEOUT_MS = 10_000;
const MOST_MESSAGE_BYTES = 8 * 1_024 * 1_024;

/**
 * Opens WebSockets on tenants' behalf, under the same guard as `HttpSender`: the URL is judged, and so is every address that its
 * name has, at the connection itself. It follows no redirect and uses no proxy.
 */
export class SocketOpener {
  readonly #connect: buildConnector.connector;
  readonly #policy: TargetPolicy;
  readonly #mostMessageBytes: number;
  readonly #agents = new Set<Agent>();

  constructor({ policy, ...options }: SocketOpenerOptions) {
    this.#policy = policy;
    this.#mostMessageBytes = options.mostMessageBytes ?? MOST_MESSAGE_BYTES;
    this.#connect = buildConnector({
      lookup: guardedLookup({
        resolve: options.resolve ?? dnsResolveHost(),
        allow: policy.allow,
        budgetMs: DNS_BUDGET_MS,
      }),
      timeout: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
      rejectUnauthorized: true,
      ...(options.trustedAuthorities === undefined ? {} : { ca: options.trustedAuthorities }),
    });
  }

  /** @param url  `http://` or `https://`, as whoever names it to us writes it */
  open(url: string, ears: SocketEars): OpenSocket {
    const verdict = checkTargetUrl(url, this.#policy);
    if (!verdict.ok) {
      queueMicrotask(() => {
        ears.ended(verdict.reason);
      });
      return { send: () => undefined, close: () => undefined };
    }
    return this.#opened(verdict.url.href.replace(/^http/, 'ws'), ears);
  }

  /** Ends all sockets. */
  async close(): Promise<void> {
    await Promise.all([...this.#agents].map((agent) => agent.destroy()));
  }

  #opened(url: string, ears: SocketEars): OpenSocket {
    let why: string | undefined;
    // One for each socket, as the error of the connection reaches nobody else.
    const agent = new Agent({
      connect: (options, callback) => {
        this.#connect(options, (...[error, socket]: Parameters<typeof callback>) => {
          if (error) why = `The connection failed${causeOf(error)}.`;
          callback(...([error, socket] as Parameters<typeof callback>));
        });
      },
      webSocket: { maxPayloadSize: this.#mostMessageBytes },
    });
    this.#agents.add(agent);
    const end = (reason: string) => {
      if (!this.#agents.delete(agent)) return;
      void agent.destroy();
      ears.ended(why ?? reason);
    };
    const socket = new WebSocket(url, { dispatcher: agent });
    socket.addEventListener('open', ears.opened);
    socket.addEventListener('message', ({ data }) => {
      if (this.#agents.has(agent) && typeof data === 'string') ears.text(data);
    });
    socket.addEventListener('error', () => {
      why ??= 'The connection failed: the server speaks no WebSocket there, or broke off.';
    });
    socket.addEventListener('close', ({ code }) => {
      end(`The connection was closed (${String(code)}).`);
    });
    return {
      send: (message) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(message);
      },
      close: () => {
        socket.close();
        end('We closed the connection.');
      },
    };
  }
}

/** What stands at the bottom of an error: the guard's own sentence, or a code such as ECONNREFUSED. */
function causeOf(error: Error): string {
  let bottom = error;
  while (bottom.cause instanceof Error) bottom = bottom.cause;
  if (bottom instanceof TargetError) return `: ${bottom.message.replace(/\.$/, '')}`;
  return ` (${(bottom as NodeJS.ErrnoException).code ?? bottom.name})`;
}
