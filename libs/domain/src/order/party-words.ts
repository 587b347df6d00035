import { isShortNumber } from '../phone/is-short-number.js';
import { lookupNumber } from '../phone/party.js';
import type { OrderParty } from './order.js';

/** What a number is written with beside its digits. */
const PLAIN = /^[\s+\d().\-/]+$/;
const NAMES_A_NUMBER = /^\s*(?:tel|callto):/i;

/**
 * Whom a text of a request means, as far as its spelling tells; who knows the PBX's directory asks that first. Up to seven
 * digits, and whatever has letters or keys of a phone in it, is an extension: `101`, `SIPSIP`, `0003*210`. All else is a number.
 *
 * @param country  ISO 3166-1 alpha-2, for numbers without a country code; those are also read that have one and no plus
 * @returns the number as E.164 with plus or, where it is none, its digits as they were said
 */
export function partyFromText(text: string, country: string): OrderParty {
  const trimmed = text.trim();
  const isNumber = (PLAIN.test(trimmed) && !isShortNumber(trimmed)) || NAMES_A_NUMBER.test(trimmed);
  if (!isNumber) return { kind: 'extension', value: trimmed };
  // A blank in front may be the plus that a form lost. New ranges are dialled before the metadata knows them.
  const e164 = lookupNumber(text, country);
  return { kind: 'number', value: e164 ?? trimmed.replace(/[^\d+]/g, '') };
}
