import { pick } from '../pbx/random.js';
import type { CallScript } from '../scripts/call-script.js';
import { ring, type Cast } from './cast.js';

/** The customer waits in a queue, phones ring in vain, and he hangs up. */
export function queueAbandon(cast: Cast): CallScript {
  const [first, second] = cast.agents();
  const from = cast.between(5, 40);
  const until = from + 20 + cast.between(2, 10);
  return cast.script({
    direction: 'inbound',
    queue: pick(cast.random, cast.office.queues),
    parts: [
      ring({ agent: first, from, until: from + 15, end: 'unanswered' }),
      ring({ agent: second, from: from + 20, until, end: 'gaveUp' }),
    ],
    until,
  });
}
