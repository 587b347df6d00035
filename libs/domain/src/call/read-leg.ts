/** What follows from what is known of a leg: its state and its best times. */
import { instant } from '../ids.js';
import type { Instant } from '../ids.js';
import type { CallLeg, CallState, Heard, LegKey } from './call.js';
import { legTimes } from './leg-times.js';
import { wasTaken } from './was-taken.js';

const SECOND = 1000;

/**
 * Messages overtake each other by less than this; a leg that is heard of later than this after its end goes on, as when an
 * extension of a ring group rings again.
 */
const OVERTAKING_MS = 2 * SECOND;

/** The leg that is the call as a whole: when it has ended, everything has, and it does not ring again. */
const WHOLE_CALL: LegKey = 'only';

/** A leg with its approximations resolved. What was heard of it stays with it: a copy without it would cost more than all else. */
export type ReadLeg = CallLeg & {
  /** Null when all that is known of it was noted afterwards. */
  state: CallState | null;
  /** The PBX has accounted for it, as a CDR does: its times are the PBX's own and nothing reopens it. */
  accounted: boolean;
  elsewhere: boolean;
  answeredAt: Instant | null;
  endedAt: Instant | null;
};

/** A leg is a value and never changes, and every question about a call begins with reading its legs. */
const known = new WeakMap<CallLeg, ReadLeg>();

export function readLeg(leg: CallLeg): ReadLeg {
  const before = known.get(leg);
  if (before !== undefined) return before;
  const read = resolved(leg);
  known.set(leg, read);
  return read;
}

function resolved(leg: CallLeg): ReadLeg {
  const { heard } = leg;
  const accounted = leg.startedAt !== null && heard.ended !== null;
  const state = stateOf(heard, accounted || leg.key === WHOLE_CALL);
  const result = heard.elsewhere && leg.result === 'missed' ? 'cancelled' : leg.result;
  const { elsewhere } = heard;
  if (accounted) return { ...leg, result, state, accounted, elsewhere, ...legTimes(leg) };
  const startedAt = leg.startedAt ?? heard.start ?? heard.rang;
  const answeredAt = notBefore(heard.answered, startedAt);
  const endedAt = state === 'ended' ? notBefore(heard.ended, answeredAt ?? startedAt) : null;
  return {
    ...leg,
    result,
    state,
    accounted,
    elsewhere,
    startedAt,
    answeredAt,
    endedAt,
    // By the clock of the receipts alone: the PBX's may be hours away when its zone is set wrong.
    ringSeconds: leg.ringSeconds ?? secondsBetween(heard.rang, stoppedRinging(heard, { result, endedAt })),
    talkSeconds: leg.talkSeconds ?? secondsBetween(heard.answered, endedAt && heard.ended),
  };
}

/** @param final  whether the first word that it is over is the last one, so that nothing opens it again */
function stateOf({ answered, live, ended }: Heard, final: boolean): CallState | null {
  if (final && ended !== null) return 'ended';
  if (ended !== null && (live === null || live - ended <= OVERTAKING_MS)) return 'ended';
  if (live === null) return null;
  return answered === null ? 'ringing' : 'answered';
}

/** Null where somebody took the call and nobody told when: it rang for a part of its length that only he knows. */
function stoppedRinging(
  { answered, ended }: Heard,
  { result, endedAt }: Pick<ReadLeg, 'result' | 'endedAt'>,
): Instant | null {
  if (answered !== null) return answered;
  return endedAt === null || wasTaken(result) ? null : ended;
}

/** A time that is known from another clock may seem to be before its cause. */
function notBefore(time: Instant | null, cause: Instant | null): Instant | null {
  return time === null || cause === null ? time : instant(Math.max(time, cause));
}

function secondsBetween(from: Instant | null, to: Instant | null): number | null {
  return from === null || to === null ? null : Math.max(0, Math.round((to - from) / SECOND));
}
