import { parseNumber } from './parse-number.js';

/**
 * Digits of a number as it is dialed in its own country, `0502345678` of `+972502345678`: what many systems keep.
 *
 * @param e164  a number that was read before; of one that the metadata does not know, the digits behind the plus
 */
export function nationalDigits(e164: string): string {
  const national = parseNumber(e164)?.formatNational() ?? e164;
  return national.replace(/\D/g, '');
}
