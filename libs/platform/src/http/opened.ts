import type { Exchange } from '#domain';
import type { Readable } from 'node:stream';

export interface StreamRequest {
  url: string;
  /** Sent as they are. `host` and `connection` are made here; leave them out. */
  headers: Record<string, string>;
  /** Aborting ends the exchange at once; an open body is destroyed. */
  signal?: AbortSignal;
}

/** What came of opening a stream. */
export type Opened =
  | {
      kind: 'answered';
      status: number;
      /** Names in lower case; of a field that came more than once the parts are joined with commas. */
      headers: Readonly<Record<string, string>>;
      /** Read it to its end or destroy it: until then it holds a connection. */
      body: Readable;
    }
  | Extract<Exchange, { kind: 'failed' }>
  /** Ended by our own signal. */
  | { kind: 'aborted' };
