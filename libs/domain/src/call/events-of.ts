/**
 * Which events a change of a call's record makes. Each milestone is told once and never after a later one, however late or
 * twisted the messages come in; the ringing once for the call and for each further extension (`ringingNews`):
 *
 *   call.ringing*  call.answered?  ( call.ended  call.missed?  call.updated* )?
 *
 * `call.noted` stands beside these, whenever somebody writes something (`sayOfCall`).
 *
 * Beside them, each at most once and before `call.ended`: `queue.joined`, then `queue.left` (`queueNews`); and as often as
 * a caller presses a key while we hear of it: `ivr.input`. Of one change they are told in the order of `CALL_EVENT_TYPES`.
 *
 * The end is told when the call is complete or was closed (`closeCall`); until then it may be held off (`settleAt`).
 */
import type { Instant } from '../ids.js';
import { sameValue } from '../same-value.js';
import type { Call } from './call.js';
import type { CallNews } from './call-news.js';
import { isComplete } from './call-state.js';
import { callView } from './call-view.js';
import { isRepetition, liveSteps } from './ivr-path.js';
import { queueNews } from './queue-news.js';
import { readLeg } from './read-leg.js';
import { ringingNews } from './ringing-news.js';
import type { ToldSoFar } from './told-so-far.js';

/**
 * @param before  the record as it was when `told` was told; null for a new call
 * @param told  what was told of this call already
 * @param at  when we learnt of the change: the time of what has none of its own
 */
export function eventsOf(before: Call | null, after: Call, told: ToldSoFar, at: Instant): CallNews[] {
  if (told.types.includes('call.ended')) {
    const changed = before === null || !sameValue(callView(before), callView(after));
    return changed ? [{ type: 'call.updated', occurredAt: at }] : [];
  }
  const over = after.state === 'ended' && isOver(after);
  const answers = after.state === 'answered' && !told.types.includes('call.answered');
  const { rang } = told;
  return [
    ...ringingNews(after, told, at),
    ...inputsOf(before, after),
    ...queueNews(after, told.types, { at, over }),
    ...(answers ? [{ type: 'call.answered', occurredAt: after.answeredAt ?? at, rang } as const] : []),
    ...(over ? endOf(after, at, rang) : []),
  ];
}

/**
 * The steps in a menu that were not told. Compared with what was known and not counted: a message that was held up may
 * come with an earlier time than one that was told, and be the same step.
 */
function inputsOf(before: Call | null, after: Call): CallNews[] {
  const known = before === null ? [] : liveSteps(before.legs);
  return liveSteps(after.legs)
    .filter((step) => !known.some((other) => isRepetition(other, step)))
    .map(({ at, layerId: menu, layerNumber, digits }) => ({
      type: 'ivr.input',
      occurredAt: at,
      input: { menu, layerNumber, digits },
    }));
}

function isOver(call: Call): boolean {
  return call.closedAt !== null || isComplete(call.legs.map(readLeg));
}

function endOf(call: Call, at: Instant, rang: readonly string[]): CallNews[] {
  const occurredAt = call.endedAt ?? at;
  const end: CallNews = { type: 'call.ended', occurredAt, rang };
  return call.missed ? [end, { ...end, type: 'call.missed' }] : [end];
}
