import { isSameNumber } from '../read-reply.js';

/** Whether two spellings are of one number or extension; extensions with and without their organisation. */
export function isSameParty(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.includes('*') || other.includes('*')) {
    // Two that name their organisations are different, or they were the same.
    return !(one.includes('*') && other.includes('*')) && afterStar(one) === afterStar(other);
  }
  return isSameNumber(one, other);
}

function afterStar(text: string): string {
  return text.slice(text.indexOf('*') + 1);
}
