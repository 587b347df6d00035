import type { AgentId, ContactId } from '../ids.js';
import { PHONE_KINDS, type PhoneKind } from '../vcard/vcard.js';

export const CONTACT_KINDS = ['person', 'company'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

export interface ContactPhone {
  e164: string;
  /** What kind of number it is, in the tenant's words. */
  label: string | null;
  kind: PhoneKind | null;
}

/** Id of a contact in another system. */
export interface SourceId {
  /** What the tenant calls the system, such as `hubspot`. */
  source: string;
  id: string;
}

/** What a tenant says of a contact. */
export interface ContactFacts {
  /** The tenant's own id of it; no two contacts of a tenant have the same. */
  externalId: string | null;
  /** Each once, by source. No two contacts of a tenant have the same. */
  externalIds: SourceId[];
  kind: ContactKind;
  name: string;
  company: string | null;
  /** The contact that is the company it belongs to. */
  companyId: ContactId | null;
  email: string | null;
  /** Its page in the tenant's CRM. */
  url: string | null;
  metadata: Record<string, unknown>;
  /** Whose contact it is. */
  ownerId: AgentId | null;
  /** Each number once, in the tenant's order. */
  phones: ContactPhone[];
}

/** The kind that a label is the word for; null for any other. */
export function phoneKindOf(label: string | null): PhoneKind | null {
  const word = label?.toLowerCase();
  return PHONE_KINDS.find((kind) => kind === word) ?? null;
}

/** In one order, so that the same ids are no change. */
export function bySource(a: SourceId, b: SourceId): number {
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
