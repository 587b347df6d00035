import type { TenantId } from '#domain';
import type { ContactSearchRepository } from '#db';
import { contactView } from './contact-desk.js';
import { DEFAULT_FOUND, type ContactSearchQueryDto, type FoundContactsDto } from './contact-search.dto.js';

/** A plus at the beginning of a query that nobody encoded comes as a blank. */
const LOST_PLUS = /^\s+(?=\d)/;

/** Finds contacts as people look for them. */
export class ContactSearchDesk {
  constructor(private readonly contacts: ContactSearchRepository) {}

  async search(tenant: TenantId, { q, limit }: ContactSearchQueryDto): Promise<FoundContactsDto> {
    const text = q.replace(LOST_PLUS, '+').trim();
    const found = await this.contacts.search(tenant, text, limit ?? DEFAULT_FOUND);
    return { data: found.map(({ contact, hit }) => ({ ...contactView(contact), hit })) };
  }
}
