/**
 * Reads a request that Node's parser refuses: one with raw UTF-8 or raw blanks in its URL, with odd lines among its headers, or
 * without the carriage returns. Only ever used where the connection ends after it, so that nobody can hide a second request
 * behind it; and what could be framed in two ways is refused (docs/adr/0016).
 */

export interface BareHead {
  method: string;
  /** Everything in it that does not belong into a URL is percent-encoded. */
  url: string;
  /** Names in lower case; repeated ones joined by a comma. */
  headers: Record<string, string>;
  /** Length of the body. */
  length: number;
  /** Where it begins. */
  bodyAt: number;
}

export type BareReading =
  | { kind: 'whole'; head: BareHead }
  /** The blank line behind the headers has not come yet. */
  | { kind: 'more' }
  | { kind: 'unreadable'; why: 'not_http' | 'bad_body' };

const LF = 0x0a;
const CR = 0x0d;
/** Methods are told apart by case, and nobody means another one by `get`. */
const METHOD = /^[A-Z]{1,16}$/i;
/** As proxies name a target (RFC 9112, section 3.2.2). */
const ORIGIN = /^https?:\/\/[^/?#]*(?=\/)/i;
const VERSION = /[ \t]+HTTP\/1\.[01][ \t]*$/i;
const LENGTH = /^\d{1,9}$/;

/** @param bytes  from the first of the request on */
export function readBareRequest(bytes: Uint8Array): BareReading {
  const bodyAt = endOfHead(bytes);
  if (bodyAt === undefined) return { kind: 'more' };
  // One character for each byte.
  const [first = '', ...lines] = Buffer.from(bytes.subarray(0, bodyAt))
    .toString('latin1')
    .replace(/^[\r\n]+/, '')
    .split(/\r?\n/);
  const line = readRequestLine(first);
  if (!line) return { kind: 'unreadable', why: 'not_http' };
  const fields = readFields(lines);
  const length = lengthOf(fields);
  if (length === undefined) return { kind: 'unreadable', why: 'bad_body' };
  return { kind: 'whole', head: { ...line, headers: joined(fields), length, bodyAt } };
}

/** Method and target of the first line, also where the head has not wholly come. */
export function readRequestLine(line: string): { method: string; url: string } | undefined {
  const blank = line.search(/[ \t]/);
  const method = line.slice(0, blank < 0 ? 0 : blank).toUpperCase();
  if (!METHOD.test(method)) return undefined;
  const target = line.slice(blank).replace(VERSION, '').trim().replace(ORIGIN, '');
  return target === '' ? undefined : { method, url: encoded(target) };
}

/**
 * What a line that is no request line says all the same of whom it was for: a target below a prefix that stands somewhere in
 * it. Only for counting.
 */
export function namedTarget(line: string, prefix: string): string | undefined {
  const at = line.indexOf(prefix);
  return at < 0 ? undefined : encoded(line.slice(at).split(/[ \t]/, 1)[0] ?? '');
}

/** The first line of some bytes, as far as it has come. */
export function firstLine(bytes: Uint8Array, most = 4_096): string {
  const text = Buffer.from(bytes.subarray(0, most))
    .toString('latin1')
    .replace(/^[\r\n]+/, '');
  return text.split(/\r?\n/, 1)[0] ?? '';
}

/** Behind the first empty line that follows a line with something in it. */
function endOfHead(bytes: Uint8Array): number | undefined {
  let lineIsEmpty = true;
  let seen = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === LF) {
      if (lineIsEmpty && seen) return at + 1;
      lineIsEmpty = true;
    } else if (byte !== CR) {
      lineIsEmpty = false;
      seen = true;
    }
  }
  return undefined;
}

function encoded(target: string): string {
  return target.replace(
    /[^\x21-\x7e]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

type Field = [name: string, value: string];

function readFields(lines: readonly string[]): Field[] {
  const fields: Field[] = [];
  for (const line of lines) {
    const last = fields.at(-1);
    if (/^[ \t]/.test(line) && last) {
      last[1] = `${last[1]} ${line.trim()}`.trim();
      continue;
    }
    const colon = line.indexOf(':');
    if (colon > 0) fields.push([line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]);
  }
  return fields;
}

/** Undefined where it is not certain: two lengths, none that is a number, or chunks. */
function lengthOf(fields: readonly Field[]): number | undefined {
  // Also a name that only looks like one of these may be somebody's idea of it.
  const about = fields.filter(([name]) => /content.?length|transfer.?encoding/.test(name));
  const [only] = about;
  if (!only) return 0;
  const isPlain = about.length === 1 && only[0] === 'content-length' && LENGTH.test(only[1]);
  return isPlain ? Number(only[1]) : undefined;
}

function joined(fields: readonly Field[]): Record<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of fields) {
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(headers);
}
