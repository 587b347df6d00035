/**
 * Which events a change of a call's record makes. Each milestone is told once and never after a later one, however late or
 * twisted the messages come in:
 *
 *   call.ringing?  call.answered?  ( call.ended  call.missed?  call.updated* )?
 *
 * The end is told when the call is complete or was closed (`closeCall`); until then it may be held off (`settleAt`).
 */
import type { Instant } from '../ids.js';
import { sameValue } from '../same-value.js';
import type { Call } from './call.js';
import type { CallEventType } from './call-event-type.js';
import { isComplete } from './call-state.js';
import { callView } from './call-view.js';
import { readLeg } from './read-leg.js';
import { wasTaken } from './was-taken.js';

export interface CallNews {
  type: CallEventType;
  /** When it happened, as far as anybody knows. */
  occurredAt: Instant;
}

/**
 * @param before  the record as it was when `told` was told; null for a new call
 * @param told  events of this call that there were already
 * @param at  when we learnt of the change: the time of what has none of its own
 */
export function eventsOf(
  before: Call | null,
  after: Call,
  told: readonly CallEventType[],
  at: Instant,
): CallNews[] {
  if (told.includes('call.ended')) {
    const changed = before === null || !sameValue(callView(before), callView(after));
    return changed ? [{ type: 'call.updated', occurredAt: at }] : [];
  }
  if (after.state === 'ended') return isOver(after) ? endOf(after, at) : [];
  const step = after.state === 'answered' ? 'call.answered' : 'call.ringing';
  if (told.includes(step) || told.includes('call.answered')) return [];
  const happenedAt = after.state === 'answered' ? after.answeredAt : after.startedAt;
  return [{ type: step, occurredAt: happenedAt ?? at }];
}

function isOver(call: Call): boolean {
  return call.closedAt !== null || isComplete(call.legs.map(readLeg));
}

function endOf(call: Call, at: Instant): CallNews[] {
  const occurredAt = call.endedAt ?? at;
  const end: CallNews = { type: 'call.ended', occurredAt };
  return isMissed(call) ? [end, { type: 'call.missed', occurredAt }] : [end];
}

/** Somebody called us and nobody answered. A call that we know too little of is not called missed. */
function isMissed({ direction, result }: Call): boolean {
  return direction === 'inbound' && result !== 'unknown' && !wasTaken(result);
}
