import { instant, type ConnectionId, type ReceiptId, type TenantId } from '#domain';
import type { NewReceipt } from '#db';
import { newId } from '#platform';
import { cdr } from './cdr.js';

/** A webhook with one CDR, not yet kept. */
export function receipt(
  of: { tenantId: TenantId; id: ConnectionId },
  { body = cdr(), ...traits }: Partial<Omit<NewReceipt, 'body'>> & { body?: unknown } = {},
): NewReceipt {
  return {
    id: newId<ReceiptId>(),
    tenantId: of.tenantId,
    connectionId: of.id,
    receivedAt: instant(Date.now()),
    route: 'cdr',
    method: 'POST',
    query: '',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    sourceIp: '203.0.113.7',
    unparsedReason: null,
    ...traits,
  };
}
