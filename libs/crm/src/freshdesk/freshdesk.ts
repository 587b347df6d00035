/** Freshdesk (developers.freshdesk.com/api: contacts, tickets, conversations): a call is a phone ticket. */
import { SettingsReader } from '#domain';
import type {
  CallEntry,
  Connector,
  Crm,
  CrmContact,
  CrmContactDraft,
  CrmRecord,
  FoundCrmContact,
} from '../connector.js';
import { newLines } from '../policy/new-lines.js';
import { asHtml } from '../talk/as-html.js';
import { unreadable, type CrmIo, type CrmReply, type CrmVerdict } from '../talk/crm-io.js';
import { idIn, listIn, memberOf, textIn, timeIn } from '../talk/members.js';
import { spellings } from './spellings.js';

/** Channel "phone". */
const PHONE = 3;
const PRIORITY_LOW = 1;
const OPEN = 2;
const CLOSED = 5;
/** As many as a query of 512 characters takes. */
const MOST_SPELLINGS = 9;
/** As many tickets as a page has. */
const MOST_TICKETS = 100;

export const freshdesk: Connector = {
  name: 'freshdesk',
  title: 'Freshdesk',
  about: 'Calls become phone tickets of Freshdesk; what comes later is added as a private note.',
  credentials: [
    { kind: 'basic', how: 'The API key of an agent as the user name, X as the password (Profile settings).' },
  ],
  settings: [
    {
      name: 'page',
      kind: 'url',
      about: 'Where your people open Freshdesk, such as https://acme.freshdesk.com: records get links to it.',
    },
  ],
  update: 'append',
  key: 'none',
  limits: { subject: 255, body: 30_000 },
  lagSeconds: 60,
  // Of the smallest plan.
  allows: { requests: 100, seconds: 60 },
  rate: { perSecond: 0.25, burst: 5 },
  // It has twenty lists of contacts a minute, and a question takes two.
  ringTime: {
    rate: { perSecond: 8 / 60, burst: 2 },
    advice:
      'The smallest plan of Freshdesk gives twenty lists of contacts a minute and a question takes two, so it is asked eight times a ' +
      'minute: whoever calls beyond that is unknown. Where more phones ring, keep its contacts in the directory.',
  },
  outcomes: [],
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const page = reader.url('page') ?? '';
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm: crmOf(page.replace(/\/+$/, '')) };
  },
};

/** @param page  where people open it; empty: not known */
function crmOf(page: string): Crm {
  const urlOf = (id: string) => (page === '' ? null : `${page}/a/contacts/${id}`);
  return {
    settings: { page },
    probe: async (io) => {
      const { json } = await io.ask({ method: 'GET', path: '/api/v2/agents/me' });
      return { account: idIn(json, 'contact', 'name') ?? idIn(json, 'contact', 'email'), lacks: [] };
    },
    findContacts: async (e164, io) => {
      const found = await contactsWith(e164, io);
      return found.map((contact) => ({ ...contact, url: urlOf(contact.id) }));
    },
    createContact: async (draft, io) => {
      const made = await addContact(draft, io);
      return { ...made, url: urlOf(made.id) };
    },
    findLog,
    logCall: async (entry, contact, io) => {
      const json = ticketOf(entry, contact);
      const reply = await io.ask({ method: 'POST', path: '/api/v2/tickets', json, makes: true });
      const id = idIn(reply.json, 'id');
      if (id === null) throw unreadable('id of the ticket');
      return { id, type: 'ticket' };
    },
    updateCallLog: async ({ id }, { entry, before }, io) => {
      const news = newLines(before.body, entry.body);
      if (news === null) return;
      const path = `/api/v2/tickets/${encodeURIComponent(id)}`;
      // Should the answer to a note have been lost, it is there already.
      const notes = await io.ask({ method: 'GET', path: `${path}/conversations`, query: { per_page: 100 } });
      if (listIn(notes.json).some((note) => flat(textIn(note, 'body_text')).includes(flat(news)))) return;
      const json = { body: asHtml(news), private: true };
      await io.ask({ method: 'POST', path: `${path}/notes`, json, makes: true });
    },
    judge,
  };
}

/**
 * Both compare text as it was typed. The list shows at once what was written; the search, later, takes many spellings. All are
 * asked: whoever else has the number in another field or spelling is a candidate as well.
 */
async function contactsWith(e164: string, io: CrmIo): Promise<FoundCrmContact[]> {
  const found: FoundCrmContact[] = [];
  for (const field of ['phone', 'mobile']) {
    const { json } = await io.ask({ method: 'GET', path: '/api/v2/contacts', query: { [field]: e164 } });
    found.push(...listIn(json).flatMap(contactIn));
  }
  const either = spellings(e164).map((one) => `phone:'${one}' OR mobile:'${one}'`);
  // Of its 512 characters, whole alternatives.
  const query = `"${either.slice(0, MOST_SPELLINGS).join(' OR ')}"`;
  const { json } = await io.ask({ method: 'GET', path: '/api/v2/search/contacts', query: { query } });
  found.push(...listIn(json, 'results').flatMap(contactIn));
  return [...new Map(found.map((contact) => [contact.id, contact])).values()];
}

function contactIn(one: unknown): FoundCrmContact[] {
  const id = idIn(one, 'id');
  if (id === null) return [];
  return [
    {
      id,
      type: 'contact',
      name: textIn(one, 'name'),
      url: null,
      ownerId: null,
      company: idIn(one, 'company_id'),
      phones: [textIn(one, 'phone'), textIn(one, 'mobile')].filter((phone) => phone !== ''),
      createdAt: timeIn(one, 'created_at'),
      updatedAt: timeIn(one, 'updated_at'),
    },
  ];
}

/** A contact must have an address of some kind; `unique_external_id` is one, and keeps a second one from being made. */
async function addContact({ name, e164, withoutNumber }: CrmContactDraft, io: CrmIo): Promise<CrmContact> {
  const json = {
    name,
    unique_external_id: `sw:${e164}`,
    ...(withoutNumber ? { description: e164 } : { phone: e164 }),
  };
  const reply = await io.ask({ method: 'POST', path: '/api/v2/contacts', json, makes: true });
  const id = idIn(reply.json, 'id');
  if (id === null) throw unreadable('id of the contact');
  return { id, type: 'contact', name, url: null, ownerId: null };
}

/** A requester's tickets since the call; the filter for texts knows no marker, so that the list is read. */
async function findLog(entry: CallEntry, contact: CrmContact | null, io: CrmIo): Promise<CrmRecord | null> {
  const { json } = await io.ask({
    method: 'GET',
    path: '/api/v2/tickets',
    query: {
      updated_since: new Date(entry.startedAt).toISOString(),
      include: 'description',
      order_by: 'created_at',
      per_page: MOST_TICKETS,
      ...(contact === null ? { unique_external_id: strangerOf(entry) } : { requester_id: contact.id }),
    },
  });
  const ours = listIn(json).find((ticket) => textIn(ticket, 'description').includes(entry.marker));
  const id = idIn(ours, 'id');
  return id === null ? null : { id, type: 'ticket' };
}

function ticketOf(entry: CallEntry, contact: CrmContact | null) {
  const agent = Number(entry.ownerId);
  return {
    subject: entry.subject,
    description: asHtml(entry.body),
    source: PHONE,
    priority: PRIORITY_LOW,
    status: entry.missed ? OPEN : CLOSED,
    ...(entry.activityType === null ? {} : { type: entry.activityType }),
    ...(entry.ownerId === null || !Number.isInteger(agent) ? {} : { responder_id: agent }),
    ...requesterOf(entry, contact),
  };
}

/** A ticket must be somebody's: Freshdesk makes a contact of its own for whom it does not know. */
function requesterOf(entry: CallEntry, contact: CrmContact | null) {
  if (contact !== null) return { requester_id: Number(contact.id) };
  return { unique_external_id: strangerOf(entry), name: entry.number ?? 'Unknown caller' };
}

/** One for all callers with the number, so that they can be merged with whoever it turns out to be. */
function strangerOf({ e164, number, callId }: CallEntry): string {
  return `sw-call:${e164 ?? number ?? callId}`;
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** What is wrong with a request stands in `errors[]`, one for each field. */
function judge({ status, json }: CrmReply): CrmVerdict | undefined {
  const errors = listIn(json, 'errors');
  const said = errors.map((error) => `${textIn(error, 'field')}: ${textIn(error, 'message')}`).join('; ');
  const reason = said === '' ? textIn(json, 'description') || textIn(json, 'message') : said;
  const codes = errors.map((error) => textIn(error, 'code'));
  if (codes.includes('duplicate_value')) {
    const at = codes.indexOf('duplicate_value');
    const sure = textIn(errors[at], 'field') === 'unique_external_id';
    return { kind: 'duplicate', id: idIn(memberOf(errors[at], 'additional_info'), 'user_id'), reason, sure };
  }
  if (status !== 400) return undefined;
  const fields = errors.map((error) => textIn(error, 'field'));
  if (fields.includes('requester_id')) return { kind: 'gone', reason };
  if (fields.some((field) => field === 'phone' || field === 'mobile')) return { kind: 'bad number', reason };
  return { kind: 'refused', reason };
}
