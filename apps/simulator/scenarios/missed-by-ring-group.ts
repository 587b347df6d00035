import type { CallScript } from '../scripts/call-script.js';
import { ring, type Cast } from './cast.js';

const ROUNDS = 3;
const RING_SECONDS = 15;
const PAUSE_SECONDS = 3;

/** The phones of a group ring together, again and again, until the customer gives up. */
export function missedByRingGroup(cast: Cast): CallScript {
  const group = cast.agents();
  const until = ROUNDS * (RING_SECONDS + PAUSE_SECONDS) - PAUSE_SECONDS - cast.between(0, 5);
  const parts = Array.from({ length: ROUNDS }, (_, round) => {
    const from = round * (RING_SECONDS + PAUSE_SECONDS);
    const last = round === ROUNDS - 1;
    return group.map((agent) =>
      last
        ? ring({ agent, from, until, end: 'gaveUp' })
        : ring({ agent, from, until: from + RING_SECONDS, end: 'unanswered' }),
    );
  }).flat();
  return cast.script({ direction: 'inbound', parts, until });
}
