import type { CallLeg, LegKey } from '../call/call.js';
import { readLeg } from '../call/read-leg.js';
import type { Instant } from '../ids.js';

/** A menu's word of the end is read by whichever clock fits, and so proves none. */
const MENU: LegKey = 'ivr';

/**
 * Seconds from the end of a call to the message that accounts for it, as a CDR does. A PBX that catches up sends a list:
 * of several the call that ended last counts.
 *
 * @returns null when it accounts for none
 */
export function webhookLag(legs: readonly CallLeg[], receivedAt: Instant): number | null {
  const accounts = legs.filter(({ key }) => key !== MENU).map(readLeg);
  const ends = accounts.flatMap(({ accounted, endedAt }) => (accounted ? (endedAt ?? []) : []));
  return ends.length === 0 ? null : (receivedAt - Math.max(...ends)) / 1000;
}
