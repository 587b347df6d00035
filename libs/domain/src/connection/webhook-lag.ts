import type { CallLeg } from '../call/call.js';
import { readLeg } from '../call/read-leg.js';
import type { Instant } from '../ids.js';

/**
 * Seconds from the end of a call to the message that accounts for it, as a CDR does. A PBX that catches up sends a list:
 * of several the call that ended last counts.
 *
 * @returns null when it accounts for none
 */
export function webhookLag(legs: readonly CallLeg[], receivedAt: Instant): number | null {
  const ends = legs.map(readLeg).flatMap(({ accounted, endedAt }) => (accounted ? (endedAt ?? []) : []));
  return ends.length === 0 ? null : (receivedAt - Math.max(...ends)) / 1000;
}
