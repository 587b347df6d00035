/** What stands where a secret stood. */
const MASK = '***';
const LONGEST = 300;
/** A character that a vendor writes in one way or another is written so in a URL, in JSON or in markup. */
const SPELLINGS: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  encoded,
  (secret) => encoded(secret).replaceAll('%20', '+'),
  (secret) => JSON.stringify(secret).slice(1, -1),
  (secret) => secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
];

/**
 * A vendor's text for the tenant: without the account's secrets, however they are spelled, on one line and of bounded length.
 *
 * @param secrets  empty ones are left out
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  const spelled = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => SPELLINGS.map((spell) => spell(secret)))
    // A secret that is part of another one would leave the rest of it.
    .sort((one, other) => other.length - one.length);
  const masked =
    spelled.length === 0
      ? text
      : text.replace(new RegExp([...new Set(spelled)].map(literally).join('|'), 'giu'), MASK);
  // eslint-disable-next-line no-control-regex -- a vendor's text may hold any
  const line = masked.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();
  const characters = [...line];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : line;
}

/** Of half a character there is no encoding. */
function encoded(secret: string): string {
  return encodeURIComponent(secret.toWellFormed());
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
