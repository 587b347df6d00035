/** Text as PostgreSQL can keep it, whatever an escape smuggled in. */

import { membersOf, rememberRepeated } from './members.js';

/** The text of a JSON has to be looked through where one of these stands in it. */
const SMUGGLED = /\\u(?:0000|[dD][89a-fA-F])/;

export function mayNeedMending(json: string): boolean {
  return json.includes('\\u') && SMUGGLED.test(json);
}

/** Without NUL characters, and with U+FFFD for each half of a pair: a call is worth more than they are. */
export function storableText(text: string): string {
  return withoutNul(text).toWellFormed();
}

export function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

/** @param value  of a JSON of bounded depth; names of members are mended too */
export function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storableValue);
  if (typeof value !== 'object' || value === null) return value;
  return rememberRepeated(
    membersOf(value).map(([name, member]) => [storableText(name), storableValue(member)] as const),
  );
}
