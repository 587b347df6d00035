import type { CallScript } from '../scripts/call-script.js';
import { ring, type Cast } from './cast.js';

/** One extension calls another. */
export function internal(cast: Cast): CallScript {
  const [caller, called] = cast.agents();
  const answered = cast.between(2, 10);
  const until = answered + cast.talk();
  const same = { from: 0, answered, until, end: 'talked' } as const;
  return cast.script({
    direction: 'internal',
    parts: [
      ring({ ...same, agent: caller, side: 'out', with: called }),
      ring({ ...same, agent: called, with: caller }),
    ],
    until,
  });
}
