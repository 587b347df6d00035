import { instant, type Instant } from '#domain';
import type { CallSpan } from '#db';
import { readTime } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_DAYS = 7;
/** A year of days, a month of hours: more points nobody can tell apart. */
const MOST_DAYS = { day: 366, hour: 31 } as const;

/** The first of all years that a database and a text of a time both know. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');

export interface StatsWindow {
  from: Instant;
  to: Instant;
  by: CallSpan;
  zone: string;
}

/** @throws AppError `request.invalid` for a window that ends before it begins, or is too long */
export function readStatsWindow(
  query: { from?: string; to?: string; by?: CallSpan; zone?: string },
  now: Instant,
): StatsWindow {
  const { by = 'day', zone = 'UTC' } = query;
  const to = readTime(query.to) ?? now;
  const from = readTime(query.from) ?? instant(Math.max(EARLIEST, to - DEFAULT_DAYS * DAY_MS));
  const message =
    from >= to
      ? 'from must be before to'
      : `from must be at most ${String(MOST_DAYS[by])} days before to, counted by the ${by}`;
  if (from >= to || to - from > MOST_DAYS[by] * DAY_MS) throw invalidRequest([{ field: 'from', message }]);
  return { from, to, by, zone };
}
