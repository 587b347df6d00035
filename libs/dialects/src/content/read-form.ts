/** Reads `application/x-www-form-urlencoded` text, as it stands in bodies and in queries. */
import { decodeEscapes } from './charset/decode-escapes.js';
import type { TextHints } from './charset/decode-text.js';
import { nestFields } from './forms/nest-fields.js';
import { splitPairs } from './forms/split-pairs.js';
import type { IsOwn } from './open-wrappers.js';
import type { RawPair } from './forms/split-pairs.js';

/**
 * The fields of a form in their order, repeated ones repeated, those with brackets in their names put together. `unread`:
 * names that came after as many as are read; the last of them stands for all that may follow.
 */
export interface FormFields {
  fields: [name: string, value: unknown][];
  unread: readonly string[];
}

export const MAX_FORM_FIELDS = 1000;
const MAX_UNREAD = 20;
/** More than a dialect has names for. */
const MAX_OWN_BEYOND = 100;
/** Browsers put the charset of a form into a field of this name, when it has one (HTML, "4.10.21.5"). */
const CHARSET_FIELD = '_charset_';

/**
 * Whatever the text is, this comes to fields: URLSearchParams is not used, as it knows of no encoding but UTF-8.
 *
 * @param text  one character a byte
 * @param limits  `isOwn`: whether a name is one of the dialect's own. It begins a parameter where another would be a part of a
 *   value, and is read, some of them, beyond the most that are
 */
export function readForm(
  text: string,
  hints: TextHints,
  { most = MAX_FORM_FIELDS, isOwn }: { most?: number; isOwn?: IsOwn } = {},
): FormFields {
  const pairs: RawPair[] = [];
  const unread: string[] = [];
  for (const pair of splitPairs(text, isOwn)) {
    if (pairs.length < most) {
      pairs.push(pair);
      continue;
    }
    const name = decodeEscapes(pair[0], hints);
    if (isOwn?.(name) === true && pairs.length < most + MAX_OWN_BEYOND) pairs.push(pair);
    else if (unread.length < MAX_UNREAD) unread.push(name);
    else if (isOwn === undefined) break;
  }
  const charset = text.includes(CHARSET_FIELD)
    ? pairs.find(([name]) => name === CHARSET_FIELD)?.[1]
    : undefined;
  const own = charset ? { ...hints, charset } : hints;
  const fields = pairs.map(([name, value]): [string, string] => [
    decodeEscapes(name, own),
    value === null ? '' : decodeEscapes(value, own),
  ]);
  return { fields: nestFields(fields), unread };
}
