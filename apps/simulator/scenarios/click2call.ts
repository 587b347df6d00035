import { digits } from '../pbx/random.js';
import type { CallScript } from '../scripts/call-script.js';
import { ring, type Cast } from './cast.js';

/** The PBX rings the agent who clicked, then calls the customer and joins the two. */
export function click2call(cast: Cast): CallScript {
  const agent = cast.agent();
  const agentAnswers = cast.between(1, 6);
  const customerAnswers = agentAnswers + cast.between(4, 20);
  const until = customerAnswers + cast.talk();
  const talked = { agent, until, end: 'talked' } as const;
  return cast.script({
    direction: 'outbound',
    parts: [
      ring({ ...talked, step: 'agent', from: 0, answered: agentAnswers }),
      ring({ ...talked, step: 'customer', side: 'out', from: agentAnswers, answered: customerAnswers }),
    ],
    until,
    customData: { clientID: `CRM-${digits(cast.random, 4)}` },
  });
}
