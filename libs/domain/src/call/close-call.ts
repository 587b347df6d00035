import type { Instant } from '../ids.js';
import type { Call } from './call.js';
import { summariseLegs } from './summarise-legs.js';

/** The call as one whose end is told: whatever is learnt of it later, it stays ended. */
export function closeCall(call: Call, closedAt: Instant): Call {
  // Of a call that has ended already nothing else depends on it.
  return call.state === 'ended'
    ? { ...call, closedAt }
    : { ...call, ...summariseLegs(call.legs, closedAt, call.context) };
}
