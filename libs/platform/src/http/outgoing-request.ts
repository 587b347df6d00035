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
}
