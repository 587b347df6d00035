/** Where lines of a file end: with LF, CR or both, and a file that went through several hands may have some of each. */

/** Bytes. A row is a line or a few; a quote that is never closed would make one of the rest of the file. */
export const LONGEST_ROW = 1024 * 1024;

const [LF, CR] = [0x0a, 0x0d];

/** Where the line end behind this place begins; the length of what is held where there is none. */
export function nextLineEnd(held: Uint8Array, from: number): number {
  let at = from;
  while (at < held.length && held[at] !== LF && held[at] !== CR) at += 1;
  return at;
}

/**
 * @param at  of a line end
 * @param isWhole  whether nothing comes after what is held
 * @returns where it is over; undefined when more has to come to tell
 */
export function lineEndAt(held: Uint8Array, at: number, isWhole: boolean): number | undefined {
  if (at >= held.length) return undefined;
  if (held[at] !== CR) return at + 1;
  if (at + 1 < held.length) return held[at + 1] === LF ? at + 2 : at + 1;
  return isWhole ? at + 1 : undefined;
}

/** How many there are from one place to another. */
export function lineEndsIn(held: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    if (held[at] === LF || (held[at] === CR && held[at + 1] !== LF)) count += 1;
  }
  return count;
}
