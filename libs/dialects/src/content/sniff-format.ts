import type { InboundRequest, WireFormat } from '../dialect.js';
import { binaryText } from './binary-text.js';
import { wideText } from './charset/wide-text.js';
import { boundaryOf } from './forms/read-multipart.js';
import { unpackBody } from './body/unpack-body.js';

/** What a body can be told apart as by its bytes alone; plain XML goes by the name of its commonest kind. */
export type BodyFormat = Extract<WireFormat, 'json' | 'form' | 'xmlrpc'>;

/**
 * What may stand in front of a body and means nothing, a character a byte: blanks, NUL characters, a byte order mark (also
 * one that was encoded twice), invisible blanks, what keeps a browser from running JSON, the quotation mark of a shell,
 * comments.
 */
const MARKS =
  /^(?:[\0-\x20]|\xef\xbb\xbf|\xc2\xa0|\xe2\x80[\x8b-\x8f\xa8\xa9]|\xc3\xaf\xc2\xbb\xc2\xbf|\)\]\}',?|while\s?\(1\);|for\s?\(;;\);|'(?=\s*[{[<])|\/\*(?:[^*]|\*(?!\/)){0,500}\*\/|(?:\/\/|#)[^\r\n=]{0,500}[\r\n])+/;
/** The same in text. */
const MARKS_IN_TEXT =
  /^(?:[\0-\x20\ufeff\xa0\u200b-\u200f\u2028\u2029]|\xef\xbb\xbf|\)\]\}',?|while\s?\(1\);|for\s?\(;;\);|'(?=\s*[{[<])|\/\*(?:[^*]|\*(?!\/)){0,500}\*\/|(?:\/\/|#)[^\r\n=]{0,500}[\r\n])+/;
const SHELL_QUOTE = /\}\s*'\s*$|\]\s*'\s*$|>\s*'\s*$/;
const JSON_STARTS = /^(?:[{[]|"\s*(?:[{[<\\]|$)|[\w$.]{1,60}\s*\(\s*[{["])/;
/** Something in front of XML that is none. */
const JUNK_AND_XML = /^[^=<{[]{0,500}<(?:\?xml|methodcall|methodresponse)/i;
const EQUALS_SIGN = 0x3d;
/** What JSON begins with, and XML. */
const BRACKETS: ReadonlySet<number | undefined> = new Set([0x7b, 0x5b]);
const LESS_THAN = 0x3c;
const HEAD_BYTES = 1024;

/**
 * The format of a body by its first characters that mean anything, packed or not, in any encoding; the header decides only
 * where the body does not, since PBXs and the people who set them up get the header wrong more often than the body.
 */
export function sniffFormat(request: Pick<InboundRequest, 'headers' | 'body'>): BodyFormat {
  const { headers, body } = request;
  const unpacked = unpackBody(body, headers['content-encoding']);
  return unpacked.ok
    ? formatOf(unpacked.bytes, headers['content-type'])
    : claimedFormat(headers['content-type']);
}

/** @param bytes  of a body that is packed no more */
export function formatOf(bytes: Uint8Array, contentType: string | undefined): BodyFormat {
  const wide = wideText(bytes);
  const narrow = wide === undefined ? bytes : Buffer.from(wide);
  const from = indexOfSolid(narrow);
  // Nearly all bodies begin so, without anything in front that has to be taken away.
  if (BRACKETS.has(narrow[from])) return 'json';
  if (narrow[from] === LESS_THAN) return 'xmlrpc';
  const head = binaryText(narrow, from, from + HEAD_BYTES).replace(MARKS, '');
  if (JSON_STARTS.test(head)) return 'json';
  if (head.startsWith('<') || JUNK_AND_XML.test(head)) return 'xmlrpc';
  if (narrow.includes(EQUALS_SIGN) || boundaryOf(head, contentType) !== undefined) return 'form';
  return /^%(?:7B|5B)/i.test(head) ? 'form' : claimedFormat(contentType);
}

/** A text without what means nothing in front of it. */
export function withoutMarks(text: string): string {
  const marks = MARKS_IN_TEXT.exec(text)?.[0] ?? '';
  const rest = marks === '' ? text : text.slice(marks.length);
  return marks.includes("'") ? rest.replace(SHELL_QUOTE, (end) => end.charAt(0)) : rest;
}

function indexOfSolid(bytes: Uint8Array): number {
  let from = 0;
  while (from < bytes.length && (bytes[from] ?? 0) <= 0x20) from += 1;
  return from;
}

export function claimedFormat(contentType = ''): BodyFormat {
  if (/\bxml\b/i.test(contentType)) return 'xmlrpc';
  return /\bjson\b/i.test(contentType) ? 'json' : 'form';
}
