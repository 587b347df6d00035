import type { PhoneCall } from '../web-phone/phone-state';
import type { Card } from './cards';

/** Numbers are written in many ways; this many digits at the end are the same in all of them. */
const SAME_DIGITS = 7;

/**
 * The call of the phone that a card is about: the one with the PBX's id. Where the PBX says no id to phones, the only one that
 * rings, or talks, with the same number as the card.
 */
export function phoneCallOf(
  card: Pick<Card, 'vendorCallId' | 'number' | 'e164' | 'state'>,
  calls: readonly PhoneCall[],
): PhoneCall | undefined {
  const { vendorCallId } = card;
  const known = calls.find(({ id, callId }) => id === vendorCallId || callId === vendorCallId);
  if (known !== undefined) return known;
  const [like, another] = calls.filter((call) => call.id === call.callId && isLike(card, call));
  return another === undefined ? like : undefined;
}

function isLike({ number, e164, state }: Pick<Card, 'number' | 'e164' | 'state'>, call: PhoneCall): boolean {
  if (state !== 'ringing' && state !== 'answered') return false;
  const end = endOf(call.number);
  return end.length === SAME_DIGITS && (endOf(number) === end || endOf(e164 ?? '') === end);
}

function endOf(number: string): string {
  return number.replace(/\D/g, '').slice(-SAME_DIGITS);
}
