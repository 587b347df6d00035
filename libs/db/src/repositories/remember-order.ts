import { contextData, type OrderId, type Order, type ConnectionId, type TenantId } from '#domain';
import { storableJson } from '../hot/storable-json.js';
import { withoutNul } from '../hot/without-nul.js';
import type { Tx } from '../tenancy/tenant-scope.js';

/** What an order's call is known to be of, whoever tells of it: the name under which the order's id stands in custom data. */
export const ORDER_MEMBER = 'order_id';

/** Of an order: its id, which no variable of the same name can take the place of, and its variables. */
export function contextOfOrder(id: OrderId, { variables }: Pick<Order, 'variables'>): string {
  const others = Object.entries(variables).filter(([name]) => name !== ORDER_MEMBER);
  // First, so that it is not what is left out of too many.
  return storableJson(contextData({ [ORDER_MEMBER]: id, ...Object.fromEntries(others) }));
}

interface Remembered {
  id: OrderId;
  tenantId: TenantId;
  connectionId: ConnectionId;
  order: Order;
}

/**
 * Keeps what was ordered for the call, so that its record and its events have the order's id and variables, whether or not the
 * PBX echoes them.
 */
export async function rememberOrder(
  tx: Tx,
  { id, tenantId, connectionId, order }: Remembered,
  vendorCallId: string,
): Promise<void> {
  const data = contextOfOrder(id, order);
  await tx.$executeRaw`
    INSERT INTO call_context AS known (connection_id, vendor_call_id, tenant_id, data, created_at, updated_at)
    VALUES (${connectionId}::uuid, ${withoutNul(vendorCallId)}, ${tenantId}::uuid, ${data}::jsonb, clock_timestamp(), clock_timestamp())
    ON CONFLICT (connection_id, vendor_call_id) DO UPDATE SET
      data = CASE WHEN known.updated_at > clock_timestamp() - interval '1 day' THEN known.data || EXCLUDED.data
                  ELSE EXCLUDED.data END,
      updated_at = greatest(clock_timestamp(), known.updated_at + interval '1 ms')`;
}
