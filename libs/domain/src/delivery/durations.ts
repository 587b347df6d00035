/** Spans of time in milliseconds, so that a rule reads `2 * HOUR` and not a number to be divided in one's head. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
