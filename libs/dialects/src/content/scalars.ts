/** Readers for vendors' single values, which come as numbers or as text, padded or empty, in any of the formats. */
import { MAX_EPOCH_SECONDS } from '#domain';
import { unquoted } from './word-for-nothing.js';
import { readWrittenTime, type WrittenTime } from './written-time.js';

const NUMERIC = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
/** A comma before one or two digits, or more than three, starts a fraction; before three it may part thousands as well. */
const DECIMAL_COMMA = /^([+-]?\d+),(\d{1,2}|\d{4,})$/;
const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu;
const ASCII = /^[\x20-\x7e]*$/;
const MAX_DIGITS = 32;
/** The year 2000: a smaller number counts something else, and no PBX of ours is older. */
const MIN_EPOCH_SECONDS = 946_684_800;
/**
 * Units of epochs, by how many of them a second has, and the greatest number that is one. No number is two of them, nor a
 * date and time without any marks between (14 digits), which no milliseconds of ours are.
 */
const UNITS = [
  { perSecond: 1, most: MAX_EPOCH_SECONDS },
  { perSecond: 1e3, most: 1e13 },
  { perSecond: 1e6, most: 1e16 },
];

/** Whether the vendor sent nothing in this place. */
export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

/** The text as it came; empty for null, lists and objects. */
export function rawText(value: unknown): string {
  if (typeof value === 'string') return value.toWellFormed();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The text without white space around it; null when nothing is left. */
export function text(value: unknown): string | null {
  const trimmed = rawText(value).trim();
  return trimmed === '' ? null : trimmed;
}

/** Without quotation marks and blanks around it, and with the digits of every script as those of ASCII. */
export function plainDigits(value: string): string {
  const bare = unquoted(value);
  return ASCII.test(bare) ? bare : bare.replace(OTHER_DIGIT, asciiDigit);
}

/** Digits come in runs of ten, each from 0 to 9. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

export function finiteNumber(value: unknown): number | null {
  // JSON has no minus zero to keep it by.
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null;
  if (typeof value !== 'string') return null;
  const digits = plainDigits(value).replace(DECIMAL_COMMA, '$1.$2');
  return digits.length > MAX_DIGITS || !NUMERIC.test(digits) ? null : Number(digits) + 0;
}

/**
 * A moment, as epoch seconds or written out. Milliseconds and microseconds are recognised by their size. Where a PBX's clock was
 * never set it begins in 1970, and that is no time of a call in any spelling.
 *
 * @returns `by` only where it was written out: what an epoch means is a setting
 */
export function readMoment(value: unknown): { epochSeconds: number; by?: WrittenTime['by'] } | null {
  const number = finiteNumber(value);
  const unit = UNITS.find((one) => number !== null && isEpoch(number, one));
  if (number !== null && unit !== undefined) return { epochSeconds: number / unit.perSecond };
  const written = readWrittenTime(plainDigits(rawText(value)));
  return written !== null && written.epochSeconds >= MIN_EPOCH_SECONDS ? written : null;
}

function isEpoch(number: number, { perSecond, most }: (typeof UNITS)[number]): boolean {
  return number <= most && number / perSecond >= MIN_EPOCH_SECONDS;
}
