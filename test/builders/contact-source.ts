import type { ContactSourceId, TenantId } from '#domain';
import { sealedFor } from '#db';
import { SecretBox, newId } from '#platform';
import { SECRET_KEYS } from '../harness/tenant.js';
import type { Sql } from '../harness/world.js';

export interface SourceTraits {
  url: string;
  timeoutMs?: number;
  headers?: Record<string, string>;
  secret?: string;
  enabled?: boolean;
  foundSeconds?: number;
  notFoundSeconds?: number;
}

/** A tenant's server that is asked for contacts; say what matters. */
export async function makeSource(
  sql: Sql,
  tenantId: TenantId,
  { url, timeoutMs = 1_400, headers, secret, enabled = true, ...seconds }: SourceTraits,
): Promise<ContactSourceId> {
  const sourceId = newId<ContactSourceId>();
  const box = SecretBox.fromKeys(SECRET_KEYS);
  const sealed = (text: string | undefined) =>
    text === undefined ? null : box.seal(text, sealedFor.contactSource(sourceId));
  await sql.rows(
    `INSERT INTO contact_source (id, tenant_id, name, kind, url, sealed_headers, sealed_secret, timeout_ms, found_seconds,
                                 not_found_seconds, stale_seconds, enabled, created_at, updated_at)
     VALUES ($1, $2, 'CRM', 'http', $3, $4, $5, $6, $7, $8, 600, $9, now(), now())`,
    [
      sourceId,
      tenantId,
      url,
      sealed(headers && JSON.stringify(headers)),
      sealed(secret),
      timeoutMs,
      seconds.foundSeconds ?? 300,
      seconds.notFoundSeconds ?? 60,
      enabled,
    ],
  );
  return sourceId;
}
