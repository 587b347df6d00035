import { instant } from '../ids.js';
import type { Instant } from '../ids.js';
import type { Call } from './call.js';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

export interface CallTiming {
  /** How long the end of a call is held off for a leg that may still be reported. */
  holdOffMs: number;
  /** A call of which nothing was heard for so long is over, whatever became of it. */
  maxCallMs: number;
}

export const DEFAULT_TIMING: CallTiming = { holdOffMs: 20 * SECOND, maxCallMs: 4 * HOUR };

const LONGEST_CALL_MS = 7 * 24 * HOUR;
const LONGEST_HOLD_OFF_MS = 300 * SECOND;

/**
 * @param settings  of a connection; each counts when it is a number of seconds, at least 1: `maxCallSeconds` up to a week,
 *   `holdOffSeconds` up to five minutes
 */
export function callTiming({
  maxCallSeconds,
  holdOffSeconds,
}: Readonly<Record<string, unknown>>): CallTiming {
  return {
    holdOffMs: usableMs(holdOffSeconds, LONGEST_HOLD_OFF_MS) ?? DEFAULT_TIMING.holdOffMs,
    maxCallMs: usableMs(maxCallSeconds, LONGEST_CALL_MS) ?? DEFAULT_TIMING.maxCallMs,
  };
}

function usableMs(seconds: unknown, longestMs: number): number | null {
  const ms = typeof seconds === 'number' ? seconds * SECOND : Number.NaN;
  return ms >= SECOND && ms <= longestMs ? ms : null;
}

/**
 * When a call has to be closed if nothing more is heard of it; null when its end was told. Times of receipt count, not the
 * PBX's own: its clock or our idea of its zone may be wrong.
 *
 * @param at  receipt of the message that was read last, for calls that nothing else is known of
 */
export function settleAt(call: Call, { holdOffMs, maxCallMs }: CallTiming, at: Instant): Instant | null {
  if (call.closedAt !== null) return null;
  const ended = call.state === 'ended';
  const heard = call.legs.flatMap((leg) => (ended ? leg.heard.ended : leg.heard.live) ?? []);
  const last = heard.length > 0 ? Math.max(...heard) : at;
  return instant(last + (ended ? holdOffMs : maxCallMs));
}
