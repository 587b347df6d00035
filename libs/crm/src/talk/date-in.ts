import type { Instant } from '#domain';

/**
 * `YYYY-MM-DD` of the day that it is there: for CRMs whose tasks are of a day and have no time.
 *
 * @param timeZone  of the IANA, such as `Asia/Jerusalem`
 */
export function dateIn(timeZone: string, at: Instant): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return parts.format(at);
}
