/** Takes the escapes of URLs and forms apart: to bytes first, so that a value can be in any encoding. */
import { storableText, withoutNul } from '../storable.js';
import { charsetNamed } from './charset-named.js';
import { decodeValue } from './decode-text.js';
import type { TextHints } from './decode-text.js';

const TO_DO = /[%+&\0\x80-\xff]/;
const HIGH = /[\x80-\xff]/;
/** Letters beyond ASCII in UTF-8 that are escaped still: nobody means them as they stand. */
const ESCAPED_TWICE = /%[c-fC-F][0-9a-fA-F]%[89abAB][0-9a-fA-F]/;
/** What JavaScript's `escape` writes. */
const CODE_UNIT = /%u([0-9a-fA-F]{4})/;
const CODE_UNITS = /%u([0-9a-fA-F]{4})/g;
/** What browsers write for a character that the form's charset does not have. */
const REFERENCE = /&#(?:([0-9]{3,7})|[xX]([0-9a-fA-F]{2,6}));/g;

/**
 * One name or value of a query or form. A plus sign is a blank, and stays one at either end; a `%` that starts no escape is
 * a percent sign.
 *
 * @param raw  as it came, one character a byte
 */
export function decodeEscapes(raw: string, hints: TextHints): string {
  if (!TO_DO.test(raw)) return raw;
  const spaced = raw.includes('+') ? raw.replaceAll('+', ' ') : raw;
  const text = spaced.includes('%') || HIGH.test(spaced) ? unescaped(spaced, hints) : spaced;
  const once = raw.includes('%25') && ESCAPED_TWICE.test(text) ? unescaped(text, hints) : text;
  return withoutNul(once.includes('&#') ? once.replace(REFERENCE, dereferenced) : once);
}

function unescaped(text: string, hints: TextHints): string {
  if (!HIGH.test(text) && charsetNamed(hints.charset) === undefined) {
    try {
      return decodeURIComponent(text);
    } catch {
      // A stray percent sign, `%u`, or not UTF-8.
    }
  }
  if (!CODE_UNIT.test(text)) return decodeValue(bytesOf(text), hints);
  // Beside its code units `escape` writes Latin 1.
  const latin = { ...hints, country: undefined };
  const parts = text
    .split(CODE_UNITS)
    .map((part, index) =>
      index % 2 === 0 ? decodeValue(bytesOf(part), latin) : String.fromCharCode(Number.parseInt(part, 16)),
    );
  return storableText(parts.join(''));
}

function bytesOf(text: string): Uint8Array {
  const bytes = Buffer.allocUnsafe(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const escaped = text.charCodeAt(at) === 37 ? hexByte(text, at + 1) : undefined;
    bytes[length] = escaped ?? text.charCodeAt(at);
    length += 1;
    if (escaped !== undefined) at += 2;
  }
  return bytes.subarray(0, length);
}

function hexByte(text: string, at: number): number | undefined {
  const high = hexDigit(text.charCodeAt(at));
  const low = hexDigit(text.charCodeAt(at + 1));
  return high === undefined || low === undefined ? undefined : high * 16 + low;
}

function hexDigit(code: number): number | undefined {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : undefined;
}

/** Those of ASCII may well be meant as they stand. */
function dereferenced(reference: string, decimal?: string, hex?: string): string {
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
  const isText = code >= 0x80 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isText ? String.fromCodePoint(code) : reference;
}
