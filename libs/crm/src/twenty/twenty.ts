/** Twenty (docs.twenty.com, "APIs": REST; each workspace describes its own at /open-api/core). */
import { SettingsReader } from '#domain';
import type { CallEntry, Connector, Crm, CrmContact, CrmRecord, Probe, WrittenEntry } from '../connector.js';
import { replacedText } from '../policy/merged-text.js';
import { newLines } from '../policy/new-lines.js';
import { CrmFault, type CrmIo } from '../talk/crm-io.js';
import { idIn, listIn, textIn } from '../talk/members.js';
import { asMarkdown, wordsOf } from './as-markdown.js';
import { judgeTwenty } from './judge-twenty.js';
import { ensureLinked, linkAlone, makeOn } from './linked-record.js';
import { addPerson, peopleWith } from './twenty-people.js';

const MOST_NOTES = 5;

export const twenty: Connector = {
  name: 'twenty',
  title: 'Twenty',
  about: 'Calls become notes of Twenty, made by the key that is connected, on the person who has the number.',
  credentials: [
    {
      kind: 'bearer',
      how: 'An API key (Settings, APIs & Webhooks) whose role may read and write people, notes and tasks.',
    },
  ],
  settings: [
    {
      name: 'page',
      kind: 'url',
      about: 'Where your people open Twenty, such as https://acme.twenty.com: people get links to it.',
    },
  ],
  update: 'patch',
  key: 'none',
  limits: { subject: 250, body: 20_000 },
  lagSeconds: 0,
  allows: { requests: 100, seconds: 60 },
  rate: { perSecond: 0.25, burst: 5 },
  ringTime: {
    rate: { perSecond: 0.5, burst: 20 },
    advice:
      'Twenty takes a hundred requests a minute, those for calls that are logged among them: it is asked thirty times a minute.',
  },
  outcomes: [],
  activityTypes: [],
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const page = reader.url('page')?.replace(/\/+$/, '') ?? '';
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm: crmOf(page) };
  },
};

/** @param page  where people open it, such as `https://acme.twenty.com`; empty: not told */
function crmOf(page: string): Crm {
  const paged = <T extends CrmContact>(person: T): T => ({
    ...person,
    url: page === '' ? null : `${page}/object/person/${person.id}`,
  });
  return {
    settings: { page },
    probe,
    findContacts: async (e164, io) => (await peopleWith(e164, io)).map((person) => paged(person)),
    createContact: async (draft, io) => paged(await addPerson(draft, io)),
    findLog,
    logCall: async (entry, contact, io) => {
      const json = { title: entry.subject, bodyV2: { markdown: asMarkdown(entry.body) } };
      return { id: await makeOn(contact, { kind: 'note', json }, io), type: 'note' };
    },
    updateCallLog: ({ id }, change, io) => updateNote(`/rest/notes/${encodeURIComponent(id)}`, change, io),
    linkLog: ({ id }, contact, io) => linkAlone({ kind: 'note', id }, contact, io),
    createTask: async ({ subject, body, dueAt, ownerId }, contact, io) => {
      const json = {
        title: subject,
        bodyV2: { markdown: asMarkdown(body) },
        dueAt: new Date(dueAt).toISOString(),
        status: 'TODO',
        ...(ownerId !== null && { assigneeId: ownerId }),
      };
      return { id: await makeOn(contact, { kind: 'task', json }, io), type: 'task' };
    },
    judge: judgeTwenty,
  };
}

/** An API key is nobody: Twenty does not say whose it is. */
async function probe(io: CrmIo): Promise<Probe> {
  const lacks: string[] = [];
  for (const kind of ['people', 'notes', 'noteTargets', 'tasks', 'taskTargets']) {
    try {
      await io.ask({ method: 'GET', path: `/rest/${kind}`, query: { limit: 1, depth: 0 } });
    } catch (fault) {
      if (!(fault instanceof CrmFault) || (fault.kind !== 'refused' && fault.kind !== 'gone')) throw fault;
      lacks.push(`The API key may not read ${kind}. ${fault.reason}`);
    }
  }
  return { account: null, lacks };
}

/**
 * Brackets in a filter are part of its grammar, so that only what is inside the marker's is looked for. A note that is on nobody
 * yet is put on whose it is.
 */
async function findLog(
  { marker }: CallEntry,
  contact: CrmContact | null,
  io: CrmIo,
): Promise<CrmRecord | null> {
  const filter = `bodyV2.markdown[like]:"%${marker.slice(1, -1)}%"`;
  const { json } = await io.ask({
    method: 'GET',
    path: '/rest/notes',
    query: { filter, limit: MOST_NOTES, depth: 0 },
  });
  const ours = listIn(json, 'data', 'notes').find((note) => textOf(note).includes(marker));
  const id = idIn(ours, 'id');
  if (id === null) return null;
  if (contact !== null) await ensureLinked('note', id, contact, io);
  return { id, type: 'note' };
}

async function updateNote(
  path: string,
  { entry, before }: { entry: CallEntry; before: WrittenEntry },
  io: CrmIo,
): Promise<void> {
  const { json } = await io.ask({ method: 'GET', path, query: { depth: 0 } });
  const note = ['data', 'note'] as const;
  const markdown = textIn(json, ...note, 'bodyV2', 'markdown');
  const next = changed(markdown, before.body, entry.body);
  const isTitleOurs = textIn(json, ...note, 'title') === before.subject && before.subject !== entry.subject;
  if (next === markdown && !isTitleOurs) return;
  await io.ask({
    method: 'PATCH',
    path,
    json: {
      ...(next !== markdown && { bodyV2: { markdown: next } }),
      ...(isTitleOurs && { title: entry.subject }),
    },
  });
}

/** Its editor writes the whole text anew when an agent changes a word: what is new is put at the end then. */
function changed(markdown: string, before: string, next: string): string {
  const merged = replacedText(markdown, asMarkdown(before), asMarkdown(next));
  if (merged !== null) return merged;
  const news = newLines(before, next);
  if (news === null || wordsOf(markdown).includes(wordsOf(asMarkdown(news)))) return markdown;
  return `${markdown}\n\n${asMarkdown(news)}`;
}

function textOf(note: unknown): string {
  return wordsOf(textIn(note, 'bodyV2', 'markdown'));
}
