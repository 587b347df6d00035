/** Readers for what a PBX says: whatever it says, they find what is asked for or nothing, and never throw. */

export type Fields = Readonly<Record<string, unknown>>;

/** Undefined for what is no JSON. */
export function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}

export function fieldsIn(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** Vendors spell a name in one way or another from version to version: case does not matter. */
export function valueOf(fields: Fields | null, ...names: readonly string[]): unknown {
  const wanted = names.map((name) => name.toLowerCase());
  const found = Object.entries(fields ?? {}).find(([name]) => wanted.includes(name.toLowerCase()));
  return found?.[1];
}

/** A text or a number as text, trimmed; empty for anything else. */
export function textOf(fields: Fields | null, ...names: readonly string[]): string {
  return asText(valueOf(fields, ...names));
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

/** Null for a text that says nothing: `0`, where an id or a number is meant, does. */
export function textOrNull(fields: Fields | null, ...names: readonly string[]): string | null {
  const text = textOf(fields, ...names);
  return text === '' ? null : text;
}

/** The members that are records; none for what is no list. */
export function rowsIn(value: unknown): Fields[] {
  if (!Array.isArray(value)) return [];
  return value.map((row: unknown) => fieldsIn(row)).filter((row) => row !== null);
}

/** Shorter ones are extensions and service codes. */
const LEAST_DIGITS = 7;

/**
 * Whether two spellings are of one number: with and without its country, with zeros or a plus before it. Whoever looks for a call had
 * better find it, as one that is not found counts as not placed: that two numbers end alike is enough.
 */
export function isSameNumber(one: string | null, other: string | null): boolean {
  const [a, b] = [digitsOf(one), digitsOf(other)];
  if (a === '' || b === '') return false;
  if (a === b) return true;
  const [shorter, longer] = [bare(a), bare(b)].sort((x, y) => x.length - y.length) as [string, string];
  return shorter.length >= LEAST_DIGITS && longer.endsWith(shorter);
}

function digitsOf(text: string | null): string {
  return (text ?? '').replace(/\D/g, '');
}

function bare(digits: string): string {
  return digits.replace(/^0+/, '');
}
