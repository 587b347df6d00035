import { isUuid, type TenantId } from '#domain';
import type { ContactRepository, Found, SearchRepository } from '#db';
import { timeTextOrNull } from '../http/time-text.js';
import type { FoundDto, SearchAnswerDto } from './search.dto.js';

const MOST_EACH = 5;
/** Digits with what people write between them; a plus that a query lost stands as a blank. */
const NUMBER = /^[\s+]*[\d(][\d\s().\-/]{1,40}$/;

export interface SearchDeskParts {
  search: SearchRepository;
  contacts: Pick<ContactRepository, 'list'>;
}

/** Finds whatever somebody pastes. */
export class SearchDesk {
  constructor(private readonly parts: SearchDeskParts) {}

  async find(tenant: TenantId, q: string): Promise<SearchAnswerDto> {
    const { search } = this.parts;
    const text = q.trim();
    const found = isUuid(text.toLowerCase()) ? await search.byId(tenant, text.toLowerCase()) : [];
    found.push(...(await search.byVendorId(tenant, text, MOST_EACH)));
    if (found.length === 0 && NUMBER.test(q)) {
      found.push(...(await search.byNumber(tenant, q, MOST_EACH)));
      found.push(...(await this.contacts(tenant, { number: q })));
    }
    if (found.every(({ type }) => type === 'call')) {
      const others = isUuid(text.toLowerCase()) ? [] : await this.contacts(tenant, { text });
      found.push(...others, ...(await search.byName(tenant, text, MOST_EACH)));
    }
    return { data: onceEach(found).map((one): FoundDto => ({ ...one, at: timeTextOrNull(one.at) })) };
  }

  private async contacts(tenant: TenantId, filter: { number: string } | { text: string }): Promise<Found[]> {
    const { items } = await this.parts.contacts.list(tenant, filter, { limit: MOST_EACH, after: null });
    return items.map(({ id, name, company }) => ({
      type: 'contact',
      id,
      title: name,
      detail: company,
      at: null,
    }));
  }
}

function onceEach(found: readonly Found[]): Found[] {
  return [...new Map(found.map((one) => [one.id, one])).values()];
}
