import type { Instant } from '../ids.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Year 9999; what is later is written with more digits. */
const LAST_DAY = 2_932_896;

/** Texts of 0 to 59, with two digits. */
const TWO = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

let knownDay = Number.NaN;
let knownDate = '';

/**
 * As `Date.toISOString`, e.g. `2026-11-21T09:30:00.000Z`, which looks for the date anew each time: times that are told follow
 * each other, and most are of one day.
 *
 * @throws RangeError for what is no time
 */
export function isoText(at: Instant): string {
  const day = Math.floor(at / DAY);
  // Also for what is no number.
  if (!(day >= 0 && day <= LAST_DAY) || !Number.isInteger(at)) return new Date(at).toISOString();
  if (day !== knownDay) {
    knownDate = new Date(day * DAY).toISOString().slice(0, 'yyyy-mm-ddT'.length);
    knownDay = day;
  }
  const ms = at - day * DAY;
  const hour = TWO[Math.floor(ms / HOUR)] as string;
  const minute = TWO[Math.floor(ms / MINUTE) % 60] as string;
  const second = TWO[Math.floor(ms / SECOND) % 60] as string;
  return `${knownDate}${hour}:${minute}:${second}.${String(ms % SECOND).padStart(3, '0')}Z`;
}
