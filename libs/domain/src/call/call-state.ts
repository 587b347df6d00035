/** How far a call is, and whether all of it is known to be over. */
import type { Instant } from '../ids.js';
import type { CallState } from './call.js';
import type { ReadLeg } from './read-leg.js';
import { wasTaken } from './was-taken.js';

type Progress = Pick<ReadLeg, 'key' | 'state' | 'result'>;

/** @param closedAt  when the call's end was told: nothing opens it again */
export function callState(legs: readonly Progress[], closedAt: Instant | null): CallState {
  if (closedAt !== null || isComplete(legs) || !legs.some(isOpen)) return 'ended';
  // While a PBX calls its agent first, the customer's phone has not even rung.
  return legs.some(({ key, result }) => key !== 'agent' && wasTaken(result)) ? 'answered' : 'ringing';
}

/**
 * Whether the end needs no waiting for a further leg: the leg of the call as a whole is over, or both halves of a call in
 * two steps are. What else still seems to ring has not been told that it stopped.
 */
export function isComplete(legs: readonly Progress[]): boolean {
  const isOver = (key: string) => legs.some((leg) => leg.key === key && leg.state === 'ended');
  return isOver('only') || (isOver('agent') && isOver('customer'));
}

export function isOpen({ state }: Pick<ReadLeg, 'state'>): boolean {
  return state === 'ringing' || state === 'answered';
}
