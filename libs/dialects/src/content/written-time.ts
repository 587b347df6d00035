/** Reads a time that a PBX wrote out, where there is but one way to read it. */

/** `local`: no offset was written, so it is the wall clock of the connection, encoded as if it were UTC. */
export interface WrittenTime {
  epochSeconds: number;
  by: 'utc' | 'local';
}

const OFFSET = String.raw`(Z|GMT|UTC|[+-]\d\d(?::?\d\d)?)?`;
/** `2026-11-01T12:00:00.000+02:00`, `2026/11/01 12:00`, `20261101T12:00:00`, `20261101120000`. */
const YEAR_FIRST = new RegExp(
  String.raw`^((?:19|20)\d\d)([-/]?)(\d\d)\2(\d\d)[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?\s*${OFFSET}$`,
  'i',
);
/** `Sun, 01 Nov 2026 12:00:00 +0200` (RFC 5322). */
const MONTH_NAMED = new RegExp(
  String.raw`^(?:[a-z]{3},? )?(\d\d?) ([a-z]{3}) ((?:19|20)\d\d) (\d\d):(\d\d)(?::(\d\d))?\s*${OFFSET}$`,
  'i',
);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const SECOND = 1000;
const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;

/** Null for anything else: `01/11/2026` is in November or in January, and nobody says which. */
export function readWrittenTime(text: string): WrittenTime | null {
  const first = YEAR_FIRST.exec(text);
  if (first !== null) {
    const [, year, , month, day, hour, minute, second, fraction, offset] = first;
    return timeOf([year, month, day, hour, minute, second].map(Number), { fraction, offset });
  }
  const named = MONTH_NAMED.exec(text);
  if (named === null) return null;
  const [, day, word = '', year, hour, minute, second, offset] = named;
  const month = MONTHS.indexOf(word.toLowerCase()) + 1;
  return timeOf([Number(year), month, ...[day, hour, minute, second].map(Number)], { offset });
}

/** @param parts  year, month, day, hour, minute, second; NaN for a second that is not there */
function timeOf(
  parts: readonly number[],
  { fraction, offset }: { fraction?: string | undefined; offset: string | undefined },
): WrittenTime | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, written = 0] = parts;
  const second = Number.isNaN(written) ? 0 : written;
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // A day or an hour that does not exist comes out as another one.
  const isReal =
    at.getUTCMonth() === month - 1 &&
    at.getUTCDate() === day &&
    at.getUTCHours() === hour &&
    at.getUTCMinutes() === minute &&
    at.getUTCSeconds() === second;
  if (!isReal) return null;
  const wall = at.getTime() / SECOND + Number(`0.${(fraction ?? '0').slice(0, 3)}`);
  if (offset === undefined) return { epochSeconds: wall, by: 'local' };
  const east = offsetSeconds(offset);
  return east === null ? null : { epochSeconds: wall - east, by: 'utc' };
}

/** Seconds to the east of Greenwich. */
function offsetSeconds(offset: string): number | null {
  if (/^[a-z]/i.test(offset)) return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(3).replace(':', '') || 0)];
  if (hours > 14 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * HOUR_SECONDS + minutes * MINUTE_SECONDS);
}
