import { isShortNumber, type LegReport } from '#domain';

export type Parties = Pick<LegReport, 'from' | 'fromKind' | 'to' | 'toKind'>;

/**
 * Both ends of a call. Short digits of an end that has an extension are that extension, or another name of it, and no
 * number of the public network; longer ones where they are its very digits.
 *
 * @param extensions  what the message's fields of extensions hold of the end that called and of the one that was called
 */
export function partiesOf(
  from: string,
  to: string,
  extensions: { from: readonly (string | null)[]; to: readonly (string | null)[] },
): Parties {
  const isExtension = (party: string, fields: readonly (string | null)[]) =>
    fields.some((field) => field !== null && (isShortNumber(party) || isNumberOf(field, party.trim())));
  const parties: Parties = { from, to };
  if (isExtension(from, extensions.from)) parties.fromKind = 'extension';
  if (isExtension(to, extensions.to)) parties.toKind = 'extension';
  return parties;
}

/** Of an extended number, organisation and extension, the extension counts: `0003*20456789`. */
function isNumberOf(extension: string, digits: string): boolean {
  return extension === digits || extension.endsWith(`*${digits}`);
}
