import type { HoursRange } from '../../ivr/ivr-flow.js';
import type { WeeklyHours } from '../dial-rules.js';

/** The same hours on all seven days. */
export function everyDay(from: string, to: string): WeeklyHours {
  const hours: HoursRange[] = [[from, to]];
  return { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours };
}
