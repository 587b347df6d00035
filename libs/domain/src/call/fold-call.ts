/**
 * The one way in which a call's record changes: reports of legs are folded into it.
 *
 * PBXs repeat themselves, send the legs of a call in any order, and add a recording or a transcript minutes later. So the
 * fold is a join: the same reports give the same call in every order and however often each of them came. That holds
 * because a leg is a least upper bound of its reports (`mergeLegs`) and the summary is a pure function of the set of legs
 * (`summariseLegs`).
 */
import { sameValue } from '../same-value.js';
import type { CallId, ConnectionId, Instant } from '../ids.js';
import type { Call, CallLeg, TimedIvrStep } from './call.js';
import { laterContext, type CallContext } from './call-context.js';
import { isOpen } from './call-state.js';
import { isLive, isRepetition, isSameKey, type LiveIvrStep } from './ivr-path.js';
import { mergeLegs } from './merge-legs.js';
import { readLeg } from './read-leg.js';
import { summariseLegs } from './summarise-legs.js';

/**
 * @param previous  the record so far; null for a call not seen before
 * @param legs  any number of normalised reports of this call, in any order
 * @param ids  used for a new record; an old one keeps its own
 * @param context  what is remembered of the call by now; null for nothing
 * @returns `changed` is false when the reports told nothing new, as a replay does
 */
export function foldCall(
  previous: Call | null,
  legs: readonly CallLeg[],
  ids: { id: CallId; connectionId: ConnectionId; vendorCallId: string },
  context: CallContext | null = null,
): { call: Call; changed: boolean } {
  const closedAt = previous?.closedAt ?? null;
  const before = new Map(previous?.legs.map((leg) => [leg.key, leg]));
  const byKey = new Map<string, CallLeg>();
  for (const leg of [...(previous?.legs ?? []), ...legs]) {
    const known = byKey.get(leg.key);
    const merged = mergeLegs(known ?? leg, leg);
    byKey.set(leg.key, closedAt === null ? merged : asItWasHeard(merged, before.get(leg.key), closedAt));
  }
  const { id, connectionId, vendorCallId } = previous ?? ids;
  const remembered = laterContext(previous?.context ?? null, context);
  const summary = summariseLegs([...byKey.values()], closedAt, remembered);
  const { match = null, notes = [] } = previous ?? {};
  // Onto the summary, which nobody else has: a copy with members more costs ten times as much.
  const call: Call = Object.assign(summary, { id, connectionId, vendorCallId, match, notes });
  return { call, changed: previous === null || !sameValue(previous, call) };
}

/** The same key at another time, as two who tell of it read the PBX's clock. */
function isToldAgain(step: LiveIvrStep, known: readonly LiveIvrStep[]): boolean {
  const same = known.filter((other) => isRepetition(other, step));
  return same.length > 0 && same.every(({ at }) => at !== step.at);
}

/**
 * When a leg was over before its call was closed, what is heard of it later is a repetition or was held up: it tells no
 * other times. What a message tells beside that (an account of the call, names, a result that says more) counts as ever.
 * Nobody presses keys in a call that is over, so a key that is known is not pressed again.
 */
function asItWasHeard(told: CallLeg, before: CallLeg | undefined, closedAt: Instant): CallLeg {
  if (before === undefined) return told;
  const known = before.ivrPath.filter(isLive);
  const isRepeated = (step: TimedIvrStep) =>
    isLive(step) &&
    (step.at > closedAt
      ? told.ivrPath.some((other) => isSameKey(other, step) && (other.at ?? 0) < step.at)
      : isToldAgain(step, known));
  const merged = told.ivrPath.some(isRepeated)
    ? { ...told, ivrPath: told.ivrPath.filter((step) => !isRepeated(step)) }
    : told;
  const { ended } = before.heard;
  if (ended === null || ended > closedAt || isOpen(readLeg(before))) return merged;
  return {
    ...merged,
    heard: { ...before.heard, word: merged.heard.word, elsewhere: merged.heard.elsewhere },
  };
}
