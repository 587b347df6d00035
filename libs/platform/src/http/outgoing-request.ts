import type { ClientCertificate } from '../tls/client-certificate.js';

export interface OutgoingRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  url: string;
  /** Sent as they are. `host`, `content-length` and `connection` are made here; leave them out. */
  headers: Record<string, string>;
  body?: string | Uint8Array | null;
  /** Shown to a server that asks who we are; the URL must be https:// then. */
  certificate?: ClientCertificate | undefined;
  /** For the whole exchange: name, connection, request, answer and its body. */
  timeoutMs: number;
  /** Aborting ends the exchange at once, with `{ kind: 'aborted' }`. May be shared by any number of sends. */
  signal?: AbortSignal;
  /**
   * True when the receiver can tell a repetition (a delivery has its message id). Then a request that met a connection
   * which the server had just closed is sent once more; never set it for a request that places a call.
   */
  mayRepeat?: boolean;
  /**
   * Goes by a connection that is opened for it, so that a kept one which the server had closed cannot take it along: for a
   * request that places a call. Where `timings.connectMs` of what comes back is null, nothing had been sent then.
   */
  onNewConnection?: boolean;
  /** How much of the decoded body is kept where 16 KiB are too few: a list is worth nothing when it is cut. */
  keepBodyBytes?: number;
}
