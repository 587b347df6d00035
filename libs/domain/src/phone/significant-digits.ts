import { parseNumber } from './parse-number.js';

/**
 * A number's national significant number: `502345678` of `+972502345678`, which is the end of every spelling of it, local or
 * international.
 *
 * @param e164  a number that was read before; of one that the metadata does not know, the digits behind the plus
 */
export function significantDigits(e164: string): string {
  return parseNumber(e164)?.nationalNumber ?? e164.replace(/\D/g, '');
}
