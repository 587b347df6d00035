/** Zoho CRM (zoho.com/crm/developer: "API v8", records of Calls, Contacts, Leads and Tasks; search). */
import { SettingsReader } from '#domain';
import type {
  CallEntry,
  Connector,
  Crm,
  CrmContact,
  CrmContactDraft,
  CrmRecord,
  TaskDraft,
  WrittenEntry,
} from '../connector.js';
import { changedFields } from '../policy/changed-fields.js';
import { mergedText } from '../policy/merged-text.js';
import { unreadable, type CrmIo, type CrmRequest } from '../talk/crm-io.js';
import { dateIn } from '../talk/date-in.js';
import { idIn, textIn } from '../talk/members.js';
import { fieldsOf, fixedOf, linkTo, ownerOf } from './call-fields.js';
import { findLoggedCall } from './find-logged-call.js';
import { findInZoho, type PageOf } from './find-in-zoho.js';
import { judgeZoho } from './judge-zoho.js';
import { probeZoho } from './probe-zoho.js';
import { MODULES, readZohoSettings, type ZohoSettings } from './zoho-settings.js';

const CALLS = '/crm/v8/Calls';

export const zoho: Connector = {
  name: 'zoho',
  title: 'Zoho CRM',
  about: 'Calls become calls of Zoho CRM, on the contact or lead that has the number.',
  credentials: [
    {
      kind: 'oauth2',
      how: 'A client of your data centre’s API console, with the scopes ZohoCRM.modules.ALL, ZohoCRM.users.READ and ZohoCRM.settings.fields.READ; the URL is the api_domain, such as https://www.zohoapis.eu.',
    },
  ],
  // That of the United States; other data centres have others.
  signIn: {
    authoriseUrl: 'https://accounts.zoho.com/oauth/v2/auth',
    tokenUrl: 'https://accounts.zoho.com/oauth/v2/token',
    scope: 'ZohoCRM.modules.ALL,ZohoCRM.users.READ,ZohoCRM.settings.fields.READ',
    sendAs: 'body',
    authoriseParameters: { access_type: 'offline', prompt: 'consent' },
    pkce: false,
    baseUrlFrom: 'api_domain',
  },
  tokenHeader: { name: 'authorization', prefix: 'Zoho-oauthtoken ' },
  settings: [
    {
      name: 'callIdField',
      kind: 'text',
      about:
        'API name of a unique field of calls that keeps our id, such as Switchhook_Call_Id; empty: it stands in the text alone.',
    },
    {
      name: 'newContacts',
      kind: 'choice',
      about: 'What becomes of somebody whom nobody knows.',
      values: MODULES,
      byDefault: 'Contacts',
    },
    { name: 'pagesUrl', kind: 'url', about: 'Where your people open Zoho CRM: contacts get links to it.' },
    { name: 'timeZone', kind: 'zone', about: 'Whose times and days they are there.', byDefault: 'UTC' },
  ],
  update: 'patch',
  key: 'upsert',
  limits: { subject: 250, body: 32_000 },
  lagSeconds: 120,
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const settings = readZohoSettings(reader);
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm: crmOf(settings) };
  },
};

function crmOf(settings: ZohoSettings): Crm {
  const { callIdField, newContacts, pagesUrl, timeZone } = settings;
  const pageOf: PageOf = ({ type, id }) => (pagesUrl === '' ? null : `${pagesUrl}/tab/${type}/${id}`);
  return {
    settings: { ...settings },
    probe: (io) => probeZoho(settings, io),
    findContacts: (e164, io) => findInZoho(e164, pageOf, io),
    createContact: async (draft, io) => {
      const { name, ownerId } = draft;
      const path = `/crm/v8/${newContacts}`;
      const id = await write({ method: 'POST', path, makes: true }, personOf(draft, newContacts), io);
      return { id, type: newContacts, name, url: pageOf({ type: newContacts, id }), ownerId };
    },
    findLog: (entry, _contact, io) => findLoggedCall(entry, io),
    logCall: async (entry, contact, io) => {
      const record = {
        ...fixedOf(entry),
        ...fieldsOf(entry),
        Description: entry.body,
        ...linkTo(contact),
      };
      if (callIdField === '') {
        return { id: await write({ method: 'POST', path: CALLS, makes: true }, record, io), type: 'Calls' };
      }
      const request = { method: 'POST', path: `${CALLS}/upsert`, makes: true } as const;
      const more = { duplicate_check_fields: [callIdField] };
      return {
        id: await write(request, { ...record, [callIdField]: entry.callId }, io, more),
        type: 'Calls',
      };
    },
    updateCallLog,
    linkLog: async ({ id }, contact, io) => {
      // What a contact or a lead had before is emptied.
      const record = { Who_Id: null, What_Id: null, ...linkTo(contact) };
      await write({ method: 'PUT', path: `${CALLS}/${encodeURIComponent(id)}` }, record, io);
    },
    createTask: (task, contact, io) => createTask(task, contact, { timeZone, io }),
    judge: judgeZoho,
  };
}

/** One record; the tenant's workflows are not set off by it. @returns its id */
async function write(
  request: Pick<CrmRequest, 'method' | 'path' | 'makes'>,
  record: Record<string, unknown>,
  io: CrmIo,
  more: Record<string, unknown> = {},
): Promise<string> {
  const { json } = await io.ask({ ...request, json: { data: [record], ...more, trigger: [] } });
  const id = idIn(json, 'data', 0, 'details', 'id');
  if (id === null) throw unreadable('id of the record');
  return id;
}

async function updateCallLog(
  { id }: CrmRecord,
  { entry, before }: { entry: CallEntry; before: WrittenEntry },
  io: CrmIo,
): Promise<void> {
  const path = `${CALLS}/${encodeURIComponent(id)}`;
  const { json } = await io.ask({ method: 'GET', path });
  const current = (name: string) => textIn(json, 'data', 0, name);
  const text = mergedText(current('Description'), before.body, entry.body);
  const changed = {
    ...changedFields(current, fieldsOf(before), fieldsOf(entry)),
    ...(text !== null && text !== current('Description') && { Description: text }),
  };
  if (Object.keys(changed).length > 0) await write({ method: 'PUT', path }, changed, io);
}

async function createTask(
  { subject, body, dueAt, ownerId }: TaskDraft,
  contact: CrmContact | null,
  { timeZone, io }: { timeZone: string; io: CrmIo },
): Promise<CrmRecord> {
  const record = {
    Subject: subject,
    Description: body,
    Status: 'Not Started',
    Due_Date: dateIn(timeZone, dueAt),
    ...ownerOf(ownerId),
    ...linkTo(contact),
  };
  const id = await write({ method: 'POST', path: '/crm/v8/Tasks', makes: true }, record, io);
  return { id, type: 'Tasks' };
}

function personOf(
  { name, e164, withoutNumber, ownerId }: CrmContactDraft,
  module: ZohoSettings['newContacts'],
): Record<string, unknown> {
  return {
    Last_Name: name.slice(0, 80),
    ...(withoutNumber ? { Description: e164 } : { Phone: e164 }),
    // A lead has to be of a company.
    ...(module === 'Leads' && { Company: '-' }),
    ...ownerOf(ownerId),
  };
}
