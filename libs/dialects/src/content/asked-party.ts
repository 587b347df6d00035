/** Reads whom a vendor's request wants to have rung, as far as the spelling tells. */
import { isShortNumber, lookupNumber, type OrderParty } from '#domain';

/** What people put between digits. */
const SEPARATORS = /[\s().\-/]/g;
const DIGITS = /^\+?\d{1,20}$/;
/** A PBX's word for an extension, such as `0003*210` or a SIP user. */
const WORD = /^[A-Za-z0-9_][A-Za-z0-9_.*@-]{0,63}$/;

/**
 * Short digits are an extension, other digits a number: in E.164 where the country has such a number, else as they were said.
 * Whoever knows the PBX may know better.
 *
 * @param country  ISO 3166-1 alpha-2; null while nobody knows whose request it is
 * @returns null for what nobody could dial
 */
export function askedParty(text: string, country: string | null): OrderParty | null {
  const digits = text.replace(SEPARATORS, '');
  if (isShortNumber(digits)) return { kind: 'extension', value: digits };
  if (DIGITS.test(digits)) return { kind: 'number', value: lookupNumber(text, country ?? '') ?? digits };
  const word = text.trim();
  return WORD.test(word) ? { kind: 'extension', value: word } : null;
}
