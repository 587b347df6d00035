/** Zendesk (developer.zendesk.com: "Talk Partner Edition API", tickets, users, search). */
import { SettingsReader } from '#domain';
import type {
  CallEntry,
  Connector,
  Crm,
  CrmContact,
  CrmContactDraft,
  CrmRecord,
  Probe,
  TaskDraft,
  WrittenEntry,
} from '../connector.js';
import { CrmFault, unreadable, type CrmIo } from '../talk/crm-io.js';
import { idIn, listIn, textIn } from '../talk/members.js';
import { findUsers, type PageOf } from './find-users.js';
import { judgeZendesk } from './judge-zendesk.js';
import { newsOf } from './news-of.js';
import { numberIn, STATUSES, TICKET_TYPES, ticketOf, voiceOf } from './ticket-of.js';

export const zendesk: Connector = {
  name: 'zendesk',
  title: 'Zendesk',
  about:
    'Calls become tickets of the channel phone, with the end user who has the number as their requester.',
  credentials: [
    { kind: 'oauth2', how: 'An OAuth client of your account, with the scopes read and write.' },
    { kind: 'basic', how: 'An agent’s e-mail with /token behind it, and an API token as the password.' },
  ],
  signIn: {
    authoriseUrl: '{origin}/oauth/authorizations/new',
    tokenUrl: '{origin}/oauth/tokens',
    scope: 'read write',
    sendAs: 'body',
    authoriseParameters: {},
    pkce: false,
    baseUrlFrom: null,
  },
  settings: [
    {
      name: 'pagesUrl',
      kind: 'url',
      about: 'Where your people open Zendesk, such as https://acme.zendesk.com: end users get links to it.',
    },
  ],
  update: 'append',
  key: 'external id',
  limits: { subject: 150, body: 30_000 },
  lagSeconds: 120,
  // Of the smallest plan.
  allows: { requests: 200, seconds: 60 },
  rate: { perSecond: 0.9, burst: 5 },
  outcomes: STATUSES,
  activityTypes: TICKET_TYPES,
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const pagesUrl = reader.url('pagesUrl')?.replace(/\/+$/, '') ?? '';
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm: crmOf(pagesUrl) };
  },
};

/** @param pagesUrl  where people see it, such as `https://acme.zendesk.com`; empty: not told */
function crmOf(pagesUrl: string): Crm {
  const pageOf: PageOf = (id) => (pagesUrl === '' ? null : `${pagesUrl}/agent/users/${id}`);
  return {
    settings: { pagesUrl },
    probe,
    findContacts: (e164, io) => findUsers(e164, pageOf, io),
    createContact: (draft, io) => createContact(draft, pageOf, io),
    findLog,
    logCall,
    updateCallLog,
    linkLog: putOn,
    createTask,
    judge: judgeZendesk,
  };
}

async function create(path: string, ticket: Record<string, unknown>, io: CrmIo): Promise<CrmRecord> {
  const { json } = await io.ask({ method: 'POST', path, json: { ticket }, makes: true });
  const id = idIn(json, 'ticket', 'id');
  if (id === null) throw unreadable('id of the ticket');
  return { id, type: 'ticket' };
}

async function probe(io: CrmIo): Promise<Probe> {
  const { json } = await io.ask({ method: 'GET', path: '/api/v2/users/me.json' });
  const role = textIn(json, 'user', 'role');
  const words = 'The credentials are not an agent’s: tickets of calls may not be made with them.';
  return { account: idIn(json, 'user', 'name'), lacks: ['agent', 'admin'].includes(role) ? [] : [words] };
}

async function createContact(
  { name, e164, withoutNumber, ownerId }: CrmContactDraft,
  pageOf: PageOf,
  io: CrmIo,
): Promise<CrmContact> {
  const user = {
    name,
    role: 'end-user',
    ...(withoutNumber ? { notes: e164 } : { phone: e164 }),
    // Nobody gets mail because they called.
    skip_verify_email: true,
  };
  const { json } = await io.ask({ method: 'POST', path: '/api/v2/users', json: { user }, makes: true });
  const id = idIn(json, 'user', 'id');
  if (id === null) throw unreadable('id of the user');
  return { id, type: 'user', name, url: pageOf(id), ownerId };
}

/** A list by our id, which does not lag as searches do. Ids of others' making are not unique in Zendesk: the first one is it. */
async function findLog({ callId }: CallEntry, _contact: CrmContact | null, io: CrmIo) {
  const query = { external_id: callId };
  const { json } = await io.ask({ method: 'GET', path: '/api/v2/tickets.json', query });
  const id = idIn(json, 'tickets', 0, 'id');
  return id === null ? null : { id, type: 'ticket' };
}

async function logCall(entry: CallEntry, contact: CrmContact | null, io: CrmIo): Promise<CrmRecord> {
  const ticket = await create('/api/v2/channels/voice/tickets', ticketOf(entry, contact), io);
  // The ticket is there, and has the link in its text: a player that is missing is no reason to make it once more.
  await addPlayer(ticket.id, entry, io).catch((fault: unknown) => {
    if (!(fault instanceof CrmFault)) throw fault;
  });
  return ticket;
}

async function addPlayer(id: string, entry: CallEntry, io: CrmIo): Promise<void> {
  const { recordingUrl } = entry;
  if (recordingUrl === null) return;
  const json = { ticket: { voice_comment: voiceOf({ ...entry, recordingUrl }) } };
  await io.ask({ method: 'PUT', path: pathOf(id), json, makes: true });
}

/** What is new is added as internal comments, unless it stands there: the answer to the first try may have been lost. */
async function updateCallLog(
  { id }: CrmRecord,
  { entry, before }: { entry: CallEntry; before: WrittenEntry },
  io: CrmIo,
): Promise<void> {
  const body = newsOf(before, entry);
  const recording = entry.recordingUrl === before.recordingUrl ? null : entry.recordingUrl;
  if (body === null && recording === null) return;
  const query = { sort_order: 'desc' };
  const { json } = await io.ask({ method: 'GET', path: `${pathOf(id)}/comments.json`, query });
  const comments = listIn(json, 'comments');
  if (body !== null && !comments.some((one) => textIn(one, 'body').includes(body))) {
    const ticket = { comment: { body, public: false } };
    await io.ask({ method: 'PUT', path: pathOf(id), json: { ticket }, makes: true });
  }
  const isPlayed = comments.some((one) => textIn(one, 'data', 'recording_url') === recording);
  if (recording !== null && !isPlayed) await addPlayer(id, entry, io);
}

/** A ticket is somebody's: nobody's is the one of whose credentials these are, as where it is made without a requester. */
async function putOn({ id }: CrmRecord, contact: CrmContact | null, io: CrmIo): Promise<void> {
  const requester = numberIn(contact?.id ?? (await ownId(io)));
  if (requester === null) throw unreadable('id of the user');
  await io.ask({ method: 'PUT', path: pathOf(id), json: { ticket: { requester_id: requester } } });
}

async function ownId(io: CrmIo): Promise<string | null> {
  const { json } = await io.ask({ method: 'GET', path: '/api/v2/users/me.json' });
  return idIn(json, 'user', 'id');
}

function pathOf(id: string): string {
  return `/api/v2/tickets/${encodeURIComponent(id)}`;
}

function createTask(
  { subject, body, dueAt, ownerId }: TaskDraft,
  contact: CrmContact | null,
  io: CrmIo,
): Promise<CrmRecord> {
  const [requester, assignee] = [numberIn(contact?.id), numberIn(ownerId)];
  const ticket = {
    type: 'task',
    subject,
    comment: { body, public: false },
    due_at: new Date(dueAt).toISOString(),
    ...(requester !== null && { requester_id: requester }),
    ...(assignee !== null && { assignee_id: assignee }),
  };
  return create('/api/v2/tickets', ticket, io);
}
