/** Pipedrive (developers.pipedrive.com: "CallLogs" of version 1, "Persons" and "Activities" of version 2). */
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
import { changedFields } from '../policy/changed-fields.js';
import { mergedText } from '../policy/merged-text.js';
import { asHtml } from '../talk/as-html.js';
import { CrmFault, unreadable, type CrmIo } from '../talk/crm-io.js';
import { idIn, textIn } from '../talk/members.js';
import { callLogOf, numberIn, OUTCOMES, ownerOf } from './call-log.js';
import { findActivity } from './find-activity.js';
import { findPersons, type PageOf } from './find-persons.js';
import { judgePipedrive } from './judge-pipedrive.js';
import { pipedriveTime } from './pipedrive-time.js';

export const pipedrive: Connector = {
  name: 'pipedrive',
  title: 'Pipedrive',
  about: 'Calls become call logs of Pipedrive, each with its activity, on the person that has the number.',
  credentials: [
    {
      kind: 'oauth2',
      how: 'Your app in Pipedrive, with the scopes of contacts, activities and phone-integration.',
    },
    { kind: 'header', how: 'x-api-token: your personal API token (Settings, Personal preferences, API).' },
  ],
  signIn: {
    authoriseUrl: 'https://oauth.pipedrive.com/oauth/authorize',
    tokenUrl: 'https://oauth.pipedrive.com/oauth/token',
    scope: null,
    sendAs: 'basic',
    authoriseParameters: {},
    pkce: false,
    baseUrlFrom: 'api_domain',
  },
  url: 'https://api.pipedrive.com',
  settings: [
    {
      name: 'companyDomain',
      kind: 'text',
      about: 'The part in front of .pipedrive.com in your address, such as acme: persons get links.',
    },
  ],
  update: 'patch',
  key: 'none',
  // HTML may take six characters for one.
  limits: { subject: 255, body: 10_000 },
  lagSeconds: 60,
  // For each token.
  allows: { requests: 20, seconds: 2 },
  rate: { perSecond: 1.5, burst: 2 },
  ringTime: {
    advice:
      'Each question costs twenty tokens or more of the budget that Pipedrive gives a company for a day, which calls that are logged ' +
      'are paid from too: let its answers count for long.',
  },
  outcomes: OUTCOMES,
  activityTypes: [],
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const companyDomain = reader.text('companyDomain', { max: 63 });
    if (!/^[a-z\d-]*$/i.test(companyDomain)) {
      reader.complain('companyDomain', 'This must be the part in front of .pipedrive.com, such as acme.');
    }
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm: crmOf(companyDomain) };
  },
};

/** @param companyDomain  the part in front of `.pipedrive.com` in the addresses of pages; empty where it is not told */
function crmOf(companyDomain: string): Crm {
  const pageOf: PageOf = (id) =>
    companyDomain === '' ? null : `https://${companyDomain}.pipedrive.com/person/${id}`;
  return {
    settings: { companyDomain },
    probe,
    findContacts: (e164, io) => findPersons(e164, pageOf, io),
    createContact: (draft, io) => createContact(draft, pageOf, io),
    findLog: findActivity,
    logCall,
    updateCallLog,
    linkLog,
    createTask,
    judge: judgePipedrive,
  };
}

async function probe(io: CrmIo): Promise<Probe> {
  const { json } = await io.ask({ method: 'GET', path: '/v1/users/me' });
  const [name, company] = [textIn(json, 'data', 'name'), textIn(json, 'data', 'company_name')];
  const account = [name, company].filter((word) => word !== '').join(', ');
  return { account: account === '' ? null : account, lacks: await lacksIn(io) };
}

async function lacksIn(io: CrmIo): Promise<string[]> {
  try {
    await io.ask({ method: 'GET', path: '/v1/callLogs', query: { limit: 1 } });
    return [];
  } catch (fault) {
    const isRight = fault instanceof CrmFault && (fault.kind === 'unauthorised' || fault.kind === 'refused');
    if (!isRight) throw fault;
    return [`Call logs may not be read: the app lacks the scope phone-integration. ${fault.reason}`];
  }
}

async function createContact(
  { name, e164, withoutNumber, ownerId }: CrmContactDraft,
  pageOf: PageOf,
  io: CrmIo,
): Promise<CrmContact> {
  // Persons have no description: the number goes where people see it.
  const full = withoutNumber && !name.includes(e164) ? `${name} (${e164})` : name;
  const json = {
    name: full,
    ...(!withoutNumber && { phones: [{ value: e164, primary: true, label: 'work' }] }),
    ...ownerOf('owner_id', ownerId),
  };
  const reply = await io.ask({ method: 'POST', path: '/api/v2/persons', json, makes: true });
  const id = idIn(reply.json, 'data', 'id');
  if (id === null) throw unreadable('id of the person');
  return { id, type: 'person', name: full, url: pageOf(id), ownerId };
}

async function logCall(entry: CallEntry, contact: CrmContact | null, io: CrmIo): Promise<CrmRecord> {
  const json = callLogOf(entry, contact);
  const reply = await io.ask({ method: 'POST', path: '/v1/callLogs', json, makes: true });
  // A call log cannot be changed, but its activity can.
  const activity = idIn(reply.json, 'data', 'activity_id');
  if (activity !== null) return { id: activity, type: 'activity' };
  const id = idIn(reply.json, 'data', 'id');
  if (id === null) throw unreadable('id of the call log');
  return { id, type: 'call log' };
}

async function updateCallLog(
  { id, type }: CrmRecord,
  { entry, before }: { entry: CallEntry; before: WrittenEntry },
  io: CrmIo,
): Promise<void> {
  if (type !== 'activity') return;
  const path = `/api/v2/activities/${encodeURIComponent(id)}`;
  const { json } = await io.ask({ method: 'GET', path });
  const note = textIn(json, 'data', 'note');
  const text = mergedText(note, asHtml(before.body), asHtml(entry.body));
  const changed = {
    ...changedFields((name) => textIn(json, 'data', name), fieldsOf(before), fieldsOf(entry)),
    ...(text !== null && text !== note && { note: text }),
  };
  if (Object.keys(changed).length > 0) await io.ask({ method: 'PATCH', path, json: changed });
}

/** Whom an activity is with is its primary participant; the call log itself stays as it was made. */
async function linkLog({ id, type }: CrmRecord, contact: CrmContact | null, io: CrmIo): Promise<void> {
  if (type !== 'activity') {
    const note = 'Pipedrive made no activity of the call log, which alone can be put on another person.';
    const outcome = { class: 'refused', note, final: true } as const;
    throw new CrmFault('refused', note, { unclear: false, outcome });
  }
  const path = `/api/v2/activities/${encodeURIComponent(id)}`;
  await io.ask({ method: 'PATCH', path, json: { participants: participantsOf(contact) } });
}

function participantsOf(contact: CrmContact | null): Record<string, unknown>[] {
  const person = numberIn(contact?.id);
  return person === null ? [] : [{ person_id: person, primary: true }];
}

function fieldsOf({ subject, ownerId }: WrittenEntry): Record<string, string | number> {
  return { subject, ...ownerOf('owner_id', ownerId) };
}

async function createTask(
  { subject, body, dueAt, ownerId }: TaskDraft,
  contact: CrmContact | null,
  io: CrmIo,
): Promise<CrmRecord> {
  const [date, time = ''] = pipedriveTime(dueAt).split(' ');
  const participants = participantsOf(contact);
  const json = {
    subject,
    type: 'call',
    due_date: date,
    due_time: time.slice(0, 5),
    note: asHtml(body),
    done: false,
    ...ownerOf('owner_id', ownerId),
    ...(participants.length > 0 && { participants }),
  };
  const reply = await io.ask({ method: 'POST', path: '/api/v2/activities', json, makes: true });
  const id = idIn(reply.json, 'data', 'id');
  if (id === null) throw unreadable('id of the activity');
  return { id, type: 'activity' };
}
