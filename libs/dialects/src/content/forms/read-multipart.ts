/** Reads `multipart/form-data` (RFC 7578), as `curl -F` and HTML forms send it. */
import { decodeText } from '../charset/decode-text.js';
import type { TextHints } from '../charset/decode-text.js';
import { MAX_FORM_FIELDS } from '../read-form.js';
import type { FormFields } from '../read-form.js';
import { nestFields } from './nest-fields.js';

const BOUNDARY_PARAMETER = /\bboundary\s*=\s*(?:"([^"]{1,200})"|([^\s";,]{1,200}))/i;
/** The first line of a body whose header does not say, and the line after it. */
const BOUNDARY_LINE = /^\s*--([^\r\n]{1,200}?)[ \t]*\r?\n(?=content-)/i;
const END_OF_HEADERS = /\r?\n[ \t]*\r?\n/;
const NAME = /[;\s]name\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i;
const EXTENDED_NAME = /[;\s]name\*\s*=\s*([\w-]*)'[^']*'([^\s;]+)/i;
const TRANSFER_ENCODING = /^content-transfer-encoding\s*:\s*(\S+)/im;
const CHARSET = /^content-type\s*:[^\r\n]*\bcharset\s*=\s*"?([\w.:-]+)/im;
const QUOTED_PRINTABLE = /=(?:\r?\n|([0-9a-fA-F]{2}))/g;

/** Of one part. */
const MAX_HEADERS = 4096;
const CHARSET_FIELD = '_charset_';

interface Part {
  /** One character a byte, as everything here. */
  headers: string;
  content: string;
}

/**
 * What stands between the parts of a body; undefined where it has none. The body counts: it may be multipart without a word
 * in the header, and another boundary than the header's.
 *
 * @param head  the beginning of the body, one character a byte
 */
export function boundaryOf(head: string, contentType: string | undefined): string | undefined {
  const said = BOUNDARY_PARAMETER.exec(contentType ?? '');
  const declared = said?.[1] ?? said?.[2];
  if (declared !== undefined && head.includes(`--${declared}`)) return declared;
  return BOUNDARY_LINE.exec(head)?.[1];
}

/**
 * The parts as the fields of a form; of a file its text is the value. A part that is not closed counts, since each one before
 * it is whole.
 *
 * @param body  one character a byte
 */
export function readMultipart(body: string, boundary: string, hints: TextHints): FormFields {
  const parts = partsOf(body, boundary);
  const named = parts.map((part) => [nameOf(part.headers, hints), part] as const);
  const charset = named.find(([name]) => name === CHARSET_FIELD)?.[1].content.trim();
  const own = charset === undefined ? hints : { ...hints, charset };
  const fields = named
    .slice(0, MAX_FORM_FIELDS)
    .map(([name, part]): [string, string] => [name, contentOf(part, own)]);
  const unread = named.slice(MAX_FORM_FIELDS, MAX_FORM_FIELDS + 1).map(([name]) => name);
  return { fields: nestFields(fields), unread };
}

/** As many as are read and one more. */
function partsOf(body: string, boundary: string): Part[] {
  const mark = `--${boundary}`;
  const parts: Part[] = [];
  let from = body.indexOf(mark);
  while (from !== -1 && parts.length <= MAX_FORM_FIELDS) {
    const start = from + mark.length;
    if (body.startsWith('--', start)) break;
    const next = nextMark(body, mark, start);
    const part = body.slice(start, next === -1 ? undefined : next).replace(/^[ \t]*\r?\n/, '');
    const blank = END_OF_HEADERS.exec(part);
    if (blank !== null) {
      const content = part.slice(blank.index + blank[0].length);
      parts.push({
        headers: part.slice(0, Math.min(blank.index, MAX_HEADERS)),
        content: content.replace(/\r?\n$/, ''),
      });
    }
    from = next;
  }
  return parts;
}

/** A mark stands at the beginning of a line. */
function nextMark(body: string, mark: string, from: number): number {
  const found = body.indexOf(`\n${mark}`, from);
  return found === -1 ? -1 : found + 1;
}

/** Empty for a part that has none. */
function nameOf(headers: string, hints: TextHints): string {
  const extended = EXTENDED_NAME.exec(headers);
  if (extended !== null) {
    const bytes = (extended[2] ?? '').replace(/%([0-9a-fA-F]{2})/g, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    return textOf(bytes, { ...hints, charset: extended[1] });
  }
  const plain = NAME.exec(headers);
  return textOf(
    (plain?.[1] ?? plain?.[2] ?? '').replace(/\\(["\\])|%22/g, (_all, mark?: string) => mark ?? '"'),
    hints,
  );
}

function contentOf({ headers, content }: Part, hints: TextHints): string {
  const charset = CHARSET.exec(headers)?.[1] ?? hints.charset;
  return textOf(transferred(content, TRANSFER_ENCODING.exec(headers)?.[1]?.toLowerCase()), {
    ...hints,
    charset,
  });
}

function transferred(content: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(content, 'base64').toString('latin1');
  if (encoding !== 'quoted-printable') return content;
  return content.replace(QUOTED_PRINTABLE, (_all, hex?: string) =>
    hex === undefined ? '' : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function textOf(bytes: string, hints: TextHints): string {
  return decodeText(Buffer.from(bytes, 'latin1'), hints);
}
