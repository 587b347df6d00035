import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '#domain';

/** What a body in one of these charsets is decoded as; JSON between systems is UTF-8 (RFC 8259, section 8.1). */
const DECODED_AS: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['utf-16', 'utf-16le'],
  ['utf-16le', 'utf-16le'],
  ['utf-16be', 'utf-16be'],
]);
/** A byte order mark says more surely than a header how the bytes behind it are to be read. */
const MARKS = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
] as const;

/** Deeper than this is no request of anybody's, and what walks through a value would run out of stack. */
const DEEPEST = 200;

/**
 * Reads the body of a request to the API.
 *
 * @returns undefined when there is none
 * @throws AppError 415 `request.unsupported_media_type`, `request.unsupported_charset`, `request.unsupported_encoding`;
 * 400 `request.invalid_json`
 */
export function readJson(headers: IncomingHttpHeaders, body: Buffer): unknown {
  if (body.length === 0) return undefined;
  const [type = '', ...parameters] = (headers['content-type'] ?? '')
    .split(';')
    .map((part) => part.trim().toLowerCase());
  if (type !== 'application/json' && !/^application\/[\w.!#$&^-]+\+json$/.test(type)) {
    throw unsupported('media_type', 'Send the body as application/json.');
  }
  if (!/^(identity)?$/i.test(headers['content-encoding'] ?? '')) {
    throw unsupported('encoding', 'Send the body as it is, without a Content-Encoding.');
  }
  const text = decoded(body, charsetOf(parameters));
  if (text === '') return undefined;
  const value = parsed(text);
  const lossy = firstLossyNumber(text);
  if (lossy !== undefined) {
    throw invalid(`The number ${lossy} would lose digits: write it as a text, in quotation marks.`);
  }
  if (isTooDeep(value)) throw invalid(`The body is nested deeper than ${String(DEEPEST)} levels.`);
  return value;
}

function charsetOf(parameters: readonly string[]): string {
  const given = parameters.find((parameter) => parameter.startsWith('charset='));
  return given?.slice('charset='.length).replaceAll(/^["']|["']$/g, '') ?? 'utf-8';
}

function decoded(body: Buffer, charset: string): string {
  const marked = MARKS.find(([, mark]) => mark.every((byte, index) => body[index] === byte))?.[0];
  const as = marked ?? DECODED_AS.get(charset);
  if (as === undefined) throw unsupported('charset', 'Send the body in UTF-8.');
  try {
    return new TextDecoder(as, { fatal: true }).decode(body);
  } catch {
    throw invalid(`The body is not text in ${as.toUpperCase()}.`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('The body is not valid JSON.');
  }
}

/** Of nothing shorter a double loses digits. */
const MAY_BE_LOSSY = /[\d.]{16}|\d[eE][+-]?\d/;
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const LONGEST_SHOWN = 40;

/**
 * The first number that is another one as a double, as it is written.
 *
 * @param text  valid JSON
 */
function firstLossyNumber(text: string): string | undefined {
  if (!MAY_BE_LOSSY.test(text)) return undefined;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token.startsWith('"') || !MAY_BE_LOSSY.test(token)) continue;
    if (decimalOf(token) !== decimalOf(String(Number(token)))) {
      return token.length > LONGEST_SHOWN ? `${token.slice(0, LONGEST_SHOWN)}...` : token;
    }
  }
  return undefined;
}

/** The digits of a number without zeros at either end, and what power of ten the last of them is: `1.50e3` is `15e2`. */
function decimalOf(number: string): string {
  const [mantissa = '', exponent = '0'] = number.replace('-', '').toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = `${whole}${fraction}`;
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  const significant = digits.slice(0, end).replace(/^0+/, '');
  return significant === ''
    ? '0'
    : `${significant}e${String(Number(exponent) - fraction.length + digits.length - end)}`;
}

/** Level by level, not by calling itself. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= DEEPEST; depth += 1) {
    level = level.flatMap((item) =>
      typeof item === 'object' && item !== null ? (Object.values(item) as unknown[]) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}

function unsupported(what: string, message: string): AppError {
  return new AppError('rejected', `request.unsupported_${what}`, message, { status: 415 });
}

function invalid(message: string): AppError {
  return new AppError('rejected', 'request.invalid_json', message);
}
