/**
 * Bytes to text, whoever wrote them: by the marks that the bytes themselves bear, by what was declared, as UTF-8, and by
 * what the PBX's country wrote before there was UTF-8, in this order. It always comes to a text.
 */
import { withoutNul } from '../storable.js';
import { charsetNamed, decodeIn } from './charset-named.js';
import type { Charset } from './charset-named.js';
import { legacyCharset } from './legacy-charset.js';
import { utf8Found } from './utf8-found.js';
import { wideText } from './wide-text.js';

/** What is known of a text before it is read. */
export interface TextHints {
  /** A charset by any of its names, as it was declared. Not believed where the bytes contradict. */
  charset?: string | undefined;
  /** The PBX's, ISO 3166-1 alpha-2. */
  country?: string | undefined;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const BEYOND_ASCII = /[^\x00-\x7f]/; // eslint-disable-line no-control-regex
const TWO_BYTES_IN_UTF8 = /[\u0080-\u07ff]/;
const MORE_BYTES_IN_UTF8 = /[\u0800-\uffff]/;
/** Letters for phonetics, combining and modifying marks, dead alphabets: what UTF-8 makes of other encodings' letters. */
const UNLIKELY =
  /[\u0080-\u009f\u01c4-\u01ff\u0221-\u0258\u025a-\u02c5\u02c8-\u02d7\u02de-\u036f\u0460-\u048f\u0700-\u07ff]/;
const MANY_BYTES: ReadonlySet<Charset> = new Set(['gb18030', 'gbk', 'big5', 'euc-kr', 'euc-jp', 'shift_jis']);
/** `"`, `&`, `<`, `=`, `>` and the ends of lines: no encoding has any of these within a character. */
const BORDERS = new Set([0x22, 0x26, 0x3c, 0x3d, 0x3e, 0x0a, 0x0d]);

/** Parts of a body that are read by themselves; the rest of it is read as one. */
const MAX_PARTS = 20_000;
/** Bytes. */
const SHORT = 256;

/** The text of a body or of a part of one. Without byte order marks and NUL characters, which PostgreSQL cannot keep. */
export function decodeText(bytes: Uint8Array, hints: TextHints): string {
  const text = wideText(bytes) ?? narrowText(bytes, hints);
  return withoutNul(text);
}

function narrowText(bytes: Uint8Array, hints: TextHints): string {
  const whole = wholeText(bytes, hints);
  if (whole !== undefined) return whole;
  // Fields of one body can come from several sources, each with an encoding of its own.
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at <= bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte !== undefined && (!BORDERS.has(byte) || parts.length > MAX_PARTS)) continue;
    parts.push(
      decodeValue(bytes.subarray(from, at), hints),
      byte === undefined ? '' : String.fromCharCode(byte),
    );
    from = at + 1;
  }
  return parts.join('');
}

/** Undefined for what is neither in UTF-8 nor in what was declared. */
function wholeText(bytes: Uint8Array, hints: TextHints): string | undefined {
  const declared = charsetNamed(hints.charset);
  const utf8 = utf8Text(bytes);
  if (declared === undefined || declared === 'utf-8') return utf8;
  if (utf8 !== undefined) return isDeclared(utf8, bytes, declared) ? decodeIn(declared, bytes) : utf8;
  return isDamagedUtf8(bytes) ? undefined : decodeIn(declared, bytes);
}

/** The text of one value, by the same rules. */
export function decodeValue(bytes: Uint8Array, hints: TextHints): string {
  const whole = wholeText(bytes, hints);
  if (whole !== undefined) return whole;
  return decodeIn(isDamagedUtf8(bytes) ? 'utf-8' : legacyCharset(hints.country), bytes);
}

function utf8Text(bytes: Uint8Array): string | undefined {
  // To throw costs more than to look.
  if (bytes.length < SHORT && utf8Found(bytes).broken > 0) return undefined;
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Whether bytes that are valid UTF-8 are in the declared encoding all the same. Stacks that declare Latin 1 or ASCII and
 * send UTF-8 are common; bytes that are UTF-8 by chance are rare, and look odd as such: `Лі` in windows-1251 is `˳`.
 */
function isDeclared(utf8: string, bytes: Uint8Array, declared: Charset): boolean {
  // Of seven bits each, with escapes: valid in anything.
  if (declared === 'iso-2022-jp') return bytes.includes(0x1b);
  if (!BEYOND_ASCII.test(utf8)) return false;
  const odd = MANY_BYTES.has(declared) ? isOfTwoBytes(utf8) : UNLIKELY.test(utf8);
  return odd && !decodeIn(declared, bytes).includes('\ufffd');
}

/** All of pairs of bytes, as text in these encodings is; of the East's own characters each is three bytes in UTF-8. */
function isOfTwoBytes(utf8: string): boolean {
  return TWO_BYTES_IN_UTF8.test(utf8) && !MORE_BYTES_IN_UTF8.test(utf8);
}

/** Whether this is UTF-8 of which some was lost, as when a field was cut at a number of bytes. */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  const { characters, broken, cutAtEnd } = utf8Found(bytes);
  return characters > 2 * broken || (cutAtEnd && broken === 1 && characters > 1);
}
