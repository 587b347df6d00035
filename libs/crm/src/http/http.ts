/** Any CRM with an HTTP API that speaks JSON: the tenant describes its requests. */
import type {
  CallEntry,
  Connector,
  Crm,
  CrmContact,
  CrmRecord,
  PreparedCrm,
  WrittenEntry,
} from '../connector.js';
import { mergedText } from '../policy/merged-text.js';
import { newLines } from '../policy/new-lines.js';
import {
  CrmFault,
  unreadable,
  type CrmIo,
  type CrmReply,
  type CrmRequest,
  type CrmVerdict,
} from '../talk/crm-io.js';
import { answerMeaning } from './answer-meaning.js';
import { callWords, draftWords, taskWords } from './call-words.js';
import { fillRequest, type Words } from './fill-request.js';
import { findContacts, pageOf } from './find-contacts.js';
import type { HttpSettings, Maker, ReadTemplate, RequestTemplate, UpdateTemplate } from './http-settings.js';
import { readHttpSettings } from './read-http-settings.js';
import { textAt, textsAt, textsBelow, valuesAt } from './values-at.js';

/** Set aside for examples in films: nobody has it. */
const NOBODYS_NUMBER = '+12015550123';
const LOGS_NOTHING = 'the settings have no `log`, so the CRM is only asked who is calling';

export const http: Connector = {
  name: 'generic',
  title: 'Any CRM with an HTTP API',
  about:
    'Requests to look up, create, log and update are described in the settings, or taken from a template.',
  credentials: [
    { kind: 'header', how: "The API's key, in the header that its documentation names." },
    { kind: 'bearer', how: "The API's token." },
    { kind: 'basic', how: 'User name and password of a user of the CRM.' },
    { kind: 'oauth2', how: "Client, secret and the token's address, as the CRM's documentation says." },
  ],
  update: 'patch',
  key: 'none',
  limits: { subject: 200, body: 10_000 },
  lagSeconds: 0,
  prepare: (given): PreparedCrm => {
    const { settings, problems } = readHttpSettings(given);
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm: crmOf(settings) };
  },
};

function crmOf(settings: HttpSettings): Crm {
  const { create, log, update, task, words } = settings;
  return {
    settings: { ...settings },
    urls: urlsIn(settings),
    ...(settings.lookups.length === 0 && {
      findsNobody: 'The settings of the endpoint have no `lookups`, so nobody is ever found.',
    }),
    probe: (io) => probe(settings, io),
    findContacts: (e164, io) => findContacts(e164, settings, io),
    findLog: (entry, contact, io) => findLog(entry, contact, { settings, io }),
    ...(log === null && { logsNothing: LOGS_NOTHING }),
    logCall: (entry, contact, io) => {
      if (log === null)
        throw new CrmFault('refused', `It is not logged: ${LOGS_NOTHING}`, { unclear: false });
      return make(log, callWords(entry, contact, words), io, entry.callId);
    },
    judge: (reply, request) => answerMeaning(reply, settings.answers) ?? ofContact(reply, request, log),
    ...(create !== null && {
      createContact: async (draft, io) => {
        const { id, type } = await make(create, draftWords(draft), io);
        const contact = { id, type, name: draft.name, url: null, ownerId: draft.ownerId };
        return { ...contact, url: pageOf(create.page, contact) };
      },
    }),
    ...(update !== null && {
      updateCallLog: (record, { entry, before, contact }, io) => {
        const tell = update.kind === 'append' ? append : change;
        return tell(update, { ...callWords(entry, contact, words), record }, { before, entry, io });
      },
    }),
    ...(task !== null && {
      createTask: (draft, contact, io) => make(task, taskWords(draft, contact, words), io),
    }),
  };
}

/** An address with the contact in it that holds nothing says that the contact is gone; another one may be misspelt. */
function ofContact({ status }: CrmReply, { makes }: CrmRequest, log: Maker | null): CrmVerdict | undefined {
  const isGone = makes === true && status === 404 && /\{\{\s*contact\./.test(log?.request.url ?? '');
  return isGone ? { kind: 'gone', reason: 'the contact is not there' } : undefined;
}

/** @param key  what its id is where the CRM keeps it under the id of ours */
async function make({ request, type, id }: Maker, words: Words, io: CrmIo, key?: string): Promise<CrmRecord> {
  const reply = await io.ask(fillRequest(request, words, true));
  const made =
    id === '@call' ? (key ?? null) : id === '@location' ? lastInLocation(reply) : textAt(reply.json, id);
  if (made === null) throw unreadable(`id of the ${type}`);
  return { id: made, type };
}

function lastInLocation({ headers }: CrmReply): string | null {
  const [, last] = /([^/?#]+)\/?(?:[?#].*)?$/.exec(headers['location'] ?? '') ?? [];
  if (last === undefined) return null;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

async function findLog(
  entry: CallEntry,
  contact: CrmContact | null,
  { settings: { find, log, words }, io }: { settings: HttpSettings; io: CrmIo },
): Promise<CrmRecord | null> {
  if (find === null || log === null) return null;
  const { json } = await io.ask(fillRequest(find.request, callWords(entry, contact, words))).catch(nothing);
  const record = valuesAt(json, find.list).find((one) => holds(one, find.text, entry.marker));
  const id = textAt(record, find.id);
  return id === null ? null : { id, type: log.type };
}

function nothing(fault: unknown): { json: unknown } {
  if (fault instanceof CrmFault && fault.kind === 'gone') return { json: undefined };
  throw fault;
}

/** A fuzzy search finds other calls too. */
function holds(record: unknown, path: string, marker: string): boolean {
  if (path !== '') return textsAt(record, path).some((text) => text.includes(marker));
  return record !== undefined && JSON.stringify(record).includes(marker);
}

interface News {
  before: WrittenEntry;
  entry: CallEntry;
  io: CrmIo;
}

/** What is new is added, unless it stands there: the answer to an earlier try may have been lost. */
async function append(
  { request, read }: UpdateTemplate,
  words: Words & { record: CrmRecord },
  { before, entry, io }: News,
): Promise<void> {
  const body = newLines(before.body, entry.body);
  if (body === null && entry.recordingUrl === before.recordingUrl) return;
  if (read !== null && body !== null) {
    const { json } = await io.ask(fillRequest(read.request, words));
    const path = [read.list, read.body].filter((part) => part !== '').join('.');
    if (textsBelow(json, path).some((text) => flat(text).includes(flat(body)))) return;
  }
  await io.ask(fillRequest(request, { ...words, call: { ...(words['call'] as object), body } }, true));
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Texts are put where ours stood; of texts that an agent rewrote nothing is changed. */
async function change(
  { request, read }: UpdateTemplate,
  words: Words & { record: CrmRecord },
  { before, entry, io }: News,
): Promise<void> {
  if (read === null) {
    await io.ask(fillRequest(request, words));
    return;
  }
  const record = await readRecord(read, words, io);
  if (record === undefined) return;
  const [subject, body] = [textAt(record, read.subject) ?? '', textAt(record, read.body) ?? ''];
  const texts = {
    subject: subject === before.subject ? entry.subject : subject,
    body: mergedText(body, before.body, entry.body) ?? body,
  };
  await io.ask(fillRequest(request, { ...words, call: { ...(words['call'] as object), ...texts } }));
}

/** Undefined where it is not in the list: somebody deleted it, and there is nothing to change. */
async function readRecord(
  { request, list, id }: ReadTemplate,
  words: Words & { record: CrmRecord },
  io: CrmIo,
): Promise<unknown> {
  const { json } = await io.ask(fillRequest(request, words));
  return list === '' ? json : valuesAt(json, list).find((one) => textAt(one, id) === words.record.id);
}

async function probe({ probe: asked, lookups, find, create, log, update }: HttpSettings, io: CrmIo) {
  const lacks = [
    ...(log === null ? ['Without `log`, no call is logged.'] : []),
    ...(find === null && log !== null
      ? ['Without `find`, a call whose answer gets lost may be logged twice.']
      : []),
    ...(update?.kind === 'append' && update.read === null
      ? ['Without `update.read`, what is added after an answer that got lost may stand there twice.']
      : []),
    ...(lookups.length === 0 ? ['Without `lookups`, calls are logged on nobody.'] : []),
    ...(create !== null && lookups.length === 0
      ? ['Without `lookups`, contacts are made again and again.']
      : []),
  ];
  if (asked === null) {
    await findContacts(NOBODYS_NUMBER, { lookups: lookups.slice(0, 1), numbers: ['e164'] }, io);
    return { account: null, lacks };
  }
  const { json } = await io.ask(fillRequest(asked.request, {}));
  return { account: textAt(json, asked.account), lacks };
}

/** Hosts beside the endpoint's own. */
function urlsIn({ lookups, create, log, find, update, task, probe: asked }: HttpSettings) {
  const requests: [string, RequestTemplate | undefined][] = [
    ...lookups.flatMap(({ request, detail }, index): [string, RequestTemplate | undefined][] => [
      [`lookups.${String(index)}.request.url`, request],
      [`lookups.${String(index)}.detail.request.url`, detail?.request],
    ]),
    ['create.request.url', create?.request],
    ['log.request.url', log?.request],
    ['find.request.url', find?.request],
    ['update.request.url', update?.request],
    ['update.read.request.url', update?.read?.request],
    ['task.request.url', task?.request],
    ['probe.request.url', asked?.request],
  ];
  return requests.flatMap(([path, request]) => {
    const [origin] = /^https?:\/\/[^/?#]+/i.exec(request?.url ?? '') ?? [];
    return origin === undefined ? [] : [{ path, url: origin }];
  });
}
