import { numberOutside } from '#domain';
import type { EnrichmentContext, KnownCalls } from '#db';
import type { ReadReceipt } from './read-receipts.js';

/**
 * E.164 of those outside whose contact is to be looked for, each once: of calls of which nobody is known yet. None for a tenant
 * that never had a contact.
 */
export function numbersToMatch(
  read: readonly ReadReceipt[],
  known: KnownCalls,
  { knowsContacts, country }: Pick<EnrichmentContext, 'knowsContacts' | 'country'>,
): string[] {
  if (!knowsContacts) return [];
  const numbers = new Set<string>();
  for (const entry of read) {
    if (entry.ok !== true) continue;
    for (const { vendorCallId, leg } of entry.legs) {
      const had = known.calls.get(vendorCallId) ?? [];
      // Which of several it is nobody knows yet: one look-up too many is better than a caller without a name.
      if (had.length > 0 && had.every(({ call }) => call.match?.contact)) continue;
      const number = numberOutside(leg, country);
      if (number != null) numbers.add(number);
    }
  }
  return [...numbers];
}
