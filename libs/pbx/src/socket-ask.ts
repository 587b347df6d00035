/** What a driver asks a PBX through the socket that it opened to us, and what comes of it. */

/** A request to the PBX's own REST API. `path` is below its root, e.g. `channels/1.2/play`. `body` is sent as JSON. */
export interface SocketAsk {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
}

/**
 * - `replied`: the PBX's own answer; `status` as in HTTP.
 * - `refused`: it is certain that nothing was written to a socket, as none is open.
 * - `unknown`: it may have been carried out.
 *
 * `reason` and `why` are sentences without secrets.
 */
export type SocketAnswer =
  | { kind: 'replied'; status: number; body: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'unknown'; why: string };
