import { readUrl } from '#domain';
import { remembering } from '../memory/remembering.js';
import { REDACTED } from './redact-headers.js';
import { isSecretName } from './secret-name.js';

/** Query parameters that carry credentials, by the words that their names are made of. */
const SECRET_WORD =
  /(^|[-_.])(auth|authorization|token|secret|password|passwd|pwd|pass|apikey|key|code|sig|signature|hash|credentials?|session|jwt|bearer)($|[-_.])/;
/** Bitrix24 and others put the secret into the path: a long segment of letters and digits without a word in it. */
const SECRET_SEGMENT = /^(?=.*\d)(?=.*[a-z])[a-z0-9_-]{16,}$/i;
/** Most endpoints have one URL; those with templates have many, and must not fill the memory. */
const REMEMBERED = 1_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A URL, fit for the delivery log: user name and password, values of query parameters whose names speak of credentials, and
 * path segments that look like tokens are replaced by `[redacted]`. What is no URL at all is not shown.
 */
export const redactUrl: (text: string) => string = remembering((text) => {
  const url = readUrl(text);
  if (url === null) return REDACTED;
  // Whom a mail went to is what its log is for, and an address holds no secret.
  if (url.protocol === 'mailto:') return text;
  const userinfo = url.username === '' && url.password === '' ? '' : `${REDACTED}@`;
  const path = url.pathname
    .split('/')
    .map((segment) => (isToken(segment) ? REDACTED : segment))
    .join('/');
  // By hand and not by URLSearchParams, which would write every other parameter anew.
  const query = url.search === '' ? '' : `?${url.search.slice(1).split('&').map(redactPair).join('&')}`;
  return `${url.protocol}//${userinfo}${url.host}${path}${query}`;
}, REMEMBERED);

function redactPair(pair: string): string {
  const at = pair.indexOf('=');
  if (at < 0) return isToken(pair) ? REDACTED : pair;
  return isSecret(pair.slice(0, at)) ? `${pair.slice(0, at)}=${REDACTED}` : pair;
}

function isSecret(encoded: string): boolean {
  let name = encoded;
  try {
    name = decodeURIComponent(encoded);
  } catch {
    // A stray percent sign: the name is judged as it stands.
  }
  // `accessToken` and `APIKey` are made of words too.
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/([A-Z])([A-Z][a-z])/g, '$1_$2');
  return SECRET_WORD.test(words.toLowerCase()) || SECRET_WORD.test(name.toLowerCase()) || isSecretName(name);
}

function isToken(segment: string): boolean {
  return SECRET_SEGMENT.test(segment) && !UUID.test(segment);
}
