/** Quoted-printable of vCard 2.1 (RFC 2045 section 6.7). */

const ASCII = /[^\u0080-\uffff]+/g;
const HEX = /^[\da-f]{2}$/i;
const ESCAPE = '='.charCodeAt(0);
const BLANK_FIRST = /^[ \t]/;
/** A byte that never begins a character of UTF-8. */
const BLANK_IN_CHARACTER = /^[ \t]=[89ab]/i;
/** What the bytes 80 to 9F are in windows-1252; Node's decoder of that name leaves them as controls. */
const LATIN_80_TO_9F =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';
const LATIN_CONTROLS = /[\x80-\x9f]/g;

const utf8 = new TextDecoder();

/**
 * @param text  in one piece
 * @param charset  what the card calls the encoding of the bytes; one that nobody knows is UTF-8
 */
export function fromQuotedPrintable(text: string, charset: string | null): string {
  const decoder = decoderOf(charset);
  // What is beyond ASCII was no byte of this encoding: it is a character already.
  const decoded = text.replace(ASCII, (ascii) => decoder.decode(bytesOf(ascii)));
  if (decoder.encoding !== 'windows-1252') return decoded;
  return decoded.replace(LATIN_CONTROLS, (control) => LATIN_80_TO_9F[control.charCodeAt(0) - 0x80] ?? '');
}

/** Whether the value goes on in the next line. */
export function isSoftBroken(line: string): boolean {
  return line.trimEnd().endsWith('=');
}

/**
 * Puts together the lines of a value. Some writers begin each further line with a blank, as for a fold; others leave it to
 * chance whether a blank of the text comes first. Only where all of several lines have one, or where it would tear a
 * character apart, it is a fold's.
 */
export function joinedQuotedPrintable(lines: readonly string[]): string {
  const further = lines.slice(1);
  const folded =
    further.every((line) => BLANK_FIRST.test(line)) &&
    (further.length > 1 || further.some((line) => BLANK_IN_CHARACTER.test(line)));
  const pieces = lines.map((line, at) => {
    const before = lines[at - 1];
    const isFold = before !== undefined && (folded || !isSoftBroken(before));
    const piece = isFold ? line.slice(1) : line;
    return at < further.length && isSoftBroken(piece) ? piece.trimEnd().slice(0, -1) : piece;
  });
  return pieces.join('');
}

function decoderOf(charset: string | null): typeof utf8 {
  if (charset === null || charset === 'utf-8') return utf8;
  try {
    return new TextDecoder(charset);
  } catch {
    return utf8;
  }
}

function bytesOf(ascii: string): Uint8Array {
  const bytes = new Uint8Array(ascii.length);
  let length = 0;
  for (let at = 0; at < ascii.length; at += 1) {
    let byte = ascii.charCodeAt(at);
    const hex = byte === ESCAPE ? ascii.slice(at + 1, at + 3) : '';
    if (HEX.test(hex)) {
      byte = Number.parseInt(hex, 16);
      at += 2;
    }
    bytes[length] = byte;
    length += 1;
  }
  return bytes.subarray(0, length);
}
