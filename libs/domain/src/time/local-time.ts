/**
 * What the clocks of a country show. A country has several zones; only where all of them show the same time at that moment is
 * there an answer, because a number does not say where in its country it is. The zones are those of the CLDR, which Node
 * carries with it (`Intl.Locale`): nothing of ours to go stale.
 */
import type { Instant } from '../ids.js';
import { offsetOf } from './wall-clock.js';

/** ECMA-402 turned the getter into a method; Node 20 has the one, later versions the other, TypeScript neither. */
interface LocaleZones {
  getTimeZones?: () => readonly string[] | undefined;
  timeZones?: readonly string[];
}

const MINUTE = 60_000;
const COUNTRY = /^[A-Z]{2}$/;

const zonesOfCountry = new Map<string, readonly string[]>();

/**
 * @param country  ISO 3166-1 alpha-2, upper case
 * @returns ISO 8601 with the offset, such as `2026-11-21T11:30:00+02:00`; null where the country does not decide it
 */
export function localTimeIn(country: string, at: Instant): string | null {
  const [offset, ...others] = new Set(zonesIn(country).map((zone) => offsetOf(zone, at)));
  return offset === undefined || others.length > 0 ? null : textWithOffset(at, offset);
}

/** IANA names; empty for what is no country. */
export function zonesIn(country: string): readonly string[] {
  if (!COUNTRY.test(country)) return [];
  const known = zonesOfCountry.get(country);
  if (known !== undefined) return known;
  const locale = new Intl.Locale(`und-${country}`) as unknown as LocaleZones;
  const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  zonesOfCountry.set(country, zones);
  return zones;
}

/** Offsets of today are whole minutes. */
function textWithOffset(at: Instant, offset: number): string {
  const wall = new Date(at + offset).toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
  const minutes = Math.round(Math.abs(offset) / MINUTE);
  return `${wall}${offset < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
