import { lookupNumbers, numberVariants } from '#domain';
import type { ContactQuestion } from './contact-source.js';

/** More are no contact's. */
const MOST_PHONES = 50;

/** Those of a contact's numbers, in any spelling, that are the one that was asked for; in E.164. */
export function numbersShown(
  phones: readonly unknown[],
  { e164, country }: Pick<ContactQuestion, 'e164' | 'country'>,
): string[] {
  const texts = phones.slice(0, MOST_PHONES);
  const shown = texts.flatMap((text) => (typeof text === 'string' ? lookupNumbers(text, country) : []));
  return numberVariants(e164).filter((form) => shown.includes(form));
}
