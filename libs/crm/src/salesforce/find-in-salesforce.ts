import { nationalDigits, numberVariants, significantDigits } from '#domain';
import type { FoundCrmContact } from '../connector.js';
import { withNumber } from '../log-call/whose-call.js';
import type { CrmIo } from '../talk/crm-io.js';
import { idIn, listIn, textIn, timeIn } from '../talk/members.js';
import { inSoql, inSosl } from './query-text.js';
import type { SalesforceSettings } from './salesforce-settings.js';

const MOST_FOUND = 20;
const COMMON = 'Id,Name,OwnerId,CreatedDate,LastModifiedDate,Phone,MobilePhone';
const PHONES = ['Phone', 'MobilePhone', 'HomePhone', 'OtherPhone', 'AssistantPhone'];
const FIELDS = {
  Contact: `${COMMON},HomePhone,OtherPhone,AssistantPhone,Account.Name`,
  Lead: `${COMMON},Company`,
};

/**
 * Contacts and open leads with the number, by the search, which knows numbers however they were typed but lags; where it finds
 * nobody who has it, by a query for the spelling that we write ourselves, which does not lag.
 *
 * @returns without their pages
 */
export async function findInSalesforce(
  e164: string,
  { data, newContacts }: Pick<SalesforceSettings, 'newContacts'> & { data: string },
  io: CrmIo,
): Promise<FoundCrmContact[]> {
  const search = await io.ask({ method: 'GET', path: `${data}/search/`, query: { q: soslFor(e164) } });
  const found = listIn(search.json, 'searchRecords').map((one) => foundIn(one));
  if (withNumber(found, e164, io.country).length > 0) return found;
  const query = await io.ask({
    method: 'GET',
    path: `${data}/query/`,
    query: { q: soqlFor(e164, newContacts) },
  });
  return [...found, ...listIn(query.json, 'records').map((one) => foundIn(one))];
}

function soslFor(e164: string): string {
  const forms = numberVariants(e164).flatMap((form) => [
    significantDigits(form),
    nationalDigits(form),
    form.replaceAll(/\D/g, ''),
  ]);
  const terms = [...new Set(forms)].map((form) => inSosl(form)).join(' OR ');
  const limit = `LIMIT ${String(MOST_FOUND)}`;
  return (
    `FIND {${terms}} IN PHONE FIELDS RETURNING Contact(${FIELDS.Contact} ${limit}),` +
    `Lead(${FIELDS.Lead} WHERE IsConverted = false ${limit})`
  );
}

function soqlFor(e164: string, kind: SalesforceSettings['newContacts']): string {
  const forms = numberVariants(e164)
    .map((form) => `'${inSoql(form)}'`)
    .join(',');
  const isOpen = kind === 'Lead' ? ' AND IsConverted = false' : '';
  return (
    `SELECT ${FIELDS[kind]} FROM ${kind} WHERE (Phone IN (${forms}) OR MobilePhone IN (${forms}))` +
    `${isOpen} LIMIT ${String(MOST_FOUND)}`
  );
}

function foundIn(one: unknown): FoundCrmContact {
  return {
    id: textIn(one, 'Id'),
    type: textIn(one, 'attributes', 'type'),
    name: textIn(one, 'Name'),
    url: null,
    ownerId: idIn(one, 'OwnerId'),
    company: idIn(one, 'Account', 'Name') ?? idIn(one, 'Company'),
    phones: PHONES.map((name) => textIn(one, name)).filter((phone) => phone !== ''),
    createdAt: timeIn(one, 'CreatedDate'),
    updatedAt: timeIn(one, 'LastModifiedDate'),
  };
}
