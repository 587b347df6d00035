/**
 * What stands at a path inside an answer: names parted by dots, such as `data.items.phones.number`. A list on the way is gone
 * through entry by entry, unless the next name is the place of one of them; a star says the same aloud, and goes through the
 * members of an object too. An empty path is the answer itself.
 */
import { isRecord } from '#domain';

const MOST_VALUES = 1_000;

/** All values there, in their order; lists opened. */
export function valuesAt(value: unknown, path: string): readonly unknown[] {
  let found: unknown[] = [value];
  for (const name of path === '' ? [] : path.split('.')) {
    found = found.flatMap((one) => step(one, name)).slice(0, MOST_VALUES);
  }
  return found.flatMap((one) => (Array.isArray(one) ? (one as unknown[]) : [one])).slice(0, MOST_VALUES);
}

/** All texts there, and numbers as texts; without empty ones. */
export function textsAt(value: unknown, path: string): readonly string[] {
  return valuesAt(value, path).flatMap((one) => {
    if (typeof one === 'string') return one.trim() === '' ? [] : [one.trim()];
    return typeof one === 'number' ? [String(one)] : [];
  });
}

/** The first text there; null where there is none, or no path. */
export function textAt(value: unknown, path: string): string | null {
  return path === '' ? null : (textsAt(value, path)[0] ?? null);
}

const DEEPEST = 8;

/** All texts there, and inside of whatever stands there. */
export function textsBelow(value: unknown, path: string, deep = 0): readonly string[] {
  if (deep > DEEPEST) return [];
  return valuesAt(value, path).flatMap((one) => {
    if (typeof one === 'string') return [one];
    if (typeof one !== 'object' || one === null) return [];
    return Object.values(one).flatMap((inner) => textsBelow(inner, '', deep + 1));
  });
}

function step(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) {
    if (/^\d+$/.test(name)) return Number(name) < value.length ? [value[Number(name)]] : [];
    if (name === '*') return value as unknown[];
    return (value as unknown[]).flatMap((one) => step(one, name));
  }
  if (!isRecord(value)) return [];
  if (name === '*') return Object.values(value);
  return Object.hasOwn(value, name) ? [value[name]] : [];
}
