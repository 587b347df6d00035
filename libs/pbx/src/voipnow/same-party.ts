/** Whether two spellings are of one number or extension. */

/** Shorter ones are extensions and service codes. */
const LEAST_DIGITS = 7;

/**
 * Numbers with and without their country, with zeros or a plus before them; extensions with and without their organisation.
 * Whoever looks for a call had better find it: that two numbers end alike is enough.
 */
export function isSameParty(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.includes('*') || other.includes('*')) {
    // Two that name their organisations are different, or they were the same.
    return !(one.includes('*') && other.includes('*')) && afterStar(one) === afterStar(other);
  }
  const [a, b] = [bare(one), bare(other)];
  return Math.min(a.length, b.length) >= LEAST_DIGITS && (a.endsWith(b) || b.endsWith(a));
}

function afterStar(text: string): string {
  return text.slice(text.indexOf('*') + 1);
}

function bare(number: string): string {
  return number.replace(/\D/g, '').replace(/^0+/, '');
}
