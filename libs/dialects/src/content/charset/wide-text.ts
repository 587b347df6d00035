/** UTF-16 and UTF-32, which are told by their bytes: by a byte order mark, or by where the zeros stand (RFC 4627, 3). */

interface Wide {
  bytesPerUnit: 2 | 4;
  littleEndian: boolean;
  /** Bytes of the mark. */
  skip: number;
}

/**
 * The text of bytes that are UTF-16 or UTF-32; undefined for those that are neither. Without a mark the text has to begin
 * with two characters of ASCII, as every JSON, XML or form does.
 */
export function wideText(bytes: Uint8Array): string | undefined {
  const wide = wideIn(bytes);
  if (wide === undefined) return undefined;
  const rest = bytes.subarray(wide.skip);
  if (wide.bytesPerUnit === 4) return utf32(rest, wide.littleEndian);
  return new TextDecoder(wide.littleEndian ? 'utf-16le' : 'utf-16be').decode(rest);
}

function wideIn(bytes: Uint8Array): Wide | undefined {
  const a = bytes[0] ?? 1;
  const b = bytes[1] ?? 1;
  // As any other text begins.
  if (a !== 0 && b !== 0 && a < 0xfe) return undefined;
  const c = bytes[2] ?? 1;
  const d = bytes[3] ?? 1;
  if (a === 0xff && b === 0xfe) {
    const four = c === 0 && d === 0;
    return { bytesPerUnit: four ? 4 : 2, littleEndian: true, skip: four ? 4 : 2 };
  }
  if (a === 0xfe && b === 0xff) return { bytesPerUnit: 2, littleEndian: false, skip: 2 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff)
    return { bytesPerUnit: 4, littleEndian: false, skip: 4 };
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return { bytesPerUnit: 2, littleEndian: true, skip: 0 };
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return { bytesPerUnit: 2, littleEndian: false, skip: 0 };
  if (a !== 0 && b === 0 && c === 0 && d === 0 && bytes.length > 4 && bytes[4] !== 0) {
    return { bytesPerUnit: 4, littleEndian: true, skip: 0 };
  }
  if (a === 0 && b === 0 && c === 0 && d !== 0) return { bytesPerUnit: 4, littleEndian: false, skip: 0 };
  // A text of one character only.
  if (bytes.length === 2 && b === 0 && a !== 0) return { bytesPerUnit: 2, littleEndian: true, skip: 0 };
  return undefined;
}

function utf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const characters: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, littleEndian);
    const exists = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    characters.push(exists ? String.fromCodePoint(code) : '\ufffd');
  }
  return characters.join('');
}
