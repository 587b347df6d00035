import { instant } from '#domain';
import type { DriverAnswer, PbxPastCall, WantedCall } from './driver.js';

type Found = DriverAnswer<{ call: PbxPastCall | null }>;

/** What a history said, and how far the PBX's clock was ahead of ours then; null where that is not known. */
export interface LookedUp {
  answer: Found;
  clockAheadMs: number | null;
}

/** Histories are asked for more than this around a call anyway. */
const RIGHT_WITHIN_MS = 90_000;

/**
 * Looks for a call in a history whose times are the PBX's: where that has another time than we, and the call is not to be found at
 * ours, it is looked for at its own. A call that is overlooked would be placed again.
 */
export async function byItsClock(
  wanted: WantedCall,
  lookUp: (wanted: WantedCall) => Promise<LookedUp>,
): Promise<Found> {
  const { answer, clockAheadMs } = await lookUp(wanted);
  const isFound = answer.kind !== 'done' || answer.call !== null;
  if (isFound || clockAheadMs === null || Math.abs(clockAheadMs) <= RIGHT_WITHIN_MS) return answer;
  const [from, to] = [instant(wanted.from + clockAheadMs), instant(wanted.to + clockAheadMs)];
  return (await lookUp({ ...wanted, from, to })).answer;
}
