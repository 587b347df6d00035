import type { EndpointGrantId, EndpointId, OAuthCodeClient, TenantId } from '#domain';
import { sealedFor } from '#db';
import { SecretBox, newId } from '#platform';
import { SECRET_KEYS, setAccess } from '../harness/tenant.js';
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

/** Lets an endpoint's requests carry what somebody agreed to, without a page. */
export async function connectEndpoint(
  sql: Sql,
  { id: endpointId, tenantId }: { id: EndpointId; tenantId: TenantId },
  { auth, access, refresh }: { auth: OAuthCodeClient; access: string; refresh: string },
): Promise<void> {
  await setAccess(sql, endpointId, { auth });
  const grantId = await makeGrant(sql, { id: endpointId, tenantId });
  const box = SecretBox.fromKeys(SECRET_KEYS);
  await sql.rows(
    `UPDATE endpoint_grant SET sealed_access = $2, sealed_refresh = $3, expires_at = now() + interval '1 hour',
       renew_by = now() + interval '7 days' WHERE id = $1`,
    [
      grantId,
      box.seal(access, sealedFor.grantAccess(grantId)),
      box.seal(refresh, sealedFor.grantRefresh(grantId)),
    ],
  );
}
