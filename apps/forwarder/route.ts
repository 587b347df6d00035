import type { DeliveryTarget } from '#db';
import type { Writer } from '#formats';

/** Where a delivery goes, how it is written, and under which lease. */
export interface Route {
  target: DeliveryTarget;
  writer: Writer;
  /** Opened; every one of them signs. */
  secrets: readonly string[];
  fence: string;
  /** Aborts the request. */
  signal: AbortSignal;
}
