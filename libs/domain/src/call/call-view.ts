/** How a call is shown outside: in the REST API and as the data of a webhook. */
import type { Instant } from '../ids.js';
import type { Call, CallState, IvrStep, TimedIvrStep } from './call.js';
import { shownNote, type ShownNote } from './call-note.js';
import { ivrPathOf } from './ivr-path.js';
import { readLeg, type ReadLeg } from './read-leg.js';

/** Times of a call and of a leg; ISO 8601 in UTC when shown, e.g. `2026-11-21T09:30:00.000Z`. */
interface ShownTimes {
  startedAt: string | null;
  answeredAt: string | null;
  endedAt: string | null;
}

/** `at` is null for a step of the list that a PBX gives when the call is over. */
export interface ShownIvrStep extends IvrStep {
  at: string | null;
}

/** What the record is made of and nobody outside has a use for. */
type Unshown = 'heard' | 'accounted' | 'elsewhere' | 'nobodyMissed' | 'menuSeconds';

/** `state` is null for a leg of which only something was noted, such as a recording. */
export type CallLegView = Omit<ReadLeg, keyof ShownTimes | 'ivrPath' | Unshown> &
  ShownTimes & { state: CallState | null; ivrPath: ShownIvrStep[] };

/**
 * The same record with the same names; only the times are text. `legs` tells the parts of a call that has several and is
 * empty otherwise: a call of one leg is that leg. `raw` holds the vendor's fields that we have no word for.
 */
export type CallView = Omit<
  Call,
  keyof ShownTimes | 'ivrPath' | 'legs' | 'closedAt' | 'context' | 'match' | 'missed' | 'notes'
> &
  ShownTimes & {
    ivrPath: ShownIvrStep[];
    raw: Record<string, unknown>;
    notes: ShownNote[];
    legs: CallLegView[];
  };

/** @param call  also one that was read back from JSON, where times are plain numbers */
export function callView(call: Call): CallView {
  const { legs, closedAt: _, context: __, missed: ___, match: ____, ...summary } = call;
  const [only] = legs;
  return {
    ...summary,
    ...shownTimes(call),
    ivrPath: call.ivrPath.map(shownStep),
    raw: legs.length === 1 && only ? only.raw : {},
    notes: call.notes.map(shownNote),
    legs: legs.length > 1 ? legs.map((leg) => legView(readLeg(leg))) : [],
  };
}

function legView(read: ReadLeg): CallLegView {
  const { heard: _, accounted: __, elsewhere: ___, nobodyMissed: ____, menuSeconds: _____, ...leg } = read;
  return { ...leg, ...shownTimes(leg), ivrPath: ivrPathOf([leg]).map(shownStep) };
}

function shownStep(step: TimedIvrStep): ShownIvrStep {
  return { ...step, at: iso(step.at) };
}

function shownTimes(of: Record<keyof ShownTimes, Instant | null>): ShownTimes {
  return { startedAt: iso(of.startedAt), answeredAt: iso(of.answeredAt), endedAt: iso(of.endedAt) };
}

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
