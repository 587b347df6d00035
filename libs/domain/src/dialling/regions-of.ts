import type { PlaceEvidence } from './dial-question.js';
import { CANADIAN_LETTERS, ZIP_RANGES } from './postal-regions.js';
import { REGION_NAMES, REGION_ZONES } from './region-zones.js';

const ZIP = /^(\d{3})\d{2}(?:-?\d{4})?$/;
const CANADIAN = /^([A-Z])\d[A-Z] ?\d[A-Z]\d$/;

/** Whose states and provinces are known. */
const COUNTRIES = ['US', 'CA', 'AU'] as const;

/**
 * The states or provinces that the words of a lead name, as ISO 3166-2: of its state and of its postal code, each where it is
 * understood. A code without its country, a name and a postal code are of the countries that the number may be of: `WA` is in
 * Australia for an Australian number.
 *
 * @param countries  ISO 3166-1 alpha-2
 */
export function regionsOf(
  { region, postal }: Pick<PlaceEvidence, 'region' | 'postal'>,
  countries: readonly string[],
): string[] {
  if (region === null && postal === null) return [];
  const found = [
    region === null ? undefined : regionNamed(region.trim(), countries),
    postal === null ? undefined : regionOfPostal(postal.trim().toUpperCase(), countries),
  ];
  return found.filter((each) => each !== undefined);
}

function regionNamed(text: string, countries: readonly string[]): string | undefined {
  const code = text.toUpperCase();
  if (Object.hasOwn(REGION_ZONES, code)) return code;
  for (const country of COUNTRIES) {
    const whole = `${country}-${code}`;
    if (countries.includes(country) && Object.hasOwn(REGION_ZONES, whole)) return whole;
  }
  const name = text.toLowerCase();
  const named = Object.hasOwn(REGION_NAMES, name) ? REGION_NAMES[name] : undefined;
  return named !== undefined && countries.includes(named.slice(0, 'US'.length)) ? named : undefined;
}

function regionOfPostal(code: string, countries: readonly string[]): string | undefined {
  if (!countries.includes('US')) return undefined;
  const digits = ZIP.exec(code)?.[1];
  if (digits !== undefined) {
    const area = Number(digits);
    return ZIP_RANGES.find(([from, to]) => from <= area && area <= to)?.[2];
  }
  const letter = CANADIAN.exec(code)?.[1] ?? '';
  return Object.hasOwn(CANADIAN_LETTERS, letter) ? CANADIAN_LETTERS[letter] : undefined;
}
