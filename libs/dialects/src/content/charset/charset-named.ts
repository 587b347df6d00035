/** The encodings that the Encoding Standard knows, by any of their labels, and by the ways in which PBXs misspell those. */

/** Ways to write a code page of Windows that the standard does not list. */
const CODE_PAGE = /^(?:x-)?(?:win(?:dows)?|cp|ms|ibm)?[-_ ]?(125[0-8]|874)$/;
const ISO_8859 = /^(?:x-)?iso[-_ ]?8859[-_ ]?(\d{1,2})(-[ei])?$/;
/** They can only be said of text without any bytes beyond ASCII, so they say nothing of the others. */
const ASCII = /^(?:(?:us[-_ ]?)?ascii|ansi_x3\.4-1968|iso-ir-6|iso_?646.*|7bit|8bit|binary)$/;
/** The standard's own name of the encoding that it decodes in place of Latin 1. */
const LATIN = 'windows-1252';
const REPLACEMENT = '\ufffd';
/** What Node's decoders make of bytes that are none of an encoding's: controls, or characters for private use. */
const LEFT_OVER = /[\x80-\x9f\uf8f0-\uf8ff]/g;
/** What the bytes 80 to 9F are in windows-1252; Node's decoder of that name leaves them as controls. */
const LATIN_80_TO_9F =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

/** One of the standard's names, in lower case. */
export type Charset = string;

const decoders = new Map<Charset, InstanceType<typeof TextDecoder>>();

/**
 * @param label  as it was declared; anybody may write anything there
 * @returns undefined for what is no encoding, for ASCII, and for those that are recognised by their bytes (UTF-16)
 */
export function charsetNamed(label: string | undefined): Charset | undefined {
  const name = label?.trim().toLowerCase() ?? '';
  if (name === 'utf-8') return name;
  if (name === '' || name.length > 40 || ASCII.test(name)) return undefined;
  const windows = CODE_PAGE.exec(name)?.[1];
  const iso = ISO_8859.exec(name);
  const spelled =
    windows !== undefined ? `windows-${windows}` : iso ? `iso-8859-${iso[1]}${iso[2] ?? ''}` : name;
  try {
    const { encoding } = new TextDecoder(spelled);
    return encoding.startsWith('utf-16') ? undefined : encoding;
  } catch {
    return undefined;
  }
}

/** What cannot be decoded becomes U+FFFD. A byte order mark is dropped. */
export function decodeIn(charset: Charset, bytes: Uint8Array): string {
  let decoder = decoders.get(charset);
  if (decoder === undefined) {
    decoder = new TextDecoder(charset);
    decoders.set(charset, decoder);
  }
  const text = decoder.decode(bytes);
  if (charset === 'utf-8') return text;
  return text.replace(LEFT_OVER, (character) =>
    charset === LATIN ? latinCharacter(character) : REPLACEMENT,
  );
}

function latinCharacter(control: string): string {
  const meant = LATIN_80_TO_9F[control.charCodeAt(0) - 0x80] ?? control;
  return meant === control ? REPLACEMENT : meant;
}
