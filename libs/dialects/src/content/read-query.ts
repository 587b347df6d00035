import type { FormReading } from './read-form.js';

/** No PBX's URL comes near these (design "Dialects", "Ingress URLs"). */
export const MAX_QUERY_LENGTH = 64 * 1024;
export const MAX_QUERY_PARAMETERS = 100;

/**
 * The parameters of a query string (without its `?`) in their order, repeated ones repeated.
 *
 * Stricter than `readForm`: PBXs fill their values into a URL that people typed, so an escape that is broken says that the
 * URL was put together wrongly, and what follows it may be anything.
 */
export function readQuery(query: string): FormReading {
  if (query.length > MAX_QUERY_LENGTH) {
    return { ok: false, reason: `The query is longer than ${MAX_QUERY_LENGTH} bytes.` };
  }
  const fields: [string, string][] = [];
  try {
    for (const pair of query.split('&')) {
      if (pair === '') continue;
      if (fields.length === MAX_QUERY_PARAMETERS) {
        return { ok: false, reason: `The query has more than ${MAX_QUERY_PARAMETERS} parameters.` };
      }
      const equals = pair.indexOf('=');
      const name = equals === -1 ? pair : pair.slice(0, equals);
      fields.push([decode(name), equals === -1 ? '' : decode(pair.slice(equals + 1))]);
    }
  } catch {
    return { ok: false, reason: 'The query is not valid percent-encoded UTF-8.' };
  }
  return fields.some((field) => field.some((part) => part.includes('\0')))
    ? { ok: false, reason: 'The query holds NUL characters.' }
    : { ok: true, fields };
}

/** @throws URIError where a `%` starts no escape or the escapes are not UTF-8 */
function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return spaced.includes('%') ? decodeURIComponent(spaced) : spaced;
}
