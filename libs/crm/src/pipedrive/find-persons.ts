import { numberVariants, significantDigits } from '#domain';
import type { FoundCrmContact } from '../connector.js';
import type { CrmIo } from '../talk/crm-io.js';
import { idIn, listIn, memberOf, textIn, timeIn } from '../talk/members.js';

const MOST_FOUND = 20;

/** The address of a person's page. */
export type PageOf = (id: string) => string | null;

/** By the part of the number that all its spellings share; when they were changed is asked only where there is a choice. */
export async function findPersons(e164: string, pageOf: PageOf, io: CrmIo): Promise<FoundCrmContact[]> {
  const found: FoundCrmContact[] = [];
  for (const term of new Set(numberVariants(e164).map(significantDigits))) {
    const query = { term, fields: 'phone', limit: MOST_FOUND };
    const { json } = await io.ask({ method: 'GET', path: '/api/v2/persons/search', query });
    found.push(...listIn(json, 'data', 'items').map((one) => personIn(memberOf(one, 'item'), pageOf)));
  }
  return found.length > 1 ? withTimes(found, io) : found;
}

function personIn(item: unknown, pageOf: PageOf): FoundCrmContact {
  const id = textIn(item, 'id');
  return {
    id,
    type: 'person',
    name: textIn(item, 'name'),
    url: pageOf(id),
    ownerId: idIn(item, 'owner', 'id'),
    company: idIn(item, 'organization', 'name'),
    phones: listIn(item, 'phones').filter((phone) => typeof phone === 'string'),
    createdAt: 0,
    updatedAt: 0,
  };
}

async function withTimes(found: readonly FoundCrmContact[], io: CrmIo): Promise<FoundCrmContact[]> {
  const ids = [...new Set(found.map(({ id }) => id))].join(',');
  const { json } = await io.ask({ method: 'GET', path: '/api/v2/persons', query: { ids } });
  const byId = new Map(listIn(json, 'data').map((one) => [textIn(one, 'id'), one]));
  return found.map((person) => ({
    ...person,
    createdAt: timeIn(byId.get(person.id), 'add_time'),
    updatedAt: timeIn(byId.get(person.id), 'update_time'),
  }));
}
