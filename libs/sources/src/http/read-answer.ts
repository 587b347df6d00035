/**
 * Reads what a server of the tenant's says of a number. Nothing in it is believed: a contact counts when it has a name and shows
 * the number itself, in any spelling (design "Contacts", items 4, 5 and 16); what else is wrong in one costs that member.
 */
import type { FoundContact } from '#domain';
import type { ContactQuestion, Finding } from '../contact-source.js';
import { numbersShown } from '../numbers-shown.js';
import { shownText, shownUrl } from '../shown-text.js';

/** More share no number but a switchboard's. */
const MOST_CONTACTS = 20;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;

export function readAnswer(body: string, question: Pick<ContactQuestion, 'e164' | 'country'>): Finding {
  const listed = listIn(body);
  if (typeof listed === 'string') return { ok: false, cause: 'unreadable', reason: listed };
  const contacts = listed.slice(0, MOST_CONTACTS).flatMap((entry) => contactIn(entry, question) ?? []);
  const distinct = [...new Map(contacts.map((contact) => [contact.id, contact])).values()];
  return { ok: true, contacts: distinct, ignored: listed.length - distinct.length };
}

/** What is wrong, in words, where there is no list. */
function listIn(body: string): unknown[] | string {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return 'Its answer is no JSON, or longer than 16 KiB.';
  }
  const contacts = isRecord(answer) ? answer['contacts'] : undefined;
  return Array.isArray(contacts) ? contacts : 'Its answer has no list of "contacts".';
}

function contactIn(
  entry: unknown,
  { e164, country }: Pick<ContactQuestion, 'e164' | 'country'>,
): FoundContact | null {
  if (!isRecord(entry)) return null;
  const { id, name, company, url, phones, createdAt, updatedAt } = entry;
  const key = typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : shownText(id);
  const shown = shownText(name);
  const numbers = numbersShown(Array.isArray(phones) ? phones : [phones], { e164, country });
  if (key === null || shown === null || numbers.length === 0) return null;
  const times = { createdAt: timeIn(createdAt), updatedAt: timeIn(updatedAt) };
  return { id: key, name: shown, company: shownText(company), url: shownUrl(url), numbers, ...times };
}

/** Milliseconds since 1970; 0 where it does not tell. */
function timeIn(value: unknown): number {
  const ms = typeof value === 'string' && TIME.test(value) ? Date.parse(value) : NaN;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
