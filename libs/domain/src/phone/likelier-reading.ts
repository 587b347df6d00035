/**
 * Whose number digits are that are valid at home, but not as it is written there: without the national prefix they may as
 * well be a number with its country code, whose plus was lost. `4915123456789` is a mobile in Germany, and would be a line in
 * Leer if somebody had left out the zero.
 */
import type { PhoneNumber } from 'libphonenumber-js/max';
import { MAX_SHORT_DIGITS } from './is-short-number.js';
import { numberingPlan } from './numbering-plan.js';
import type { NumberingPlan } from './numbering-plan.js';
import { validNumber } from './parse-number.js';

/** Without a mark, fewer digits than this are not taken for a number of another country. */
export const MIN_FOREIGN_DIGITS = 10;

/** What somebody calls from. Digits that would be another country's service are no rival to a number at home. */
const LINES: ReadonlySet<string | undefined> = new Set([
  'MOBILE',
  'FIXED_LINE',
  'FIXED_LINE_OR_MOBILE',
  'VOIP',
]);

/**
 * @param digits  without a plus
 * @param home  what they are in the plan's country; valid
 * @returns undefined where no reading is likelier than all others
 */
export function likelierReading(
  digits: string,
  home: PhoneNumber,
  plan: NumberingPlan,
): PhoneNumber | undefined {
  if (home.number === `+${digits}` || isAsWritten(digits, home, plan)) return home;
  // `234567` in Germany is an extension or lacks its area code, and never 0234 567 in Bochum.
  if (plan.writesPrefix && digits.length <= MAX_SHORT_DIGITS) return undefined;
  const abroad = validNumber(`+${digits}`);
  if (abroad?.countryCallingCode === plan.callingCode) return abroad;
  const isSure = isSureOf(home);
  if (abroad === undefined || digits.length < MIN_FOREIGN_DIGITS || !LINES.has(abroad.getType())) {
    return isSure || !plan.writesPrefix || digits.length <= plan.usualLength ? home : undefined;
  }
  if (isSureOf(abroad)) return isSure ? undefined : abroad;
  return isSure ? home : undefined;
}

/** Whether the country writes the number with these digits. */
function isAsWritten(digits: string, home: PhoneNumber, plan: NumberingPlan): boolean {
  const isWhole = home.nationalNumber === digits;
  if (!plan.writesPrefix) {
    return isWhole && (digits.length <= plan.usualLength || isSureOf(home));
  }
  if (!isWhole) return digits.startsWith(plan.nationalPrefix);
  return !home.formatNational().replace(/\D/g, '').startsWith(plan.nationalPrefix);
}

/** A line in a country whose lines have any length says little: most digits are one. So does a service. */
function isSureOf(number: PhoneNumber): boolean {
  const type = number.getType();
  if (type !== 'FIXED_LINE') return LINES.has(type);
  return number.country === undefined || numberingPlan(number.country)?.isOpen !== true;
}
