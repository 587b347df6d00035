import { maskQuery } from './mask-query.js';
import { REDACTED, isSecretHeader } from './redact-headers.js';

/** The ingress token as it stands in a path, where a proxy may have copied it into a header, and the query behind it. */
const INGRESS_PATH = /(\/in\/)[^/?#\s"']+([^?&;%#\s"']*)([^#\s"']*)/g;

/** A webhook's headers, fit to be kept and shown: no credentials, and no ingress token. */
export function shownHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') shown[name] = shownValue(name, value);
    else if (Array.isArray(value)) shown[name] = shownValue(name, value.join(', '));
  }
  return shown;
}

function shownValue(name: string, value: string): string {
  if (isSecretHeader(name)) return REDACTED;
  return value.includes('/in/') ? withoutToken(value) : value;
}

function withoutToken(text: string): string {
  return text.replaceAll(
    INGRESS_PATH,
    (_, prefix: string, path: string, query: string) => `${prefix}[redacted]${path}${maskQuery(query)}`,
  );
}
