import { DAY, HOUR, MINUTE } from '../delivery/durations.js';
import { instant, type Instant } from '../ids.js';
import { offsetOf } from '../time/wall-clock.js';
import type { RetryPolicy, TryResult } from './retry-policy.js';

export interface LastTry {
  result: TryResult;
  /** Its number, from 1. */
  attempt: number;
  now: Instant;
  /** In [0, 1): decides the jitter. */
  chance: number;
  /** Where the lead may be (`zonesOf`): parts of the day are by the clock of the first; without any the part does not matter. */
  zones: readonly string[];
}

/** `final`: such a result is not tried again. `tries`: as often as it may be. */
export type NextTry = { again: Instant } | { over: 'answered' | 'final' | 'tries' };

/** Where parts of a day begin, by the clock: morning, afternoon, evening. What is before the morning is of the evening. */
const PART_BEGINS = [6 * HOUR, 12 * HOUR, 17 * HOUR] as const;
/** Clocks change, and parts begin, at whole quarters of an hour. */
const QUARTER = 15 * MINUTE;

/**
 * When a lead is tried again after what became of its last try. Only the policy speaks here; whether the lead may be dialled then is
 * for `mayDial` to say.
 */
export function nextTry(policy: RetryPolicy, last: LastTry): NextTry {
  const rule = policy.results[last.result];
  if (last.result === 'answered' && rule === undefined) return { over: 'answered' };
  if (rule === undefined) return { over: 'final' };
  if (last.attempt >= rule.max) return { over: 'tries' };
  const minutes = rule.delays[Math.min(last.attempt, rule.delays.length) - 1] ?? rule.delays.at(-1) ?? 0;
  const spread = 1 - policy.jitter + 2 * policy.jitter * last.chance;
  const at = last.now + Math.round(minutes * MINUTE * spread);
  const [zone] = last.zones;
  const again = rule.otherDayPart && zone !== undefined ? inOtherPart(at, last.now, zone) : at;
  return { again: instant(again) };
}

/** The first moment from `at` on that is in another part of the day than `then` was. */
function inOtherPart(at: number, then: number, zone: string): number {
  const part = partOf(then, zone);
  let moment = at;
  while (partOf(moment, zone) === part) moment = (Math.floor(moment / QUARTER) + 1) * QUARTER;
  return moment;
}

function partOf(at: number, zone: string): number {
  const wall = (((at + offsetOf(zone, instant(at))) % DAY) + DAY) % DAY;
  const begun = PART_BEGINS.filter((begin) => begin <= wall).length;
  return begun === 0 ? PART_BEGINS.length : begun;
}
