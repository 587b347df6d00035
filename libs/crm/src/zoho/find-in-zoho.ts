import { nationalDigits, numberVariants, significantDigits } from '#domain';
import type { FoundCrmContact } from '../connector.js';
import type { CrmIo } from '../talk/crm-io.js';
import { idIn, listIn, textIn, timeIn } from '../talk/members.js';

const MOST_FOUND = 20;
const COMMON = 'Full_Name,Owner,Created_Time,Modified_Time,Phone,Mobile';
const MODULES = [
  { type: 'Contacts', fields: `${COMMON},Home_Phone,Other_Phone,Asst_Phone,Account_Name` },
  { type: 'Leads', fields: `${COMMON},Company` },
] as const;
const PHONES = ['Phone', 'Mobile', 'Home_Phone', 'Other_Phone', 'Asst_Phone'];

/** The address of a record's page. */
export type PageOf = (record: { type: string; id: string }) => string | null;

/**
 * In contacts and in leads, in each by every spelling: a search for one of them finds others with a similar number, and not all who
 * have it.
 */
export async function findInZoho(e164: string, pageOf: PageOf, io: CrmIo): Promise<FoundCrmContact[]> {
  const found = new Map<string, FoundCrmContact>();
  for (const { type, fields } of MODULES) {
    for (const phone of spellingsOf(e164)) {
      const query = { phone, fields, per_page: MOST_FOUND };
      const { json } = await io.ask({ method: 'GET', path: `/crm/v8/${type}/search`, query });
      for (const one of listIn(json, 'data')) {
        const person = personIn(one, type, pageOf);
        found.set(`${type} ${person.id}`, person);
      }
    }
  }
  return [...found.values()];
}

function spellingsOf(e164: string): Set<string> {
  const forms = numberVariants(e164);
  return new Set([e164, ...forms.map(nationalDigits), ...forms.map(significantDigits), ...forms]);
}

function personIn(one: unknown, type: string, pageOf: PageOf): FoundCrmContact {
  const id = textIn(one, 'id');
  return {
    id,
    type,
    name: textIn(one, 'Full_Name'),
    url: pageOf({ type, id }),
    ownerId: idIn(one, 'Owner', 'id'),
    company: idIn(one, 'Account_Name', 'name') ?? idIn(one, 'Company'),
    phones: PHONES.map((name) => textIn(one, name)).filter((phone) => phone !== ''),
    createdAt: timeIn(one, 'Created_Time'),
    updatedAt: timeIn(one, 'Modified_Time'),
  };
}
