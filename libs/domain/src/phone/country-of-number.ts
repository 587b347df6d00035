import { parseNumber } from './parse-number.js';

/** ISO 3166-1 alpha-2 of a number in E.164; null where it is no number, or no one country's. */
export function countryOfNumber(e164: string): string | null {
  return parseNumber(e164)?.country ?? null;
}
