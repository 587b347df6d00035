/**
 * How one number is recognised in whatever text: by the digits that are its own, whatever stands before and between them. The
 * country code, a trunk prefix and the kind of brackets differ from writer to writer; the national significant number does not.
 */
import { numberVariants } from '../phone/number-variants.js';
import { parseNumber } from '../phone/parse-number.js';

export interface NumberTrace {
  /** Each form of it. */
  e164s: readonly string[];
  /** A regular expression that JavaScript and PostgreSQL read alike. */
  pattern: string;
  /** The same for text in UTF-8 that is looked at byte by byte, as Latin 1. */
  bytePattern: string;
}

/** The zeros of the scripts that phones and people write numbers in: ASCII, Arabic, Persian, Devanagari, full width. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0xff10];
const BLANKS_AND_MARKS = ' \\t\\u00a0\\u00b7\\u2000-\\u206f\\ufeff()./_+-';
/** As forms, XML and JSON write them. */
const ESCAPED = '%[0-9A-Fa-f][0-9A-Fa-f]|\\\\[tnr]|&#[0-9xX][0-9A-Fa-f]*;|&nbsp;';
const BETWEEN = `(?:[${BLANKS_AND_MARKS}]|${ESCAPED}){0,3}`;
const BETWEEN_BYTES = `(?:[${BLANKS_AND_MARKS}\\u0080-\\u00ff]|${ESCAPED}){0,9}`;
/** With fewer digits than these a number is part of too many others. */
const FEWEST_ALONE = 7;
/** What could as well be the beginning of a date, or seconds since 1970. */
const LIKE_A_TIME = /^(?:(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])|1[5-9]\d{8}$)/;

/** @param e164  from `lookupNumber` */
export function traceOfNumber(e164: string): NumberTrace {
  const e164s = numberVariants(e164);
  const forms = [...new Set(e164s.flatMap(formsOf))];
  const pattern = (between: string, digit: (text: string) => string) =>
    forms.map((digits) => Array.from(digits, digit).join(between)).join('|');
  return {
    e164s,
    pattern: pattern(BETWEEN, inAnyScript),
    bytePattern: pattern(BETWEEN_BYTES, (digit) => digit),
  };
}

export function holdsNumber(text: string, { pattern }: Pick<NumberTrace, 'pattern'>): boolean {
  return expressionOf(pattern).test(text);
}

/** The last two digits are what people know a number by who are not to know the number. */
export function lastDigitsOf(e164: string): string {
  return e164.slice(-2);
}

const expressions = new Map<string, RegExp>();
const MOST_EXPRESSIONS = 100;

/** Without state: it is not sticky, nor global. */
function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known) return known;
  if (expressions.size >= MOST_EXPRESSIONS) expressions.clear();
  const made = new RegExp(pattern);
  expressions.set(pattern, made);
  return made;
}

/** National significant number, and what people dial within the country where that is not its end (Argentina's 15). */
function formsOf(e164: string): string[] {
  const number = parseNumber(e164);
  if (!number) return [e164.slice(1)];
  const { nationalNumber: national, countryCallingCode: code } = number;
  if (national.length < FEWEST_ALONE || LIKE_A_TIME.test(national)) return [code + national];
  const dialled = number.formatNational().replace(/\D/g, '');
  return dialled.endsWith(national) || dialled.length < FEWEST_ALONE ? [national] : [national, dialled];
}

function inAnyScript(digit: string): string {
  return `[${ZEROS.map((zero) => String.fromCharCode(zero + Number(digit))).join('')}]`;
}
