import { findNumber } from './find-number.js';
import type { FoundNumber } from './find-number.js';
import { isMarkedNumber } from './is-marked-number.js';
import { numberingPlan } from './numbering-plan.js';

const NOTHING: FoundNumber = { number: undefined, possible: null };

/** What may be of the words: `Line 2 0502345678`, `0502345678 2 Dana`. */
const FIRST_GROUP = /^\d+\s+/;
const LAST_DIGIT = /\s+\d$/;

/**
 * A number that stands beside words. Those may be of an order or an account, so digits alone prove less: they need a plus, the
 * prefix that the country writes, or its code, where it writes one.
 */
export function findNumberBeside(text: string, country: string): FoundNumber {
  const found = findNumber(text, country);
  const { number } = found;
  if (number === undefined) return NOTHING;
  const isMarked = isMarkedNumber(text, country);
  if (!isMarked && !isOfHome(text.replace(/\D/g, ''), number, country)) return NOTHING;
  const others = isMarked ? [LAST_DIGIT] : [FIRST_GROUP, LAST_DIGIT];
  const isUnclear = others.some(
    (other) => other.test(text) && findNumber(text.replace(other, ''), country).number !== undefined,
  );
  return isUnclear ? NOTHING : found;
}

function isOfHome(
  digits: string,
  { number, countryCallingCode }: NonNullable<FoundNumber['number']>,
  country: string,
): boolean {
  const plan = numberingPlan(country);
  if (plan?.callingCode !== countryCallingCode) return false;
  return !plan.writesPrefix || number === `+${digits}`;
}
