import { remembering } from '../memory/remembering.js';
import { isSecretName } from './secret-name.js';

export const REDACTED = '[redacted]';

/** Words in a name that say so, beside the names that are those of credentials anywhere. */
const SECRET_WORD =
  /(^|[-_])(auth|token|secret|password|passwd|apikey|key|credentials?|session|signature)($|[-_])/;

/** Signatures that we send: they prove nothing once their minutes are over, and tenants debug with them. */
const SHOWN_NAMES: ReadonlySet<string> = new Set(['webhook-signature', 'idempotency-key']);
const NONE: ReadonlySet<string> = new Set();

/**
 * A copy of some headers, fit for the delivery log: credentials are replaced by `[redacted]`, the names stay.
 *
 * @param also  names in lower case whose values are secrets whatever they say
 */
export function redactHeaders(
  headers: Readonly<Record<string, string>>,
  also: ReadonlySet<string> = NONE,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      isSecretHeader(name) || also.has(name.toLowerCase()) ? REDACTED : value,
    ]),
  );
}

/** The same few names come with every request. */
const REMEMBERED = 1_000;

export const isSecretHeader = remembering((name) => {
  const lower = name.toLowerCase();
  return !SHOWN_NAMES.has(lower) && (isSecretName(name) || SECRET_WORD.test(lower));
}, REMEMBERED);
