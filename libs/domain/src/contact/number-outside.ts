import type { Direction, Party } from '../call/call.js';
import { lookupNumber } from '../phone/party.js';

/**
 * E.164 of the party outside, under which to look for a contact: of whoever called in, or was called. Null for what is no
 * number, such as a withheld one; undefined for a call within the house, where nobody is looked for.
 *
 * @param country  ISO 3166-1 alpha-2 of the connection
 */
export function numberOutside(
  call: { direction: Direction; from: Party; to: Party },
  country: string,
): string | null | undefined {
  if (call.direction === 'internal') return undefined;
  const outside = call.direction === 'outbound' ? call.to : call.from;
  return outside.e164 ?? lookupNumber(outside.original, country);
}
