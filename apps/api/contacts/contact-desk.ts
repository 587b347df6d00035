import { bySource, type Actor, type ContactId, type SourceId, type TenantId } from '#domain';
import type { ContactRecord, ContactRepository } from '#db';
import { found } from '../http/found.js';
import { faultIn } from '../http/fault-in.js';
import { isVisible } from '../http/is-visible.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { timeText } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import {
  LONGEST_EXTERNAL_ID,
  type ContactDto,
  type ContactPageDto,
  type ContactPatchDto,
  type ContactQueryDto,
  type NewContactDto,
  type PutContactDto,
} from './contact.dto.js';
import type { GivenExternalId } from './external-ids-field.decorator.js';
import { readPhones } from './read-phones.js';

/** The tenant's directory: whom a phone number belongs to. */
export class ContactDesk {
  constructor(private readonly contacts: ContactRepository) {}

  async create(tenant: TenantId, draft: NewContactDto, by: Actor): Promise<ContactDto> {
    const fields = { ...fieldsOf(draft), externalId: draft.externalId ?? null };
    return contactView(await this.contacts.create(tenant, fields, by));
  }

  async list(tenant: TenantId, query: ContactQueryDto): Promise<ContactPageDto> {
    const filter = { number: query.number, text: query.text };
    return pageAnswer(await this.contacts.list(tenant, filter, pageAsk(query)), contactView);
  }

  async get(tenant: TenantId, id: ContactId): Promise<ContactDto> {
    return contactView(found(await this.contacts.get(tenant, id), 'contact'));
  }

  async patch(
    tenant: TenantId,
    id: ContactId,
    { country, phones, externalIds, ...patch }: ContactPatchDto,
    by: Actor,
  ): Promise<ContactDto> {
    const fields = {
      ...patch,
      phones: phones && readPhones(phones, country),
      externalIds: externalIds && distinctIds(externalIds),
    };
    return contactView(await this.contacts.patch(tenant, id, fields, by));
  }

  async put(tenant: TenantId, externalId: string, draft: PutContactDto, by: Actor): Promise<ContactDto> {
    const fields = { ...fieldsOf(draft), externalId: checkedExternalId(externalId) };
    return contactView(await this.contacts.upsert(tenant, fields, by));
  }

  async remove(tenant: TenantId, id: ContactId, by: Actor): Promise<void> {
    await this.contacts.remove(tenant, id, by);
  }
}

function fieldsOf({ name, company, email, url, metadata, phones, country, ...more }: PutContactDto) {
  return {
    kind: more.kind ?? ('person' as const),
    companyId: more.companyId ?? null,
    ownerId: more.ownerId ?? null,
    externalIds: distinctIds(more.externalIds ?? []),
    name,
    company: company ?? null,
    email: email ?? null,
    url: url ?? null,
    metadata: metadata ?? {},
    phones: readPhones(phones ?? [], country),
  };
}

/** Paths are not checked by any DTO. */
function checkedExternalId(text: string): string {
  if (text.length <= LONGEST_EXTERNAL_ID && isVisible(text) && !faultIn(text)) return text;
  const message = `externalId must be 1 to ${String(LONGEST_EXTERNAL_ID)} characters of text`;
  throw invalidRequest([{ field: 'externalId', message }]);
}

/** Each once, in one order, so that the same ids are no change. */
function distinctIds(given: readonly GivenExternalId[]): SourceId[] {
  const byKey = new Map(given.map(({ source, id }) => [`${source} ${id}`, { source, id }]));
  return [...byKey.values()].toSorted(bySource);
}

export function contactView({ tenantId: _, createdAt, updatedAt, ...contact }: ContactRecord): ContactDto {
  return { ...contact, createdAt: timeText(createdAt), updatedAt: timeText(updatedAt) };
}
