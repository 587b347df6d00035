/**
 * Numbers that stand for no number. Telephone networks that must send digits spell their words for a withheld number on the
 * keys of a telephone; others send zeros.
 */
const KEYS = ['', '', 'ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ'];
const WORDS = ['ANONYMOUS', 'RESTRICTED', 'UNAVAILABLE', 'UNKNOWN', 'BLOCKED', 'PRIVATE', 'WITHHELD'];

/** None of them is a valid number of any country (a test sees to it). */
export const SPELLED_WORDS: ReadonlySet<string> = new Set(WORDS.map(onKeys));

const ONLY_ZEROS = /^0+$/;

/** @param international  whether the digits were written as a number of any country; at home they may be a subscriber's */
export function isNobodysNumber(digits: string, international: boolean): boolean {
  return ONLY_ZEROS.test(digits) || (international && SPELLED_WORDS.has(digits));
}

function onKeys(word: string): string {
  return [...word].map((letter) => KEYS.findIndex((letters) => letters.includes(letter))).join('');
}
