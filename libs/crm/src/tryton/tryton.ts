/**
 * Tryton 8.0 and later, by its REST API (docs.tryton.org, trytond, "REST API"): records by model, conditions as JSON in base64.
 * Tryton has no records of calls: a call is a note on its party.
 */
import { SettingsReader, numberVariants, significantDigits } from '#domain';
import type {
  CallEntry,
  Connector,
  Crm,
  CrmContact,
  CrmContactDraft,
  CrmRecord,
  FoundCrmContact,
  PreparedCrm,
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
import { fields, trytonRequest, type TrytonAsk } from './tryton-request.js';
import { trytonTime } from './tryton-time.js';

const MOST_FOUND = 20;
const PARTY = 'party.party';
const NOTE = 'ir.note';
/** A number that Tryton took for none is kept as `other`. */
const KINDS = ['phone', 'mobile', 'other'];

export const tryton: Connector = {
  name: 'tryton',
  title: 'Tryton',
  about:
    'Calls become notes of the connected user on the party that has the number. For Tryton 8.0 and later.',
  credentials: [
    {
      kind: 'bearer',
      how: 'The key of a user application for the REST API (a user of Tryton, Preferences, Applications).',
    },
  ],
  settings: [
    {
      name: 'database',
      kind: 'text',
      about: 'The database’s name, the first part of the client’s address.',
      required: true,
    },
    {
      name: 'unknownParty',
      kind: 'text',
      about: 'Id of the party that gets calls of nobody; empty: these are not logged.',
    },
    {
      name: 'webClient',
      kind: 'url',
      about: 'Where your people open Tryton’s web client: parties get links to it.',
    },
  ],
  update: 'patch',
  key: 'none',
  limits: { subject: 200, body: 30_000 },
  lagSeconds: 0,
  outcomes: [],
  activityTypes: [],
  prepare: (given): PreparedCrm => {
    const reader = new SettingsReader(given);
    const settings = {
      database: reader.text('database', { max: 100 }),
      unknownParty: reader.text('unknownParty', { max: 20 }),
      webClient: reader.url('webClient') ?? '',
    };
    if (!/^[\w-]+$/.test(settings.database)) {
      reader.complain(
        'database',
        "This is needed: the database's name, the first part of the client's address.",
      );
    }
    if (!/^\d*$/.test(settings.unknownParty)) reader.complain('unknownParty', "This must be a party's id.");
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm: crmOf(settings) };
  },
};

interface TrytonSettings {
  database: string;
  /** On whom calls are noted of people whom nobody knows: Tryton's notes are on something. Empty: they are refused. */
  unknownParty: string;
  /** Where its web client is; empty: contacts have no page. */
  webClient: string;
}

/** Asks Tryton's database. */
type Ask = (ask: TrytonAsk, io: CrmIo) => Promise<CrmReply>;

function crmOf(settings: TrytonSettings): Crm {
  const ask: Ask = (what, io) => io.ask(trytonRequest(settings.database, what));
  const pageOf = (id: string) =>
    settings.webClient === ''
      ? null
      : `${settings.webClient.replace(/\/+$/, '')}/#${settings.database}/model/${PARTY}/${id}`;
  return {
    settings: { ...settings },
    probe: async (io) => {
      const { json } = await ask({ model: 'res.user/get_preferences', json: { context_only: false } }, io);
      await ask({ model: NOTE, query: { s: 1 } }, io);
      const lacks = settings.unknownParty === '' ? [NO_PARTY] : [];
      return { account: idIn(json, 'name') ?? idIn(json, 'login'), lacks };
    },
    findContacts: async (e164, io) => {
      const found = await findContacts(e164, ask, io);
      return found.map((contact) => ({ ...contact, url: pageOf(contact.id) }));
    },
    createContact: async (draft, io) => {
      const contact = await createContact(draft, ask, io);
      return { ...contact, url: pageOf(contact.id) };
    },
    findLog: async ({ marker }, _contact, io) => {
      const { json } = await ask(notesWith(marker), io);
      const id = idIn(json, 0, 'id');
      return id === null ? null : { id, type: NOTE };
    },
    logCall: (entry, contact, io) =>
      addNote(textOf(entry), contact?.id ?? settings.unknownParty, (what) => ask(what, io)),
    updateCallLog: (record, change, io) =>
      updateNote(record, change, { ask: (what) => ask(what, io), unknownParty: settings.unknownParty }),
    judge,
  };
}

const NO_PARTY =
  'Without `unknownParty`, calls of people whom nobody knows cannot be noted: notes of Tryton are on a party.';

function textOf({ subject, body }: Pick<CallEntry, 'subject' | 'body'>): string {
  return `${subject}\n${body}`;
}

function notesWith(marker: string): TrytonAsk {
  const where = [['message', 'like', `%${marker}%`]];
  return { model: NOTE, query: { ...fields('message'), s: MOST_FOUND }, where, order: [['id', 'ASC']] };
}

async function addNote(
  message: string,
  party: string,
  ask: (what: TrytonAsk) => Promise<CrmReply>,
): Promise<CrmRecord> {
  if (party === '') {
    throw new CrmFault('refused', NO_PARTY, {
      unclear: false,
      outcome: { class: 'refused', note: NO_PARTY },
    });
  }
  const json = { resource: `${PARTY},${party}`, message };
  const reply = await ask({ model: NOTE, json, makes: true });
  const id = idIn(reply.json, 'id');
  if (id === null) throw unreadable('id of the note');
  return { id, type: NOTE };
}

/** From 8.2 on notes stay as they were written: what is new then goes into a second one. */
async function updateNote(
  { id }: CrmRecord,
  { entry, before, contact }: Parameters<NonNullable<Crm['updateCallLog']>>[1],
  { ask, unknownParty }: { ask: (what: TrytonAsk) => Promise<CrmReply>; unknownParty: string },
): Promise<void> {
  const note = await ask({ model: NOTE, id, query: fields('message') });
  const message = mergedText(textIn(note.json, 'message'), textOf(before), textOf(entry));
  if (message === null) return;
  try {
    await ask({ model: NOTE, id, json: { message } });
  } catch (fault) {
    if (!(fault instanceof CrmFault && fault.kind === 'refused')) throw fault;
    const news = newsOf(textOf(entry), textOf(before), entry.marker);
    const { json } = await ask(notesWith(entry.marker));
    if (listIn(json).some((one) => textIn(one, 'message') === news)) return;
    await addNote(news, contact?.id ?? unknownParty, ask);
  }
}

/** The lines that were not there, and the marker. */
function newsOf(text: string, before: string, marker: string): string {
  const known = new Set(before.split('\n'));
  return [...text.split('\n').filter((line) => !known.has(line)), marker].join('\n');
}

async function findContacts(e164: string, ask: Ask, io: CrmIo): Promise<FoundCrmContact[]> {
  // Compact values are E.164, but where they were typed without a country that Tryton could know.
  const ends = numberVariants(e164).map((one) => ['value_compact', 'like', `%${significantDigits(one)}`]);
  const parts = [
    'rec_name',
    'create_date',
    'write_date',
    'contact_mechanisms.type',
    'contact_mechanisms.value',
  ];
  const reply = await ask(
    {
      model: 'party.contact_mechanism',
      query: { ...fields('value', ...parts.map((one) => `party.${one}`)), s: MOST_FOUND },
      where: [
        ['type', 'in', KINDS],
        ['party.active', '=', true],
        ['OR', ...ends],
      ],
    },
    io,
  );
  return listIn(reply.json).flatMap((one) => {
    const party = memberOf(one, 'party');
    const id = idIn(party, 'id');
    return id === null ? [] : [{ ...contactOf(id, party), phones: phonesOf(one, party) }];
  });
}

function contactOf(id: string, party: unknown) {
  return {
    id,
    type: PARTY,
    name: textIn(party, 'rec_name'),
    url: null,
    ownerId: null,
    company: null,
    createdAt: trytonTime(memberOf(party, 'create_date')),
    updatedAt: trytonTime(memberOf(party, 'write_date')),
  };
}

function phonesOf(mechanism: unknown, party: unknown): string[] {
  const others = listIn(party, 'contact_mechanisms').filter((one) => KINDS.includes(textIn(one, 'type')));
  return [mechanism, ...others].map((one) => textIn(one, 'value'));
}

async function createContact(
  { name, e164, withoutNumber, ownerId }: CrmContactDraft,
  ask: Ask,
  io: CrmIo,
): Promise<CrmContact> {
  const mechanism = { type: withoutNumber ? 'other' : 'phone', value: e164 };
  const json = { name, contact_mechanisms: [['create', [mechanism]]] };
  const reply = await ask({ model: PARTY, json, makes: true }, io);
  const id = idIn(reply.json, 'id');
  if (id === null) throw unreadable('id of the party');
  return { id, type: PARTY, name, url: null, ownerId };
}

/** Whatever it does not take is 400 with a sentence; of a party that is not there it says that the note's resource is missing. */
function judge({ status, json, body }: CrmReply, { makes }: CrmRequest): CrmVerdict | undefined {
  if (status === 404 && json === undefined && makes !== true) {
    return { kind: 'gone', reason: 'there is no such record, or no such database' };
  }
  if (status !== 400) return undefined;
  const message = textIn(json, 'message');
  const page = /<p>([^<]{1,200})<\/p>/.exec(body)?.[1] ?? 'it did not understand the request';
  const reason = message === '' ? page : message;
  if (/phone number .* is not valid/i.test(message)) return { kind: 'bad number', reason };
  if (/field "?resource"? /i.test(message)) return { kind: 'gone', reason };
  return { kind: 'refused', reason };
}
