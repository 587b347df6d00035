/** Contacts, leads and accounts of SuiteCRM. */
import { numberVariants, significantDigits } from '#domain';
import type { FoundCrmContact } from '../connector.js';
import { withNumber } from '../log-call/whose-call.js';
import type { CrmIo } from '../talk/crm-io.js';
import { idIn, listIn, textIn, timeIn } from '../talk/members.js';
import { anySpelling, plainOf } from './suite-text.js';

/** Where each module keeps numbers, the likeliest first. */
const PHONES = {
  Contacts: ['phone_mobile', 'phone_work', 'phone_home', 'phone_other'],
  Leads: ['phone_mobile', 'phone_work'],
  Accounts: ['phone_office', 'phone_alternate'],
} as const;
type Module = keyof typeof PHONES;
const MODULES: readonly Module[] = ['Contacts', 'Leads', 'Accounts'];
const NAMES = 'name,first_name,last_name,account_name,assigned_user_id,date_entered,date_modified';
const MOST_FOUND = 20;

/**
 * One field at a time: its `or` joins what is asked with its own "not deleted" too, so that everybody would be found. Leads and
 * accounts are looked at where no contact has the number.
 */
export async function suitePeopleWith(e164: string, io: CrmIo): Promise<FoundCrmContact[]> {
  const wanted = [...new Set(numberVariants(e164).map(significantDigits))];
  for (const module of MODULES) {
    const found: FoundCrmContact[] = [];
    for (const digits of wanted) {
      for (const field of PHONES[module]) found.push(...(await search({ module, field, digits }, io)));
    }
    const having = withNumber(found, e164, io.country);
    if (having.length > 0) return having;
  }
  return [];
}

async function search(
  { module, field, digits }: { module: Module; field: string; digits: string },
  io: CrmIo,
): Promise<FoundCrmContact[]> {
  const query = {
    [`fields[${module}]`]: `${NAMES},${PHONES[module].join(',')}`,
    [`filter[${field}][like]`]: anySpelling(digits),
    'page[size]': MOST_FOUND,
    'page[number]': 1,
  };
  const { json } = await io.ask({ method: 'GET', path: `/Api/V8/module/${module}`, query });
  return listIn(json, 'data').flatMap((one) => {
    const id = idIn(one, 'id');
    return id === null ? [] : [personIn(one, { id, module })];
  });
}

function personIn(one: unknown, { id, module }: { id: string; module: Module }): FoundCrmContact {
  const of = (name: string) => plainOf(textIn(one, 'attributes', name));
  const parts = [of('first_name'), of('last_name')].filter((part) => part !== '').join(' ');
  return {
    id,
    type: module,
    name: parts === '' ? of('name') : parts,
    url: null,
    ownerId: idIn(one, 'attributes', 'assigned_user_id'),
    company: of('account_name') === '' ? null : of('account_name'),
    phones: PHONES[module].map(of).filter((phone) => phone !== ''),
    createdAt: timeIn(one, 'attributes', 'date_entered'),
    updatedAt: timeIn(one, 'attributes', 'date_modified'),
  };
}
