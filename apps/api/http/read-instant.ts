/**
 * The one reader of instants that callers write. ISO 8601 as programs write it: extended (`2026-11-21T09:30:00Z`) or basic
 * form (`20261121T093000Z`), "T" and "Z" in either case or a blank for the "T", seconds and their fraction or not, and always
 * an offset from UTC. A plain `+` in a query decodes to a blank, so a blank before the offset is a plus.
 */
import { instant, type Instant } from '#domain';

export type InstantReading = { ok: true; instant: Instant } | { ok: false; problem: string };

const EXTENDED =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[Tt ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,12}))?)?(?<zone>[Zz]|(?<sign>[+\- ])(?<zoneHour>\d\d)(?::?(?<zoneMinute>\d\d))?)$/;
const BASIC =
  /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)[Tt ](?<hour>\d\d)(?<minute>\d\d)(?:(?<second>\d\d)(?:[.,](?<fraction>\d{1,12}))?)?(?<zone>[Zz]|(?<sign>[+\- ])(?<zoneHour>\d\d)(?::?(?<zoneMinute>\d\d))?)$/;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The years 1 to 9999: what ISO's four digits, PostgreSQL and its driver's text can all hold. UUIDv7 goes further. */
const EARLIEST_MS = Date.UTC(2000, 0, 1) - 730_119 * DAY_MS;
const LATEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

const SHAPE = 'must be a date and time with its offset from UTC, such as 2026-11-21T09:30:00Z';

/** Whether an instant can be written with four digits for its year, which all that keeps instants can hold. */
export function isHoldable(ms: number): boolean {
  return Number.isSafeInteger(ms) && ms >= EARLIEST_MS && ms <= LATEST_MS;
}

/**
 * @param value  what came in; everything but text is refused
 * @returns milliseconds since 1970, negative before; finer fractions are cut off. Or what is wrong, to be said after the
 * member's name
 */
export function readInstant(value: unknown): InstantReading {
  if (typeof value !== 'string') return no(SHAPE);
  const parts = (EXTENDED.exec(value) ?? BASIC.exec(value))?.groups;
  if (parts === undefined) return no(SHAPE);
  const day = dayOf(Number(parts['year']), Number(parts['month']), Number(parts['day']));
  const time = timeOf(parts);
  const offset = offsetOf(parts);
  if (day === null || time === null || offset === null) return no('is no date and time that there is');
  const ms = day + time - offset;
  // A leap second is the last one of a UTC day; it has no number of its own and is read as the next one.
  if (parts['second'] === '60' && (ms - (ms % 1000)) % DAY_MS !== 0)
    return no('has a second 60 where none can be');
  return isHoldable(ms) ? { ok: true, instant: instant(ms) } : no('must lie in the years 0001 to 9999');
}

/** Midnight of a day as UTC, in milliseconds; null for one that the calendar does not have. */
function dayOf(year: number, month: number, day: number): number | null {
  const date = new Date(0);
  // Not Date.UTC, which takes the years before 100 for those after 1900.
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : null;
}

/** Milliseconds since midnight. 24:00 is the end of the day, and nothing comes after it. */
function timeOf({
  hour,
  minute,
  second = '0',
  fraction = '',
}: Record<string, string | undefined>): number | null {
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  if (minutes > 59 || seconds > 60) return null;
  const time = (hours * 60 + minutes) * MINUTE_MS + seconds * 1000 + ms;
  return time <= DAY_MS || (time < DAY_MS + 1000 && seconds === 60) ? time : null;
}

/** Milliseconds east of UTC. */
function offsetOf({
  sign,
  zoneHour = '0',
  zoneMinute = '0',
}: Record<string, string | undefined>): number | null {
  const [hours, minutes] = [Number(zoneHour), Number(zoneMinute)];
  if (hours > 23 || minutes > 59) return null;
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes) * MINUTE_MS;
}

function no(problem: string): InstantReading {
  return { ok: false, problem };
}
