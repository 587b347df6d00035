import type { ContactSourceId, EndpointId, TenantId } from '#domain';
import { sealedFor } from '#db';
import { SecretBox, newId } from '#platform';
import { SECRET_KEYS } from '../harness/tenant.js';
import type { Sql } from '../harness/world.js';

export interface SourceTraits {
  url?: string;
  /** Whose CRM it asks, in place of a server. */
  endpointId?: EndpointId;
  timeoutMs?: number;
  headers?: Record<string, string>;
  secret?: string;
  enabled?: boolean;
  foundSeconds?: number;
  notFoundSeconds?: number;
}

/** A tenant's server, or the CRM of an endpoint, that is asked for contacts; say what matters. */
export async function makeSource(
  sql: Sql,
  tenantId: TenantId,
  { url, endpointId, timeoutMs = 1_400, headers, secret, enabled = true, ...seconds }: SourceTraits,
): Promise<ContactSourceId> {
  const sourceId = newId<ContactSourceId>();
  const box = SecretBox.fromKeys(SECRET_KEYS);
  const sealed = (text: string | undefined) =>
    text === undefined ? null : box.seal(text, sealedFor.contactSource(sourceId));
  await sql.rows(
    `INSERT INTO contact_source (id, tenant_id, name, kind, url, sealed_headers, sealed_secret, timeout_ms, found_seconds,
                                 not_found_seconds, stale_seconds, enabled, endpoint_id, created_at, updated_at)
     VALUES ($1, $2, 'CRM', $10, $3, $4, $5, $6, $7, $8, 600, $9, $11, now(), now())`,
    [
      sourceId,
      tenantId,
      url ?? null,
      sealed(headers && JSON.stringify(headers)),
      sealed(secret),
      timeoutMs,
      seconds.foundSeconds ?? 300,
      seconds.notFoundSeconds ?? 60,
      enabled,
      endpointId === undefined ? 'http' : 'crm',
      endpointId ?? null,
    ],
  );
  return sourceId;
}
