import { REDACTED } from './redact-headers.js';
import { isSecretName } from './secret-name.js';

/** What any name of a credential has in it; all other queries are left alone at once. A `%` may spell one. */
const SUSPICIOUS =
  /code|pass|pwd|psw|pw|wort|contrasena|senha|parola|haslo|heslo|wachtwoord|pin|key|secret|token|auth|bearer|jwt|sig|hash|hmac|credential|sess|sid|otp|cookie|%/i;
/** Where a name may begin: besides `&`, PBXs join URLs by a second `?`, by `;`, and by any of them escaped. */
const BORDER = /(&|[?;]|%(?:26|3[bBfF]))/;
/** A name and what parts it from its value. */
const NAME = /^([^=%]*(?:%(?!3[dD])[^=%]*)*)(=|%3[dD])/;
/** What ends a value that is hidden, as it is plainly a name and the value of it. `ab;cd==` is the end of a secret. */
const PLAIN_NAME = /^[A-Za-z_%][\w.\-[\]%]*?(=(?!=)|%3[dD])/;

/**
 * A query with the values of credentials replaced by `[redacted]`: names that say so, in any spelling, also percent-encoded.
 * Everything else stays byte for byte: what is lost here is lost for ever.
 *
 * A hidden value ends at `&`. At any other border it ends only where a name and its value follow; otherwise the border is the
 * secret's own.
 *
 * @param query  raw, without its `?`
 */
export function maskQuery(query: string): string {
  if (!SUSPICIOUS.test(query)) return query;
  const parts = query.split(BORDER);
  let masked = '';
  /** How the name of the value that is being hidden was parted from it. */
  let hiding: string | undefined;
  for (let at = 0; at < parts.length; at += 2) {
    const border = at === 0 ? '&' : (parts[at - 1] ?? '');
    const piece = parts[at] ?? '';
    if (hiding !== undefined && !endsValue(border, piece, hiding)) continue;
    const [named, name = '', equals] = NAME.exec(piece) ?? [];
    const isSecret = named !== undefined && isSecretName(unescaped(name));
    hiding = isSecret ? equals : undefined;
    masked += at === 0 ? '' : border;
    masked += isSecret ? named + (hidesNothing(parts, at, named) ? '' : REDACTED) : piece;
  }
  return masked;
}

/** Whether what follows a border is no part of a value that is hidden. */
function endsValue(border: string, piece: string, hiding: string): boolean {
  if (border === '&') return true;
  const equals = PLAIN_NAME.exec(piece)?.[1];
  // Whoever escapes the borders within a value escapes the equals signs in it as well.
  return equals === '=' || (equals !== undefined && hiding !== '=');
}

function hidesNothing(parts: readonly string[], at: number, named: string): boolean {
  if (parts[at] !== named) return false;
  const [border, piece = ''] = parts.slice(at + 1, at + 3);
  return border === undefined || endsValue(border, piece, '=');
}

function unescaped(name: string): string {
  if (!name.includes('%')) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    // A stray percent sign: the name is judged as it stands.
    return name;
  }
}
