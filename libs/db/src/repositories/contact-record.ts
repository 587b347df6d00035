import {
  bySource,
  id,
  type AgentId,
  type ContactFacts,
  type ContactId,
  type ContactKind,
  type Instant,
  type PhoneKind,
  type TenantId,
} from '#domain';
import type {
  Contact as Row,
  ContactExternalId as ExternalIdRow,
  ContactPhone as PhoneRow,
} from '../generated/client.js';
import { instantOf } from './times.js';

export interface ContactRecord extends ContactFacts {
  id: ContactId;
  tenantId: TenantId;
  createdAt: Instant;
  updatedAt: Instant;
}

/** What a tenant says of a contact. */
export type ContactFields = ContactFacts;
export type ContactPatch = { [F in keyof ContactFields]?: ContactFields[F] | undefined };

export interface ContactFilter {
  /** In any spelling that the tenant's connections read. */
  number?: string | undefined;
  /** Part of the name or the company, in any case. */
  text?: string | undefined;
}

/** What a contact is read with. */
export const WHOLE = {
  include: { phones: { orderBy: { place: 'asc' } }, externalIds: true },
} as const;

export type WholeRow = Row & { phones: PhoneRow[]; externalIds: ExternalIdRow[] };

export function contactOf(row: WholeRow): ContactRecord {
  return {
    id: id<ContactId>(row.id),
    tenantId: id<TenantId>(row.tenantId),
    externalId: row.externalId,
    externalIds: row.externalIds
      .map(({ source, externalId }) => ({ source, id: externalId }))
      .toSorted(bySource),
    kind: row.kind as ContactKind,
    name: row.name,
    company: row.company,
    companyId: row.companyId === null ? null : id<ContactId>(row.companyId),
    email: row.email,
    url: row.url,
    metadata: row.metadata as Record<string, unknown>,
    ownerId: row.ownerId === null ? null : id<AgentId>(row.ownerId),
    phones: row.phones.map(({ e164, label, kind }) => ({ e164, label, kind: kind as PhoneKind | null })),
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
  };
}
