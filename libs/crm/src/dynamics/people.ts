/** The three tables of Dataverse in which a telephone number may stand. */
import type { CrmContact, CrmContactDraft, FoundCrmContact } from '../connector.js';
import { CrmFault, unreadable, type CrmIo } from '../talk/crm-io.js';
import { idIn, listIn, textIn, timeIn } from '../talk/members.js';
import { phoneFilter } from './phone-filter.js';

interface Table {
  /** The record's kind, as lookups call it. */
  type: string;
  set: string;
  id: string;
  name: string;
  company: string | null;
  phones: readonly string[];
}

const TABLES: readonly Table[] = [
  {
    type: 'contact',
    set: 'contacts',
    id: 'contactid',
    name: 'fullname',
    company: null,
    phones: ['telephone1', 'telephone2', 'telephone3', 'mobilephone'],
  },
  {
    type: 'lead',
    set: 'leads',
    id: 'leadid',
    name: 'fullname',
    company: 'companyname',
    phones: ['telephone1', 'telephone2', 'telephone3', 'mobilephone'],
  },
  {
    type: 'account',
    set: 'accounts',
    id: 'accountid',
    name: 'name',
    company: 'name',
    phones: ['telephone1', 'telephone2', 'telephone3'],
  },
];

const PAGE = 100;
/** Four digits are shared by every ten-thousandth number: five hundred are those of five million. */
const MOST_PAGES = 5;
const LONGEST_NAME = 50;
const API = '/api/data/v9.2';

export const ODATA = { 'odata-version': '4.0', 'odata-maxversion': '4.0' } as const;

/** Contacts, open leads and accounts. */
export async function findPeople(e164: string, io: CrmIo): Promise<FoundCrmContact[]> {
  const found: FoundCrmContact[] = [];
  for (const table of TABLES) found.push(...(await findWhereThere(table, e164, io)));
  return found;
}

/** Leads come with the sales app, and roles without leads or accounts are common: contacts are what nobody goes without. */
async function findWhereThere(table: Table, e164: string, io: CrmIo): Promise<FoundCrmContact[]> {
  try {
    return await findIn(table, e164, io);
  } catch (fault) {
    const isSpared = fault instanceof CrmFault && fault.kind === 'refused' && table.type !== 'contact';
    if (!isSpared) throw fault;
    return [];
  }
}

async function findIn(table: Table, e164: string, io: CrmIo): Promise<FoundCrmContact[]> {
  const { id, name, company, phones, set } = table;
  const columns = [id, name, ...(company === null || company === name ? [] : [company]), ...phones];
  const found: FoundCrmContact[] = [];
  let request: Pick<Parameters<CrmIo['ask']>[0], 'path' | 'query'> = {
    path: `${API}/${set}`,
    query: {
      $select: [...columns, '_owninguser_value', 'createdon', 'modifiedon'].join(','),
      $filter: `statecode eq 0 and (${phoneFilter(e164, phones)})`,
      $orderby: 'modifiedon desc',
    },
  };
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const headers = { ...ODATA, prefer: `odata.maxpagesize=${String(PAGE)}` };
    const { json } = await io.ask({ method: 'GET', ...request, headers });
    const origin = originIn(textIn(json, '@odata.context'));
    found.push(...listIn(json, 'value').map((row) => foundIn(row, table, origin)));
    const next = textIn(json, '@odata.nextLink');
    // Only pages of this list: whatever else an answer names is not to be asked with our credentials.
    if (!next.includes(`${API}/${set}?`)) break;
    request = { path: next.slice(next.indexOf(API)) };
  }
  return found;
}

function foundIn(row: unknown, table: Table, origin: string | null): FoundCrmContact {
  const id = textIn(row, table.id);
  return {
    id,
    type: table.type,
    name: textIn(row, table.name),
    url: pageOf(table.type, id, origin),
    ownerId: idIn(row, '_owninguser_value'),
    company: table.company === null ? null : idIn(row, table.company),
    phones: table.phones.map((field) => textIn(row, field)).filter((phone) => phone !== ''),
    createdAt: timeIn(row, 'createdon'),
    updatedAt: timeIn(row, 'modifiedon'),
  };
}

export async function createPerson(
  { name, e164, withoutNumber, ownerId }: CrmContactDraft,
  io: CrmIo,
): Promise<CrmContact> {
  const json = {
    lastname: name.slice(0, LONGEST_NAME),
    ...(withoutNumber ? { description: e164 } : { telephone1: e164 }),
    ...ownedBy(ownerId),
  };
  const headers = { ...ODATA, prefer: 'return=representation' };
  const query = { $select: 'contactid,fullname' };
  const reply = await io.ask({ method: 'POST', path: `${API}/contacts`, query, headers, json, makes: true });
  const id = idIn(reply.json, 'contactid');
  if (id === null) throw unreadable('id of the contact');
  const origin = originIn(textIn(reply.json, '@odata.context'));
  return { id, type: 'contact', name, url: pageOf('contact', id, origin), ownerId };
}

/** The path of a record, as lookups want it; undefined for a kind that no call is logged on. */
export function pathOf({ type, id }: Pick<CrmContact, 'type' | 'id'>): string | undefined {
  const table = TABLES.find((one) => one.type === type);
  return table && `/${table.set}(${encodeURIComponent(id)})`;
}

export function ownedBy(ownerId: string | null): Record<string, string> {
  return ownerId === null ? {} : { 'ownerid@odata.bind': `/systemusers(${encodeURIComponent(ownerId)})` };
}

/** Every answer names its own environment, which is where people look at records, too. */
function originIn(context: string): string | null {
  return /^https:\/\/[^/\s]+/.exec(context)?.[0] ?? null;
}

function pageOf(type: string, id: string, origin: string | null): string | null {
  const query = `pagetype=entityrecord&etn=${type}&id=${encodeURIComponent(id)}`;
  return origin === null || id === '' ? null : `${origin}/main.aspx?${query}`;
}
