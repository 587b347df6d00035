import type { PhoneCall } from '../web-phone/phone-state';
import type { Card } from './cards';
import { phoneCallOf } from './phone-call-of';

/** The cards that are to ring, and the calls that ring at the phone in the page while no card tells of them. */
export function whatRings(
  cards: readonly Card[],
  atPhone: readonly PhoneCall[],
): { ringing: Card[]; bare: PhoneCall[] } {
  const callOf = new Map(cards.map((card) => [card, phoneCallOf(card, atPhone)]));
  const told = new Set(callOf.values());
  const isAnsweredHere = (card: Card): boolean => callOf.get(card)?.state === 'answered';
  return {
    ringing: cards.filter((card) => card.state === 'ringing' && !card.isAway && !isAnsweredHere(card)),
    bare: atPhone.filter((call) => call.state === 'ringing' && !told.has(call)),
  };
}
