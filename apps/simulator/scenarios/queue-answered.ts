import { pick } from '../pbx/random.js';
import type { CallScript } from '../scripts/call-script.js';
import { ring, type Cast } from './cast.js';

/** The customer waits in a queue; the first agent does not answer, the second does. */
export function queueAnswered(cast: Cast): CallScript {
  const [slow, quick] = cast.agents();
  const from = cast.between(5, 40);
  const again = from + 15;
  const answeredAt = again + cast.between(2, 10);
  const until = answeredAt + cast.talk();
  return cast.script({
    direction: 'inbound',
    queue: pick(cast.random, cast.office.queues),
    parts: [
      ring({ agent: slow, from, until: again, end: 'unanswered' }),
      ring({ agent: quick, from: again, answered: answeredAt, until, end: 'talked' }),
    ],
    until,
  });
}
