/** Escapes that PostgreSQL refuses when it reads JSON: NUL, and halves of a surrogate pair. */
const SUSPECT = /\\u0000|\\ud[89a-f][0-9a-f]{2}/i;

/**
 * JSON text that PostgreSQL takes. What a PBX sends may hold a NUL or half of a character, which are fine in JSON and
 * not in PostgreSQL's text: the first is left out, the second becomes the replacement character.
 */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  // The first is one quick scan of the text, the careful way is for the one in a million.
  return text.includes('\\u') && SUSPECT.test(text) ? JSON.stringify(mended(value)) : text;
}

function mended(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed();
  if (Array.isArray(value)) return value.map(mended);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [mended(key), mended(member)]));
}
