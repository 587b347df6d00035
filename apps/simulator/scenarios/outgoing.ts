import type { CallScript } from '../scripts/call-script.js';
import { ring, type Cast } from './cast.js';

/** An agent calls a customer, who answers. */
export function outgoing(cast: Cast): CallScript {
  const answered = cast.between(4, 20);
  const until = answered + cast.talk();
  const part = ring({ agent: cast.agent(), side: 'out', from: 0, answered, until, end: 'talked' });
  return cast.script({ direction: 'outbound', parts: [part], until });
}

/** An agent calls a customer, whose line is busy. */
export function outgoingBusy(cast: Cast): CallScript {
  const until = cast.between(2, 5);
  const part = ring({ agent: cast.agent(), side: 'out', from: 0, until, end: 'busy' });
  return cast.script({ direction: 'outbound', parts: [part], until });
}
