/** Twenty (twenty.com/developers, "REST API", and the description that each server gives of itself at /open-api/core). */
import { SettingsReader, countryOfNumber, numberVariants, significantDigits } from '#domain';
import type {
  CallEntry,
  Connector,
  Crm,
  CrmContact,
  CrmContactDraft,
  FoundCrmContact,
} from '../connector.js';
import { mergedText } from '../policy/merged-text.js';
import { newLines } from '../policy/new-lines.js';
import { CrmFault, unreadable, type CrmIo, type CrmReply, type CrmVerdict } from '../talk/crm-io.js';
import { idIn, listIn, memberOf, textIn, timeIn } from '../talk/members.js';
import { asMarkdown } from './as-markdown.js';

const MOST_FOUND = 20;
/** What a link to a person is called: it changed between versions. */
const LINKS = ['personId', 'targetPersonId'] as const;

export const twenty: Connector = {
  name: 'twenty',
  title: 'Twenty',
  about: 'Calls become notes of Twenty, linked to the person who has the number.',
  credentials: [{ kind: 'bearer', how: 'An API key (Settings, APIs & Webhooks).' }],
  update: 'patch',
  key: 'none',
  limits: { subject: 250, body: 30_000 },
  lagSeconds: 0,
  rate: { perSecond: 1.5, burst: 20 },
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const page = (reader.url('page') ?? '').replace(/\/+$/, '');
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm: crmOf(page) };
  },
};

/** @param page  where people open it; empty: not known */
function crmOf(page: string): Crm {
  const urlOf = (id: string) => (page === '' ? null : `${page}/object/person/${id}`);
  return {
    settings: { page },
    probe: async (io) => {
      await io.ask({ method: 'GET', path: '/rest/people', query: { limit: 1 } });
      await io.ask({ method: 'GET', path: '/rest/notes', query: { limit: 1 } });
      return { account: null, lacks: [] };
    },
    findContacts: async (e164, io) => {
      const found = await peopleWith(e164, io);
      return found.map((person) => ({ ...person, url: urlOf(person.id) }));
    },
    createContact: async (draft, io) => {
      const made = await addPerson(draft, io);
      return { ...made, url: urlOf(made.id) };
    },
    findLog: async (entry, contact, io) => {
      const id = await noteOf(entry, io);
      if (id === null) return null;
      if (contact !== null && !(await isLinked(id, io))) await link(id, contact, io);
      return { id, type: 'note' };
    },
    logCall: async (entry, contact, io) => {
      // A link to whom it has no more would fail when the note is there already.
      if (contact !== null) await io.ask({ method: 'GET', path: `/rest/people/${contact.id}` });
      const json = { title: entry.subject, bodyV2: { markdown: asMarkdown(entry.body) } };
      const reply = await io.ask({ method: 'POST', path: '/rest/notes', json, makes: true });
      const id = idIn(reply.json, 'data', 'createNote', 'id');
      if (id === null) throw unreadable('id of the note');
      if (contact !== null) await link(id, contact, io);
      return { id, type: 'note' };
    },
    updateCallLog: async ({ id }, { entry, before }, io) => {
      const path = `/rest/notes/${encodeURIComponent(id)}`;
      const { json } = await io.ask({ method: 'GET', path });
      const now = textIn(json, 'data', 'note', 'bodyV2', 'markdown');
      const markdown = bodyOf(now, before.body, entry.body);
      const changes = {
        ...(markdown === null ? {} : { bodyV2: { markdown } }),
        ...(textIn(json, 'data', 'note', 'title') === before.subject ? { title: entry.subject } : {}),
      };
      if (Object.keys(changes).length === 0) return;
      await io.ask({ method: 'PATCH', path, json: changes });
    },
    judge,
  };
}

/** After somebody edited the note, Twenty writes its Markdown in a way of its own: what is new goes to the end. */
function bodyOf(now: string, before: string, next: string): string | null {
  const merged = mergedText(now, asMarkdown(before), asMarkdown(next));
  if (merged !== null) return merged;
  const news = newLines(before, next);
  if (news === null || now.includes(asMarkdown(news))) return null;
  return `${now}\n\n${asMarkdown(news)}`;
}

async function peopleWith(e164: string, io: CrmIo): Promise<FoundCrmContact[]> {
  const wanted = [...new Set(numberVariants(e164).map(significantDigits))];
  const terms = wanted.map((digits) => `phones.primaryPhoneNumber[endsWith]:"${digits}"`);
  const filter = terms.length === 1 ? terms.join('') : `or(${terms.join(',')})`;
  const query = { filter, limit: MOST_FOUND };
  const { json } = await io.ask({ method: 'GET', path: '/rest/people', query });
  return listIn(json, 'data', 'people').flatMap((one) => {
    const id = idIn(one, 'id');
    if (id === null) return [];
    const name = [textIn(one, 'name', 'firstName'), textIn(one, 'name', 'lastName')].join(' ').trim();
    return [
      {
        id,
        type: 'person',
        name,
        url: null,
        ownerId: null,
        company: idIn(one, 'company', 'name'),
        phones: phonesOf(memberOf(one, 'phones')),
        createdAt: timeIn(one, 'createdAt'),
        updatedAt: timeIn(one, 'updatedAt'),
      },
    ];
  });
}

/** Its numbers are in two parts; of some the first is missing. */
function phonesOf(phones: unknown): string[] {
  const primary = textIn(phones, 'primaryPhoneCallingCode') + textIn(phones, 'primaryPhoneNumber');
  const others = listIn(phones, 'additionalPhones').map(
    (one) => textIn(one, 'callingCode') + textIn(one, 'number'),
  );
  return [primary, ...others].filter((phone) => phone !== '');
}

async function addPerson({ name, e164, withoutNumber }: CrmContactDraft, io: CrmIo): Promise<CrmContact> {
  const digits = significantDigits(e164);
  const country = countryOfNumber(e164);
  const phones = {
    primaryPhoneNumber: digits,
    primaryPhoneCallingCode: e164.slice(0, -digits.length),
    ...(country === null ? {} : { primaryPhoneCountryCode: country }),
  };
  const json = {
    // It has no field for remarks: a number that it does not take stands behind the name.
    name: { firstName: '', lastName: withoutNumber && !name.includes(e164) ? `${name} ${e164}` : name },
    ...(withoutNumber ? {} : { phones }),
  };
  const reply = await io.ask({ method: 'POST', path: '/rest/people', json, makes: true });
  const id = idIn(reply.json, 'data', 'createPerson', 'id');
  if (id === null) throw unreadable('id of the person');
  return { id, type: 'person', name, url: null, ownerId: null };
}

/** A filter that it does not understand finds everything: what it answers is looked at. */
async function noteOf({ callId, marker }: CallEntry, io: CrmIo): Promise<string | null> {
  const query = { filter: `bodyV2.markdown[like]:"%${callId}%"`, limit: MOST_FOUND };
  const { json } = await io.ask({ method: 'GET', path: '/rest/notes', query });
  const ours = listIn(json, 'data', 'notes').find((note) =>
    textIn(note, 'bodyV2', 'markdown').replaceAll('\\', '').includes(marker),
  );
  return idIn(ours, 'id');
}

async function isLinked(noteId: string, io: CrmIo): Promise<boolean> {
  const query = { filter: `noteId[eq]:"${noteId}"`, limit: 1 };
  const { json } = await io.ask({ method: 'GET', path: '/rest/noteTargets', query });
  return listIn(json, 'data', 'noteTargets').length > 0;
}

/** The note is there by now: whatever goes wrong must be looked up before it is made again. */
async function link(noteId: string, { id }: CrmContact, io: CrmIo): Promise<void> {
  let last: CrmFault | undefined;
  for (const name of LINKS) {
    try {
      const json = { noteId, [name]: id };
      await io.ask({ method: 'POST', path: '/rest/noteTargets', json, makes: true });
      return;
    } catch (fault) {
      if (!(fault instanceof CrmFault)) throw fault;
      // Deleted in the same moment: the note stays, on nobody.
      if (fault.kind === 'gone') return;
      last = new CrmFault(fault.kind, fault.reason, { ...fault.more, unclear: true });
      if (fault.kind !== 'refused') break;
    }
  }
  if (last !== undefined) throw last;
}

/** Its words are in `messages`. Numbers are checked when they are written. */
function judge({ status, json }: CrmReply): CrmVerdict | undefined {
  if (status !== 400 && status !== 404) return undefined;
  const reason = textIn(json, 'messages', 0) || textIn(json, 'message') || textIn(json, 'error');
  if (/not found/i.test(reason)) return { kind: 'gone', reason };
  if (/phone/i.test(reason)) return { kind: 'bad number', reason };
  if (/duplicate/i.test(reason)) return { kind: 'duplicate', id: null, reason };
  return status === 404 ? undefined : { kind: 'refused', reason };
}
