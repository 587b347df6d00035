import type { Exchange } from '#domain';
import { TargetError } from './target-error.js';
import { tlsRefusal } from './tls-refusal.js';

export type Failure = Extract<Exchange, { kind: 'failed' }>;

/** Codes of Node's sockets and of undici. */
const CAUSE_OF_CODE: Readonly<Partial<Record<string, Failure['cause']>>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EADDRNOTAVAIL: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  EPROTO: 'tls',
  UND_ERR_HEADERS_OVERFLOW: 'protocol',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'protocol',
};

/** OpenSSL's and Node's words for a bad certificate or handshake. */
const TLS_CODE =
  /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|CRL_|UNABLE_TO_|ERROR_IN_CERT|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA)/;

const SENTENCE: Readonly<Record<Failure['cause'], string>> = {
  timeout: 'The server did not accept the connection in time',
  refused: 'The server did not accept the connection',
  reset: 'The server closed the connection before it had answered',
  dns: 'The name does not resolve',
  tls: 'No secure connection could be made; check the certificate',
  blocked: 'The target is not allowed',
  body_too_large: 'The answer is too large',
  protocol: 'The answer is not valid HTTP',
  unknown: 'The request could not be sent',
};

/** undici's words for an answer that it did not expect: 100 Continue, or an upgrade that nobody asked for. */
const BAD_ANSWER = /^bad (response|upgrade)$/;

/**
 * Puts an error of the connection into a stable word and a sentence for the tenant. Of the error itself only its code
 * is shown: messages may hold addresses of our network or parts of the request.
 */
export function failureOf(error: Error): Failure {
  if (error instanceof TargetError) return { kind: 'failed', cause: error.why, message: error.message };
  const code = codeOf(error);
  const isBadAnswer = error.name === 'HTTPParserError' || BAD_ANSWER.test(error.message);
  const refusal = isBadAnswer ? null : tlsRefusal(error, code);
  const cause = isBadAnswer ? 'protocol' : refusal === null ? causeOf(code) : 'tls';
  return failure(cause, refusal ?? SENTENCE[cause], code);
}

/**
 * In TLS 1.3 we have sent a request before the server has looked at our certificate, and many servers then close the
 * connection without saying why (Node's do).
 *
 * @param error  of a connection that was opened with a client certificate and never carried an answer
 */
export function failureOfCertified(error: Error): Failure {
  const plain = failureOf(error);
  if (plain.cause !== 'reset') return plain;
  return failure(
    'tls',
    'The server closed the connection, as many do over a client certificate',
    codeOf(error),
  );
}

function failure(cause: Failure['cause'], sentence: string, code: string): Failure {
  return { kind: 'failed', cause, message: code === '' ? `${sentence}.` : `${sentence} (${code}).` };
}

function causeOf(code: string): Failure['cause'] {
  return CAUSE_OF_CODE[code] ?? (TLS_CODE.test(code) ? 'tls' : 'unknown');
}

function codeOf(error: Error): string {
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
