import type { CallScript } from '../scripts/call-script.js';
import { ring, type Cast } from './cast.js';

/** A customer calls, one phone rings and is answered. */
export function answered(cast: Cast): CallScript {
  const answeredAt = cast.between(2, 20);
  const until = answeredAt + cast.talk();
  const part = ring({ agent: cast.agent(), from: 0, answered: answeredAt, until, end: 'talked' });
  return cast.script({ direction: 'inbound', parts: [part], until });
}
