/** What is shown of a contact, whatever a source wrote there. */
import { readUrl, tidyLine } from '#domain';

const LONGEST_TEXT = 200;
const LONGEST_URL = 2_048;

/** One line; null where nothing is left of it. */
export function shownText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = tidyLine(value.slice(0, 4 * LONGEST_TEXT));
  return text === '' ? null : [...text].slice(0, LONGEST_TEXT).join('');
}

/** A page that a browser opens; whether it is reached from here does not matter. */
export function shownUrl(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > LONGEST_URL) return null;
  const url = readUrl(value);
  return url !== null && /^https?:$/.test(url.protocol) && url.host !== '' ? url.href : null;
}
