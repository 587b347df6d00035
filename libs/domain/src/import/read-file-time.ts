import { instant, type Instant } from '../ids.js';
import { fromEpoch } from '../time/wall-clock.js';

/** `2026-11-30`, `2026-11-30 14:05`, `2026-11-30T14:05:30.5Z`, `2026-11-30 14:05 +02:00`. */
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(.+))?$/;
/** `30/11/2026 14:05`, in North America `11/30/2026 2:05 PM`. */
const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ,]+(.+))?$/;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*([ap]m)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
/** Where people write the month first. */
const MONTH_FIRST: ReadonlySet<string> = new Set(['US', 'PH', 'PR']);
const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;
const [FIRST_YEAR, LAST_YEAR] = [1970, 2200];

export interface FileTimes {
  /** ISO 3166-1 alpha-2 of whoever wrote the file: whether the day or the month comes first. */
  country: string;
  /** IANA zone of times that do not say theirs. */
  zone: string;
}

/** A date, or a date and time, as people's files have them; undefined for anything else. A date alone is its first moment. */
export function readFileTime(text: string, { country, zone }: FileTimes): Instant | undefined {
  const parts = datePartsOf(text, country);
  if (parts === undefined) return undefined;
  const { year, month, day, clock } = parts;
  const time = clock === undefined ? { seconds: 0, offset: undefined } : clockOf(clock);
  if (time === undefined || year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  const midnight = Date.UTC(year, month - 1, day);
  // What is no day rolls over into the next month.
  const rolled = instant(midnight);
  if (isOtherDay(rolled, { month, day })) return undefined;
  const wall = midnight + time.seconds * SECOND_MS;
  if (time.offset !== undefined) return instant(wall - time.offset * MINUTE_MS);
  return fromEpoch(wall / SECOND_MS, { epochs: 'local', timeZone: zone });
}

function datePartsOf(
  text: string,
  country: string,
): { year: number; month: number; day: number; clock: string | undefined } | undefined {
  const [, year, month, day, clock] = YEAR_FIRST.exec(text) ?? [];
  if (year !== undefined) return { year: Number(year), month: Number(month), day: Number(day), clock };
  const [, one, two, last, time] = YEAR_LAST.exec(text) ?? [];
  if (last === undefined) return undefined;
  const [first, second] = [Number(one), Number(two)];
  const parts = MONTH_FIRST.has(country) ? { month: first, day: second } : { month: second, day: first };
  return { year: Number(last), ...parts, clock: time };
}

function isOtherDay(midnight: Instant, { month, day }: { month: number; day: number }): boolean {
  const at = new Date(midnight);
  return at.getUTCMonth() + 1 !== month || at.getUTCDate() !== day;
}

/** Seconds since midnight, and minutes east of UTC where the text says so. */
function clockOf(text: string): { seconds: number; offset: number | undefined } | undefined {
  const [whole, hours = '', minutes = '', seconds = '0', half, offset] = CLOCK.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const hour =
    half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return {
    seconds: hour * 3_600 + Number(minutes) * 60 + Number(seconds),
    offset: offset === undefined ? undefined : minutesOf(offset),
  };
}

function minutesOf(offset: string): number {
  if (!/^[+-]/.test(offset)) return 0;
  const digits = offset.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3));
  return digits.startsWith('-') ? -minutes : minutes;
}
