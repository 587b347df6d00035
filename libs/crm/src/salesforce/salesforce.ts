/** Salesforce (developer.salesforce.com: "REST API", sObject Task, "SOQL and SOSL Reference", "Status codes and error responses"). */
import { SettingsReader } from '#domain';
import type {
  CallEntry,
  Connector,
  Crm,
  CrmContact,
  CrmContactDraft,
  TaskDraft,
  WrittenEntry,
} from '../connector.js';
import { changedFields } from '../policy/changed-fields.js';
import { mergedText } from '../policy/merged-text.js';
import { unreadable, type CrmIo } from '../talk/crm-io.js';
import { dateIn } from '../talk/date-in.js';
import { idIn, textIn } from '../talk/members.js';
import { findInSalesforce } from './find-in-salesforce.js';
import { judgeSalesforce } from './judge-salesforce.js';
import { probeSalesforce } from './probe-salesforce.js';
import { inSoql } from './query-text.js';
import { NEW_CONTACTS, readSalesforceSettings, type SalesforceSettings } from './salesforce-settings.js';
import { fieldsOf, fixedOf } from './task-fields.js';

export const salesforce: Connector = {
  name: 'salesforce',
  title: 'Salesforce',
  about: 'Calls become completed tasks of the kind call, on the contact or lead that has the number.',
  credentials: [
    {
      kind: 'oauth2',
      how: 'A connected app with the scopes api and refresh_token; the URL is your instance_url.',
    },
  ],
  signIn: {
    authoriseUrl: 'https://login.salesforce.com/services/oauth2/authorize',
    tokenUrl: 'https://login.salesforce.com/services/oauth2/token',
    scope: 'api refresh_token',
    sendAs: 'body',
    authoriseParameters: {},
    pkce: true,
    baseUrlFrom: 'instance_url',
  },
  settings: [
    {
      name: 'callIdField',
      kind: 'text',
      about:
        'API name of the field of tasks that keeps our id of a call; best one of your own, external and unique, such as Switchhook_Call_Id__c.',
      byDefault: 'CallObject',
    },
    {
      name: 'newContacts',
      kind: 'choice',
      about: 'What becomes of somebody whom nobody knows.',
      values: NEW_CONTACTS,
      byDefault: 'Contact',
    },
    { name: 'pagesUrl', kind: 'url', about: 'Where your people open Salesforce: contacts get links to it.' },
    { name: 'timeZone', kind: 'zone', about: 'Whose days tasks are due on.', byDefault: 'UTC' },
    { name: 'apiVersion', kind: 'count', about: 'Version of Salesforce’s API.', byDefault: 61 },
  ],
  update: 'patch',
  key: 'external id',
  limits: { subject: 255, body: 32_000 },
  // Its search lags, and what we made is found by a query, which does not.
  lagSeconds: 0,
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const settings = readSalesforceSettings(reader);
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm: crmOf(settings) };
  },
};

function crmOf(settings: SalesforceSettings): Crm {
  const { apiVersion, callIdField, newContacts, timeZone } = settings;
  const data = `/services/data/v${apiVersion}.0`;
  const pageOf = ({ type, id }: { type: string; id: string }) =>
    settings.pagesUrl === '' ? null : `${settings.pagesUrl}/lightning/r/${type}/${id}/view`;
  const create = async (object: string, json: Record<string, unknown>, io: CrmIo): Promise<string> => {
    const reply = await io.ask({ method: 'POST', path: `${data}/sobjects/${object}`, json, makes: true });
    const id = idIn(reply.json, 'id');
    if (id === null) throw unreadable(`id of the ${object}`);
    return id;
  };
  return {
    settings: { ...settings },
    probe: (io) => probeSalesforce(settings, data, io),
    findContacts: async (e164, io) => {
      const found = await findInSalesforce(e164, { data, newContacts }, io);
      return found.map((one) => ({ ...one, url: pageOf(one) }));
    },
    createContact: async (draft, io) => {
      const id = await create(newContacts, personOf(draft, newContacts), io);
      const { name, ownerId } = draft;
      return { id, type: newContacts, name, url: pageOf({ type: newContacts, id }), ownerId };
    },
    findLog: async ({ callId }, _contact, io) => {
      const q = `SELECT Id FROM Task WHERE ${callIdField} = '${inSoql(callId)}' LIMIT 2`;
      const { json } = await io.ask({ method: 'GET', path: `${data}/query/`, query: { q } });
      const id = idIn(json, 'records', 0, 'Id');
      return id === null ? null : { id, type: 'Task' };
    },
    logCall: async (entry, contact, io) => {
      const fields = { ...fixedOf(entry, timeZone), ...fieldsOf(entry), Description: entry.body };
      const json = { ...fields, [callIdField]: entry.callId, ...linkTo(contact) };
      return { id: await create('Task', json, io), type: 'Task' };
    },
    updateCallLog: (record, change, io) =>
      updateTask(`${data}/sobjects/Task/${encodeURIComponent(record.id)}`, change, io),
    linkLog: async ({ id }, contact, io) => {
      const path = `${data}/sobjects/Task/${encodeURIComponent(id)}`;
      await io.ask({ method: 'PATCH', path, json: { WhoId: contact?.id ?? null } });
    },
    createTask: async (task, contact, io) => {
      const json = { ...toDoOf(task, timeZone), ...linkTo(contact) };
      return { id: await create('Task', json, io), type: 'Task' };
    },
    judge: judgeSalesforce,
  };
}

function personOf(draft: CrmContactDraft, kind: SalesforceSettings['newContacts']) {
  const { name, e164, withoutNumber, ownerId } = draft;
  return {
    LastName: name.slice(0, 80),
    ...(withoutNumber ? { Description: e164 } : { Phone: e164 }),
    // A lead has to be of a company; this is what Salesforce itself writes where nobody knows it.
    ...(kind === 'Lead' && { Company: '[not provided]' }),
    ...(ownerId !== null && { OwnerId: ownerId }),
  };
}

function linkTo(contact: CrmContact | null) {
  return contact === null ? {} : { WhoId: contact.id };
}

async function updateTask(
  path: string,
  { entry, before }: { entry: CallEntry; before: WrittenEntry },
  io: CrmIo,
) {
  const [was, next] = [fieldsOf(before), fieldsOf(entry)];
  const names = ['Description', ...Object.keys({ ...was, ...next })];
  const { json } = await io.ask({ method: 'GET', path, query: { fields: names.join(',') } });
  const description = textIn(json, 'Description');
  const text = mergedText(description, before.body, entry.body);
  const changed = {
    ...changedFields((name) => textIn(json, name), was, next),
    ...(text !== null && text !== description && { Description: text }),
  };
  if (Object.keys(changed).length > 0) await io.ask({ method: 'PATCH', path, json: changed });
}

function toDoOf({ subject, body, dueAt, ownerId }: TaskDraft, timeZone: string) {
  return {
    Subject: subject,
    Description: body,
    Status: 'Not Started',
    ActivityDate: dateIn(timeZone, dueAt),
    ...(ownerId !== null && { OwnerId: ownerId }),
  };
}
