import type { Duplex } from 'node:stream';
import { STATUS_CODES } from 'node:http';
import { AppError } from '#domain';
import type { Log } from '../log/log.js';
import { problemOf } from './error.filter.js';
import type { ClientError } from './raw-routes.js';

/** Codes of a connection that broke: nobody is there to be answered, and no request was refused. */
const GONE = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ETIMEDOUT', 'HPE_INVALID_EOF_STATE']);

export function isGone({ code = '' }: ClientError): boolean {
  return GONE.has(code);
}

/** What Node's parser says, as an answer. */
export function unreadError(error: ClientError): AppError {
  switch (error.code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new AppError('rejected', 'request.timeout', 'The request did not arrive in time.', {
        status: 408,
      });
    case 'HPE_HEADER_OVERFLOW':
      return new AppError('rejected', 'request.headers_too_large', 'The URL or the headers are too long.', {
        status: 431,
      });
    default:
      return new AppError(
        'rejected',
        'request.not_http',
        'This is not HTTP as RFC 9112 has it: percent-encode the URL, and look at the length of the body.',
      );
  }
}

/** Answers what Node's parser could not read, and ends the connection: nobody knows where a next request would begin. */
export function refuseUnread(error: ClientError, socket: Duplex, log: Log): void {
  if (isGone(error)) {
    socket.destroy();
    return;
  }
  const refusal = unreadError(error);
  log.warn({ code: error.code, why: error.message }, 'request.unreadable');
  endWith(socket, {
    status: refusal.status,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify(problemOf(refusal)),
  });
}

export interface WholeAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** Writes an answer by hand, where there is no request that Node could answer, and ends the connection. */
export function endWith(socket: Duplex, { status, headers, body }: WholeAnswer): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const all = { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`, () =>
    socket.destroy(),
  );
}
