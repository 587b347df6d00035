/** Writes text in an encoding, by trying what reads as it: Node can only read most of them. For tests only. */
import { decodeIn } from './charset-named.js';
import type { Charset } from './charset-named.js';

const MANY_BYTES = ['gb18030', 'big5', 'euc-kr', 'shift_jis'];
const tables = new Map<Charset, ReadonlyMap<string, readonly number[]>>();

/** All legacy encodings that a country can have. */
export const LEGACY = [
  ...Array.from({ length: 9 }, (_, page) => `windows-125${page}`),
  'windows-874',
  ...MANY_BYTES,
];

/** The characters beyond ASCII that an encoding has. */
export function charactersOf(charset: Charset): string[] {
  return [...tableOf(charset).keys()].filter((character) => character > '\x7f');
}

/** @throws Error for a character that the encoding does not have */
export function encodeIn(charset: Charset, text: string): Buffer {
  const table = tableOf(charset);
  return Buffer.from(
    [...text].flatMap((character) => {
      const bytes = character <= '\x7f' ? [character.charCodeAt(0)] : table.get(character);
      if (bytes === undefined) throw new Error(`${charset} has no ${character}`);
      return bytes;
    }),
  );
}

function tableOf(charset: Charset): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(charset);
  if (known) return known;
  const table = new Map<string, readonly number[]>();
  const add = (bytes: number[]): void => {
    const text = decodeIn(charset, Uint8Array.from(bytes));
    const printable = [...text].length === 1 && text !== '\ufffd' && text > '\x9f' && !/\p{Co}/u.test(text);
    if (printable && !table.has(text)) table.set(text, bytes);
  };
  for (let first = 0x80; first < 0x100; first += 1) {
    add([first]);
    if (!MANY_BYTES.includes(charset)) continue;
    for (let second = 0x40; second < 0x100; second += 1) add([first, second]);
  }
  tables.set(charset, table);
  return table;
}
