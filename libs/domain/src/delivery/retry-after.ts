import type { Instant } from '../ids.js';
import { SECOND } from './durations.js';

const SECONDS = /^\d+(\.\d+)?$/;
/** IMF-fixdate, the RFC 850 form and asctime all begin with the day's name; nothing else may reach the lenient parser. */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s/;

/**
 * How long a `Retry-After` header asks us to wait.
 *
 * @param header  the field's value as it came; undefined when it was absent
 * @param now     when the answer arrived; a date in the header is measured from here
 * @returns milliseconds, 0 for a time that has passed, null when the header is absent or says nothing readable
 * @see RFC 9110, sections 10.2.3 (Retry-After) and 5.6.7 (HTTP-date)
 */
export function retryAfterMs(header: string | undefined, now: Instant): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (SECONDS.test(text)) return Math.ceil(Number(text) * SECOND);
  if (!HTTP_DATE.test(text)) return null;
  // asctime names no zone although it means GMT; without one the parser would take the machine's own.
  const at = Date.parse(/GMT$/.test(text) ? text : `${text} GMT`);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
