import { numberKey, type Actor, type Instant, type TenantId } from '#domain';
import type { Tx } from '../tenancy/tenant-scope.js';
import { writeAudit } from './audit-trail.js';
import { dateOf } from './times.js';

/**
 * Puts numbers on a tenant's list of those not to be called, audited. What is on it already stays as it is.
 *
 * @param numbers  E.164
 * @param how  `source`: by which way they came
 * @returns how many are new
 */
export async function blockNumbers(
  tx: Tx,
  whose: TenantId,
  numbers: readonly { e164: string; name: string | null }[],
  { source, by, at }: { source: string; by: Actor; at: Instant },
): Promise<number> {
  const rows = numbers.map(({ e164, name }) => ({ phone: numberKey(e164), name }));
  // One statement whatever their number: ten thousand rows of parameters cost seconds.
  const count = await tx.$executeRaw`
    INSERT INTO do_not_call (tenant_id, phone, name, source, created_at)
    SELECT ${whose}::uuid, n.phone, n.name, ${source}, ${dateOf(at)}::timestamptz
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS n(phone text, name text)
    ON CONFLICT DO NOTHING`;
  const changes = { numbers: { from: null, to: count }, source: { from: null, to: source } };
  if (count > 0) {
    const action = 'do_not_call.added';
    await writeAudit(tx, { whose, actor: by, at, action, subjectId: whose, changes });
  }
  return count;
}
