/**
 * Reads what a PBX or a person wrote for a number: in any spelling, with what surrounds it, a name, an extension, nothing.
 *
 * The one reader of every number that comes in: parties of calls, contacts, questions and queries. Source: design "Dialects",
 * trap 7. An extension that happened to look like a number would otherwise be matched to a stranger's contact.
 */
import type { PhoneNumber } from 'libphonenumber-js/max';
import type { NumberType, Party } from '../call/call.js';
import { findNumberBeside } from './find-number-beside.js';
import { findNumber } from './find-number.js';
import { isShortNumber } from './is-short-number.js';
import { numberVariants } from './number-variants.js';
import { tidyNumberText } from './tidy-number-text.js';
import { writtenNumber } from './written-number.js';

/** A longer text is no number; it is not worth a place in the memo either. */
const MAX_LENGTH = 256;

/** What most texts are: a number with its separators and nothing else. */
const PLAIN = /^[+\d ().\-/]+$/;
/** Names have fewer digits than any number. Superscripts are digits too. */
const SOME_DIGITS = /[\p{Nd}\p{No}](?:[^\p{Nd}\p{No}]*[\p{Nd}\p{No}]){5}/u;

interface Reading {
  party: Party;
  possible: string | null;
}

/** The memo has two generations of this size; the older one is dropped whole when the younger is full. */
const GENERATION_SIZE = 8192;
let young = new Map<string, Reading>();
let old = new Map<string, Reading>();

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
 * @param original  exactly what was written
 * @param country  ISO 3166-1 alpha-2 of the connection; numbers without a country code are read as this country's.
 *   When it is no country, only numbers with `+` or `00` are read.
 * @returns a frozen value, shared between calls for the same text
 */
export function readParty(original: string, country: string): Party {
  return read(original, country).party;
}

/** A name, nothing, or what came in a field of extensions: that is never anybody's number, however it looks. */
export function partyWithoutNumber(original: string): Party {
  return Object.freeze({ original, e164: null, country: null, countryName: null, type: null });
}

/**
 * The E.164 under which to look for whoever has the number: its own or, where the country's plan has room for the digits and
 * the metadata does not know them, what it would be. Null for what is no number.
 */
export function lookupNumber(original: string, country: string): string | null {
  const { party, possible } = read(original, country);
  return party.e164 ?? possible;
}

/** All that the number may be stored as; empty for what is no number. */
export function lookupNumbers(original: string, country: string): readonly string[] {
  const e164 = lookupNumber(original, country);
  return e164 === null ? [] : numberVariants(e164);
}

function read(original: string, country: string): Reading {
  if (original.length > MAX_LENGTH || !(PLAIN.test(original) || SOME_DIGITS.test(original))) {
    return { party: partyWithoutNumber(original), possible: null };
  }
  const key = country + original;
  const known = young.get(key);
  if (known !== undefined) return known;
  const reading = old.get(key) ?? readAfresh(original, country);
  if (young.size >= GENERATION_SIZE) {
    old = young;
    young = new Map();
  }
  young.set(key, reading);
  return reading;
}

function readAfresh(original: string, country: string): Reading {
  const plain = PLAIN.test(original);
  const { text, extension, device, beside } = plain
    ? { text: original, extension: null, device: false, beside: false }
    : writtenNumber(tidyNumberText(original));
  if (device && isShortNumber(text)) return { party: partyWithoutNumber(original), possible: null };
  const {
    number,
    possible,
    extension: behind,
  } = beside ? findNumberBeside(text, country) : findNumber(text, country);
  return {
    party:
      number === undefined
        ? partyWithoutNumber(original)
        : partyOf(original, number, extension ?? behind ?? null),
    possible,
  };
}

function partyOf(original: string, number: PhoneNumber, extension: string | null): Party {
  const type = number.getType();
  return Object.freeze({
    original,
    e164: number.number,
    country: number.country ?? null,
    countryName: number.country === undefined ? null : (countryNames.of(number.country) ?? null),
    type: type === undefined ? null : (TYPES[type] ?? null),
    ...(extension === null ? {} : { extension }),
  });
}
