import { numberVariants, significantDigits } from '#domain';
import type { FoundCrmContact } from '../connector.js';
import type { CrmIo } from '../talk/crm-io.js';
import { idIn, listIn, textIn, timeIn } from '../talk/members.js';

const MOST_FOUND = 20;
/** Of how many we look up the other numbers. */
const MOST_LOOKED_UP = 5;

/** The address of a user's page. */
export type PageOf = (id: string) => string | null;

/** End users by the end of their number: a plus would mean something else to the search. Agents are nobody's contacts. */
export async function findUsers(e164: string, pageOf: PageOf, io: CrmIo): Promise<FoundCrmContact[]> {
  const found: FoundCrmContact[] = [];
  const terms = [...new Set(numberVariants(e164).map(significantDigits))];
  for (const digits of terms) {
    const query = { query: `type:user role:end-user phone:*${digits}`, per_page: MOST_FOUND };
    const { json } = await io.ask({ method: 'GET', path: '/api/v2/search.json', query });
    found.push(...listIn(json, 'results').map((one) => userIn(one, pageOf)));
  }
  const isShown = ({ phones }: FoundCrmContact) =>
    phones.some((phone) => terms.some((digits) => phone.replaceAll(/\D/g, '').endsWith(digits)));
  const hidden = found.filter((user) => !isShown(user)).slice(0, MOST_LOOKED_UP);
  const looked = await Promise.all(hidden.map((user) => withIdentities(user, io)));
  return [...found.filter((user) => isShown(user)), ...looked];
}

function userIn(one: unknown, pageOf: PageOf): FoundCrmContact {
  const id = textIn(one, 'id');
  return {
    id,
    type: 'user',
    name: textIn(one, 'name'),
    url: pageOf(id),
    ownerId: null,
    company: null,
    phones: [textIn(one, 'phone')].filter((phone) => phone !== ''),
    createdAt: timeIn(one, 'created_at'),
    updatedAt: timeIn(one, 'updated_at'),
  };
}

/** A user's further numbers are not part of what a search returns. */
async function withIdentities(user: FoundCrmContact, io: CrmIo): Promise<FoundCrmContact> {
  const path = `/api/v2/users/${encodeURIComponent(user.id)}/identities.json`;
  const { json } = await io.ask({ method: 'GET', path });
  const numbers = listIn(json, 'identities')
    .filter((one) => textIn(one, 'type') === 'phone_number')
    .flatMap((one) => idIn(one, 'value') ?? []);
  return { ...user, phones: [...user.phones, ...numbers] };
}
