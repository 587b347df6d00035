import { withExactNumbers } from './json/exact-numbers.js';
import { readLooseJson } from './json/loose-json.js';
import { mayNeedMending, storableValue } from './storable.js';

/** A JSON text's value, or why it has none. */
export type JsonReading = { ok: true; value: unknown } | { ok: false; reason: string };

export const MAX_JSON_DEPTH = 64;

/** `{\"a\":1}`, escaped once more but not in quotation marks. */
const ESCAPED = /^[{[]\s*(?:\{\s*)?\\"/;
/** `{&quot;a&quot;:1}`: escaped for HTML. */
const ESCAPED_FOR_HTML = /^[{[]\s*(?:\{\s*)?&(?:quot|#0*34|#x0*22);/i;
/** Each text, with the colon behind it that makes it a name. */
const NAMES_AT_MOST = /"\s*:/g;
const TEXTS = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"(?:\s*:)?/g;
const HTML_ENTITY = /&(?:(quot|#0*34|#x0*22)|(apos|#0*39|#x0*27)|(lt)|(gt)|(amp));/gi;
const HTML_CHARACTERS = ['"', "'", '<', '>', '&'];
/** `callback({...});` */
const CALL = /^[\w$.]{1,60}\s*\(\s*([{["][\s\S]*[}\]"])\s*\)\s*;?\s*$/;

/**
 * Of members with the same name the last one counts, as everywhere in ECMAScript (the seed's own example repeats `queueid`).
 * Numbers that would be rounded are text; what escapes smuggled in that no database keeps is mended.
 */
export function readJson(text: string): JsonReading {
  let value: unknown;
  try {
    value = JSON.parse(withExactNumbers(text));
  } catch {
    return { ok: false, reason: 'The body is not valid JSON.' };
  }
  const reading = ofAllowedDepth(value);
  return reading.ok && mayNeedMending(text) ? { ok: true, value: storableValue(value) } : reading;
}

/**
 * As `readJson`, and of what is no JSON what is meant by it, where that is clear. Of members with the same name all are
 * remembered (`membersOf`).
 */
export function readAnyJson(text: string): JsonReading {
  const reading = readJson(text);
  if (reading.ok) return repeatsNames(text, reading.value) ? withRepeated(text, reading) : reading;
  if (reading.reason.includes('deep')) return reading;
  for (const meant of meantBy(text)) {
    const again = readJson(meant);
    if (again.ok) return again;
    const loose = readLooseJson(meant, MAX_JSON_DEPTH);
    if (loose !== undefined) return ofAllowedDepth(storableValue(loose.value));
  }
  return reading;
}

/** Whether more names stand in a text of JSON than came out of it. */
function repeatsNames(text: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const members = countMembers(value);
  // Texts may hold what looks like a name; nearly always there is none, and nothing more to be looked at.
  if (countOf(NAMES_AT_MOST, text) <= members) return false;
  let names = 0;
  for (const [token] of text.matchAll(TEXTS)) if (token.endsWith(':')) names += 1;
  return names > members;
}

function countOf(pattern: RegExp, text: string): number {
  let count = 0;
  pattern.lastIndex = 0;
  while (pattern.test(text)) count += 1;
  return count;
}

function countMembers(value: object): number {
  const members: unknown[] = Array.isArray(value) ? value : Object.values(value);
  let count = Array.isArray(value) ? 0 : members.length;
  for (const member of members)
    if (typeof member === 'object' && member !== null) count += countMembers(member);
  return count;
}

function withRepeated(text: string, reading: JsonReading): JsonReading {
  const loose = readLooseJson(text, MAX_JSON_DEPTH);
  return loose === undefined ? reading : { ok: true, value: storableValue(loose.value) };
}

function meantBy(text: string): string[] {
  if (ESCAPED.test(text)) return [text.replaceAll('\\"', '"').replaceAll('\\\\', '\\')];
  if (ESCAPED_FOR_HTML.test(text)) return [text.replace(HTML_ENTITY, unescaped)];
  const argument = CALL.exec(text)?.[1];
  return argument === undefined ? [text] : [argument];
}

function unescaped(_entity: string, ...groups: (string | undefined)[]): string {
  return HTML_CHARACTERS[groups.slice(0, 5).findIndex((group) => group !== undefined)] ?? '';
}

function ofAllowedDepth(value: unknown): JsonReading {
  // Whoever handles the value later, JSON.stringify included, recurses into it.
  if (isDeeper(value, MAX_JSON_DEPTH)) {
    return { ok: false, reason: `The JSON is nested more than ${MAX_JSON_DEPTH} levels deep.` };
  }
  return { ok: true, value };
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    if (isDeeper(member, levels - 1)) return true;
  }
  return false;
}
