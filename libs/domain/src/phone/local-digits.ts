import { nationalDigits } from './national-digits.js';
import { numberingPlan } from './numbering-plan.js';

/**
 * Digits of a number as it is dialled within a country, `0502345678` of `+972502345678` in Israel; null for a number of
 * another numbering plan, which has to be dialled otherwise.
 *
 * @param country  ISO 3166-1 alpha-2
 */
export function localDigits(e164: string, country: string): string | null {
  const callingCode = numberingPlan(country)?.callingCode;
  return callingCode !== undefined && e164.startsWith(`+${callingCode}`) ? nationalDigits(e164) : null;
}
