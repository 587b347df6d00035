import { redactHeaders } from '#platform';

/** The ingress token as it stands in a path, where a proxy may have copied it into a header. */
const TOKEN_IN_PATH = /(\/in\/)[^/?#\s"']+/g;

/** A webhook's headers, fit to be shown: no credentials, and no ingress token. */
export function shownHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    if (typeof value === 'string') return [[name, value]];
    return Array.isArray(value) ? [[name, value.join(', ')]] : [];
  });
  const redacted = redactHeaders(Object.fromEntries(entries));
  return Object.fromEntries(
    Object.entries(redacted).map(([name, value]) => [name, value.replace(TOKEN_IN_PATH, '$1[redacted]')]),
  );
}
