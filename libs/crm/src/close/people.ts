/** Contacts of Close, which are people of a lead (developer.close.com, "Advanced Filtering", "Contacts", "Leads"). */
import { numberVariants } from '#domain';
import type { CrmContact, CrmContactDraft, FoundCrmContact } from '../connector.js';
import { unreadable, type CrmIo } from '../talk/crm-io.js';
import { idIn, listIn, textIn, timeIn } from '../talk/members.js';

const PAGE = 100;
const MOST_PAGES = 3;
const FIELDS = ['id', 'name', 'display_name', 'lead_id', 'phones', 'date_created', 'date_updated'];
const APP = 'https://app.close.com/lead';

/** Numbers are kept as E.164, whatever was typed. */
export async function findPeople(e164: string, io: CrmIo): Promise<FoundCrmContact[]> {
  const numbers = numberVariants(e164).map(withNumber);
  const query = {
    type: 'and',
    queries: [
      { type: 'object_type', object_type: 'contact' },
      {
        type: 'has_related',
        this_object_type: 'contact',
        related_object_type: 'contact_phone',
        related_query: { type: 'or', queries: numbers },
      },
    ],
  };
  const found: FoundCrmContact[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const json = {
      query,
      _fields: { contact: FIELDS },
      _limit: PAGE,
      ...(cursor === null ? {} : { cursor }),
    };
    const reply = await io.ask({ method: 'POST', path: '/data/search/', json });
    found.push(...listIn(reply.json, 'data').map(foundIn));
    cursor = idIn(reply.json, 'cursor');
    if (cursor === null) break;
  }
  return found;
}

function withNumber(value: string) {
  return {
    type: 'field_condition',
    field: { type: 'regular_field', object_type: 'contact_phone', field_name: 'phone' },
    condition: { type: 'text', mode: 'exact_value', value },
  };
}

function foundIn(one: unknown): FoundCrmContact {
  return {
    id: textIn(one, 'id'),
    type: 'contact',
    name: idIn(one, 'name') ?? textIn(one, 'display_name'),
    url: pageOf(textIn(one, 'lead_id')),
    ownerId: null,
    company: null,
    phones: listIn(one, 'phones').map((phone) => textIn(phone, 'phone')),
    createdAt: timeIn(one, 'date_created'),
    updatedAt: timeIn(one, 'date_updated'),
  };
}

/** A contact needs a lead: the caller's own. */
export async function createPerson(
  { name, e164, withoutNumber, ownerId }: CrmContactDraft,
  io: CrmIo,
): Promise<CrmContact> {
  const phones = [{ phone: e164, type: 'office' }];
  const json = {
    name,
    contacts: [{ name, ...(withoutNumber ? {} : { phones }) }],
    ...(withoutNumber ? { description: e164 } : {}),
  };
  const reply = await io.ask({ method: 'POST', path: '/lead/', json, makes: true });
  const id = idIn(reply.json, 'contacts', 0, 'id');
  if (id === null) throw unreadable('id of the contact');
  return { id, type: 'contact', name, url: pageOf(textIn(reply.json, 'id')), ownerId };
}

/** @throws CrmFault `gone` for a contact that was deleted */
export async function leadOf({ id }: CrmContact, io: CrmIo): Promise<string> {
  const path = `/contact/${encodeURIComponent(id)}/`;
  const { json } = await io.ask({ method: 'GET', path, query: { _fields: 'id,lead_id' } });
  const leadId = idIn(json, 'lead_id');
  if (leadId === null) throw unreadable('lead of the contact');
  return leadId;
}

function pageOf(leadId: string): string | null {
  return leadId === '' ? null : `${APP}/${encodeURIComponent(leadId)}/`;
}
