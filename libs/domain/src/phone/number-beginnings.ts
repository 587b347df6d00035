import { numberingPlan } from './numbering-plan.js';

const NATIONAL_ZERO = /^0+/;

/**
 * How the E.164 of a number may begin of which somebody has typed the first digits: as a number of each of the countries, or with
 * a country code. Empty for what has no digits.
 *
 * @param countries  ISO 3166-1 alpha-2
 */
export function numberBeginnings(typed: string, countries: readonly string[]): string[] {
  const digits = typed.replace(/\D/g, '');
  if (digits === '') return [];
  const isMarked = typed.trimStart().startsWith('+');
  if (isMarked) return [`+${digits}`];
  const codes = countries.flatMap((country) => numberingPlan(country)?.callingCode ?? []);
  const national = digits.replace(NATIONAL_ZERO, '');
  const home = codes.flatMap((code) => {
    // In Italy the zero is dialed from abroad, too.
    const forms = [national, digits].filter((form) => form !== '').map((form) => `+${code}${form}`);
    return digits.startsWith(code) ? [...forms, `+${digits}`] : forms;
  });
  const abroad = digits.startsWith('00') && national !== '' ? [`+${digits.slice(2)}`] : [];
  return [...new Set([...home, ...abroad])];
}
