import { lastDigitsOf, type ErasureId, type TenantId } from '#domain';
import type { ErasureState } from '#db';
import { newId } from '#platform';
import type { Sql } from '../harness/world.js';

/** Writes what the API would have written. */
export async function orderErasure(
  sql: Sql,
  tenantId: TenantId,
  { number, state, waitMinutes = 0 }: { number: string; state: ErasureState; waitMinutes?: number },
): Promise<ErasureId> {
  const erasureId = newId<ErasureId>();
  await sql.rows(
    `INSERT INTO erasure (id, tenant_id, state, number, number_hash, last_digits, keep, dry_run, wait_minutes, wait_until,
                          created_by, created_by_kind, created_at, updated_at)
     VALUES ($1, $2, $3, $4, '', $5, 'anonymous', true, $6::int, now() + $6::int * interval '1 minute', 'system', 'system', now(), now())`,
    [erasureId, tenantId, state, number, lastDigitsOf(number), waitMinutes],
  );
  return erasureId;
}
