/** Odoo (odoo.com/documentation: External JSON-2 API, External API, mail.thread): a call is a note in the chatter of a partner. */
import { SettingsReader, numberVariants, significantDigits } from '#domain';
import type {
  Connector,
  Crm,
  CrmContact,
  CrmContactDraft,
  CrmRecord,
  FoundCrmContact,
  TaskDraft,
} from '../connector.js';
import { asHtml } from '../talk/as-html.js';
import { unreadable } from '../talk/crm-io.js';
import { dateIn } from '../talk/date-in.js';
import { idIn, listIn, memberOf, textIn } from '../talk/members.js';
import { newLines } from '../policy/new-lines.js';
import { askOdoo, ODOO_APIS, type Odoo, type OdooServer } from './ask-odoo.js';
import { judgeOdoo } from './judge-odoo.js';

const PARTNER = 'res.partner';
const MESSAGE = 'mail.message';
const MOST_FOUND = 20;
const LARGEST_ID = 2_147_483_647;

export const odoo: Connector = {
  name: 'odoo',
  title: 'Odoo',
  about:
    'Calls become notes of the connected user in the chatter of Odoo’s contacts. Before Odoo 19, the api is jsonrpc.',
  credentials: [
    {
      kind: 'bearer',
      how: 'An API key of a user (Preferences, Security). Odoo lets it live for three months at most.',
    },
  ],
  settings: [
    {
      name: 'api',
      kind: 'choice',
      about: '`json2` for Odoo 19 and later, `jsonrpc` before.',
      values: ODOO_APIS,
      byDefault: 'json2',
    },
    {
      name: 'database',
      kind: 'text',
      about: 'Name of the database; needed where there are several, and with jsonrpc.',
    },
    {
      name: 'userId',
      kind: 'count',
      about: 'Number of the user whose key it is: needed with jsonrpc.',
      byDefault: 0,
    },
    { name: 'page', kind: 'url', about: 'Where your people open Odoo: contacts get links to it.' },
    {
      name: 'strangersPartnerId',
      kind: 'count',
      about: 'Number of the contact that gets calls of nobody; 0: the connected user’s own.',
      byDefault: 0,
    },
    { name: 'timeZone', kind: 'zone', about: 'Whose days activities are due on.', byDefault: 'UTC' },
  ],
  update: 'append',
  key: 'none',
  limits: { subject: 250, body: 30_000 },
  lagSeconds: 0,
  outcomes: [],
  activityTypes: [],
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const settings = readOdooSettings(reader);
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm: crmOf(settings) };
  },
};

interface OdooSettings extends OdooServer {
  /** Where people open it; empty: not known. */
  page: string;
  /** Partner for calls with nobody, which have to stand somewhere that has a chatter; 0: the connected user's own. */
  strangersPartnerId: number;
  /** Activities are due on a day, and this is whose. */
  timeZone: string;
}

function readOdooSettings(reader: SettingsReader): OdooSettings {
  const id = (name: string) => reader.count(name, { min: 0, max: LARGEST_ID, byDefault: 0 });
  const settings = {
    api: reader.choice('api', ODOO_APIS, 'json2'),
    database: reader.text('database', { max: 100 }),
    userId: id('userId'),
    page: (reader.url('page') ?? '').replace(/\/+$/, ''),
    strangersPartnerId: id('strangersPartnerId'),
    timeZone: reader.timeZone('timeZone', 'UTC'),
  };
  if (settings.api === 'jsonrpc') {
    if (settings.database === '') reader.complain('database', 'JSON-RPC wants the name of the database.');
    if (settings.userId === 0) reader.complain('userId', 'JSON-RPC wants the number of the user.');
  }
  return settings;
}

function crmOf(settings: OdooSettings): Crm {
  const { api, database, userId, page, strangersPartnerId: strangers, timeZone } = settings;
  const of = (io: Odoo['io']): Odoo => ({ api, database, userId, io });
  const urlOf = (id: string) => (page === '' ? null : `${page}/odoo/contacts/${id}`);
  return {
    settings: { ...settings },
    probe: async (io) => {
      const { partner, account } = await whoAmI(of(io));
      return { account, lacks: partner === null ? ['The user has no contact of its own.'] : [] };
    },
    findContacts: async (e164, io) => {
      const found = await partnersWith(e164, of(io));
      return found.map((contact) => ({ ...contact, url: urlOf(contact.id) }));
    },
    createContact: async (draft, io) => {
      const made = await addPartner(draft, of(io));
      return { ...made, url: urlOf(made.id) };
    },
    findLog: async (entry, contact, io) => {
      const at = await placeOf(contact, strangers, of(io));
      const id = await messageWith([entry.marker], at, of(io));
      return id === null ? null : { id, type: MESSAGE };
    },
    logCall: async (entry, contact, io) => {
      const at = await placeOf(contact, strangers, of(io));
      const id = await post(at, { subject: entry.subject, body: entry.body }, of(io));
      return { id, type: MESSAGE };
    },
    updateCallLog: async (_record, { entry, before, contact }, io) => {
      const news = newLines(before.body, entry.body);
      if (news === null) return;
      const at = await placeOf(contact, strangers, of(io));
      // Should the answer to it have been lost, it is there already.
      const body = `${news}\n${entry.marker}`;
      if ((await messageWith(body.split('\n'), at, of(io))) !== null) return;
      await post(at, { subject: entry.subject, body }, of(io));
    },
    createTask: (task, contact, io) =>
      addActivity({ ...task, on: dateIn(timeZone, task.dueAt) }, contact, of(io)),
    judge: judgeOdoo,
  };
}

/** With a plus, the search would take the number for the beginning of an international spelling. */
async function partnersWith(e164: string, of: Odoo): Promise<FoundCrmContact[]> {
  const wanted = [...new Set(numberVariants(e164).map(significantDigits))];
  const terms = wanted.map((digits) => ['phone_mobile_search', 'ilike', digits]);
  const args = {
    domain: [...terms.slice(1).map(() => '|'), ...terms],
    fields: [...phoneFields(of), 'name', 'parent_name', 'user_id', 'create_date', 'write_date'],
    limit: MOST_FOUND,
  };
  const found = await askOdoo({ model: PARTNER, method: 'search_read', args }, of);
  return listIn(found).flatMap((one) => {
    const id = idIn(one, 'id');
    if (id === null) return [];
    return [
      {
        id,
        type: PARTNER,
        name: textIn(one, 'name'),
        url: null,
        ownerId: idIn(one, 'user_id', 0),
        company: idIn(one, 'parent_name'),
        phones: phoneFields(of)
          .map((field) => textIn(one, field))
          .filter((phone) => phone !== ''),
        createdAt: timeInOdoo(textIn(one, 'create_date')),
        updatedAt: timeInOdoo(textIn(one, 'write_date')),
      },
    ];
  });
}

/** Version 19 has done away with the second one. */
function phoneFields({ api }: Odoo): readonly string[] {
  return api === 'jsonrpc' ? ['phone', 'mobile'] : ['phone'];
}

async function addPartner(
  { name, e164, withoutNumber, ownerId }: CrmContactDraft,
  of: Odoo,
): Promise<CrmContact> {
  const vals = {
    name,
    ...(withoutNumber ? { comment: asHtml(e164) } : { phone: e164 }),
    ...userOf(ownerId),
  };
  const args = { vals_list: [vals] };
  const id = idIn(await askOdoo({ model: PARTNER, method: 'create', args, makes: true }, of), 0);
  if (id === null) throw unreadable('id of the contact');
  return { id, type: PARTNER, name, url: null, ownerId };
}

/** The partner in whose chatter a call stands. */
async function placeOf(contact: CrmContact | null, strangers: number, of: Odoo): Promise<number> {
  if (contact !== null) return Number(contact.id);
  if (strangers !== 0) return strangers;
  const { partner } = await whoAmI(of);
  if (partner === null) throw unreadable('contact of the user');
  return partner;
}

async function whoAmI(of: Odoo): Promise<{ partner: number | null; account: string | null }> {
  const context = await askOdoo({ model: 'res.users', method: 'context_get', args: {} }, of);
  const user = Number(textIn(context, 'uid'));
  const args = { fields: ['name', 'partner_id'] };
  const found = await askOdoo({ model: 'res.users', method: 'read', ids: [user], args }, of);
  const partner = memberOf(found, 0, 'partner_id', 0);
  return { partner: typeof partner === 'number' ? partner : null, account: idIn(found, 0, 'name') };
}

/** The body comes through as text, unless it is said to be HTML; a message of Odoo's is HTML. */
async function post(
  at: number,
  { subject, body }: { subject: string; body: string },
  of: Odoo,
): Promise<string> {
  const args = {
    subject,
    body: asHtml(`${subject}\n${body}`),
    body_is_html: true,
    message_type: 'comment',
    subtype_xmlid: 'mail.mt_note',
  };
  const made = await askOdoo({ model: PARTNER, method: 'message_post', ids: [at], args, makes: true }, of);
  const id = idIn(made) ?? idIn(made, 0);
  if (id === null) throw unreadable('id of the message');
  return id;
}

/** The first message with all of these lines. */
async function messageWith(lines: readonly string[], at: number, of: Odoo): Promise<string | null> {
  const domain = [
    ['model', '=', PARTNER],
    ['res_id', '=', at],
    ...lines.map((line) => ['body', 'like', literal(asStored(line))]),
  ];
  const args = { domain, fields: ['id'], limit: 1, order: 'id' };
  const found = await askOdoo({ model: MESSAGE, method: 'search_read', args }, of);
  return idIn(found, 0, 'id');
}

/** It tidies the HTML that it is given: quotation marks in text need no escaping. */
function asStored(line: string): string {
  return asHtml(line).replaceAll('&quot;', '"');
}

/** Its `like` takes these for wildcards. */
function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}

/** @param on  the day that it is due, as `YYYY-MM-DD` */
async function addActivity(
  { on, ...task }: TaskDraft & { on: string },
  contact: CrmContact | null,
  of: Odoo,
): Promise<CrmRecord> {
  const at = await placeOf(contact, 0, of);
  const args = {
    act_type_xmlid: 'mail.mail_activity_data_call',
    date_deadline: on,
    summary: task.subject,
    note: asHtml(task.body),
    ...userOf(task.ownerId),
  };
  const call = { model: PARTNER, method: 'activity_schedule', ids: [at], args, makes: true } as const;
  const made = await askOdoo(call, of);
  const id = idIn(made) ?? idIn(made, 0);
  if (id === null) throw unreadable('id of the activity');
  return { id, type: 'mail.activity' };
}

function userOf(ownerId: string | null) {
  const id = Number(ownerId);
  return ownerId === null || !Number.isInteger(id) ? {} : { user_id: id };
}

function timeInOdoo(text: string): number {
  const at = Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? 0 : at;
}
