/**
 * Kommo, formerly amoCRM (developers.kommo.com, "Contacts", "Companies", "Notes", "Tasks"). A call is a note of the kind
 * `call_in` or `call_out`: the API for calls itself chooses the record by the number, and would take another one than the tenant.
 */
import { SettingsReader, numberVariants, significantDigits } from '#domain';
import type {
  CallEntry,
  Connector,
  Crm,
  CrmContact,
  CrmContactDraft,
  FoundCrmContact,
  WrittenEntry,
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
import { idIn, listIn, memberOf, textIn } from '../talk/members.js';

/** Records with telephone numbers, as paths and links call them. */
const KINDS = ['contacts', 'companies'] as const;
const PAGE = 250;
/** Of a list that cannot be asked for a single record, newest first. */
const MOST_PAGES = 4;
const LIMITS = { subject: 250, body: 9_000 };
/** How a call ended, as Kommo counts. */
const LEFT_MESSAGE = '1';
const TALKED = '4';
const NO_ANSWER = '6';
const BUSY = '7';
const CALL_TASK = 1;
/** Until it lets in again whom it locked out. */
const LOCKED_OUT_MS = 5 * 60_000;

export const kommo: Connector = {
  name: 'kommo',
  title: 'Kommo',
  about:
    'Calls become call notes of the contact or company with the number; those of nobody become finished tasks.',
  credentials: [
    { kind: 'oauth2', how: 'A private integration of the account (Settings, Integrations).' },
    { kind: 'bearer', how: 'The long-lived token of a private integration.' },
  ],
  update: 'patch',
  key: 'none',
  limits: LIMITS,
  lagSeconds: 30,
  // Whoever goes on beyond it is locked out.
  allows: { requests: 7, seconds: 1 },
  rate: { perSecond: 0.7, burst: 1 },
  outcomes: ['1', '2', '3', '4', '5', '6', '7', '8'],
  activityTypes: [],
  prepare: (given) => {
    const problems = new SettingsReader(given).finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm };
  },
};

const crm: Crm = {
  settings: {},
  probe: async (io) => {
    const { json } = await io.ask({ method: 'GET', path: '/api/v4/account' });
    return { account: idIn(json, 'name') ?? idIn(json, 'subdomain'), lacks: [] };
  },
  findContacts,
  createContact,
  findLog: async (entry, contact, io) => {
    const type = typeOf(entry);
    if (contact === null) return findTask(entry, { isDone: true }, io);
    const list = { path: notesOf(contact), member: 'notes', filter: { 'filter[note_type]': type } };
    const note = await search(list, io, (one) => textIn(one, 'params', 'uniq') === entry.callId);
    return note === null ? null : { id: note, type };
  },
  logCall: async (entry, contact, io) => {
    if (contact === null) return logAsTask(entry, io);
    const type = typeOf(entry);
    const json = [{ note_type: type, params: paramsOf(entry), ...stampOf(entry) }];
    const reply = await io.ask({ method: 'POST', path: notesOf(contact), json, makes: true });
    const id = idIn(reply.json, '_embedded', 'notes', 0, 'id');
    if (id === null) throw unreadable('id of the call');
    return { id, type };
  },
  updateCallLog: async (record, { entry, before, contact }, io) => {
    if (record.type === 'task' || contact === null) return updateTask(record.id, entry, before, io);
    const path = `${notesOf(contact)}/${encodeURIComponent(record.id)}`;
    const { status, json } = await io.ask({ method: 'GET', path });
    if (status === 204) throw gone('call');
    const text = mergedText(textIn(json, 'params', 'call_result'), textOf(before), textOf(entry));
    const { call_result: _, ...params } = paramsOf(entry);
    const call_result = text ?? textIn(json, 'params', 'call_result');
    const news = { note_type: record.type, params: { ...params, call_result } };
    await io.ask({ method: 'PATCH', path, json: news });
  },
  createTask: async ({ subject, body, dueAt, ownerId }, contact, io) => {
    const text = `${subject}\n${body}`;
    return makeTask({ text, complete_till: seconds(dueAt), ...responsible(ownerId), ...linkTo(contact) }, io);
  },
  findTask: (entry, _contact, io) => findTask(entry, { isDone: false }, io),
  judge,
};

async function findContacts(e164: string, io: CrmIo): Promise<FoundCrmContact[]> {
  const digits = [...new Set(numberVariants(e164).map(significantDigits))];
  const found: FoundCrmContact[] = [];
  for (const kind of KINDS) {
    for (const query of digits) {
      const { json } = await io.ask({
        method: 'GET',
        path: `/api/v4/${kind}`,
        query: { query, limit: PAGE },
      });
      found.push(...listIn(json, '_embedded', kind).map((one) => foundIn(one, kind)));
    }
  }
  return found;
}

function foundIn(one: unknown, kind: (typeof KINDS)[number]): FoundCrmContact {
  const id = textIn(one, 'id');
  const name = textIn(one, 'name');
  const phones = listIn(one, 'custom_fields_values').filter(
    (field) => memberOf(field, 'field_code') === 'PHONE',
  );
  return {
    id,
    type: kind,
    name,
    url: pageOf(kind, id, one),
    ownerId: idIn(one, 'responsible_user_id'),
    company: kind === 'companies' ? name : null,
    phones: phones.flatMap((field) => listIn(field, 'values').map((value) => textIn(value, 'value'))),
    createdAt: milliseconds(memberOf(one, 'created_at')),
    updatedAt: milliseconds(memberOf(one, 'updated_at')),
  };
}

async function createContact(
  { name, e164, withoutNumber, ownerId }: CrmContactDraft,
  io: CrmIo,
): Promise<CrmContact> {
  // A contact has no text of its own but its name.
  const called = withoutNumber && !name.includes(e164) ? `${name} ${e164}` : name;
  const phone = [{ field_code: 'PHONE', values: [{ value: e164, enum_code: 'WORK' }] }];
  const json = [
    { name: called, ...(withoutNumber ? {} : { custom_fields_values: phone }), ...responsible(ownerId) },
  ];
  const reply = await io.ask({ method: 'POST', path: '/api/v4/contacts', json, makes: true });
  const made = memberOf(reply.json, '_embedded', 'contacts', 0);
  const id = idIn(made, 'id');
  if (id === null) throw unreadable('id of the contact');
  return { id, type: 'contacts', name: called, url: pageOf('contacts', id, made), ownerId };
}

/** Kommo has no calls of nobody; a finished task is seen by whoever looks for what was done. */
function logAsTask(entry: CallEntry, io: CrmIo) {
  const { ownerId, endedAt } = entry;
  const text = textOf(entry);
  const done = { is_completed: true, result: { text: entry.subject } };
  return makeTask({ text, complete_till: seconds(endedAt), ...done, ...responsible(ownerId) }, io);
}

async function makeTask(task: Record<string, unknown>, io: CrmIo) {
  const json = [{ task_type_id: CALL_TASK, ...task }];
  const reply = await io.ask({ method: 'POST', path: '/api/v4/tasks', json, makes: true });
  const id = idIn(reply.json, '_embedded', 'tasks', 0, 'id');
  if (id === null) throw unreadable('id of the task');
  return { id, type: 'task' };
}

async function findTask({ marker }: CallEntry, { isDone }: { isDone: boolean }, io: CrmIo) {
  const filter = { 'filter[is_completed]': isDone ? 1 : 0 };
  const list = { path: '/api/v4/tasks', member: 'tasks', filter };
  const id = await search(list, io, (one) => textIn(one, 'text').includes(marker));
  return id === null ? null : { id, type: 'task' };
}

async function updateTask(id: string, entry: CallEntry, before: WrittenEntry, io: CrmIo): Promise<void> {
  const path = `/api/v4/tasks/${encodeURIComponent(id)}`;
  const { status, json } = await io.ask({ method: 'GET', path });
  if (status === 204) throw gone('task');
  const text = mergedText(textIn(json, 'text'), textOf(before), textOf(entry));
  if (text !== null) await io.ask({ method: 'PATCH', path, json: { text } });
}

/** Newest first, for nothing of it can be asked for. Kommo says that a list is empty with 204. */
async function search(
  { path, member, filter }: { path: string; member: string; filter: Record<string, string | number> },
  io: CrmIo,
  fits: (one: unknown) => boolean,
): Promise<string | null> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const query = { ...filter, 'order[id]': 'desc', limit: PAGE, page };
    const { json } = await io.ask({ method: 'GET', path, query });
    const list = listIn(json, '_embedded', member);
    const found = list.find(fits);
    if (found !== undefined) return idIn(found, 'id');
    if (list.length < PAGE) return null;
  }
  return null;
}

function notesOf({ type, id }: CrmContact): string {
  return `/api/v4/${type === 'companies' ? type : 'contacts'}/${encodeURIComponent(id)}/notes`;
}

function typeOf({ direction }: CallEntry): string {
  return direction === 'inbound' ? 'call_in' : 'call_out';
}

function textOf({ subject, body }: Pick<CallEntry, 'subject' | 'body'>): string {
  return `${subject}\n${body}`;
}

function paramsOf(entry: CallEntry) {
  return {
    uniq: entry.callId,
    duration: entry.talkSeconds,
    source: 'Switchhook',
    phone: entry.number ?? '',
    call_status: Number(entry.outcome ?? statusOf(entry)),
    call_result: textOf(entry),
    ...(entry.recordingUrl === null ? {} : { link: entry.recordingUrl }),
  };
}

function statusOf({ result }: CallEntry): string {
  if (result === 'answered') return TALKED;
  if (result === 'voicemail') return LEFT_MESSAGE;
  return result === 'busy' ? BUSY : NO_ANSWER;
}

function stampOf({ startedAt, ownerId }: CallEntry) {
  const user = Number(ownerId ?? Number.NaN);
  return {
    created_at: seconds(startedAt),
    ...(isId(user) ? { created_by: user, responsible_user_id: user } : {}),
  };
}

function responsible(ownerId: string | null) {
  const user = Number(ownerId ?? Number.NaN);
  return isId(user) ? { responsible_user_id: user } : {};
}

function linkTo(contact: CrmContact | null) {
  if (contact === null || !isId(Number(contact.id))) return {};
  return {
    entity_id: Number(contact.id),
    entity_type: contact.type === 'companies' ? 'companies' : 'contacts',
  };
}

function isId(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

function seconds(at: number): number {
  return Math.floor(at / 1000);
}

function milliseconds(at: unknown): number {
  return typeof at === 'number' ? at * 1000 : 0;
}

/** Each record links to itself in the API of its own account. */
function pageOf(kind: string, id: string, one: unknown): string | null {
  const origin = /^https:\/\/[^/\s]+/.exec(textIn(one, '_links', 'self', 'href'))?.[0];
  return origin === undefined || id === '' ? null : `${origin}/${kind}/detail/${encodeURIComponent(id)}`;
}

function gone(what: string): CrmFault {
  const note = `The ${what} was deleted in Kommo.`;
  return new CrmFault('gone', note, { unclear: false, outcome: { class: 'refused', note } });
}

/** It says in detail which member it does not take. */
function judge({ status, json }: CrmReply, { path: asked }: CrmRequest): CrmVerdict | undefined {
  const first = memberOf(json, 'validation-errors', 0, 'errors', 0);
  const [path, detail] = [textIn(first, 'path'), textIn(first, 'detail')];
  const said = textIn(json, 'detail') === '' ? textIn(json, 'title') : textIn(json, 'detail');
  const reason = path === '' ? said : `${path}: ${detail}`;
  if (status === 404 && /\/(?:contacts|companies)\/[^/]+\/notes/.test(asked)) return { kind: 'gone', reason };
  if (status === 400 && path.includes('entity_id')) return { kind: 'gone', reason };
  if (status === 400 && path.includes('custom_fields_values')) return { kind: 'bad number', reason };
  // Who may not do something is told so in words; who asked too much is answered by what stands in front of the API.
  if (status === 403 && reason === '') return { kind: 'throttled', waitMs: LOCKED_OUT_MS, reason };
  if (status === 402 || status === 403) return { kind: 'refused', reason };
  return undefined;
}
