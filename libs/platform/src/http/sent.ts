import type { Exchange, Instant } from '#domain';

/** Milliseconds. The first three are null for a connection that was open already, `tlsMs` also for plain HTTP. */
export interface SendTimings {
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  /** From the start to the status line; null when there was none. */
  firstByteMs: number | null;
  totalMs: number;
}

/** How a send ended. */
export type Sent =
  | {
      kind: 'exchanged';
      exchange: Exchange;
      sentAt: Instant;
      timings: SendTimings;
      /** Null when there was no connection. */
      resolvedIp: string | null;
      durationMs: number;
    }
  /** Ended by our own signal: not an attempt. */
  | { kind: 'aborted' };
