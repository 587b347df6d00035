import { partyFromText, type OrderParty } from '#domain';

/** A PBX's word for an extension, such as `0003*210` or a SIP user; and what can be dialled. */
const FIT: Readonly<Record<'extension' | 'number', RegExp>> = {
  extension: /^[A-Za-z0-9_*#][A-Za-z0-9_.*#@-]{0,63}$/,
  number: /^\+?\d{1,20}$/,
};

/**
 * Whom a vendor's request wants to have rung, as far as the spelling tells.
 *
 * @param country  ISO 3166-1 alpha-2; null while nobody knows whose request it is
 * @returns null for what nobody could dial
 */
export function askedParty(text: string, country: string | null): OrderParty | null {
  const party = partyFromText(text, country ?? '');
  const fit = party.kind === 'number' ? FIT.number : FIT.extension;
  return fit.test(party.value) ? party : null;
}
