import { isShortNumber } from './is-short-number.js';
import { numberingPlan } from './numbering-plan.js';

/** A plus, or the zeros that are dialed for it. */
const INTERNATIONAL = /^\s*\(?\s*(?:\+|00)/;

/**
 * Whether a text says itself that it is a number of the public network: by a plus, or by the prefix that the country writes.
 *
 * @param country  ISO 3166-1 alpha-2 of whoever wrote it
 */
export function isMarkedNumber(text: string, country: string): boolean {
  if (INTERNATIONAL.test(text)) return true;
  const plan = numberingPlan(country);
  if (plan?.writesPrefix !== true || isShortNumber(text)) return false;
  return text.replace(/^[\s(]+/, '').startsWith(plan.nationalPrefix);
}
