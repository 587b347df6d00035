import type { TenantId } from '#domain';
import { Prisma } from '../generated/client.js';
import type { Tx } from '../tenancy/tenant-scope.js';

/**
 * Locks one row of a tenant until the transaction ends, so that two changes to it come one after the other and each
 * audit entry tells what really was there before.
 *
 * @returns false when the tenant has no such row
 */
export async function lockRow(
  tx: Tx,
  table:
    | 'connection'
    | 'endpoint'
    | 'delivery'
    | 'receipt'
    | 'contact'
    | 'agent'
    | 'call'
    | 'ivr_flow'
    | 'replay'
    | 'import'
    | 'contact_source'
    | 'erasure',
  tenant: TenantId,
  id: string,
): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 AS found FROM ${Prisma.raw(`"${table}"`)}
    WHERE id = ${id}::uuid AND tenant_id = ${tenant}::uuid FOR UPDATE`;
  return rows.length > 0;
}
