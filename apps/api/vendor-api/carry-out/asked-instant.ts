import { fromEpoch, instant, type AskedTime, type Instant } from '#domain';

/** A wall clock that is of no zone is the connection's. */
export function askedInstant(time: AskedTime, timeZone: string): Instant {
  if ('instant' in time) return time.instant;
  const seconds = Date.parse(`${time.local}Z`) / 1_000;
  return Number.isFinite(seconds) ? fromEpoch(seconds, { epochs: 'local', timeZone }) : instant(0);
}
