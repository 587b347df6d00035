/** Weekly hours and closed dates, made ready to be asked about many times. */
import { WEEKDAYS, type HoursRange, type Weekday } from '../ivr/ivr-flow.js';
import type { WeeklyHours } from './weekly-hours.js';

/** Minutes of a day, the first with and the last without. */
export type MinuteRange = readonly [from: number, to: number];

export interface OpenHours {
  /** From Monday to Sunday, each in order and without overlaps. */
  days: readonly (readonly MinuteRange[])[];
  /** Days since 1970-01-01 of the calendar. */
  closed: ReadonlySet<number>;
}

const MINUTES_A_DAY = 24 * 60;
const DAY_MS = MINUTES_A_DAY * 60_000;

/** Open whenever all of the hours are. @param closed  dates such as `2026-12-25` */
export function openHours(hours: WeeklyHours, closed: readonly string[]): OpenHours {
  return {
    days: WEEKDAYS.map((day) => minutesOf(hours[day])),
    closed: new Set(closed.map((date) => Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS))),
  };
}

/** The hours that are of both. */
export function commonHours(one: WeeklyHours, other: WeeklyHours): WeeklyHours {
  const entries = WEEKDAYS.map((day): [Weekday, HoursRange[]] => {
    const theirs = minutesOf(other[day]);
    const common = minutesOf(one[day]).flatMap(([from, to]) =>
      theirs
        .map(([start, end]) => [Math.max(from, start), Math.min(to, end)] as const)
        .filter(([start, end]) => start < end),
    );
    return [day, common.map(([from, to]): HoursRange => [clockOf(from), clockOf(to)])];
  });
  return Object.fromEntries(entries) as Record<Weekday, HoursRange[]>;
}

/** Ranges that touch or overlap become one. */
function minutesOf(ranges: readonly HoursRange[]): MinuteRange[] {
  const sorted = ranges
    .map(([from, to]): [number, number] => [minuteOf(from), minuteOf(to)])
    .sort(([one], [other]) => one - other);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

function minuteOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
}

function clockOf(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
