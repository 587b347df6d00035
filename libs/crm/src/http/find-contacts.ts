/** Contacts by the tenant's lookups, in each spelling of the number. */
import { lookupNumbers, numberVariants } from '#domain';
import type { FoundCrmContact } from '../connector.js';
import { withNumber } from '../log-call/whose-call.js';
import { CrmFault, type CrmIo, type CrmRequest } from '../talk/crm-io.js';
import { contactWords, formsOf } from './call-words.js';
import { fillRequest, fillUrl } from './fill-request.js';
import type { HttpSettings, Lookup, RecordPaths } from './http-settings.js';
import { numberIn } from './number-forms.js';
import { textAt, textsAt, valuesAt } from './values-at.js';

/** Of one search, for one spelling. */
const MOST_FOUND = 20;
const MOST_SPELLINGS = 16;

export async function findContacts(
  e164: string,
  { lookups, numbers }: Pick<HttpSettings, 'lookups' | 'numbers'>,
  io: CrmIo,
): Promise<FoundCrmContact[]> {
  const found: FoundCrmContact[] = [];
  for (const lookup of lookups) found.push(...(await lookUp(lookup, e164, { numbers, io })));
  return found;
}

interface Spelling {
  e164: string;
  number: string;
}

function spellingsOf(e164: string, forms: readonly string[]): readonly Spelling[] {
  const all = numberVariants(e164).flatMap((variant) =>
    forms.map((form) => ({ e164: variant, number: numberIn(form, variant) })),
  );
  const each = new Map(all.flatMap((one) => (one.number === null ? [] : [[one.number, one as Spelling]])));
  return [...each.values()].slice(0, MOST_SPELLINGS);
}

/** The spellings in turn, until one finds somebody who has the number. */
async function lookUp(
  lookup: Lookup,
  e164: string,
  { numbers, io }: { numbers: readonly string[]; io: CrmIo },
): Promise<FoundCrmContact[]> {
  for (const spelling of spellingsOf(e164, numbers)) {
    // What an exact search finds is not compared again, so it is asked for nothing that could be another number.
    if (lookup.exact && !isWhole(spelling, io.country)) continue;
    const found = await search(lookup, spelling, io);
    const having = withNumber(found, e164, io.country);
    if (having.length > 0) return having;
  }
  return [];
}

/** Whether whoever has the number written so has this number: `0545551234` is another one in each country. */
function isWhole({ e164, number }: Spelling, country: string): boolean {
  return number.replace(/^(\+|00)/, '') === e164.slice(1) || lookupNumbers(number, country).includes(e164);
}

async function search(
  lookup: Lookup,
  { e164, number }: Spelling,
  io: CrmIo,
): Promise<readonly FoundCrmContact[]> {
  const answer = await answerOf(fillRequest(lookup.request, { number, forms: formsOf(e164) }), io);
  const records = valuesAt(answer, lookup.list).slice(0, MOST_FOUND);
  const found: FoundCrmContact[] = [];
  for (const record of records) {
    const contact = await complete(lookup, record, io);
    if (contact !== null)
      found.push(lookup.exact ? { ...contact, phones: [e164, ...contact.phones] } : contact);
  }
  return found;
}

async function complete(lookup: Lookup, record: unknown, io: CrmIo): Promise<FoundCrmContact | null> {
  const { detail, type } = lookup;
  const id = textAt(record, lookup.fields.id);
  if (id === null) return null;
  if (detail === null) return contactOf(lookup, id, record);
  const contact = contactWords({ id, type, name: '', url: null, ownerId: null });
  const answer = await answerOf(fillRequest(detail.request, { contact }), io);
  const [whole] = valuesAt(answer, detail.at);
  return contactOf(lookup, id, whole);
}

/** Undefined where it answers that there is no such thing: that is how many say that nobody was found. */
async function answerOf(request: CrmRequest, io: CrmIo): Promise<unknown> {
  try {
    return (await io.ask(request)).json;
  } catch (fault) {
    if (fault instanceof CrmFault && fault.kind === 'gone') return undefined;
    throw fault;
  }
}

function contactOf({ type, fields, page }: Lookup, id: string, record: unknown): FoundCrmContact {
  const contact = {
    id,
    type,
    name: nameIn(record, fields),
    url: textAt(record, fields.url),
    ownerId: textAt(record, fields.owner),
  };
  return {
    ...contact,
    url: contact.url ?? pageOf(page, contact),
    company: textAt(record, fields.company),
    phones: fields.phones.flatMap((path) => textsAt(record, path)),
    createdAt: timeAt(record, fields.createdAt),
    updatedAt: timeAt(record, fields.updatedAt),
  };
}

/** A record's page for people. */
export function pageOf(page: string, contact: Parameters<typeof contactWords>[0]): string | null {
  return page === '' ? null : fillUrl(page, { contact: contactWords(contact) });
}

function nameIn(record: unknown, { name, firstName, lastName, company }: RecordPaths): string {
  const parts = [textAt(record, firstName), textAt(record, lastName)].filter((one) => one !== null);
  return textAt(record, name) ?? (parts.length > 0 ? parts.join(' ') : (textAt(record, company) ?? ''));
}

/** ISO 8601, or seconds or milliseconds since 1970. */
function timeAt(record: unknown, path: string): number {
  const text = textAt(record, path) ?? '';
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1000;
  const at = /^\d{12,13}$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(at) ? 0 : at;
}
