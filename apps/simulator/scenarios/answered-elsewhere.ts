import type { CallScript } from '../scripts/call-script.js';
import { ring, type Cast } from './cast.js';

/** Three phones ring together, one is answered, the others stop. */
export function answeredElsewhere(cast: Cast): CallScript {
  const group = cast.agents();
  const answeredAt = cast.between(3, 12);
  const until = answeredAt + cast.talk();
  const parts = group.map((agent, index) =>
    index === 1
      ? ring({ agent, from: 0, answered: answeredAt, until, end: 'talked' })
      : ring({ agent, from: 0, until: answeredAt, end: 'elsewhere' }),
  );
  return cast.script({ direction: 'inbound', parts, until });
}
