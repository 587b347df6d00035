import type { Card } from './cards';

/** Whose call it is, as far as that is known: a name, or else the number. */
export function whoText({ chosen, contacts, total, e164, number }: Card): string {
  const contact = chosen === undefined && total === 1 ? contacts[0] : chosen;
  return contact?.name ?? e164 ?? number;
}
