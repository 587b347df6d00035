/**
 * Reads what a PBX printed as a party of a call: a number in any spelling, a name, an extension, nothing at all.
 *
 * Source: design "Dialects", trap 7. Only a valid number gets an E.164 form; an extension that happened to look like one
 * would otherwise be matched to a stranger's contact.
 */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import type { NumberType, Party } from '../call/call.js';

/** Extensions have 3 to 5 digits; no vendor prints a subscriber's number that short. */
const MIN_DIGITS = 6;
/** Without `+` or `00`, fewer digits than this are not taken for a number of another country. */
const MIN_INTERNATIONAL_DIGITS = 10;
/** A longer text is no number; it is not worth a place in the memo either. */
const MAX_LENGTH = 40;

const NUMBER_LIKE = /^\+?[\d\s().\-/]+$/;
const NOT_A_DIGIT = /\D/g;

/** The memo has two generations of this size; the older one is dropped whole when the younger is full. */
const GENERATION_SIZE = 8192;
let young = new Map<string, Party>();
let old = new Map<string, Party>();

const TYPES: Record<string, NumberType> = {
  MOBILE: 'mobile',
  FIXED_LINE: 'fixed_line',
  FIXED_LINE_OR_MOBILE: 'fixed_line_or_mobile',
  TOLL_FREE: 'toll_free',
  PREMIUM_RATE: 'premium_rate',
  SHARED_COST: 'shared_cost',
  VOIP: 'voip',
  PERSONAL_NUMBER: 'personal',
  PAGER: 'pager',
  UAN: 'uan',
  VOICEMAIL: 'voicemail',
};

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' });

/**
 * @param original  exactly what the PBX said
 * @param country  ISO 3166-1 alpha-2 of the connection; numbers without a country code are read as this country's.
 *   When it is no country, only numbers with `+` or `00` are read.
 * @returns a frozen value, shared between calls for the same text
 */
export function readParty(original: string, country: string): Party {
  if (original.length > MAX_LENGTH || !NUMBER_LIKE.test(original)) return unreadable(original);
  const key = country + original;
  const known = young.get(key);
  if (known !== undefined) return known;
  const party = old.get(key) ?? parse(original, country);
  if (young.size >= GENERATION_SIZE) {
    old = young;
    young = new Map();
  }
  young.set(key, party);
  return party;
}

function unreadable(original: string): Party {
  return Object.freeze({ original, e164: null, country: null, countryName: null, type: null });
}

function parse(original: string, country: string): Party {
  const number = findNumber(original, country);
  if (number === undefined) return unreadable(original);
  const type = number.getType();
  return Object.freeze({
    original,
    e164: number.number,
    country: number.country ?? null,
    countryName: number.country === undefined ? null : (countryNames.of(number.country) ?? null),
    type: type === undefined ? null : (TYPES[type] ?? null),
  });
}

/** Tried in this order: as it is marked (`+`, `00`), as a number of the country, as a country code without a mark. */
function findNumber(original: string, country: string): PhoneNumber | undefined {
  const digits = original.replace(NOT_A_DIGIT, '');
  if (digits.length < MIN_DIGITS) return undefined;
  if (original.trimStart().startsWith('+')) return valid(`+${digits}`);
  if (digits.startsWith('00')) return valid(`+${digits.slice(2)}`);
  const home = isSupportedCountry(country) ? valid(digits, country) : undefined;
  if (home !== undefined || digits.length < MIN_INTERNATIONAL_DIGITS || digits.startsWith('0')) return home;
  return isSupportedCountry(country) ? valid(`+${digits}`) : undefined;
}

function valid(text: string, country?: CountryCode): PhoneNumber | undefined {
  const number = parsePhoneNumberFromString(text, country);
  return number?.isValid() === true ? number : undefined;
}
