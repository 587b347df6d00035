/** What the placeholders of a request template may name. */
import type { Instant } from '#domain';
import type { CallEntry, CrmContact, CrmContactDraft, TaskDraft } from '../connector.js';
import type { HttpSettings, WordMap } from './http-settings.js';
import { numberIn } from './number-forms.js';
import type { Words } from './fill-request.js';

/** A number in each of the forms that have a word. */
export function formsOf(e164: string | null) {
  const form = (name: string) => (e164 === null ? null : numberIn(name, e164));
  return {
    e164,
    digits: form('digits'),
    international: form('00'),
    national: form('national'),
    significant: form('significant'),
  };
}

export function callWords(entry: CallEntry, contact: CrmContact | null, maps: HttpSettings['words']): Words {
  const { number, e164, ourNumber, ownerId, startedAt, answeredAt, endedAt, ...call } = entry;
  const words = {
    number,
    forms: formsOf(e164),
    call: {
      ...call,
      id: entry.callId,
      ourNumber,
      ownerId,
      type: typeOf(entry),
      talkMilliseconds: entry.talkSeconds * 1000,
      talkMinutes: Math.ceil(entry.talkSeconds / 60),
      talkClock: clock(entry.talkSeconds),
      seconds: Math.max(0, Math.round((endedAt - startedAt) / 1000)),
      started: timesOf(startedAt),
      answered: answeredAt === null ? null : timesOf(answeredAt),
      ended: timesOf(endedAt),
    },
    contact: contactWords(contact),
  };
  return { ...words, words: translated(maps, words) };
}

export function draftWords({ name, e164, withoutNumber, ownerId }: CrmContactDraft): Words {
  const [first = '', ...rest] = name.split(' ');
  const draft = {
    name,
    firstName: rest.length === 0 ? null : first,
    lastName: rest.length === 0 ? first : rest.join(' '),
    ownerId,
    /** What a number that the CRM does not take is written into. */
    description: withoutNumber ? e164 : null,
  };
  const number = withoutNumber ? null : e164;
  return { number, forms: formsOf(number), draft };
}

export function taskWords(
  { subject, body, dueAt, ownerId, call }: TaskDraft,
  contact: CrmContact | null,
  maps: HttpSettings['words'],
): Words {
  return { ...callWords(call, contact, maps), task: { subject, body, ownerId, due: timesOf(dueAt) } };
}

/** Nobody has all of it: what is missing is left out of the request. */
export function contactWords(contact: CrmContact | null) {
  if (contact === null) return { id: null, type: null, name: null, url: null, ownerId: null, ids: {} };
  // `contact.ids.Lead` is there for a lead alone: CRMs have a field for each kind.
  return { ...contact, ids: { [contact.type]: contact.id } };
}

/** As CRMs and templates part calls most often. */
function typeOf({ direction, result, missed }: CallEntry): 'inbound' | 'outbound' | 'missed' | 'notanswered' {
  if (missed) return 'missed';
  if (direction === 'inbound') return 'inbound';
  return result === 'answered' ? 'outbound' : 'notanswered';
}

/** In UTC. */
export function timesOf(at: Instant) {
  const iso = new Date(at).toISOString();
  return {
    iso: `${iso.slice(0, 19)}Z`,
    date: iso.slice(0, 10),
    year: iso.slice(0, 4),
    month: iso.slice(5, 7),
    day: iso.slice(8, 10),
    hour: iso.slice(11, 13),
    minute: iso.slice(14, 16),
    second: iso.slice(17, 19),
    time: iso.slice(11, 19),
    sql: `${iso.slice(0, 10)} ${iso.slice(11, 19)}`,
    seconds: Math.floor(at / 1000),
    milliseconds: at,
  };
}

/** `HH:MM:SS` */
function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

function translated(maps: HttpSettings['words'], words: Words): Words {
  return Object.fromEntries(Object.entries(maps).map(([name, map]) => [name, wordIn(map, words)]));
}

function wordIn({ of, to, otherwise }: WordMap, words: Words): unknown {
  let value: unknown = words;
  for (const name of of.split('.')) {
    value =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }
  // eslint-disable-next-line @typescript-eslint/no-base-to-string -- a scalar, or a word that no map has
  const word = String(value ?? '');
  return Object.hasOwn(to, word) ? to[word] : otherwise;
}
