import { id, type ContactId, type Instant, type TenantId } from '#domain';
import type { Contact as Row, ContactPhone as PhoneRow } from '../generated/client.js';
import { instantOf } from './times.js';

export interface ContactPhoneRecord {
  e164: string;
  /** What kind of number it is, in the tenant's words. */
  label: string | null;
}

export interface ContactRecord {
  id: ContactId;
  tenantId: TenantId;
  /** The tenant's own id of it; no two contacts of a tenant have the same. */
  externalId: string | null;
  name: string;
  company: string | null;
  email: string | null;
  /** Its page in the tenant's CRM. */
  url: string | null;
  metadata: Record<string, unknown>;
  /** Each number once, in the tenant's order. */
  phones: ContactPhoneRecord[];
  createdAt: Instant;
  updatedAt: Instant;
}

export type ContactFields = Pick<
  ContactRecord,
  'externalId' | 'name' | 'company' | 'email' | 'url' | 'metadata' | 'phones'
>;
export type ContactPatch = { [F in keyof ContactFields]?: ContactFields[F] | undefined };

export interface ContactFilter {
  /** In any spelling that the tenant's connections read. */
  number?: string | undefined;
  /** Part of the name or the company, in any case. */
  text?: string | undefined;
}

export const WITH_PHONES = { include: { phones: { orderBy: { place: 'asc' } } } } as const;

export function contactOf(row: Row & { phones: PhoneRow[] }): ContactRecord {
  return {
    id: id<ContactId>(row.id),
    tenantId: id<TenantId>(row.tenantId),
    externalId: row.externalId,
    name: row.name,
    company: row.company,
    email: row.email,
    url: row.url,
    metadata: row.metadata as Record<string, unknown>,
    phones: row.phones.map(({ e164, label }) => ({ e164, label })),
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
  };
}
