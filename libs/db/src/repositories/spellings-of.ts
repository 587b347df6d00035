import { lookupNumbers } from '#domain';

const LOST_PLUS = /^\s+(?=[\d(])/;

/**
 * How a number may be stored: E.164 in each of its forms where a connection's country makes it one, else exactly as it came.
 *
 * @param number  as somebody who looks for it wrote it; a plus that a query lost stands as a blank
 */
export function spellingsOf(number: string, countries: ReadonlySet<string>): string[] {
  return [...new Set([number, ...numbersOf(number, countries)])];
}

/** E.164 in each of its forms; empty for what is no number in any of the countries. */
export function numbersOf(number: string, countries: ReadonlySet<string>): string[] {
  const written = number.replace(LOST_PLUS, '+');
  const read = [...countries, ''].flatMap((country) => [
    ...lookupNumbers(written, country),
    ...lookupNumbers(number, country),
  ]);
  return [...new Set(read)];
}
