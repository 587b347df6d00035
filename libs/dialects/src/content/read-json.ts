/** A JSON text's value, or why it has none. */
export type JsonReading = { ok: true; value: unknown } | { ok: false; reason: string };

export const MAX_JSON_DEPTH = 64;

/**
 * Of members with the same name the last one counts, as everywhere in ECMAScript (the seed's own example repeats `queueid`).
 * NUL characters written as escapes are dropped, since PostgreSQL cannot keep them; a call is worth more than they are.
 */
export function readJson(text: string): JsonReading {
  let value: unknown;
  try {
    value = text.includes('\\u0000') ? JSON.parse(text, withoutNul) : JSON.parse(text);
  } catch {
    return { ok: false, reason: 'The body is not valid JSON.' };
  }
  // Whoever handles the value later, JSON.stringify included, recurses into it.
  if (isDeeper(value, MAX_JSON_DEPTH)) {
    return { ok: false, reason: `The JSON is nested more than ${MAX_JSON_DEPTH} levels deep.` };
  }
  return { ok: true, value };
}

function withoutNul(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '') : value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    if (isDeeper(member, levels - 1)) return true;
  }
  return false;
}
