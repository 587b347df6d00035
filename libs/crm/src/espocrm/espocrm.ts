/** EspoCRM (docs.espocrm.com, "REST API": list parameters, Call, Contact). */
import { SettingsReader, significantDigits } from '#domain';
import type {
  CallEntry,
  Connector,
  Crm,
  CrmContact,
  CrmContactDraft,
  FoundCrmContact,
} from '../connector.js';
import { mergedText } from '../policy/merged-text.js';
import { unreadable, type CrmIo, type CrmReply, type CrmVerdict } from '../talk/crm-io.js';
import { idIn, listIn, textIn } from '../talk/members.js';
import { espoTime, timeInEspo } from './espo-time.js';

const MOST_FOUND = 20;

export const espocrm: Connector = {
  name: 'espocrm',
  title: 'EspoCRM',
  about: 'Calls become Call records of EspoCRM, with the contact that has the number.',
  credentials: [
    { kind: 'header', how: 'X-Api-Key: the key of an API user (Administration, API Users).' },
    { kind: 'basic', how: 'User name and password of a user that may have calls and contacts.' },
  ],
  update: 'patch',
  key: 'none',
  limits: { subject: 249, body: 60_000 },
  lagSeconds: 0,
  activityTypes: [],
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm };
  },
};

const crm: Crm = {
  settings: {},
  probe: async (io) => {
    const { json } = await io.ask({ method: 'GET', path: '/api/v1/App/user' });
    return { account: idIn(json, 'user', 'name') ?? idIn(json, 'user', 'userName'), lacks: [] };
  },
  findContacts,
  createContact,
  findLog: async ({ marker }, _contact, io) => {
    const { json } = await io.ask({
      method: 'GET',
      path: '/api/v1/Call',
      query: { ...where('contains', 'description', marker), select: 'id', maxSize: 2 },
    });
    const id = idIn(json, 'list', 0, 'id');
    return id === null ? null : { id, type: 'Call' };
  },
  logCall: async (entry, contact, io) => {
    const json = {
      ...textsOf(entry),
      direction: entry.direction === 'inbound' ? 'Inbound' : 'Outbound',
      dateStart: espoTime(entry.startedAt),
      dateEnd: espoTime(entry.endedAt),
      ...linkTo(contact),
    };
    const reply = await io.ask({ method: 'POST', path: '/api/v1/Call', json, makes: true });
    const id = idIn(reply.json, 'id');
    if (id === null) throw unreadable('id of the call');
    return { id, type: 'Call' };
  },
  updateCallLog: async ({ id }, { entry, before }, io) => {
    const path = `/api/v1/Call/${encodeURIComponent(id)}`;
    const now = await io.ask({ method: 'GET', path });
    const description = mergedText(textIn(now.json, 'description'), before.body, entry.body);
    const name = textIn(now.json, 'name') === before.subject ? entry.subject : null;
    const status = before.result === entry.result ? null : statusOf(entry);
    const changes = Object.entries({ description, name, status }).filter(([, value]) => value !== null);
    if (changes.length === 0) return;
    await io.ask({ method: 'PUT', path, json: Object.fromEntries(changes) });
  },
  linkLog: async ({ id }, contact, io) => {
    // The list is written whole, so whoever stood in it before is off.
    const json = { contactsIds: contact === null ? [] : [contact.id] };
    await io.ask({ method: 'PUT', path: `/api/v1/Call/${encodeURIComponent(id)}`, json });
  },
  createTask: async ({ subject, body, dueAt, ownerId }, contact, io) => {
    const json = {
      name: subject,
      description: body,
      dateEnd: espoTime(dueAt),
      ...(ownerId === null ? {} : { assignedUserId: ownerId }),
      ...(contact === null ? {} : { parentType: contact.type, parentId: contact.id }),
    };
    const reply = await io.ask({ method: 'POST', path: '/api/v1/Task', json, makes: true });
    const id = idIn(reply.json, 'id');
    if (id === null) throw unreadable('id of the task');
    return { id, type: 'Task' };
  },
  judge,
};

async function findContacts(e164: string, io: CrmIo): Promise<FoundCrmContact[]> {
  const { json } = await io.ask({
    method: 'GET',
    path: '/api/v1/Contact',
    query: {
      ...where('endsWith', 'phoneNumberNumeric', significantDigits(e164)),
      select: 'name,phoneNumber,phoneNumberData,accountName,assignedUserId,createdAt,modifiedAt',
      maxSize: MOST_FOUND,
    },
  });
  return listIn(json, 'list').map((one) => ({
    id: textIn(one, 'id'),
    type: 'Contact',
    name: textIn(one, 'name'),
    url: null,
    ownerId: idIn(one, 'assignedUserId'),
    company: idIn(one, 'accountName'),
    phones: [
      textIn(one, 'phoneNumber'),
      ...listIn(one, 'phoneNumberData').map((phone) => textIn(phone, 'phoneNumber')),
    ],
    createdAt: timeInEspo(textIn(one, 'createdAt')),
    updatedAt: timeInEspo(textIn(one, 'modifiedAt')),
  }));
}

async function createContact(
  { name, e164, withoutNumber, ownerId }: CrmContactDraft,
  io: CrmIo,
): Promise<CrmContact> {
  const json = {
    lastName: name,
    ...(withoutNumber ? { description: e164 } : { phoneNumber: e164 }),
    ...(ownerId === null ? {} : { assignedUserId: ownerId }),
  };
  // Nobody has the number, so whoever has the name is somebody else.
  const headers = { 'x-skip-duplicate-check': 'true' };
  const reply = await io.ask({ method: 'POST', path: '/api/v1/Contact', headers, json, makes: true });
  const id = idIn(reply.json, 'id');
  if (id === null) throw unreadable('id of the contact');
  return { id, type: 'Contact', name, url: null, ownerId };
}

function textsOf(entry: CallEntry) {
  const { subject, body, ownerId } = entry;
  return {
    name: subject,
    description: body,
    status: statusOf(entry),
    ...(ownerId === null ? {} : { assignedUserId: ownerId }),
  };
}

function statusOf({ outcome, result }: Pick<CallEntry, 'outcome' | 'result'>): string {
  return outcome ?? (result === 'answered' ? 'Held' : 'Not Held');
}

function linkTo(contact: CrmContact | null) {
  return contact === null ? {} : { contactsIds: [contact.id] };
}

function where(type: string, attribute: string, value: string): Record<string, string> {
  return { 'where[0][type]': type, 'where[0][attribute]': attribute, 'where[0][value]': value };
}

/** It says why in a header, and refuses what looks like a duplicate with 409. */
function judge({ status, headers, json }: CrmReply): CrmVerdict | undefined {
  const reason = headers['x-status-reason'] ?? textIn(json, 'messageTranslation', 'label');
  if (status === 409) return { kind: 'duplicate', id: idIn(json, 0, 'id'), reason };
  if (status === 400 && /phoneNumber/i.test(reason + JSON.stringify(json ?? ''))) {
    return { kind: 'bad number', reason };
  }
  if (status === 403) return { kind: 'refused', reason: reason === '' ? 'The user may not do this' : reason };
  return undefined;
}
