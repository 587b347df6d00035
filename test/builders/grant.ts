import type { EndpointGrantId, EndpointId, TenantId } from '#domain';
import { newId } from '#platform';
import type { Sql } from '../harness/world.js';

/** Somebody agreed, whose tokens nobody can open; it is due for a renewal. */
export async function makeGrant(
  sql: Sql,
  { id: endpointId, tenantId }: { id: EndpointId; tenantId: TenantId },
): Promise<EndpointGrantId> {
  const grantId = newId<EndpointGrantId>();
  await sql.rows(
    `INSERT INTO endpoint_grant (id, tenant_id, endpoint_id, position, label, state, since, renew_by, created_at, updated_at)
     VALUES ($1, $2, $3, 1, 'Theirs', 'good', now(), now(), now(), now())`,
    [grantId, tenantId, endpointId],
  );
  return grantId;
}
