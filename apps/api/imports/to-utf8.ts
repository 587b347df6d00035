import { isUtf8 } from 'node:buffer';
import { legacyCharset } from '#dialects';

/** The mark says more surely than anybody how the bytes behind it are to be read. */
const MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
/** Text in the alphabets of Europe has a zero in every second byte of UTF-16; text in any other charset has none. */
const LOOKED_AT = 4_096;
const ZEROS = 0.2;
const LONGEST_CUT = 3;
type Decoder = InstanceType<typeof TextDecoder>;

/**
 * Makes UTF-8 of a file that comes piece by piece. Where nobody says how it is written, it is found out: a mark, the zeros of
 * UTF-16, and otherwise, at the first byte that is not ASCII, UTF-8 or what software of the country writes that does not write it.
 */
export class ToUtf8 {
  private decoder: Decoder | undefined;
  private begun = false;

  /**
   * @param charset  as said by whoever sends the file; see `isCharset`
   * @param country  ISO 3166-1 alpha-2
   */
  constructor(
    charset: string | undefined,
    private readonly country: string | undefined,
  ) {
    if (charset !== undefined) this.decoder = new TextDecoder(charset);
  }

  /** The charset of the file, as far as it is known: ASCII is UTF-8. */
  get charset(): string {
    return this.decoder?.encoding ?? 'utf-8';
  }

  /** @param piece  the first one has at least four bytes, unless the file is that short */
  write(piece: Uint8Array): Uint8Array {
    if (!this.decoder && !this.begun) this.decoder = markedOrWide(piece);
    this.begun = true;
    if (!this.decoder) {
      if (isAscii(piece)) return piece;
      this.decoder = new TextDecoder(isUtf8(whole(piece)) ? 'utf-8' : legacyCharset(this.country));
    }
    return Buffer.from(this.decoder.decode(piece, { stream: true }));
  }

  end(): Uint8Array {
    return Buffer.from(this.decoder?.decode() ?? '');
  }
}

/** Whether the name is one that a `TextDecoder` knows. */
export function isCharset(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== '';
  } catch {
    return false;
  }
}

function markedOrWide(piece: Uint8Array): Decoder | undefined {
  const marked = MARKS.find(([, mark]) => mark.every((byte, at) => piece[at] === byte))?.[0];
  if (marked !== undefined) return new TextDecoder(marked);
  const zeros = [0, 0];
  const looked = Math.min(piece.length, LOOKED_AT);
  for (let at = 0; at < looked; at += 1) {
    if (piece[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros.map((count) => count / Math.max(1, looked / 2));
  if (Math.max(even, odd) < ZEROS) return undefined;
  return new TextDecoder(odd > even ? 'utf-16le' : 'utf-16be');
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}

/** Without a character at its end that the piece is cut in. */
function whole(piece: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(LONGEST_CUT, piece.length); back += 1) {
    const byte = piece[piece.length - back] ?? 0;
    if (byte >= 0xc0) return piece.subarray(0, piece.length - back);
    if (byte < 0x80) break;
  }
  return piece;
}
