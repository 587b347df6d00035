import type { InboundRequest } from './dialect.js';

/** Kept with a message, for dialects whose messages may be signed: `proved` or `unproved`. Never the sender's own. */
export const SENDER_HEADER = 'x-switchhook-sender';

/** Whether it was known by its signature who sent it. */
export function isProved({ headers }: Pick<InboundRequest, 'headers'>): boolean {
  return headers[SENDER_HEADER] === 'proved';
}
