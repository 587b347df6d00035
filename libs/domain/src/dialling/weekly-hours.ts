import type { HoursRange, Weekday } from '../ivr/ivr-flow.js';

/** By the wall clock of whoever is called. A weekday without ranges is closed. */
export type WeeklyHours = Record<Weekday, readonly HoursRange[]>;

/** The same hours on all seven days. */
export function everyDay(from: string, to: string): WeeklyHours {
  const hours: HoursRange[] = [[from, to]];
  return { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours };
}
