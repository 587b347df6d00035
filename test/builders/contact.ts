import type { ContactId, TenantId } from '#domain';
import { newId } from '#platform';
import type { Sql } from '../harness/world.js';

export interface ContactTraits {
  name?: string;
  company?: string | null;
  externalId?: string | null;
  url?: string | null;
  phones?: string[];
  /** How long ago it was last changed. */
  ageSeconds?: number;
}

/** A contact in a tenant's directory; say what matters. */
export async function makeContact(
  sql: Sql,
  tenantId: TenantId,
  {
    name = 'John Doe',
    company = null,
    externalId = null,
    url = null,
    phones = [],
    ageSeconds = 0,
  }: ContactTraits = {},
): Promise<ContactId> {
  const contactId = newId<ContactId>();
  await sql.rows(
    `INSERT INTO contact (id, tenant_id, external_id, name, company, url, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, now(), now() - make_interval(secs => $7))`,
    [contactId, tenantId, externalId, name, company, url, ageSeconds],
  );
  await sql.rows(
    `INSERT INTO contact_phone (tenant_id, e164, contact_id, place)
     SELECT $1, p.e164, $2, p.place FROM unnest($3::text[]) WITH ORDINALITY AS p(e164, place)`,
    [tenantId, contactId, phones],
  );
  return contactId;
}
