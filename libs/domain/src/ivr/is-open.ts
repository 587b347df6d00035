import { instant, type Instant } from '../ids.js';
import { fromEpoch } from '../time/wall-clock.js';
import { WEEKDAYS, type HoursRange, type IvrHours } from './ivr-flow.js';

const SECOND = 1000;
const MINUTE_SECONDS = 60;
const DAY_SECONDS = 24 * 60 * MINUTE_SECONDS;
/** 1970-01-01 was a Thursday. */
const THURSDAY = WEEKDAYS.indexOf('thu');

/**
 * Whether somebody is there. Dates with hours of their own come before closed dates, both before the weekday.
 *
 * The hours of the days around are turned into true times and compared, rather than the time into a date and a time of
 * day: so a day with 23 or 25 hours needs no thought. A time that the clock skips is moved on by the gap, one that comes
 * twice is its first occurrence.
 *
 * @throws RangeError for an unknown zone: settings are checked with `isTimeZone` where they enter
 */
export function isOpen(hours: IvrHours, now: Instant, timeZone: string): boolean {
  const today = Math.floor(now / SECOND / DAY_SECONDS);
  // No zone is more than a day off UTC.
  return [today - 1, today, today + 1].some((day) =>
    rangesOf(hours, day).some(([from, to]) => {
      const at = (clock: string) =>
        fromEpoch(day * DAY_SECONDS + secondsOf(clock), { epochs: 'local', timeZone });
      return at(from) <= now && now < at(to);
    }),
  );
}

/** @param day  days since 1970-01-01 of the calendar */
function rangesOf(hours: IvrHours, day: number): readonly HoursRange[] {
  const date = new Date(instant(day * DAY_SECONDS * SECOND)).toISOString().slice(0, 'yyyy-mm-dd'.length);
  if (Object.hasOwn(hours.open, date)) return hours.open[date] ?? [];
  if (hours.closed.includes(date)) return [];
  const weekday = WEEKDAYS.at((((day + THURSDAY) % WEEKDAYS.length) + WEEKDAYS.length) % WEEKDAYS.length);
  return weekday === undefined ? [] : hours.weekly[weekday];
}

function secondsOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return (hour * 60 + minute) * MINUTE_SECONDS;
}
