import { webhookLag, type WebhookFacts } from '#domain';
import type { ReadReceipt } from './read-receipts.js';

/** What a receipt tells of its connection; none that nobody could read, as those are counted where they lie. */
export function webhookFacts(entry: ReadReceipt): WebhookFacts[] {
  if (entry.ok !== true || entry.said) return [];
  const { receipt, legs, unknownWords = [] } = entry;
  const { receivedAt } = receipt;
  const told = legs.map(({ leg }) => leg);
  const unreadableFields = [...new Set(told.flatMap((leg) => leg.unreadableFields))];
  return [{ receivedAt, lagSeconds: webhookLag(told, receivedAt), unknownWords, unreadableFields }];
}
