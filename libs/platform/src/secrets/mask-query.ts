import { REDACTED } from './redact-headers.js';

/** Whole names, squeezed to letters and digits, whose values are credentials. No dialect has a field of such a name. */
const SECRET_NAMES: ReadonlySet<string> = new Set(
  (
    'code phonelogincode pass pwd passwd password pin key apikey accesskey secretkey privatekey authkey secret token auth ' +
    'authorization authentication bearer jwt sig signature hmac credential credentials session sessionid sid otp'
  ).split(' '),
);
const SECRET_END = /(token|secret|password|passwd|apikey|apisecret|accesskey|secretkey|authkey|signature)$/;
/** What any such name has in it; all other queries are left alone at once. A `%` may spell one. */
const SUSPICIOUS =
  /code|pass|pwd|pin|key|secret|token|auth|bearer|jwt|sig|hmac|credential|session|sid|otp|%/i;
/** A name, and where its value begins. Besides `&`, a second `?` and `;` begin one, as PBXs join URLs. */
const NAME = /(?<=^|[&?;])([^&?;=]*)=/g;

/**
 * A query with the values of credentials replaced by `[redacted]`: names that say so, in any spelling, also percent-encoded.
 * Everything else stays byte for byte.
 *
 * @param query  raw, without its `?`
 */
export function maskQuery(query: string): string {
  if (!SUSPICIOUS.test(query)) return query;
  let masked = '';
  let done = 0;
  for (const found of query.matchAll(NAME)) {
    const valueAt = found.index + found[0].length;
    // It lies in a value that is hidden already.
    if (found.index < done || !isSecretName(found[1] ?? '')) continue;
    const next = query.indexOf('&', valueAt);
    const end = next < 0 ? query.length : next;
    masked += query.slice(done, valueAt) + (end > valueAt ? REDACTED : '');
    done = end;
  }
  return masked + query.slice(done);
}

export function isSecretName(encoded: string): boolean {
  const squeezed = decoded(encoded)
    .toLowerCase()
    .replace(/^amp;/, '')
    .replace(/[^a-z0-9]/g, '');
  return SECRET_NAMES.has(squeezed) || SECRET_END.test(squeezed);
}

function decoded(name: string): string {
  if (!name.includes('%')) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    // A stray percent sign: the name is judged as it stands.
    return name;
  }
}
