/**
 * Where somebody may be who has this number, as IANA zones. What is known for certain comes first: the zone that the CRM says,
 * then state and postal code, then the number itself. Where the evidence leaves several zones open, all of them are given, and
 * whoever asks keeps to the strictest.
 */
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { zonesIn } from '../time/local-time.js';
import { isTimeZone } from '../time/wall-clock.js';
import { AREA_CODES } from './area-codes.js';
import type { PlaceEvidence } from './dial-question.js';
import { regionsOf } from './regions-of.js';
import { REGION_ZONES } from './region-zones.js';
import { PREFIX_ZONES } from './prefix-zones.js';
import { zoneSet } from './zone-set.js';

const LONGEST_CALLING_CODE = 3;
const LONGEST_PREFIX = 6;
/** Names of zones that were looked at; texts of tenants, so not without end. */
const MOST_NAMES = 4096;

const names = new Map<string, string | undefined>();
const countriesOfCode = callingCodes();
const zonesOfPrefix = new Map([...entriesOf(PREFIX_ZONES, ''), ...entriesOf(AREA_CODES, '1')]);
const zonesOfCode = new Map<string, readonly string[]>();

/**
 * @param otherwise  where somebody is taken to be whose number tells nothing
 * @returns the same array for the same zones; empty where nothing is known
 */
export function zonesOf(evidence: PlaceEvidence, otherwise: string | null = null): readonly string[] {
  const { phone, zone } = evidence;
  const own = zone === null ? undefined : zoneNamed(zone);
  if (own !== undefined) return zoneSet([own]);
  const code = callingCodeOf(phone);
  const told = zonesOfRegions(regionsOf(evidence, countriesOf(code)));
  if (told !== undefined) return told;
  const byNumber = code === undefined ? undefined : zonesOfNumber(phone, code);
  if (byNumber !== undefined && byNumber.length > 0) return byNumber;
  return zoneSet(otherwise === null ? [] : [otherwise]);
}

/** Of a state and of a postal code: what both allow; where they contradict each other, all of both. */
function zonesOfRegions(regions: readonly string[]): readonly string[] | undefined {
  const [first, second] = regions.map((region) => (REGION_ZONES[region] ?? '').split(' '));
  if (first === undefined) return undefined;
  if (second === undefined) return zoneSet(first);
  const both = first.filter((zone) => second.includes(zone));
  return zoneSet(both.length > 0 ? both : [...first, ...second]);
}

function zonesOfNumber(phone: string, code: string): readonly string[] {
  const digits = phone.slice(1, 1 + LONGEST_PREFIX);
  for (let length = digits.length; length >= code.length; length -= 1) {
    const zones = zonesOfPrefix.get(digits.slice(0, length));
    if (zones !== undefined) return zones;
  }
  const place = code === '7' && /^7[67]/.test(digits) ? '77' : code;
  const known = zonesOfCode.get(place);
  if (known !== undefined) return known;
  const zones = zoneSet(countriesHaving(place).flatMap((country) => zonesIn(country)));
  zonesOfCode.set(place, zones);
  return zones;
}

/** A number of North America of which nothing more is known is taken for one of its two large countries. */
function countriesHaving(place: string): readonly string[] {
  if (place === '1') return ['US', 'CA'];
  if (place === '7') return ['RU'];
  if (place === '77') return ['KZ'];
  return countriesOf(place);
}

function countriesOf(code: string | undefined): readonly string[] {
  return code === undefined ? [] : (countriesOfCode.get(code) ?? []);
}

function callingCodeOf(phone: string): string | undefined {
  for (let length = 1; length <= LONGEST_CALLING_CODE; length += 1) {
    const code = phone.slice(1, 1 + length);
    if (countriesOfCode.has(code)) return code;
  }
  return undefined;
}

/** In the spelling of the IANA database, since names are understood in any case of letters. */
function zoneNamed(name: string): string | undefined {
  if (names.has(name)) return names.get(name);
  if (names.size >= MOST_NAMES) names.clear();
  const zone = isTimeZone(name)
    ? new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone
    : undefined;
  names.set(name, zone);
  return zone;
}

function callingCodes(): ReadonlyMap<string, readonly string[]> {
  const codes = new Map<string, string[]>();
  for (const country of getCountries()) {
    const code = getCountryCallingCode(country);
    const others = codes.get(code);
    if (others === undefined) codes.set(code, [country]);
    else others.push(country);
  }
  return codes;
}

function entriesOf(
  table: Readonly<Record<string, string>>,
  before: string,
): (readonly [prefix: string, zones: readonly string[]])[] {
  return Object.entries(table).flatMap(([zones, prefixes]) =>
    prefixes.split(' ').map((prefix) => [`${before}${prefix}`, zoneSet(zones.split(' '))] as const),
  );
}
