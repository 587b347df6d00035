import type { InboundRequest, WireFormat } from '../dialect.js';

/** What a body can be told apart as by its bytes alone; plain XML goes by the name of its commonest kind. */
export type BodyFormat = Extract<WireFormat, 'json' | 'form' | 'xmlrpc'>;

/** Byte order mark and ASCII white space. */
const SKIPPED = new Set([0xef, 0xbb, 0xbf, 0x20, 0x09, 0x0a, 0x0d]);
const FORMAT_OF_FIRST_BYTE = new Map<number, BodyFormat>([
  [0x7b, 'json'], // {
  [0x5b, 'json'], // [
  [0x3c, 'xmlrpc'], // <
]);
const EQUALS_SIGN = 0x3d;

/**
 * The format of a body by its first byte that means anything; the header decides only where the body does not, since PBXs
 * and the people who set them up get the header wrong more often than the body.
 */
export function sniffFormat(request: Pick<InboundRequest, 'headers' | 'body'>): BodyFormat {
  const { body } = request;
  let at = 0;
  while (at < body.length && SKIPPED.has(body[at] ?? 0)) at += 1;
  const bracketed = FORMAT_OF_FIRST_BYTE.get(body[at] ?? 0);
  if (bracketed !== undefined) return bracketed;
  return body.includes(EQUALS_SIGN) ? 'form' : claimedFormat(request.headers['content-type']);
}

function claimedFormat(contentType = ''): BodyFormat {
  if (/\bxml\b/i.test(contentType)) return 'xmlrpc';
  return /\bjson\b/i.test(contentType) ? 'json' : 'form';
}
