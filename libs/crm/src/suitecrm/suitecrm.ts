/** SuiteCRM (docs.suitecrm.com, "JSON API V8", and its public source: Api/V8). */
import { SettingsReader } from '#domain';
import type {
  CallEntry,
  Connector,
  Crm,
  CrmContact,
  CrmContactDraft,
  CrmRecord,
  TaskDraft,
} from '../connector.js';
import { mergedText } from '../policy/merged-text.js';
import { unreadable, type CrmIo, type CrmReply, type CrmVerdict } from '../talk/crm-io.js';
import { idIn, textIn } from '../talk/members.js';
import { suitePeopleWith } from './suite-people.js';
import { plainOf, suiteTime } from './suite-text.js';

const HEADERS = { accept: 'application/vnd.api+json', 'content-type': 'application/vnd.api+json' };

export const suitecrm: Connector = {
  name: 'suitecrm',
  title: 'SuiteCRM',
  about:
    'Calls become Call records of SuiteCRM. The URL is where /Api/V8 is: of SuiteCRM 8 it ends with /legacy.',
  credentials: [
    {
      kind: 'oauth2',
      how: 'An OAuth 2 client (Admin, OAuth2 Clients and Tokens) with the grant "client credentials".',
    },
  ],
  settings: [
    { name: 'page', kind: 'url', about: 'Where your people open SuiteCRM: contacts get links to it.' },
  ],
  update: 'patch',
  key: 'external id',
  limits: { subject: 50, body: 60_000 },
  lagSeconds: 0,
  outcomes: ['Planned', 'Held', 'Not Held'],
  activityTypes: [],
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const page = (reader.url('page') ?? '').replace(/\/+$/, '');
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm: crmOf(page) };
  },
};

/** @param page  where people open it; empty: not known */
function crmOf(page: string): Crm {
  const urlOf = (type: string, id: string) =>
    page === '' ? null : `${page}/index.php?module=${type}&action=DetailView&record=${id}`;
  return {
    settings: { page },
    probe: async (io) => {
      const { json } = await io.ask({ method: 'GET', path: '/Api/V8/current-user' });
      const name = idIn(json, 'data', 'attributes', 'full_name');
      return { account: name ?? idIn(json, 'data', 'attributes', 'user_name'), lacks: [] };
    },
    findContacts: async (e164, io) => {
      const found = await suitePeopleWith(e164, io);
      return found.map((one) => ({ ...one, url: urlOf(one.type, one.id) }));
    },
    createContact: async (draft, io) => {
      const made = await addContact(draft, io);
      return { ...made, url: urlOf(made.type, made.id) };
    },
    findLog,
    logCall: async (entry, contact, io) => {
      const id = await add('Calls', callOf(entry, contact), io);
      return { id, type: 'Calls' };
    },
    updateCallLog: async ({ id }, { entry, before }, io) => {
      const path = `/Api/V8/module/Calls/${encodeURIComponent(id)}`;
      const { json } = await io.ask({ method: 'GET', path });
      const now = (name: string) => plainOf(textIn(json, 'data', 'attributes', name));
      const description = mergedText(now('description'), before.body, entry.body);
      const attributes = {
        ...(description === null ? {} : { description }),
        ...(now('name') === before.subject ? { name: entry.subject } : {}),
        ...(before.result === entry.result ? {} : { status: statusOf(entry) }),
        ...(before.talkSeconds === entry.talkSeconds ? {} : durationOf(entry)),
      };
      if (Object.keys(attributes).length === 0) return;
      const data = { type: 'Calls', id, attributes };
      await io.ask({ method: 'PATCH', path: '/Api/V8/module', headers: HEADERS, json: { data } });
    },
    linkLog: async ({ id }, contact, io) => {
      const attributes = { parent_type: contact?.type ?? '', parent_id: contact?.id ?? '' };
      const data = { type: 'Calls', id, attributes };
      await io.ask({ method: 'PATCH', path: '/Api/V8/module', headers: HEADERS, json: { data } });
    },
    createTask: async (task, contact, io) => {
      const id = await add('Tasks', taskOf(task, contact), io);
      return { id, type: 'Tasks' };
    },
    judge,
  };
}

async function findLog(
  { callId }: CallEntry,
  _contact: CrmContact | null,
  io: CrmIo,
): Promise<CrmRecord | null> {
  const query = { 'fields[Calls]': 'outlook_id', 'filter[outlook_id][eq]': callId, 'page[size]': 1 };
  const { json } = await io.ask({ method: 'GET', path: '/Api/V8/module/Calls', query });
  const id = idIn(json, 'data', 0, 'id');
  return id === null ? null : { id, type: 'Calls' };
}

async function add(type: string, attributes: Record<string, unknown>, io: CrmIo): Promise<string> {
  const json = { data: { type, attributes } };
  const reply = await io.ask({
    method: 'POST',
    path: '/Api/V8/module',
    headers: HEADERS,
    json,
    makes: true,
  });
  const id = idIn(reply.json, 'data', 'id');
  if (id === null) throw unreadable('id of what was made');
  return id;
}

async function addContact(draft: CrmContactDraft, io: CrmIo): Promise<CrmContact> {
  const { name, e164, withoutNumber, ownerId } = draft;
  const attributes = {
    last_name: name,
    ...(withoutNumber ? { description: e164 } : { phone_mobile: e164 }),
    ...ownedBy(ownerId),
  };
  const id = await add('Contacts', attributes, io);
  return { id, type: 'Contacts', name, url: null, ownerId };
}

function callOf(entry: CallEntry, contact: CrmContact | null) {
  return {
    name: entry.subject,
    description: entry.body,
    direction: entry.direction === 'inbound' ? 'Inbound' : 'Outbound',
    status: statusOf(entry),
    date_start: suiteTime(entry.startedAt),
    date_end: suiteTime(entry.endedAt),
    ...durationOf(entry),
    outlook_id: entry.callId,
    ...ownedBy(entry.ownerId),
    ...parentOf(contact),
  };
}

/** Hours and minutes; it shows nothing less, so that any talk is a minute. */
function durationOf({ talkSeconds }: Pick<CallEntry, 'talkSeconds'>) {
  const minutes = Math.ceil(talkSeconds / 60);
  return { duration_hours: Math.floor(minutes / 60), duration_minutes: minutes % 60 };
}

function taskOf({ subject, body, dueAt, ownerId }: TaskDraft, contact: CrmContact | null) {
  return {
    name: subject,
    description: body,
    date_due: suiteTime(dueAt),
    status: 'Not Started',
    ...ownedBy(ownerId),
    ...parentOf(contact),
  };
}

function statusOf({ outcome, result }: Pick<CallEntry, 'outcome' | 'result'>): string {
  return outcome ?? (result === 'answered' ? 'Held' : 'Not Held');
}

function ownedBy(ownerId: string | null) {
  return ownerId === null ? {} : { assigned_user_id: ownerId };
}

function parentOf(contact: CrmContact | null) {
  return contact === null ? {} : { parent_type: contact.type, parent_id: contact.id };
}

/** It answers 400 for nearly everything; `errors` is one object. */
function judge({ status, json }: CrmReply): CrmVerdict | undefined {
  const reason = textIn(json, 'errors', 'detail') || textIn(json, 'errors', 'title');
  if (status === 400 && /with id .* is not found/i.test(reason)) return { kind: 'gone', reason };
  if (status === 400 && /is already exist/i.test(reason)) return { kind: 'duplicate', id: null, reason };
  if (status === 403 && /access/i.test(reason)) return { kind: 'refused', reason };
  // Where its rewriting of URLs is not set up, the login page answers.
  if (status < 300 && json === undefined) {
    return { kind: 'unreachable', reason: 'The URL answers with a page, not with the API' };
  }
  return undefined;
}
