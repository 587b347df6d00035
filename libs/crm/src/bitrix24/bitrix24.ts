/** Bitrix24 (apidocs.bitrix24.com: telephony.externalCall.*, voximplant.statistic.get, crm.activity.*). */
import { SettingsReader } from '#domain';
import type { CallEntry, Connector, Crm, CrmContact, CrmRecord, TaskDraft } from '../connector.js';
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
import { addContact, peopleWith } from './bitrix-people.js';
import { ending, registration } from './bitrix-call.js';

export const bitrix24: Connector = {
  name: 'bitrix24',
  title: 'Bitrix24',
  about: 'Calls become calls of Bitrix24’s telephony, with an activity on the contact, company or lead.',
  credentials: [
    {
      kind: 'oauth2',
      how: 'A local application with the scopes telephony, crm, user (Developer resources). Webhooks may not register calls.',
    },
  ],
  signIn: {
    authoriseUrl: '{origin}/oauth/authorize/',
    tokenUrl: 'https://oauth.bitrix.info/oauth/token/',
    scope: null,
    sendAs: 'body',
    authoriseParameters: {},
    pkce: false,
    baseUrlFrom: null,
  },
  settings: [
    {
      name: 'userId',
      kind: 'text',
      about:
        'Number of the Bitrix24 user whose calls are that no agent is mapped to; empty: whoever connected.',
    },
  ],
  update: 'patch',
  key: 'external id',
  limits: { subject: 250, body: 20_000 },
  lagSeconds: 0,
  // Fifty at once and two a second.
  allows: { requests: 50 + 2 * 60, seconds: 60 },
  rate: { perSecond: 0.25, burst: 6 },
  ringTime: {
    advice:
      'Bitrix24 takes two requests a second, and a question takes a few: it is asked fifteen times a minute, and six times at once.',
  },
  outcomes: ['200', '304', '403', '404', '480', '484', '486', '503', '603', '603-S'],
  activityTypes: [],
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const userId = reader.text('userId', { max: 20 });
    if (!/^\d*$/.test(userId)) reader.complain('userId', 'This must be the number of a user of Bitrix24.');
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm: crmOf(userId) };
  },
};

/** @param userId  whose calls are that no agent is mapped to; empty: whoever connected */
function crmOf(userId: string): Crm {
  return {
    settings: { userId },
    probe,
    findContacts: peopleWith,
    createContact: addContact,
    findLog: (entry, contact, io) => finished(entry, contact, io),
    logCall: async (entry, contact, io) => {
      const user = entry.ownerId ?? (userId === '' ? await whoAmI(io) : userId);
      const json = registration(entry, contact, user);
      const begun = await ask('telephony.externalCall.register', json, io, { makes: true });
      const callId = idIn(begun, 'result', 'CALL_ID');
      if (callId === null) throw unreadable('id of the call');
      const call = ending(entry, callId, user);
      const ended = await ask('telephony.externalCall.finish', call, io, { makes: true });
      const record = recordOf(idIn(ended, 'result', 'CRM_ACTIVITY_ID'), callId);
      await unclearIfNotTold(() => tell({ record, callId }, entry, io));
      return record;
    },
    updateCallLog: async (record, { entry, before }, io) => {
      const { recordingUrl } = entry;
      if (recordingUrl !== null && recordingUrl !== before.recordingUrl) {
        const callId = record.type === 'call' ? record.id : idIn(await statistic(entry, io), 'CALL_ID');
        if (callId !== null) await attach(callId, recordingUrl, io);
      }
      if (record.type === 'call') return;
      const now = await ask('crm.activity.get', { id: Number(record.id) }, io);
      const description = mergedText(textIn(now, 'result', 'DESCRIPTION'), before.body, entry.body);
      const isOurs = textIn(now, 'result', 'SUBJECT') === before.subject;
      const fields = {
        ...(description === null ? {} : { DESCRIPTION: description, DESCRIPTION_TYPE: 1 }),
        ...(isOurs ? { SUBJECT: entry.subject } : {}),
      };
      if (Object.keys(fields).length === 0) return;
      await ask('crm.activity.update', { id: Number(record.id), fields }, io);
    },
    createTask: (task, contact, io) => addTask(task, contact, { userId, io }),
    judge,
  };
}

async function probe(io: CrmIo) {
  const me = await ask('profile', {}, io);
  const scopes = await ask('scope', {}, io);
  const has = listIn(scopes, 'result');
  const name = [textIn(me, 'result', 'NAME'), textIn(me, 'result', 'LAST_NAME')].join(' ').trim();
  return {
    account: name === '' ? null : name,
    lacks: ['telephony', 'crm']
      .filter((scope) => !has.includes(scope))
      .map((scope) => `The application lacks the scope ${scope}.`),
  };
}

/** A call that was finished stands in the statistics under our id; what was to be said of it may not have been. */
async function finished(entry: CallEntry, _contact: CrmContact | null, io: CrmIo): Promise<CrmRecord | null> {
  const row = await statistic(entry, io);
  const callId = idIn(row, 'CALL_ID');
  if (callId === null) return null;
  const record = recordOf(idIn(row, 'CRM_ACTIVITY_ID'), callId);
  await unclearIfNotTold(() => tell({ record, callId }, entry, io));
  return record;
}

async function statistic({ callId }: Pick<CallEntry, 'callId'>, io: CrmIo): Promise<unknown> {
  const json = await ask('voximplant.statistic.get', { FILTER: { EXTERNAL_CALL_ID: callId } }, io);
  return listIn(json, 'result').find((row) => textIn(row, 'EXTERNAL_CALL_ID') === callId);
}

/** Without anybody in the CRM there is no activity, only the call in the statistics. */
function recordOf(activityId: string | null, callId: string): CrmRecord {
  const has = activityId !== null && activityId !== '0';
  return has ? { id: activityId, type: 'activity' } : { id: callId, type: 'call' };
}

async function tell(
  { record, callId }: { record: CrmRecord; callId: string },
  { subject, body, recordingUrl }: CallEntry,
  io: CrmIo,
): Promise<void> {
  if (record.type === 'activity') {
    const fields = { SUBJECT: subject, DESCRIPTION: body, DESCRIPTION_TYPE: 1 };
    await ask('crm.activity.update', { id: Number(record.id), fields }, io);
  }
  if (recordingUrl !== null) await attach(callId, recordingUrl, io);
}

/** The CRM fetches it itself. A link in `finish` would do the same, but not for a recording that comes late. */
async function attach(callId: string, url: string, io: CrmIo): Promise<void> {
  const json = { CALL_ID: callId, FILENAME: 'recording.mp3', RECORD_URL: url };
  await ask('telephony.externalCall.attachRecord', json, io);
}

/** The call is there by now: whatever went wrong after that, it must be looked up before it is made again. */
async function unclearIfNotTold(tell: () => Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (fault) {
    if (!(fault instanceof CrmFault)) throw fault;
    // Nobody may change it, or it was deleted: trying again would not help.
    if (['refused', 'gone', 'duplicate', 'bad number'].includes(fault.kind)) return;
    throw new CrmFault(fault.kind, fault.reason, { ...fault.more, unclear: true });
  }
}

async function addTask(
  { subject, body, dueAt, ownerId }: TaskDraft,
  contact: CrmContact | null,
  { userId, io }: { userId: string; io: CrmIo },
): Promise<CrmRecord> {
  const owner = ownerId ?? (userId === '' ? await whoAmI(io) : userId);
  const link = { CONTACT: 'C', COMPANY: 'CO', LEAD: 'L' }[contact?.type ?? ''];
  const fields = {
    TITLE: subject,
    DESCRIPTION: body,
    DEADLINE: new Date(dueAt).toISOString(),
    RESPONSIBLE_ID: Number(owner),
    ...(contact === null || link === undefined ? {} : { UF_CRM_TASK: [`${link}_${contact.id}`] }),
  };
  const json = await ask('tasks.task.add', { fields }, io, { makes: true });
  const id = idIn(json, 'result', 'task', 'id');
  if (id === null) throw unreadable('id of the task');
  return { id, type: 'task' };
}

async function whoAmI(io: CrmIo): Promise<string> {
  const id = idIn(await ask('profile', {}, io), 'result', 'ID');
  if (id === null || !/^\d+$/.test(id)) throw unreadable('id of the user');
  return id;
}

async function ask(method: string, json: unknown, io: CrmIo, more: { makes?: true } = {}): Promise<unknown> {
  const reply = await io.ask({ method: 'POST', path: `/rest/${method}`, json, ...more });
  return reply.json;
}

/** Its errors are words in a member `error`, whatever the status. */
function judge({ status, json }: CrmReply, request: CrmRequest): CrmVerdict | undefined {
  const error = textIn(json, 'error');
  const reason = textIn(json, 'error_description') || error;
  if (error === 'QUERY_LIMIT_EXCEEDED' || error === 'OPERATION_TIME_LIMIT') {
    return { kind: 'throttled', waitMs: error === 'OPERATION_TIME_LIMIT' ? 60_000 : null, reason };
  }
  if (/^(expired_token|invalid_token|NO_AUTH_FOUND|INVALID_CREDENTIALS|PAYMENT_REQUIRED)$/i.test(error)) {
    return { kind: 'unauthorised', reason };
  }
  if (/^(insufficient_scope|ACCESS_DENIED|ERROR_METHOD_NOT_FOUND)$/i.test(error)) {
    return { kind: 'refused', reason };
  }
  if (/NOT_FOUND|not found/i.test(`${error} ${reason}`) && error !== '' && isOfRecord(request, reason)) {
    return { kind: 'gone', reason };
  }
  if (error !== '' && status < 500) return { kind: 'refused', reason };
  return undefined;
}

/** Whether it is the record or the contact that is missing, and not a user, a line or the call that was to be ended. */
function isOfRecord({ path, json, makes }: CrmRequest, reason: string): boolean {
  if (path.endsWith('externalCall.register')) {
    return memberOf(json, 'CRM_ENTITY_ID') !== undefined && !/user|line/i.test(reason);
  }
  return makes !== true;
}
