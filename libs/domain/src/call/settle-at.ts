import { instant } from '../ids.js';
import type { Instant } from '../ids.js';
import type { Call, CallLeg } from './call.js';
import { valuesOf } from '../values-of.js';
import { readLeg } from './read-leg.js';
import { wasTaken } from './was-taken.js';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

export interface CallTiming {
  /** How long the end of a call is held off for a leg that may still be reported. */
  holdOffMs: number;
  /** The same for a call of one leg that somebody took: see `callTiming`. */
  takenHoldOffMs: number;
  /** The same for a call of which only phones were heard that rang in vain: see `callTiming`. */
  unansweredHoldOffMs: number;
  /** A call of which nothing was heard for so long is over, whatever became of it. */
  maxCallMs: number;
}

export const DEFAULT_TIMING: CallTiming = {
  holdOffMs: 20 * SECOND,
  takenHoldOffMs: 20 * SECOND,
  unansweredHoldOffMs: 120 * SECOND,
  maxCallMs: 4 * HOUR,
};

/** A phone that the call is handed on to rings at once; what is waited for is a message that another one overtook. */
const HANDED_ON_WITHIN_MS = 3 * SECOND;

/** Times the hold-off: how long a caller may talk to a voicemail box, or wait in a queue, before the CDR tells of it. */
const UNANSWERED_WAITS = 6;

/** Times the hold-off: a PBX that repeats itself for ever must not keep a call from ending. */
const MOST_WAITS = 5;

const LONGEST_CALL_MS = 7 * 24 * HOUR;
const LONGEST_HOLD_OFF_MS = 300 * SECOND;
const LONGEST_MS = { maxCallSeconds: LONGEST_CALL_MS, holdOffSeconds: LONGEST_HOLD_OFF_MS };

/**
 * Where no CDR follows the last word of a leg, waiting for one only makes the end of every call late: once somebody took a
 * call of one leg and hung up, its end is held off for a moment only. One that nobody took may ring the next phone of its
 * group after a pause, and waits as before. Where a CDR does follow, phones that rang in vain end nothing: the caller may
 * be in a queue or talk to a voicemail box, and only the CDR says what became of it.
 *
 * @param settings  of a connection; each counts when it is a number of seconds, at least 1: `maxCallSeconds` up to a week,
 *   `holdOffSeconds` up to five minutes
 * @param noCdr  whether the PBX tells of each leg while it happens, and never of the whole call
 * @param everyLeg  whether it tells of the caller's leg as well, up to its end, and in order: then a call without a leg that
 *   goes on is over, whatever became of it
 */
export function callTiming(
  { maxCallSeconds, holdOffSeconds }: Readonly<Record<string, unknown>>,
  noCdr = false,
  everyLeg = false,
): CallTiming {
  const wantedMs = usableMs(holdOffSeconds, LONGEST_HOLD_OFF_MS) ?? DEFAULT_TIMING.holdOffMs;
  const holdOffMs = everyLeg ? Math.min(wantedMs, HANDED_ON_WITHIN_MS) : wantedMs;
  return {
    holdOffMs,
    takenHoldOffMs: noCdr ? Math.min(holdOffMs, HANDED_ON_WITHIN_MS) : holdOffMs,
    unansweredHoldOffMs: noCdr || everyLeg ? holdOffMs : UNANSWERED_WAITS * holdOffMs,
    maxCallMs: usableMs(maxCallSeconds, LONGEST_CALL_MS) ?? DEFAULT_TIMING.maxCallMs,
  };
}

/** What is wrong with the times among a connection's settings: what could not be used would be as if it were not set. */
export function timingSettingFaults(
  settings: Readonly<Record<string, unknown>>,
): { setting: string; fault: string }[] {
  return Object.entries(LONGEST_MS).flatMap(([setting, longestMs]) => {
    const value = settings[setting];
    if (value === undefined || usableMs(value, longestMs) !== null) return [];
    return [{ setting, fault: `must be a number of seconds from 1 to ${String(longestMs / SECOND)}` }];
  });
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
export function settleAt(call: Call, timing: CallTiming, at: Instant): Instant | null {
  if (call.closedAt !== null) return null;
  const live = valuesOf(call.legs, (leg) => leg.heard.live);
  if (call.state !== 'ended') return instant((live.length > 0 ? Math.max(...live) : at) + timing.maxCallMs);
  const holdOff = holdOffOf(call, timing);
  const ends = valuesOf(call.legs, (leg) => leg.heard.ended);
  if (ends.length === 0) return instant(at + holdOff);
  const ended = Math.max(...ends);
  // A phone that seems to ring after its end is repeated news, or rings again: no reason to wait for long, but for a moment.
  const since = Math.min(Math.max(ended, ...live), ended + MOST_WAITS * holdOff);
  return instant(since + holdOff);
}

function holdOffOf({ legs, result }: Call, timing: CallTiming): number {
  if (wasTaken(result)) return legs.length === 1 ? timing.takenHoldOffMs : timing.holdOffMs;
  return legs.every(rangOnly) ? timing.unansweredHoldOffMs : timing.holdOffMs;
}

/** A phone that was heard ringing, as against a menu (`ivr`), a CDR's account, or something that was noted. */
function rangOnly(leg: CallLeg): boolean {
  return leg.key !== 'ivr' && leg.heard.ended !== null && !readLeg(leg).accounted;
}
