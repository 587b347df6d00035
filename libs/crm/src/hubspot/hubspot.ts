/** HubSpot (developers.hubspot.com: "CRM API", objects calls, contacts and tasks, version 3). */
import { SettingsReader, nationalDigits, numberVariants, significantDigits } from '#domain';
import type {
  CallEntry,
  Connector,
  Crm,
  CrmContact,
  CrmContactDraft,
  CrmRecord,
  FoundCrmContact,
  TaskDraft,
  WrittenEntry,
} from '../connector.js';
import { CrmFault, unreadable, type CrmIo, type CrmRequest } from '../talk/crm-io.js';
import { idIn, listIn, textIn, timeIn } from '../talk/members.js';
import { asHtml } from '../talk/as-html.js';
import { changedFields } from '../policy/changed-fields.js';
import { mergedText } from '../policy/merged-text.js';
import { CALL_ID, makeCallIdField } from './call-id-field.js';
import { fixedOf, propertiesOf } from './call-properties.js';
import { judgeHubspot } from './judge-hubspot.js';
import { putOn } from './put-on.js';

const MOST_FOUND = 20;
/** HubSpot's own numbers of what may hang on what. */
const CALL_TO_CONTACT = 194;
const TASK_TO_CONTACT = 204;
const CONTACT_FIELDS = [
  'firstname',
  'lastname',
  'email',
  'company',
  'phone',
  'mobilephone',
  'hubspot_owner_id',
  'createdate',
  'lastmodifieddate',
];
/** What HubSpot makes of a number: the digits behind country code and leading zeros. */
const CALCULATED = ['hs_searchable_calculated_phone_number', 'hs_searchable_calculated_mobile_number'];
const TYPED = ['phone', 'mobilephone'];

export const hubspot: Connector = {
  name: 'hubspot',
  title: 'HubSpot',
  about:
    'Calls become calls on the timeline of the contact that has the number. Its test makes a field of calls, switchhook_call_id, that keeps each call single.',
  credentials: [
    { kind: 'oauth2', how: 'Your app in HubSpot, with the scopes of contacts, calls and owners.' },
    { kind: 'bearer', how: 'The access token of a private app (Settings, Integrations, Private Apps).' },
  ],
  signIn: {
    authoriseUrl: 'https://app.hubspot.com/oauth/authorize',
    tokenUrl: 'https://api.hubapi.com/oauth/v1/token',
    scope: null,
    sendAs: 'body',
    authoriseParameters: {},
    pkce: false,
    baseUrlFrom: null,
  },
  url: 'https://api.hubapi.com',
  settings: [
    {
      name: 'portalId',
      kind: 'text',
      about: 'Number of your HubSpot account: contacts get links to their pages.',
    },
  ],
  update: 'patch',
  key: 'external id',
  // A property has 65,536 characters, and one of ours may take six in HTML.
  limits: { subject: 500, body: 10_900 },
  lagSeconds: 60,
  // Of the smallest accounts; its search takes about four a second.
  allows: { requests: 100, seconds: 10 },
  rate: { perSecond: 2, burst: 2 },
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const portalId = reader.text('portalId', { max: 20 });
    if (!/^\d*$/.test(portalId)) reader.complain('portalId', 'This must be the digits of a HubSpot account.');
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm: crmOf(portalId) };
  },
};

/** @param portalId  the account's number, which stands in the addresses of pages; empty where it is not told */
function crmOf(portalId: string): Crm {
  const pageOf = (id: string) =>
    portalId === '' ? null : `https://app.hubspot.com/contacts/${portalId}/record/0-1/${id}`;
  return {
    settings: { portalId },
    probe: async (io) => {
      const { json } = await io.ask({ method: 'GET', path: '/account-info/v3/details' });
      const account = idIn(json, 'portalId');
      return { account: account && `HubSpot account ${account}`, lacks: await makeCallIdField(io) };
    },
    findContacts: (e164, io) => findContacts(e164, pageOf, io),
    createContact: (draft, io) => createContact(draft, pageOf, io),
    findLog,
    logCall,
    updateCallLog,
    linkLog: putOn,
    createTask,
    judge: judgeHubspot,
  };
}

/** By our id, which HubSpot knows at once, unlike what its search knows. */
async function findLog({ callId }: { callId: string }, _contact: CrmContact | null, io: CrmIo) {
  const path = `/crm/v3/objects/calls/${encodeURIComponent(callId)}`;
  try {
    const { json } = await io.ask({ method: 'GET', path, query: { idProperty: CALL_ID } });
    const id = idIn(json, 'id');
    if (id === null) throw unreadable('id of the call');
    return { id, type: 'call' };
  } catch (fault) {
    if (fault instanceof CrmFault && (fault.kind === 'gone' || lacksCallIdField(fault))) return null;
    throw fault;
  }
}

function lacksCallIdField(fault: unknown): boolean {
  return fault instanceof CrmFault && fault.kind === 'refused' && fault.reason.includes(CALL_ID);
}

type LogChange = { entry: CallEntry; before: WrittenEntry };

async function logCall(entry: CallEntry, contact: CrmContact | null, io: CrmIo) {
  const request: CrmRequest = {
    method: 'POST',
    path: '/crm/v3/objects/calls',
    json: {
      properties: { ...fixedOf(entry), ...propertiesOf(entry, entry), [CALL_ID]: entry.callId },
      associations: linkTo(contact, CALL_TO_CONTACT),
    },
    makes: true,
  };
  const { json } = await io.ask(request).catch(async (fault: unknown) => {
    // Nobody tested the endpoint, or somebody deleted the field.
    if (!lacksCallIdField(fault) || (await makeCallIdField(io)).length > 0) throw fault;
    return io.ask(request);
  });
  const id = idIn(json, 'id');
  if (id === null) throw unreadable('id of the call');
  return { id, type: 'call' };
}

async function updateCallLog({ id }: CrmRecord, { entry, before }: LogChange, io: CrmIo) {
  const path = `/crm/v3/objects/calls/${encodeURIComponent(id)}`;
  const [was, next] = [propertiesOf(before, entry), propertiesOf(entry, entry)];
  const { json } = await io.ask({
    method: 'GET',
    path,
    query: { properties: Object.keys({ ...was, ...next }).join(',') },
  });
  const current = (name: string) => textIn(json, 'properties', name);
  const body = mergedText(current('hs_call_body'), asHtml(before.body), asHtml(entry.body));
  const { hs_call_body: _ours, ...others } = changedFields(current, was, next);
  const properties = {
    ...others,
    ...(body !== null && body !== current('hs_call_body') && { hs_call_body: body }),
  };
  if (Object.keys(properties).length > 0) await io.ask({ method: 'PATCH', path, json: { properties } });
}

async function createTask(
  { subject, body, dueAt, ownerId }: TaskDraft,
  contact: CrmContact | null,
  io: CrmIo,
) {
  const properties = {
    hs_timestamp: new Date(dueAt).toISOString(),
    hs_task_subject: subject,
    hs_task_body: asHtml(body),
    hs_task_status: 'NOT_STARTED',
    hs_task_type: 'CALL',
    ...(ownerId !== null && { hubspot_owner_id: ownerId }),
  };
  const json = { properties, associations: linkTo(contact, TASK_TO_CONTACT) };
  const made = await io.ask({ method: 'POST', path: '/crm/v3/objects/tasks', json, makes: true });
  const id = idIn(made.json, 'id');
  if (id === null) throw unreadable('id of the task');
  return { id, type: 'task' };
}

type PageOf = (id: string) => string | null;

async function findContacts(e164: string, pageOf: PageOf, io: CrmIo): Promise<FoundCrmContact[]> {
  const forms = numberVariants(e164);
  const digits = forms.flatMap((form) => [
    significantDigits(form),
    // HubSpot takes off only the country codes that it recognises.
    nationalDigits(form),
    form.replaceAll(/\D/g, ''),
  ]);
  const { json } = await io.ask({
    method: 'POST',
    path: '/crm/v3/objects/contacts/search',
    json: {
      filterGroups: [
        ...CALCULATED.map((name) => oneOf(name, digits)),
        // As we write it ourselves.
        ...TYPED.map((name) => oneOf(name, forms)),
      ],
      properties: CONTACT_FIELDS,
      limit: MOST_FOUND,
      after: '0',
      sorts: [],
    },
  });
  return listIn(json, 'results').map((one) => {
    const of = (name: string) => textIn(one, 'properties', name);
    const id = textIn(one, 'id');
    return {
      id,
      type: 'contact',
      name: `${of('firstname')} ${of('lastname')}`.trim() || of('email'),
      url: idIn(one, 'url') ?? pageOf(id),
      ownerId: idIn(one, 'properties', 'hubspot_owner_id'),
      company: idIn(one, 'properties', 'company'),
      phones: [of('phone'), of('mobilephone')].filter((phone) => phone !== ''),
      createdAt: timeIn(one, 'createdAt'),
      updatedAt: timeIn(one, 'updatedAt'),
    };
  });
}

function oneOf(propertyName: string, values: readonly string[]) {
  return { filters: [{ propertyName, operator: 'IN', values: [...new Set(values)] }] };
}

async function createContact(draft: CrmContactDraft, pageOf: PageOf, io: CrmIo): Promise<CrmContact> {
  const { name, e164, withoutNumber, ownerId } = draft;
  const properties = {
    lastname: name,
    ...(withoutNumber ? { message: e164 } : { phone: e164 }),
    ...(ownerId !== null && { hubspot_owner_id: ownerId }),
  };
  const { json } = await io.ask({
    method: 'POST',
    path: '/crm/v3/objects/contacts',
    json: { properties, associations: [] },
    makes: true,
  });
  const id = idIn(json, 'id');
  if (id === null) throw unreadable('id of the contact');
  return { id, type: 'contact', name, url: idIn(json, 'url') ?? pageOf(id), ownerId };
}

function linkTo(contact: CrmContact | null, associationTypeId: number) {
  if (contact === null) return [];
  return [{ to: { id: contact.id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }] }];
}
