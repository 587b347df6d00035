import type { LastWord } from './last-word.js';
import type { EndpointAccess } from '#domain';
import type { DeliveryTarget } from '#db';
import type { Writer } from '#formats';
import type { ClientCertificate } from '#platform';

/** Where a delivery goes, how it is written, and under which lease. */
export interface Route {
  target: DeliveryTarget;
  writer: Writer;
  /** Opened; every one of them signs. */
  secrets: readonly string[];
  /** Opened. */
  access: EndpointAccess;
  certificate: ClientCertificate | undefined;
  fence: string;
  /** Aborts the request. */
  signal: AbortSignal;
  lastWord: LastWord;
}

/** With the headers of the endpoint's own, its credentials among them. */
export interface AuthorisedRoute extends Route {
  headers: Readonly<Record<string, string>>;
}
