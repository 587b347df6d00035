/**
 * QR codes of texts as long as an address, after ISO/IEC 18004: bytes, versions 1 to 10, error correction L, mask 0.
 *
 * One mask is enough: the others only make a code easier to find on a bad photograph.
 */
import { correctionOf } from './reed-solomon';

/** By version: all codewords, those that correct in each block, and how many blocks there are. */
const SIZES = [
  [26, 7, 1],
  [44, 10, 1],
  [70, 15, 1],
  [100, 20, 1],
  [134, 26, 1],
  [172, 18, 2],
  [196, 20, 2],
  [242, 24, 2],
  [292, 30, 2],
  [346, 18, 4],
] as const;
/** Where the small squares are, by version. */
const ALIGNED: readonly (readonly number[])[] = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];
const BYTE_MODE = 4;
const PADDING = [0xec, 0x11] as const;

/** Whether each square is dark, row by row. Undefined for a text that is too long. */
export function qrOf(text: string): boolean[][] | undefined {
  const bytes = [...new TextEncoder().encode(text)];
  const at = SIZES.findIndex((size, index) => bytes.length <= roomIn(size) - (index < 9 ? 2 : 3));
  const size = SIZES[at];
  if (size === undefined) return undefined;
  const version = at + 1;
  const codewords = interleaved(dataOf(bytes, roomIn(size), version), size);
  return drawn(version, codewords);
}

function roomIn([all, correction, blocks]: readonly [number, number, number]): number {
  return all - correction * blocks;
}

/** Mode, length, bytes, and what fills the rest. */
function dataOf(bytes: readonly number[], room: number, version: number): number[] {
  const length = version < 10 ? [bytes.length] : [bytes.length >> 8, bytes.length & 255];
  const whole = [...length, ...bytes];
  // All is moved by the four bits of the mode.
  const data = whole.map(
    (byte, index) => (((index === 0 ? BYTE_MODE : (whole[index - 1] ?? 0)) << 4) & 255) | (byte >> 4),
  );
  data.push(((whole.at(-1) ?? 0) << 4) & 255);
  for (let index = 0; data.length < room; index += 1) data.push(PADDING[index % 2] ?? 0);
  return data;
}

function interleaved(
  data: readonly number[],
  [all, correction, count]: readonly [number, number, number],
): number[] {
  const short = Math.floor(all / count) - correction;
  const longOnes = all % count;
  let begin = 0;
  const blocks = Array.from({ length: count }, (_, index) => {
    const length = short + (index >= count - longOnes ? 1 : 0);
    begin += length;
    return data.slice(begin - length, begin);
  });
  const corrections = blocks.map((block) => correctionOf(block, correction));
  return [...inTurns(blocks), ...inTurns(corrections)];
}

function inTurns(blocks: readonly (readonly number[])[]): number[] {
  const longest = Math.max(...blocks.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => blocks.flatMap((block) => block[index] ?? [])).flat();
}

/** A square that is not drawn yet is undefined. */
type Squares = (boolean | undefined)[][];

function drawn(version: number, codewords: readonly number[]): boolean[][] {
  const side = version * 4 + 17;
  const squares: Squares = Array.from({ length: side }, () =>
    Array<boolean | undefined>(side).fill(undefined),
  );
  const set = (x: number, y: number, dark: boolean): void => {
    const row = squares[y];
    if (row !== undefined && x >= 0 && x < side) row[x] = dark;
  };
  drawAligned(version, side, set);
  for (let index = 8; index < side - 8; index += 1) {
    set(index, 6, index % 2 === 0);
    set(6, index, index % 2 === 0);
  }
  for (const [x, y] of [
    [3, 3],
    [side - 4, 3],
    [3, side - 4],
  ] as const)
    drawSquare(x, y, 4, set);
  drawFormat(side, set);
  if (version >= 7) drawVersion(version, side, set);
  fill(squares, codewords);
  return squares.map((row) => row.map((dark) => dark === true));
}

type SetSquare = (x: number, y: number, dark: boolean) => void;

/** Rings around a middle: 4 for the corners, with the light one outside, 2 for the small ones. */
function drawSquare(atX: number, atY: number, reach: number, set: SetSquare): void {
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      set(atX + dx, atY + dy, reach === 4 ? ring !== 2 && ring !== 4 : ring !== 1);
    }
  }
}

function drawAligned(version: number, side: number, set: SetSquare): void {
  const places = ALIGNED[version - 1] ?? [];
  const last = side - 7;
  for (const x of places)
    for (const y of places) {
      const isCorner = (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6);
      if (!isCorner) drawSquare(x, y, 2, set);
    }
}

/** What follows some bits so that wrong ones can be told. */
function withCheck(bits: number, polynomial: number, length: number): number {
  let rest = bits << length;
  for (let at = Math.floor(Math.log2(rest)); rest >= 1 << length; at = Math.floor(Math.log2(rest)))
    rest ^= polynomial << (at - length);
  return (bits << length) | rest;
}

/** Error correction L and mask 0, twice. */
function drawFormat(side: number, set: SetSquare): void {
  const format = withCheck(0b01000, 0x537, 10) ^ 0x5412;
  const bit = (index: number): boolean => ((format >> index) & 1) === 1;
  for (let index = 0; index < 6; index += 1) set(8, index, bit(index));
  set(8, 7, bit(6));
  set(8, 8, bit(7));
  set(7, 8, bit(8));
  for (let index = 9; index < 15; index += 1) set(14 - index, 8, bit(index));
  for (let index = 0; index < 8; index += 1) set(side - 1 - index, 8, bit(index));
  for (let index = 8; index < 15; index += 1) set(8, side - 15 + index, bit(index));
  set(8, side - 8, true);
}

function drawVersion(version: number, side: number, set: SetSquare): void {
  const bits = withCheck(version, 0x1f25, 12);
  for (let index = 0; index < 18; index += 1) {
    const dark = ((bits >> index) & 1) === 1;
    const [a, b] = [side - 11 + (index % 3), Math.floor(index / 3)];
    set(a, b, dark);
    set(b, a, dark);
  }
}

/** Two columns at a time from the right, up and down in turn; what is drawn already is passed over. */
function fill(squares: Squares, codewords: readonly number[]): void {
  const side = squares.length;
  let index = 0;
  let isUp = true;
  for (let right = side - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < side; step += 1) {
      const y = isUp ? side - 1 - step : step;
      for (const x of [right, right - 1]) {
        const row = squares[y];
        if (row === undefined || row[x] !== undefined) continue;
        const bit = ((codewords[index >> 3] ?? 0) >> (7 - (index & 7))) & 1;
        row[x] = (bit === 1) !== ((x + y) % 2 === 0);
        index += 1;
      }
    }
    isUp = !isUp;
  }
}
