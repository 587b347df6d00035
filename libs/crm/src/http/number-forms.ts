/** How a CRM writes numbers: by a word, or by a pattern. */
import { nationalDigits, significantDigits } from '#domain';

const WORDS: Readonly<Record<string, (e164: string) => string>> = {
  /** `+972545551234` */
  e164: (e164) => e164,
  /** `972545551234` */
  digits: (e164) => e164.slice(1),
  /** `00972545551234` */
  '00': (e164) => `00${e164.slice(1)}`,
  /** `0545551234` */
  national: nationalDigits,
  /** `545551234` */
  significant: significantDigits,
};

const LAST = /^last([4-9]|1[0-5])$/;
/** Each `#` is a digit of the number's own, the rest stands as it is. */
const PATTERN = /^[#\d +()./-]{4,40}$/;

/** `e164`, `digits`, `00`, `national`, `significant`, `last4` to `last15`, or a pattern such as `0##-###-####`. */
export function isNumberForm(text: string): boolean {
  return Object.hasOwn(WORDS, text) || LAST.test(text) || (PATTERN.test(text) && text.includes('##'));
}

/** `last9` and the like: numbers of several countries are written so. */
export function isEndOnly(form: string): boolean {
  return form === 'significant' || LAST.test(form);
}

/**
 * @param form  one of `isNumberForm`
 * @returns null where the number has not as many digits as the pattern has places
 */
export function numberIn(form: string, e164: string): string | null {
  const write = Object.hasOwn(WORDS, form) ? WORDS[form] : undefined;
  if (write !== undefined) return write(e164);
  const [, last] = LAST.exec(form) ?? [];
  if (last !== undefined) return significantDigits(e164).slice(-Number(last));
  const digits = significantDigits(e164);
  if (form.split('#').length - 1 !== digits.length) return null;
  let next = 0;
  return form.replaceAll('#', () => digits[next++] ?? '');
}
