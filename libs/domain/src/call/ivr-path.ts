/** The way of a caller through the menus, out of what was told live and what was listed afterwards. */
import type { Instant } from '../ids.js';
import type { TimedIvrStep } from './call.js';

const SECOND = 1000;

/**
 * A PBX that repeats a webhook does so with another time of receipt, and a step has no number of its own: the same key in
 * the same menu within this time is one step. Nobody hears a menu out and presses again so fast; who does is counted once.
 */
const REPEATED_WITHIN_MS = 2 * SECOND;

export type LiveIvrStep = TimedIvrStep & { at: Instant };

type WithPath = { readonly ivrPath: readonly TimedIvrStep[] };

export function isLive(step: TimedIvrStep): step is LiveIvrStep {
  return typeof step.at === 'number';
}

/** Whether two steps are the same key in the same menu. */
export function isSameKey(a: TimedIvrStep, b: TimedIvrStep): boolean {
  return a.layerId === b.layerId && a.digits === b.digits;
}

/**
 * The PBX's own list, where there is one, is believed; steps told live that it does not have follow. Numbered 1, 2, 3.
 *
 * @param legs  the first one that has a list gives it
 */
export function ivrPathOf(legs: readonly WithPath[]): TimedIvrStep[] {
  if (legs.every(hasNone)) return [];
  const lists = legs.map(({ ivrPath }) => ivrPath.filter((step) => !isLive(step)));
  const listed = lists.find((steps) => steps.length > 0) ?? [];
  const untold = liveSteps(legs).filter((step) => !listed.some((known) => isSameKey(known, step)));
  return [...listed, ...untold].map(({ layerId, layerName, layerNumber, digits, at }, index) => ({
    order: index + 1,
    layerId,
    layerName,
    layerNumber,
    digits,
    at,
  }));
}

/**
 * The steps that were told live, repetitions left out, in the order of time. What counts as a repetition is counted from
 * the earliest on, of all that is known: decided while the messages come in it would depend on their order.
 */
export function liveSteps(legs: readonly WithPath[]): LiveIvrStep[] {
  if (legs.every(hasNone)) return [];
  const told = legs.flatMap(({ ivrPath }) => ivrPath.filter(isLive)).sort(byTime);
  const kept: LiveIvrStep[] = [];
  for (const step of told) if (!kept.some((known) => isRepetition(known, step))) kept.push(step);
  return kept;
}

/** Most calls see no menu, and every message of a call asks. */
function hasNone({ ivrPath }: WithPath): boolean {
  return ivrPath.length === 0;
}

export function isRepetition(a: LiveIvrStep, b: LiveIvrStep): boolean {
  return isSameKey(a, b) && Math.abs(a.at - b.at) <= REPEATED_WITHIN_MS;
}

/** Total for steps that can be told apart, so that the order of the legs does not matter. */
function byTime(a: LiveIvrStep, b: LiveIvrStep): number {
  return a.at - b.at || a.order - b.order || byText(a, b);
}

function byText(a: LiveIvrStep, b: LiveIvrStep): number {
  const [left, right] = [textOf(a), textOf(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function textOf({ layerId, digits, layerName, layerNumber }: LiveIvrStep): string {
  return JSON.stringify([layerId, digits, layerName, layerNumber]);
}
