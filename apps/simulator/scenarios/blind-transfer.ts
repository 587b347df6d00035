import type { CallScript } from '../scripts/call-script.js';
import { ring, type Cast } from './cast.js';

/** Whoever answered sends the customer on to a colleague, who answers. */
export function blindTransfer(cast: Cast): CallScript {
  const [first, colleague] = cast.agents();
  const answeredAt = cast.between(2, 12);
  const sentOn = answeredAt + cast.between(20, 60);
  const again = sentOn + cast.between(2, 10);
  const until = again + cast.talk();
  return cast.script({
    direction: 'inbound',
    parts: [
      ring({ agent: first, from: 0, answered: answeredAt, until: sentOn, end: 'talked' }),
      ring({ agent: colleague, step: 'transfer', from: sentOn, answered: again, until, end: 'talked' }),
    ],
    until,
  });
}
