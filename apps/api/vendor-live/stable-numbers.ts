import { createHash } from 'node:crypto';

/** Where clients keep whole numbers in 32 bits, with a sign. */
const MOST = 0x7fffffff;

/** A whole number above 0 for a thing, the same in every process and after every restart. */
export function stableNumber(kind: string, id: string): number {
  return createHash('sha256').update(`${kind} ${id}`).digest().readUInt32BE(0) & MOST || 1;
}

/**
 * The same for the things of one list, each another one. Where two would have the same, as may happen once in a thousand lists of a
 * thousand, the later has the next: so the order has to be that in which they were made.
 */
export function stableNumbers(kind: string, ids: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>();
  const taken = new Set<number>();
  for (const id of ids) {
    let number = stableNumber(kind, id);
    while (taken.has(number)) number = (number % MOST) + 1;
    taken.add(number);
    numbers.set(id, number);
  }
  return numbers;
}
