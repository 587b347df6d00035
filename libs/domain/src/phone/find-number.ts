/** Decides whose number digits are. ADR 19 has the rules and what they were measured to get wrong. */
import type { PhoneNumber } from 'libphonenumber-js/max';
import { MAX_SHORT_DIGITS } from './is-short-number.js';
import { MIN_FOREIGN_DIGITS, likelierReading } from './likelier-reading.js';
import { isMarkedNumber } from './is-marked-number.js';
import { isNobodysNumber } from './nobodys-number.js';
import { numberVariants } from './number-variants.js';
import { numberingPlan } from './numbering-plan.js';
import type { NumberingPlan } from './numbering-plan.js';
import { parseNumber, validNumber } from './parse-number.js';

export interface FoundNumber {
  /** What the text means; undefined for what is no number for certain. */
  number: PhoneNumber | undefined;
  /**
   * E.164 of what the home country's plan has room for and its metadata does not know. Good for finding it again, not for
   * telling anybody: it may be an account or an order. Null where `number` is known.
   */
  possible: string | null;
  /** What stands behind the number, parted from it by a blank, a dash or a stroke only. Absent without one. */
  extension?: string;
}

const NOTHING: FoundNumber = { number: undefined, possible: null };

/** Extensions have 3 to 5 digits; no vendor prints a subscriber's number that short. */
const MIN_DIGITS = 6;
/** E.164 has at most 15; exit codes, carriers' codes and zeros come on top. */
const MAX_DIGITS = 25;

/** Digits, perhaps after a plus that may have another or an exit code's zeros around it. */
const NUMBER = /^(0{0,2}\++)?(\d+)$/;
const SEPARATORS = /[\s()[\]{}.\-/_|]+/g;
const NUMBER_LIKE = /^[+\d\s()[\]{}.\-/_|]+$/;
/** A plus that a form or a query had decoded to a blank (twice, where it was written `++` or `+ `). */
const LOST_PLUS = /^\(? {1,2}\(?\d/;
/** The national prefix, written for whoever calls at home: `+44 (0)20`. */
const TRUNK_PREFIX = /\(\s*0[68]?\s*\)|\(\s*8\s*\)/;
/** A last group of digits that is none of the number: `+972 50 234 5678 101`, `02-6251234 / 12`. */
const LAST_GROUP = /^(.*\d)[\s/-]+(\d{1,6})\s*$/;
/** Services that are dialed as they are all over Europe: 116 116, 118 218. */
const SHORT_CODE = /^11[68]\d{3}$/;

/**
 * @param text  tidied, with its separators
 * @param country  ISO 3166-1 alpha-2 of whoever wrote it. When it is no country, only numbers with `+` or `00` are read.
 */
export function findNumber(text: string, country: string): FoundNumber {
  const spaced = withBlanksForPluses(text);
  const whole = findWhole(spaced, country);
  return whole.number === undefined ? (withExtension(spaced, country) ?? whole) : whole;
}

/** Of a form that was never decoded: `+972+50+2345678`. Zeros and a plus are how some begin a number. */
function withBlanksForPluses(text: string): string {
  if (!text.includes('+', 1)) return text;
  const start = text.search(/[1-9]/);
  return text.slice(0, start) + text.slice(start).replaceAll('+', ' ');
}

/**
 * Where all digits together are no number that is known, perhaps the last ones are an extension of one. Where both may be,
 * nobody is told.
 */
function withExtension(text: string, country: string): FoundNumber | undefined {
  const [, front = '', extension = ''] = LAST_GROUP.exec(text) ?? [];
  if (front === '' || !isMarkedNumber(front, country)) return undefined;
  const { number } = findWhole(front, country);
  if (number?.isValid() !== true) return undefined;
  const plan = numberingPlan(number.country ?? '');
  const isRoom = plan?.couldBeHome(number.nationalNumber + extension) === true;
  return isRoom ? NOTHING : { number, possible: null, extension };
}

function findWhole(text: string, country: string): FoundNumber {
  if (!NUMBER_LIKE.test(text)) return NOTHING;
  const [whole, plus = '', digits = ''] = NUMBER.exec(text.replace(SEPARATORS, '')) ?? [];
  if (whole === undefined || digits.length < MIN_DIGITS || digits.length > MAX_DIGITS) return NOTHING;
  const international = () => validNumber(`+${digits}`) ?? withoutTrunkPrefix(text);
  if (plus !== '') {
    if (isNobodysNumber(digits, true)) return NOTHING;
    const number = international();
    return number === undefined ? (withExtension(text, country) ?? found(possible(digits))) : found(number);
  }
  const lost = LOST_PLUS.test(text);
  if (isNobodysNumber(digits, lost)) return NOTHING;
  const restored = lost ? international() : undefined;
  if (restored !== undefined) return found(restored);
  const plan = numberingPlan(country);
  return plan === undefined ? found(afterZeros(digits, undefined)) : atHome(digits, plan);
}

/** Digits without a plus, in this order: as the country's, behind an exit code, as a country code without a mark. */
function atHome(digits: string, plan: NumberingPlan): FoundNumber {
  if (SHORT_CODE.test(digits)) return NOTHING;
  const read = parseNumber(digits, plan.country);
  if (read?.isValid() === true) return found(likelierReading(digits, read, plan));
  const marked = plan.couldBeHome(digits) ? undefined : afterZeros(digits, plan);
  if (marked !== undefined) return found(marked);
  const home = read?.countryCallingCode === plan.callingCode && read.isPossible() ? read : undefined;
  const own = digits.startsWith(plan.callingCode) ? known(`+${digits}`) : undefined;
  if (own !== undefined) return found(own);
  const renumbered = otherForm(home?.number ?? `+${plan.callingCode}${digits}`);
  if (renumbered !== undefined) return found(likelierReading(digits, renumbered, plan));
  const foreign = unmarkedForeign(digits, plan);
  if (foreign !== undefined) return found(foreign);
  const isLong = digits.length > MAX_SHORT_DIGITS;
  return { number: undefined, possible: isLong ? (home?.number ?? null) : null };
}

/**
 * Where `00` is not what is dialed before a number of another country, it is still what many write; not where what follows could
 * be a number of the country itself.
 */
function afterZeros(digits: string, plan: NumberingPlan | undefined): PhoneNumber | undefined {
  const rest = digits.slice(2);
  return digits.startsWith('00') && plan?.couldBeHome(rest) !== true ? validNumber(`+${rest}`) : undefined;
}

/**
 * Some PBXs print numbers of other countries without a mark. They are believed where the digits cannot be the country's own:
 * a number that its metadata does not know yet is nobody's before it is a stranger's.
 */
function unmarkedForeign(digits: string, plan: NumberingPlan): PhoneNumber | undefined {
  if (digits.length < MIN_FOREIGN_DIGITS || digits.startsWith('0') || plan.couldBeHome(digits))
    return undefined;
  return known(`+${digits}`);
}

/** The number, in whichever of its forms it is written. */
function known(e164: string): PhoneNumber | undefined {
  return validNumber(e164) ?? otherForm(e164);
}

/** The form that is in use today of a number in a form that once was. */
function otherForm(e164: string): PhoneNumber | undefined {
  const [, ...others] = numberVariants(e164);
  for (const other of others) {
    const read = validNumber(other);
    if (read !== undefined) return read;
  }
  return undefined;
}

/** Of `+44 (0)20 ...` the zero is no part, of an Italian `+39 (0)6 ...` it is: whichever is a number. */
function withoutTrunkPrefix(text: string): PhoneNumber | undefined {
  return TRUNK_PREFIX.test(text)
    ? validNumber(`+${text.replace(TRUNK_PREFIX, '').replace(/\D/g, '')}`)
    : undefined;
}

/** Whoever writes a plus means a number of that country, also one that the metadata does not know yet. */
function possible(digits: string): PhoneNumber | undefined {
  const number = parseNumber(`+${digits}`);
  if (number === undefined) return undefined;
  const plan = numberingPlan(number.country ?? number.getPossibleCountries()[0] ?? '');
  const isPossible = number.isPossible() && plan?.couldBeHome(number.nationalNumber) !== false;
  return otherForm(number.number) ?? (isPossible ? number : undefined);
}

function found(number: PhoneNumber | undefined): FoundNumber {
  return number === undefined ? NOTHING : { number, possible: null };
}
