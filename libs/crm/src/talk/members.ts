/** Members of what a CRM answered, which may be anything. */
import { isRecord } from '#domain';

/** Of an object; undefined of all else, and where there is none. */
export function memberOf(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const name of path) {
    if (Array.isArray(found)) found = typeof name === 'number' ? (found as unknown[])[name] : undefined;
    else if (isRecord(found) && Object.hasOwn(found, name)) found = found[name];
    else return undefined;
  }
  return found;
}

export function listIn(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = memberOf(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** Text, or a number as text; empty for all else. */
export function textIn(value: unknown, ...path: readonly (string | number)[]): string {
  const found = memberOf(value, ...path);
  if (typeof found === 'string') return found;
  return typeof found === 'number' ? String(found) : '';
}

/** Null for an empty one. */
export function idIn(value: unknown, ...path: readonly (string | number)[]): string | null {
  const text = textIn(value, ...path);
  return text === '' ? null : text;
}

/** Milliseconds since 1970 of a date in ISO 8601; 0 for all else. */
export function timeIn(value: unknown, ...path: readonly (string | number)[]): number {
  const at = Date.parse(textIn(value, ...path));
  return Number.isNaN(at) ? 0 : at;
}
