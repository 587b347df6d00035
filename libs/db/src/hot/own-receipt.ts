import {
  OWN_ROUTE,
  writeWord,
  type ConnectionId,
  type Instant,
  type ReceiptId,
  type SaidOfCall,
  type TenantId,
} from '#domain';
import { newId } from '#platform';
import type { NewReceipt } from './receipt-inbox.js';

/** A word of ours about a call, as it lies in its connection's mailbox between the PBX's webhooks. */
export function ownReceipt(
  { tenantId, connectionId }: { tenantId: TenantId; connectionId: ConnectionId },
  said: SaidOfCall,
  at: Instant,
): NewReceipt {
  return {
    ...{ id: newId<ReceiptId>(), tenantId, connectionId, receivedAt: at },
    ...{ route: OWN_ROUTE, method: 'POST', query: '', headers: { 'content-type': 'application/json' } },
    ...{ body: writeWord(said), sourceIp: null, vendorCallIds: [said.vendorCallId], unparsedReason: null },
  };
}
