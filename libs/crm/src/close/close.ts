/** Close (developer.close.com, "Calls", "Tasks", "Me"): a call is a call activity of the lead that its contact is one of. */
import { SettingsReader } from '#domain';
import type { CallEntry, Connector, Crm, CrmContact, CrmRecord } from '../connector.js';
import { mergedText } from '../policy/merged-text.js';
import { unreadable, type CrmIo, type CrmReply, type CrmVerdict } from '../talk/crm-io.js';
import { idIn, listIn, memberOf, textIn } from '../talk/members.js';
import { createPerson, findPeople, leadOf } from './people.js';

const LIMITS = { subject: 250, body: 30_000 };
const PAGE = 100;
const MOST_PAGES = 5;
const DAY = 86_400_000;
const STATUSES = ['completed', 'no-answer', 'busy', 'failed', 'cancel', 'timeout'] as const;

export const close: Connector = {
  name: 'close',
  title: 'Close',
  about: 'Calls become call activities of the lead to which the contact with the number belongs.',
  credentials: [
    { kind: 'basic', how: 'An API key as the user name, and no password (Settings, Developer, API Keys).' },
    { kind: 'oauth2', how: 'An OAuth app (Settings, Developer, OAuth Apps).' },
  ],
  // Its refresh tokens are good once.
  signIn: {
    authoriseUrl: 'https://app.close.com/oauth2/authorize/',
    tokenUrl: 'https://api.close.com/oauth2/token/',
    scope: null,
    sendAs: 'body',
    authoriseParameters: {},
    pkce: false,
    baseUrlFrom: null,
  },
  url: 'https://api.close.com/api/v1',
  update: 'patch',
  key: 'none',
  limits: LIMITS,
  lagSeconds: 60,
  rate: { perSecond: 10, burst: 20 },
  outcomes: STATUSES,
  activityTypes: [],
  prepare: (given) => {
    const problems = new SettingsReader(given).finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm };
  },
};

const crm: Crm = {
  settings: {},
  probe: async (io) => {
    const { json } = await io.ask({ method: 'GET', path: '/me/' });
    const name = [textIn(json, 'first_name'), textIn(json, 'last_name')]
      .filter((part) => part !== '')
      .join(' ');
    return { account: name === '' ? idIn(json, 'email') : name, lacks: [] };
  },
  findContacts: findPeople,
  createContact: createPerson,
  findLog: async (entry, contact, io) => {
    const at = (shift: number) => new Date(entry.startedAt + shift).toISOString();
    const query = { ...ofContact(contact), activity_at__gte: at(-DAY), activity_at__lte: at(DAY) };
    const id = await search('/activity/call/', query, io, (one) =>
      textIn(one, 'note').includes(entry.marker),
    );
    return id === null ? null : { id, type: 'call' };
  },
  logCall: async (entry, contact, io) => {
    const json = {
      ...(contact === null ? {} : { lead_id: await leadOf(contact, io), contact_id: contact.id }),
      direction: entry.direction,
      status: statusOf(entry),
      duration: entry.talkSeconds,
      note: textOf(entry),
      activity_at: new Date(entry.startedAt).toISOString(),
      ...(entry.number === null ? {} : { phone: entry.number }),
      ...(entry.ownerId === null ? {} : { user_id: entry.ownerId }),
      ...recordingOf(entry),
    };
    const reply = await io.ask({ method: 'POST', path: '/activity/call/', json, makes: true });
    const id = idIn(reply.json, 'id');
    if (id === null) throw unreadable('id of the call');
    return { id, type: 'call' };
  },
  updateCallLog: async ({ id }, { entry, before }, io) => {
    const path = `/activity/call/${encodeURIComponent(id)}/`;
    const now = await io.ask({ method: 'GET', path });
    const note = mergedText(textIn(now.json, 'note'), textOf(before), textOf(entry));
    const json = {
      ...(note === null ? {} : { note }),
      ...(before.result === entry.result ? {} : { status: statusOf(entry) }),
      ...(before.talkSeconds === entry.talkSeconds ? {} : { duration: entry.talkSeconds }),
      ...(before.recordingUrl === entry.recordingUrl ? {} : recordingOf(entry)),
    };
    if (Object.keys(json).length > 0) await io.ask({ method: 'PUT', path, json });
  },
  createTask: async ({ subject, body, dueAt, ownerId }, contact, io) => {
    const json = {
      _type: 'lead',
      text: `${subject}\n${body}`,
      date: new Date(dueAt).toISOString(),
      is_complete: false,
      ...(contact === null ? {} : { lead_id: await leadOf(contact, io) }),
      ...(ownerId === null ? {} : { assigned_to: ownerId }),
    };
    const reply = await io.ask({ method: 'POST', path: '/task/', json, makes: true });
    const id = idIn(reply.json, 'id');
    if (id === null) throw unreadable('id of the task');
    return { id, type: 'task' } satisfies CrmRecord;
  },
  judge,
};

/** Page after page, for there is no search inside of notes. */
async function search(
  path: string,
  filter: Record<string, string | null>,
  io: CrmIo,
  fits: (one: unknown) => boolean,
): Promise<string | null> {
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { ...filter, _limit: PAGE, _skip: page * PAGE };
    const { json } = await io.ask({ method: 'GET', path, query });
    const found = listIn(json, 'data').find(fits);
    if (found !== undefined) return idIn(found, 'id');
    if (memberOf(json, 'has_more') !== true) return null;
  }
  return null;
}

function ofContact(contact: CrmContact | null) {
  return { contact_id: contact === null ? null : contact.id };
}

function textOf({ subject, body }: Pick<CallEntry, 'subject' | 'body'>): string {
  return `${subject}\n${body}`;
}

function statusOf({ outcome, result }: Pick<CallEntry, 'outcome' | 'result'>): string {
  if (outcome !== null) return outcome;
  if (result === 'answered' || result === 'voicemail') return 'completed';
  if (result === 'busy' || result === 'failed') return result;
  return result === 'cancelled' ? 'cancel' : 'no-answer';
}

/** It refuses recordings that are not behind TLS. */
function recordingOf({ recordingUrl }: Pick<CallEntry, 'recordingUrl'>) {
  return recordingUrl?.startsWith('https://') === true ? { recording_url: recordingUrl } : {};
}

/** Errors come by member, or for the whole. */
function judge({ status, json }: CrmReply): CrmVerdict | undefined {
  if (status !== 400 && status !== 403) return undefined;
  const errors = memberOf(json, 'field-errors');
  const fields = JSON.stringify(errors ?? {}).slice(0, 300);
  const said = textIn(json, 'error') || textIn(json, 'errors', 0);
  const reason = fields === '{}' ? said : fields;
  if (status === 400 && /"phones?"/.test(fields)) return { kind: 'bad number', reason };
  // An owner may be missing as well.
  const ofContact = ['contact_id', 'lead_id'].map((name) => JSON.stringify(memberOf(errors, name) ?? ''));
  if (status === 400 && ofContact.some((one) => /does not exist|not found/i.test(one))) {
    return { kind: 'gone', reason };
  }
  return { kind: 'refused', reason };
}
