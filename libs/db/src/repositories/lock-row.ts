import type { TenantId } from '#domain';
import { Prisma } from '../generated/client.js';
import { assertExpected, expectedOf } from '../tenancy/expected-version.js';
import type { Tx } from '../tenancy/tenant-scope.js';
import { instantOf } from './times.js';

/**
 * Locks one row of a tenant until the transaction ends, so that two changes to it come one after the other and each
 * audit entry tells what really was there before.
 *
 * @returns false when the tenant has no such row
 * @throws AppError `resource.changed` 412 where the caller expects another version of it (`expecting`)
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
    | 'pbx_account'
    | 'api_credential'
    | 'campaign'
    | 'erasure',
  tenant: TenantId,
  id: string,
): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 AS found FROM ${Prisma.raw(`"${table}"`)}
    WHERE id = ${id}::uuid AND tenant_id = ${tenant}::uuid FOR UPDATE`;
  const expected = expectedOf(id);
  if (rows.length > 0 && expected !== undefined) {
    const [row] = await tx.$queryRaw<[{ updatedAt: Date }]>`
      SELECT updated_at AS "updatedAt" FROM ${Prisma.raw(`"${table}"`)} WHERE id = ${id}::uuid`;
    assertExpected(expected, instantOf(row.updatedAt));
  }
  return rows.length > 0;
}
