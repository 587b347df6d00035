import { createHash } from 'node:crypto';
import type { SocketProtocol } from '#dialects';
import type { SocketMessage } from './socket-receipt.js';

/**
 * By what a message is recognised that both lines of a PBX tell, as a UUID; null for what only one of them does. Two messages of one
 * line that are alike to the letter have the same as well: the second tells nothing new.
 */
export function markOf(
  { body, isBinary, written }: SocketMessage,
  { withoutLine }: Pick<SocketProtocol, 'withoutLine'>,
): string | null {
  if (withoutLine === undefined || isBinary || written !== undefined) return null;
  const digest = createHash('sha256')
    .update(withoutLine(Buffer.from(body).toString('utf8')))
    .digest('hex');
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    digest.slice(12, 16),
    digest.slice(16, 20),
    digest.slice(20, 32),
  ].join('-');
}
