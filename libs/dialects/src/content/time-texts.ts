/** Times as vendors print them in their answers. */
import { offsetOf, type Instant } from '#domain';

const MINUTE = 60_000;
const HOUR_MINUTES = 60;

/**
 * The wall clock of the zone, `2026-11-21T11:30:00`.
 *
 * @param timeZone  IANA; null for UTC
 */
export function wallClockText(at: Instant, timeZone: string | null): string {
  return new Date(at + offsetIn(timeZone, at)).toISOString().slice(0, 'YYYY-MM-DDTHH:mm:ss'.length);
}

/** The same with its offset, `2026-11-21T11:30:00+02:00`. */
export function offsetTimeText(at: Instant, timeZone: string | null): string {
  const minutes = Math.round(offsetIn(timeZone, at) / MINUTE);
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / HOUR_MINUTES), size % HOUR_MINUTES];
  return `${wallClockText(at, timeZone)}${minutes < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(rest)}`;
}

function offsetIn(timeZone: string | null, at: Instant): number {
  return timeZone === null ? 0 : offsetOf(timeZone, at);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
