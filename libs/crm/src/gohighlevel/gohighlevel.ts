/** GoHighLevel, API 2.0 (marketplace.gohighlevel.com/docs, "Contacts", "Notes", "Tasks"): a call is a note of its contact. */
import { SettingsReader, numberVariants, significantDigits, type Problem } from '#domain';
import type {
  CallEntry,
  Connector,
  Crm,
  CrmContact,
  CrmContactDraft,
  CrmRecord,
  FoundCrmContact,
} from '../connector.js';
import { mergedText } from '../policy/merged-text.js';
import {
  CrmFault,
  unreadable,
  type CrmIo,
  type CrmReply,
  type CrmRequest,
  type CrmVerdict,
} from '../talk/crm-io.js';
import { idIn, listIn, memberOf, textIn, timeIn } from '../talk/members.js';

const LIMITS = { subject: 250, body: 4_700 };
const NOTE = 5_000;
const MOST_FOUND = 20;
const APP = 'https://app.gohighlevel.com/v2/location';

interface Location {
  locationId: string;
  /** Contact that has the calls of nobody; empty: they are refused. */
  nobodysContactId: string;
}

export const gohighlevel: Connector = {
  name: 'gohighlevel',
  title: 'GoHighLevel',
  about:
    'Calls become notes of the contact with the number; calls of nobody those of a contact that you name.',
  credentials: [
    {
      kind: 'oauth2',
      how: 'A marketplace app with contacts.readonly and contacts.write, installed in the location.',
    },
    { kind: 'bearer', how: 'The token of a private integration (Settings, Private Integrations).' },
  ],
  signIn: {
    authoriseUrl: 'https://marketplace.gohighlevel.com/oauth/chooselocation',
    tokenUrl: 'https://services.leadconnectorhq.com/oauth/token',
    scope: 'contacts.readonly contacts.write',
    sendAs: 'body',
    authoriseParameters: {},
    pkce: false,
    baseUrlFrom: null,
  },
  url: 'https://services.leadconnectorhq.com',
  settings: [
    {
      name: 'locationId',
      kind: 'text',
      about: 'Id of the location, as the address of its dashboard has it.',
      required: true,
    },
    {
      name: 'nobodysContactId',
      kind: 'text',
      about: 'Id of the contact that gets calls of nobody; empty: these are not logged.',
    },
  ],
  update: 'patch',
  key: 'none',
  limits: LIMITS,
  lagSeconds: 30,
  // For each location, of which others may want some; a search may have to read whom it found.
  allows: { requests: 100, seconds: 10 },
  rate: { perSecond: 1, burst: 8 },
  outcomes: [],
  activityTypes: [],
  prepare: (given) => {
    const { location, problems } = readLocation(given);
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm: crmOf(location) };
  },
};

function readLocation(given: unknown): { location: Location; problems: readonly Problem[] } {
  const reader = new SettingsReader(given);
  const locationId = reader.text('locationId', { max: 64 });
  if (!/^[\w-]+$/.test(locationId)) {
    reader.complain('locationId', "This must be the location's id, as the address of its dashboard has it.");
  }
  const nobodysContactId = reader.text('nobodysContactId', { max: 64 });
  if (!/^[\w-]*$/.test(nobodysContactId)) reader.complain('nobodysContactId', "This must be a contact's id.");
  return { location: { locationId, nobodysContactId }, problems: reader.finish() };
}

function crmOf(location: Location): Crm {
  const idOf = (contact: CrmContact | null) => contact?.id ?? location.nobodysContactId;
  return {
    settings: { ...location },
    probe: (io) => probe(location, io),
    findContacts: (e164, io) => findContacts(e164, location, io),
    createContact: (draft, io) => createContact(draft, location, io),
    findLog: (entry, contact, io) => findIn('notes', idOf(contact), entry, io),
    logCall: async (entry, contact, io) => {
      const id = idOf(contact);
      if (id === '') throw nowhere();
      const json = { body: textOf(entry), ...(entry.ownerId === null ? {} : { userId: entry.ownerId }) };
      const reply = await ask(io, { method: 'POST', path: `${pathOf(id)}/notes`, json, makes: true });
      return madeIn(reply, 'note');
    },
    updateCallLog: async (record, { entry, before, contact }, io) => {
      const path = `${pathOf(idOf(contact))}/notes/${encodeURIComponent(record.id)}`;
      const { json } = await ask(io, { method: 'GET', path });
      const body = mergedText(textIn(json, 'note', 'body'), textOf(before), textOf(entry), NOTE);
      if (body !== null) await ask(io, { method: 'PUT', path, json: { body } });
    },
    createTask: async ({ subject, body, dueAt, ownerId }, contact, io) => {
      const id = idOf(contact);
      if (id === '') throw nowhere();
      const task = { title: subject, body, dueDate: new Date(dueAt).toISOString(), completed: false };
      const json = { ...task, ...(ownerId === null ? {} : { assignedTo: ownerId }) };
      return madeIn(
        await ask(io, { method: 'POST', path: `${pathOf(id)}/tasks`, json, makes: true }),
        'task',
      );
    },
    findTask: (entry, contact, io) => findIn('tasks', idOf(contact), entry, io),
    judge,
  };
}

/** Each part of the API wants to be told which version of it is meant. */
function ask(io: CrmIo, request: CrmRequest): Promise<CrmReply> {
  return io.ask({ ...request, headers: { version: '2021-07-28' } });
}

async function probe({ locationId, nobodysContactId }: Location, io: CrmIo) {
  await ask(io, { method: 'GET', path: '/contacts/', query: { locationId, limit: 1 } });
  const lacks: string[] = [];
  if (nobodysContactId !== '') {
    await ask(io, { method: 'GET', path: pathOf(nobodysContactId) }).catch((fault: unknown) => {
      if (!(fault instanceof CrmFault) || fault.kind !== 'gone') throw fault;
      lacks.push('The contact for calls of nobody is not there.');
    });
  }
  return { account: null, lacks };
}

/** The exact search knows one contact only; the other one knows all, and not always their numbers. */
async function findContacts(e164: string, location: Location, io: CrmIo): Promise<FoundCrmContact[]> {
  const { locationId } = location;
  const found = new Map<string, unknown>();
  for (const number of numberVariants(e164)) {
    const query = { locationId, number };
    const exact = await ask(io, { method: 'GET', path: '/contacts/search/duplicate', query });
    const contact = memberOf(exact.json, 'contact');
    const id = idIn(contact, 'id');
    if (id !== null) found.set(id, contact);
  }
  const query = { locationId, query: significantDigits(e164), limit: MOST_FOUND };
  const { json } = await ask(io, { method: 'GET', path: '/contacts/', query });
  for (const contact of listIn(json, 'contacts').slice(0, MOST_FOUND)) {
    const id = idIn(contact, 'id');
    if (id === null || found.has(id)) continue;
    const hasNumbers = textIn(contact, 'phone') !== '';
    found.set(id, hasNumbers ? contact : await contactOf(id, io));
  }
  return [...found]
    .filter(([id]) => id !== location.nobodysContactId)
    .map(([, one]) => foundIn(one, locationId));
}

async function contactOf(id: string, io: CrmIo): Promise<unknown> {
  try {
    const { json } = await ask(io, { method: 'GET', path: pathOf(id) });
    return memberOf(json, 'contact');
  } catch (fault) {
    // The search is behind: somebody deleted it.
    if (fault instanceof CrmFault && fault.kind === 'gone') return undefined;
    throw fault;
  }
}

function foundIn(contact: unknown, locationId: string): FoundCrmContact {
  const id = textIn(contact, 'id');
  const parts = [textIn(contact, 'firstName'), textIn(contact, 'lastName')].filter((part) => part !== '');
  const others = listIn(contact, 'additionalPhones').map((one) => textIn(one, 'phone') || textIn([one], 0));
  return {
    id,
    type: 'contact',
    name: idIn(contact, 'name') ?? idIn(contact, 'contactName') ?? parts.join(' '),
    url: pageOf(locationId, id),
    ownerId: idIn(contact, 'assignedTo'),
    company: idIn(contact, 'companyName'),
    phones: [textIn(contact, 'phone'), ...others].filter((phone) => phone !== ''),
    createdAt: timeIn(contact, 'dateAdded'),
    updatedAt: timeIn(contact, 'dateUpdated'),
  };
}

async function createContact(
  { name, e164, withoutNumber, ownerId }: CrmContactDraft,
  { locationId }: Location,
  io: CrmIo,
): Promise<CrmContact> {
  const called = withoutNumber && !name.includes(e164) ? `${name} ${e164}` : name;
  const json = {
    locationId,
    name: called,
    source: 'Switchhook',
    ...(withoutNumber ? {} : { phone: e164 }),
    ...(ownerId === null ? {} : { assignedTo: ownerId }),
  };
  const reply = await ask(io, { method: 'POST', path: '/contacts/', json, makes: true });
  const { id } = madeIn(reply, 'contact');
  return { id, type: 'contact', name: called, url: pageOf(locationId, id), ownerId };
}

/** All notes and all tasks of a contact come in one answer. */
async function findIn(
  kind: 'notes' | 'tasks',
  contactId: string,
  { marker }: CallEntry,
  io: CrmIo,
): Promise<CrmRecord | null> {
  if (contactId === '') return null;
  const { json } = await ask(io, { method: 'GET', path: `${pathOf(contactId)}/${kind}` });
  const id = idIn(
    listIn(json, kind).find((one) => textIn(one, 'body').includes(marker)),
    'id',
  );
  return id === null ? null : { id, type: kind === 'notes' ? 'note' : 'task' };
}

function madeIn({ json }: CrmReply, type: string): CrmRecord {
  const id = idIn(json, type, 'id');
  if (id === null) throw unreadable(`id of the ${type}`);
  return { id, type };
}

function textOf({ subject, body }: Pick<CallEntry, 'subject' | 'body'>): string {
  return `${subject}\n${body}`;
}

function pathOf(contactId: string): string {
  return `/contacts/${encodeURIComponent(contactId)}`;
}

function pageOf(locationId: string, id: string): string | null {
  return id === '' ? null : `${APP}/${locationId}/contacts/detail/${encodeURIComponent(id)}`;
}

function nowhere(): CrmFault {
  const note =
    'GoHighLevel keeps calls on contacts only. Have contacts made for unknown callers, or name one for calls of nobody.';
  return new CrmFault('refused', note, { unclear: false, outcome: { class: 'refused', note, final: true } });
}

/** It answers 400 to what is gone, to what is there already, and to what is wrong; words tell them apart. */
function judge({ status, json }: CrmReply, { path, makes }: CrmRequest): CrmVerdict | undefined {
  const said = memberOf(json, 'message');
  const reason = (Array.isArray(said) ? said.map(String).join('; ') : textIn(json, 'message')).slice(0, 300);
  if (status === 403) return { kind: 'refused', reason };
  const isOurs = makes !== true || /contact/i.test(reason);
  if (status === 404 && /^\/contacts\/[^/]+\//.test(path) && (isOurs || reason === ''))
    return { kind: 'gone', reason };
  if (status !== 400 && status !== 422) return undefined;
  if (/duplicated? contact/i.test(reason)) {
    const sure = textIn(json, 'meta', 'matchingField') === 'phone';
    return { kind: 'duplicate', id: idIn(json, 'meta', 'contactId'), reason, sure };
  }
  // A user may be missing as well, or the location.
  if (isOurs && /not found|no longer exists|deleted/i.test(reason)) return { kind: 'gone', reason };
  if (/\bphone\b/i.test(reason)) return { kind: 'bad number', reason };
  return undefined;
}
