import type { CallScript } from '../scripts/call-script.js';
import { ring, type Cast } from './cast.js';

/** Whoever answered asks a colleague first, then hands the customer over and is out of the call. */
export function attendedTransfer(cast: Cast): CallScript {
  const [first, colleague] = cast.agents();
  const answeredAt = cast.between(2, 12);
  const asksAt = answeredAt + cast.between(20, 60);
  const colleagueAnswers = asksAt + cast.between(2, 8);
  const handedOver = colleagueAnswers + cast.between(5, 20);
  const until = handedOver + cast.talk();
  const consult = { step: 'consult', from: asksAt, answered: colleagueAnswers, end: 'talked' } as const;
  return cast.script({
    direction: 'inbound',
    parts: [
      ring({ agent: first, from: 0, answered: answeredAt, until: handedOver, end: 'talked' }),
      { ...consult, agent: first, side: 'out', with: colleague, until: handedOver },
      { ...consult, agent: colleague, side: 'in', with: first, until },
    ],
    until,
  });
}
