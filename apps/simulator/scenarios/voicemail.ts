import type { CallScript } from '../scripts/call-script.js';
import { ring, type Cast } from './cast.js';

const RING_SECONDS = 20;

/** Nobody answers, and the customer talks to the voicemail box. */
export function voicemail(cast: Cast): CallScript {
  const part = ring({ agent: cast.agent(), from: 0, until: RING_SECONDS, end: 'unanswered' });
  const until = RING_SECONDS + cast.between(8, 40);
  return cast.script({ direction: 'inbound', parts: [part], voicemailFrom: RING_SECONDS, until });
}
