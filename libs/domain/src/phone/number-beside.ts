/** What a number is made of, with its separators. */
const OTHER = /([^+\d\s()[\]{}.\-/_|]+)/;
const START = /[+(\d]/;
const TO_LAST_DIGIT = /^.*\d/s;
/** A letter may adjoin the number only across one of these: `FLOWERS-1800` is one word, and so is `CX-0501234567`. */
const PARTED = /[\s.()[\]{}]/;
const WORD = /[\p{L}\p{N}]/u;
/** Signs that make digits something else: a price, an address, a code to dial. */
const CLINGING = /[*#@%~^&;\p{Sc}]/u;

/**
 * The one number that stands beside words: `0502345678 (Dana)`, `mobile: +972502345678`.
 *
 * @returns null where there are digits in several places, or where they are part of a word
 */
export function numberBeside(text: string): string | null {
  const parts = text.split(OTHER);
  const at = parts.findIndex((part) => /\d/.test(part));
  const part = parts[at];
  if (part === undefined || parts.length === 1 || parts.slice(at + 1).some((other) => /\d/.test(other)))
    return null;
  const start = part.search(START);
  const number = TO_LAST_DIGIT.exec(part.slice(start))?.[0] ?? '';
  const [before, after] = [parts[at - 1]?.at(-1) ?? '', parts[at + 1]?.at(0) ?? ''];
  const gaps = [part.slice(0, start + 1), part.slice(start + number.length)] as const;
  return isApart(before, gaps[0]) && isApart(after, gaps[1]) ? number : null;
}

function isApart(neighbour: string, gap: string): boolean {
  if (CLINGING.test(neighbour)) return false;
  return !WORD.test(neighbour) || PARTED.test(gap);
}
