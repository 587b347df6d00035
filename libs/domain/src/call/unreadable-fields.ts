/** Names of the vendor's fields whose values could not be read, as a call keeps them: each once, in order. */

/** A message whose every field is unreadable must not make a record that is nothing but names. */
export const MOST_UNREADABLE_FIELDS = 50;
/** No vendor's name comes near it; a stranger's may. */
const LONGEST_NAME = 64;

/**
 * The names of both. (The first ones of a union of firsts are the first ones of all, so the limit keeps the laws of the
 * fold.)
 */
export function unreadableNames(a: readonly string[], b: readonly string[] = []): string[] {
  if (a.length === 0 && b.length === 0) return [];
  const names = new Set([...a, ...b].map((name) => name.slice(0, LONGEST_NAME).toWellFormed()));
  // By code units: a locale's order would differ from machine to machine.
  return [...names].sort().slice(0, MOST_UNREADABLE_FIELDS);
}
