/** Contacts, companies and leads of Bitrix24. */
import { nationalDigits, numberVariants, significantDigits } from '#domain';
import type { CrmContact, CrmContactDraft, FoundCrmContact } from '../connector.js';
import { withNumber } from '../log-call/whose-call.js';
import { CrmFault, unreadable, type CrmIo } from '../talk/crm-io.js';
import { idIn, listIn, textIn, timeIn } from '../talk/members.js';

const KINDS = ['CONTACT', 'COMPANY', 'LEAD'] as const;
/** Each costs a request to read, of two per second. */
const MOST_READ = 8;
/** So many spellings are compared at once. */
const MOST_SPELLINGS = 20;
const CONTACT_ENTITY = 3;

interface Named {
  type: (typeof KINDS)[number];
  id: string;
}

/** The telephony's own search does not know every spelling; the one for duplicates takes a list of them. */
export async function peopleWith(e164: string, io: CrmIo): Promise<FoundCrmContact[]> {
  const found = await readAll(await searched(e164, io), io);
  if (withNumber(found, e164, io.country).length > 0) return found;
  const known = new Set(found.map(({ type, id }) => `${type} ${id}`));
  const others = await spelt(e164, io);
  return readAll(
    others.filter(({ type, id }) => !known.has(`${type} ${id}`)),
    io,
  );
}

async function readAll(all: readonly Named[], io: CrmIo): Promise<FoundCrmContact[]> {
  const found: FoundCrmContact[] = [];
  for (const one of all.slice(0, MOST_READ)) {
    const person = await read(one, io);
    if (person !== null) found.push(person);
  }
  return found;
}

export async function addContact(
  { name, e164, withoutNumber, ownerId }: CrmContactDraft,
  io: CrmIo,
): Promise<CrmContact> {
  const fields = {
    name,
    opened: 'Y',
    ...(ownerId === null ? {} : { assignedById: Number(ownerId) }),
    ...(withoutNumber
      ? { comments: e164 }
      : { fm: { n0: { typeId: 'PHONE', valueType: 'WORK', value: e164 } } }),
  };
  const json = { entityTypeId: CONTACT_ENTITY, fields };
  const reply = await io.ask({ method: 'POST', path: '/rest/crm.item.add', json, makes: true });
  const id = idIn(reply.json, 'result', 'item', 'id');
  if (id === null) throw unreadable('id of the contact');
  return { id, type: 'CONTACT', name, url: null, ownerId };
}

async function searched(e164: string, io: CrmIo): Promise<Named[]> {
  const path = '/rest/telephony.externalCall.searchCrmEntities';
  const { json } = await io.ask({ method: 'POST', path, json: { PHONE_NUMBER: e164 } });
  return listIn(json, 'result').flatMap((one) => {
    const type = KINDS.find((kind) => kind === textIn(one, 'CRM_ENTITY_TYPE'));
    const id = idIn(one, 'CRM_ENTITY_ID');
    return type === undefined || id === null ? [] : [{ type, id }];
  });
}

async function spelt(e164: string, io: CrmIo): Promise<Named[]> {
  const forms = numberVariants(e164).flatMap((form) => [
    form,
    form.slice(1),
    nationalDigits(form),
    significantDigits(form),
    `00${form.slice(1)}`,
  ]);
  const values = [...new Set(forms)].slice(0, MOST_SPELLINGS);
  const json = { type: 'PHONE', values };
  const reply = await io.ask({ method: 'POST', path: '/rest/crm.duplicate.findbycomm', json });
  return KINDS.flatMap((type) =>
    listIn(reply.json, 'result', type).flatMap((_, at) => {
      const id = idIn(reply.json, 'result', type, at);
      return id === null ? [] : [{ type, id }];
    }),
  );
}

/** Null for what was deleted since it was found. */
async function read({ type, id }: Named, io: CrmIo): Promise<FoundCrmContact | null> {
  try {
    const path = `/rest/crm.${type.toLowerCase()}.get`;
    const { json } = await io.ask({ method: 'POST', path, json: { id: Number(id) } });
    return personIn(json, { type, id });
  } catch (fault) {
    if (fault instanceof CrmFault && fault.kind === 'gone') return null;
    throw fault;
  }
}

function personIn(json: unknown, { type, id }: Named): FoundCrmContact {
  const names = ['NAME', 'LAST_NAME'].map((name) => textIn(json, 'result', name));
  const title = textIn(json, 'result', type === 'COMPANY' ? 'TITLE' : 'COMPANY_TITLE');
  const name = names.filter((part) => part !== '').join(' ');
  return {
    id,
    type,
    name: name === '' ? title : name,
    url: null,
    ownerId: idIn(json, 'result', 'ASSIGNED_BY_ID'),
    company: title === '' ? null : title,
    phones: listIn(json, 'result', 'PHONE').map((phone) => textIn(phone, 'VALUE')),
    createdAt: timeIn(json, 'result', 'DATE_CREATE'),
    updatedAt: timeIn(json, 'result', 'DATE_MODIFY'),
  };
}
