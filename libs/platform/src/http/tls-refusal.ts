/** What a server says when it ends a handshake, in words for the tenant (RFC 8446, section 6.2, for the alerts). */

const SENTENCE: Readonly<Partial<Record<string, string>>> = {
  CERTIFICATE_REQUIRED: 'The server wants to be shown a client certificate',
  HANDSHAKE_FAILURE: 'The server found no way to speak securely with us; it may want a client certificate',
  UNKNOWN_CA: 'The server does not trust whoever issued the client certificate',
  CERTIFICATE_EXPIRED: 'The server says that the client certificate has expired',
  CERTIFICATE_REVOKED: 'The server says that the client certificate was revoked',
  BAD_CERTIFICATE: 'The server does not accept the client certificate',
  CERTIFICATE_UNKNOWN: 'The server does not accept the client certificate',
  UNSUPPORTED_CERTIFICATE: 'The server does not accept client certificates of this kind',
  ACCESS_DENIED: 'The server denies access with this client certificate',
};

/** In OpenSSL's code, `ERR_SSL_TLSV1_ALERT_UNKNOWN_CA`, or, where Node has a code of its own, in its text. */
const ALERT = /\balert ([a-z ]+)|_ALERT_([A-Z_]+)/;
const CUT_SHORT = 'before secure TLS connection was established';

/** A sentence without its full stop; null when it was no server that ended a handshake. */
export function tlsRefusal(error: Error, code: string): string | null {
  const [, inText, inCode] = ALERT.exec(code) ?? ALERT.exec(error.message) ?? [];
  const alert = inCode ?? inText?.trim().toUpperCase().replaceAll(' ', '_');
  if (alert !== undefined) return SENTENCE[alert] ?? 'The server ended the handshake';
  if (!error.message.includes(CUT_SHORT)) return null;
  return 'The server closed the connection before it was secure; it may speak no TLS, or want another client certificate';
}
