/** Those of a CRM's records that have the number: its search may be fuzzy (design "Contacts", items 4, 5 and 16). */
import type { FoundCrmContact } from '#crm';
import type { FoundContact } from '#domain';
import type { ContactQuestion, Finding } from '../contact-source.js';
import { numbersShown } from '../numbers-shown.js';
import { shownText, shownUrl } from '../shown-text.js';

/** More share no number but a switchboard's. */
const MOST_CONTACTS = 20;

export function contactsIn(
  found: readonly FoundCrmContact[],
  question: Pick<ContactQuestion, 'e164' | 'country'>,
): Finding {
  const having = found.flatMap((record) => contactOf(record, question) ?? []).slice(0, MOST_CONTACTS);
  const distinct = [...new Map(having.map((contact) => [contact.id, contact])).values()];
  return { ok: true, contacts: distinct, ignored: found.length - distinct.length };
}

/** Its id is that of the record behind the kind of record: some CRMs count each kind by itself. */
function contactOf(
  record: FoundCrmContact,
  question: Pick<ContactQuestion, 'e164' | 'country'>,
): FoundContact | null {
  const { id, type, phones, createdAt, updatedAt } = record;
  const numbers = numbersShown(phones, question);
  const key = shownText(`${type}/${id}`);
  if (numbers.length === 0 || key === null || id === '') return null;
  const company = shownText(record.company);
  // Nobody's name is shown where it has none; its number is all that is known.
  const name = shownText(record.name) ?? company ?? question.e164;
  return { id: key, name, company, url: shownUrl(record.url), numbers, createdAt, updatedAt };
}
