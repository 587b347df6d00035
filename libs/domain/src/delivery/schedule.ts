import { DAY, HOUR, MINUTE, SECOND } from './durations.js';

/** Entry n is the wait in milliseconds before try n + 1; so the number of entries is the number of tries. */
export type RetrySchedule = readonly number[];

/** 12 tries over about three days (design: delivery, "Defaults"). */
export const DEFAULT_SCHEDULE: RetrySchedule = [
  0,
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

export const MAX_TRIES = 30;
export const MAX_DELAY_MS = 7 * DAY;
/** Either way, so that the deliveries that failed together do not all come back together. */
const JITTER = 0.2;

export type ScheduleReading = { ok: true; schedule: RetrySchedule } | { ok: false; problem: string };

/**
 * Reads a retry schedule that a tenant set or that was stored.
 *
 * @param value  waits in milliseconds
 * @returns the schedule, or one sentence that says what is wrong with it
 */
export function validateSchedule(value: unknown): ScheduleReading {
  if (!Array.isArray(value)) return problem('A retry schedule is a list of waits in milliseconds.');
  if (value.length === 0)
    return problem('A retry schedule needs at least one entry: the wait before the first try.');
  if (value.length > MAX_TRIES) return problem(`A retry schedule has at most ${MAX_TRIES} entries.`);
  const schedule: number[] = [];
  for (const [index, delay] of (value as unknown[]).entries()) {
    if (typeof delay !== 'number' || !Number.isInteger(delay) || delay < 0 || delay > MAX_DELAY_MS) {
      return problem(`Wait ${index + 1} must be a whole number of milliseconds from 0 to ${MAX_DELAY_MS}.`);
    }
    schedule.push(delay);
  }
  return { ok: true, schedule };
}

/**
 * Spreads a wait by up to a fifth either way.
 *
 * @param random  in [0, 1)
 * @returns whole milliseconds; 0 stays 0
 */
export function jittered(delayMs: number, random: number): number {
  return Math.round(delayMs * (1 - JITTER + 2 * JITTER * random));
}

function problem(text: string): ScheduleReading {
  return { ok: false, problem: text };
}
