/** Dynamics 365 and other apps on Dataverse (learn.microsoft.com, "Dataverse Web API", tables phonecall, contact, lead, account). */
import { SettingsReader } from '#domain';
import type { CallEntry, Connector, Crm, CrmContact } from '../connector.js';
import { mergedText } from '../policy/merged-text.js';
import { CrmFault, unreadable, type CrmIo, type CrmReply, type CrmVerdict } from '../talk/crm-io.js';
import { idIn, memberOf, textIn } from '../talk/members.js';
import { activityId } from './activity-id.js';
import { ODATA, createPerson, findPeople, ownedBy, pathOf } from './people.js';

const API = '/api/data/v9.2';
const LIMITS = { subject: 200, body: 2_000 };
/** Of the columns of a phone call, by the tenant's word for what came of it. */
const STATES: Readonly<Record<string, { statecode: number; statuscode: number }>> = {
  Made: { statecode: 1, statuscode: 2 },
  Received: { statecode: 1, statuscode: 4 },
  Canceled: { statecode: 2, statuscode: 3 },
};
const PARTICIPATION = { from: 1, to: 2 };

export const dynamics: Connector = {
  name: 'dynamics',
  title: 'Microsoft Dynamics 365',
  about:
    'Calls become phone call activities of Dataverse, regarding the contact, lead or account with the number.',
  credentials: [
    {
      kind: 'oauth2',
      how: 'An app registration in Microsoft Entra with the permission user_impersonation of Dynamics CRM, or a client secret and an application user with a security role.',
    },
  ],
  signIn: {
    authoriseUrl: 'https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize',
    tokenUrl: 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token',
    scope: '{origin}/user_impersonation offline_access',
    sendAs: 'body',
    authoriseParameters: {},
    pkce: true,
    baseUrlFrom: null,
  },
  update: 'patch',
  key: 'chosen',
  limits: LIMITS,
  lagSeconds: 0,
  // For each user, of which others may want some; a search may take several pages.
  allows: { requests: 6_000, seconds: 300 },
  rate: { perSecond: 2, burst: 20 },
  outcomes: Object.keys(STATES),
  activityTypes: [],
  prepare: (given) => {
    const problems = new SettingsReader(given).finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm };
  },
};

const crm: Crm = {
  settings: {},
  probe,
  findContacts: findPeople,
  createContact: createPerson,
  findLog: async (entry, _contact, io) => {
    const id = activityId(entry.callId);
    const row = await rowOf(id, 'statecode', io);
    if (row === null) return null;
    // It was made, and the try ended before it was marked as done.
    if (memberOf(row, 'statecode') === 0) await complete(id, entry, io);
    return { id, type: 'phonecall' };
  },
  logCall: async (entry, contact, io) => {
    const id = activityId(entry.callId);
    const headers = { ...ODATA, 'if-none-match': '*' };
    const json = {
      ...textsOf(entry),
      ...timesOf(entry),
      ...partiesOf(entry, contact),
      ...regarding(contact, 'phonecall'),
    };
    await io.ask({ method: 'PATCH', path: pathOfCall(id), headers, json, makes: true });
    await complete(id, entry, io);
    return { id, type: 'phonecall' };
  },
  updateCallLog: async ({ id }, { entry, before }, io) => {
    const row = await rowOf(id, 'subject,description', io);
    if (row === null) throw gone();
    const description = mergedText(textIn(row, 'description'), before.body, entry.body, LIMITS.body);
    const subject = textIn(row, 'subject') === before.subject ? entry.subject : null;
    const changes = Object.entries({ description, subject, ...newsIn(entry, before) }).filter(
      ([, value]) => value !== null,
    );
    if (changes.length === 0) return;
    await io.ask({
      method: 'PATCH',
      path: pathOfCall(id),
      headers: CHANGES,
      json: Object.fromEntries(changes),
    });
  },
  createTask: async ({ subject, body, dueAt, ownerId }, contact, io) => {
    const json = {
      subject,
      description: body,
      scheduledend: new Date(dueAt).toISOString(),
      ...ownedBy(ownerId),
      ...regarding(contact, 'task'),
    };
    const headers = { ...ODATA, prefer: 'return=representation' };
    const query = { $select: 'activityid' };
    const reply = await io.ask({ method: 'POST', path: `${API}/tasks`, query, headers, json, makes: true });
    const id = idIn(reply.json, 'activityid');
    if (id === null) throw unreadable('id of the task');
    return { id, type: 'task' };
  },
  findTask: async (entry, _contact, io) => {
    const query = {
      $select: 'activityid',
      $filter: `contains(description,'${quoted(entry.marker)}')`,
      $top: 1,
    };
    const { json } = await io.ask({ method: 'GET', path: `${API}/tasks`, query, headers: ODATA });
    const id = idIn(json, 'value', 0, 'activityid');
    return id === null ? null : { id, type: 'task' };
  },
  judge,
};

function gone(): CrmFault {
  const note = 'The phone call was deleted.';
  return new CrmFault('gone', note, { unclear: false, outcome: { class: 'refused', note } });
}

/** Without it a change of what somebody deleted would make it anew. */
const CHANGES = { ...ODATA, 'if-match': '*' };

async function probe(io: CrmIo) {
  const who = await io.ask({ method: 'GET', path: `${API}/WhoAmI`, headers: ODATA });
  const userId = idIn(who.json, 'UserId');
  if (userId === null) throw unreadable('id of the user');
  const user = await io.ask({
    method: 'GET',
    path: `${API}/systemusers(${encodeURIComponent(userId)})`,
    query: { $select: 'fullname' },
    headers: ODATA,
  });
  const lacks: string[] = [];
  for (const [set, key] of [
    ['phonecalls', 'activityid'],
    ['contacts', 'contactid'],
    ['leads', 'leadid'],
    ['accounts', 'accountid'],
  ] as const) {
    if (!(await mayRead(set, key, io))) lacks.push(`The user may not read ${set}.`);
  }
  return { account: idIn(user.json, 'fullname') ?? userId, lacks };
}

async function mayRead(set: string, key: string, io: CrmIo): Promise<boolean> {
  try {
    await io.ask({ method: 'GET', path: `${API}/${set}`, query: { $select: key, $top: 1 }, headers: ODATA });
    return true;
  } catch (fault) {
    if (fault instanceof CrmFault && fault.kind === 'refused') return false;
    throw fault;
  }
}

async function rowOf(id: string, columns: string, io: CrmIo): Promise<unknown> {
  try {
    const query = { $select: columns };
    const { json } = await io.ask({ method: 'GET', path: pathOfCall(id), query, headers: ODATA });
    return json ?? null;
  } catch (fault) {
    if (fault instanceof CrmFault && fault.kind === 'gone') return null;
    throw fault;
  }
}

/** Last of all: an activity that is done is closed to people who would correct its links. */
async function complete(id: string, entry: CallEntry, io: CrmIo): Promise<void> {
  const json = stateOf(entry);
  await io.ask({ method: 'PATCH', path: pathOfCall(id), headers: CHANGES, json });
}

function stateOf({ outcome, direction }: CallEntry) {
  return STATES[outcome ?? ''] ?? STATES[direction === 'outbound' ? 'Made' : 'Received'];
}

function pathOfCall(id: string): string {
  return `${API}/phonecalls(${encodeURIComponent(id)})`;
}

function textsOf({ subject, body, number }: CallEntry) {
  return { subject, description: body, ...(number === null ? {} : { phonenumber: number.slice(0, 200) }) };
}

function timesOf(entry: CallEntry) {
  return {
    directioncode: entry.direction === 'outbound',
    actualstart: new Date(entry.startedAt).toISOString(),
    actualend: new Date(entry.endedAt).toISOString(),
    actualdurationminutes: minutesOf(entry),
    leftvoicemail: entry.result === 'voicemail',
    ...ownedBy(entry.ownerId),
  };
}

/** Started ones count: a talk of ten seconds is no talk of nothing. */
function minutesOf({ talkSeconds }: Pick<CallEntry, 'talkSeconds'>): number {
  return Math.ceil(talkSeconds / 60);
}

function newsIn(entry: CallEntry, before: Pick<CallEntry, 'talkSeconds' | 'result'>) {
  const talked = minutesOf(entry) === minutesOf(before) ? null : minutesOf(entry);
  const voicemail = entry.result === before.result ? null : entry.result === 'voicemail';
  return { actualdurationminutes: talked, leftvoicemail: voicemail };
}

/** Who called whom, as the timeline shows it. */
function partiesOf({ direction, ownerId }: CallEntry, contact: CrmContact | null) {
  const [theirs, ours] =
    direction === 'inbound' ? [PARTICIPATION.from, PARTICIPATION.to] : [PARTICIPATION.to, PARTICIPATION.from];
  const path = contact && pathOf(contact);
  const parties = [
    ...(contact && path
      ? [{ [`partyid_${contact.type}@odata.bind`]: path, participationtypemask: theirs }]
      : []),
    ...(ownerId === null
      ? []
      : [
          {
            'partyid_systemuser@odata.bind': `/systemusers(${encodeURIComponent(ownerId)})`,
            participationtypemask: ours,
          },
        ]),
  ];
  return parties.length === 0 ? {} : { phonecall_activity_parties: parties };
}

function regarding(contact: CrmContact | null, activity: 'phonecall' | 'task'): Record<string, string> {
  const path = contact && pathOf(contact);
  return contact && path ? { [`regardingobjectid_${contact.type}_${activity}@odata.bind`]: path } : {};
}

/** Text inside an OData literal. */
function quoted(text: string): string {
  return text.replaceAll("'", "''");
}

const RECORD_MISSING = '0x80040217';

/** Says "there is none" of records and of misspelled paths with one status, and "it is there" with one of preconditions. */
function judge({ status, json }: CrmReply): CrmVerdict | undefined {
  const reason = textIn(json, 'error', 'message').slice(0, 300);
  const code = textIn(json, 'error', 'code').toLowerCase();
  if (status === 412) return { kind: 'duplicate', id: null, reason };
  if (code === RECORD_MISSING) return { kind: 'gone', reason };
  if (status === 404)
    return { kind: 'refused', reason: reason === '' ? 'There is no Web API at this address' : reason };
  if (status === 403) return { kind: 'refused', reason };
  return undefined;
}
