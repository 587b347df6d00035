import { readUrl } from '#domain';

/** What keeps the data of an event inside the part of a URL that it was meant for. */

/** A scheme and a host that are complete before anything else begins. */
const FIXED_HOST = /^https?:\/\/[^/?#\\{}\s]+([/?#]|$)/i;

/** Whether the host of a URL with placeholders is written out: data may never choose where requests go. */
export function hasFixedHost(template: string): boolean {
  return FIXED_HOST.test(template);
}

/** Everything but letters, digits and `-._~` is escaped, as RFC 3986 (2.3) has it. */
export function percentEncoded(value: string): string {
  // Halves of surrogate pairs have no UTF-8.
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Whether the URL has as many path segments as it has with harmless values: `.` and `..` are walked by every URL parser,
 * escaped or not, so a caller who is named `..` would reach another page.
 */
export function staysInPlace(url: string, harmless: string): boolean {
  const [read, safe] = [readUrl(url), readUrl(harmless)];
  return read !== null && safe !== null && segmentsOf(read) === segmentsOf(safe);
}

function segmentsOf(url: URL): number {
  return url.pathname.split('/').length;
}
