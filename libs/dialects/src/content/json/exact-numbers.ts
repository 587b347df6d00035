/**
 * Keeps the digits of numbers that JavaScript's cannot hold: an id, a caller or a deal of a CRM is worth nothing rounded.
 * Node 20 does not show the source of a number to a reviver, so such numbers are put into quotes before JSON is parsed.
 */

/** Texts come first, so that numbers inside of them are left alone; also one without an end, lest it be tried again and again. */
const TEXTS_AND_NUMBERS = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const DECIMAL = /^(-?)0*(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;
const WHOLE = /^-?\d+$/;
/** Asterisk's ids: a second, a point and a counter, of which the 7th of a second is not the 70th. */
const COUNTED = /^\d{10,}\.\d*[1-9]0+$/;

/** The same JSON, with numbers as text where they would be rounded. What is no JSON stays none. */
export function withExactNumbers(json: string): string {
  return json.replace(TEXTS_AND_NUMBERS, kept);
}

function kept(token: string): string {
  return token.startsWith('"') || isExact(token) ? token : `"${token}"`;
}

/** Whether a number prints as it was written, apart from zeros at its ends and the place of its point. */
export function isExact(literal: string): boolean {
  const number = Number(literal);
  if (WHOLE.test(literal)) return Number.isSafeInteger(number);
  if (COUNTED.test(literal)) return false;
  return Number.isFinite(number) && significant(literal) === significant(String(number));
}

/** Digits without zeros around them, and how often they are to be multiplied by ten. */
function significant(literal: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(literal) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const short = withoutZerosAtEnd(digits);
  const shift = Number(exponent) - fraction.length + digits.length - short.length;
  return short === '' ? '0' : `${sign}${short}e${shift}`;
}

function withoutZerosAtEnd(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
