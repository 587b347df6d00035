import { withExactNumbers } from './json/exact-numbers.js';
import { readLooseJson } from './json/loose-json.js';
import { readRepeatingJson } from './json/repeating-json.js';
import { surveyJson, type JsonSurvey } from './json/survey-json.js';
import { mayNeedMending, storableValue } from './storable.js';

/** A JSON text's value, or why it has none. */
export type JsonReading = { ok: true; value: unknown } | { ok: false; reason: string };

export const MAX_JSON_DEPTH = 64;

/** `{\"a\":1}`, escaped once more but not in quotation marks. */
const ESCAPED = /^[{[]\s*(?:\{\s*)?\\"/;
/** `{&quot;a&quot;:1}`: escaped for HTML. */
const ESCAPED_FOR_HTML = /^[{[]\s*(?:\{\s*)?&(?:quot|#0*34|#x0*22);/i;
const HTML_ENTITY = /&(?:(quot|#0*34|#x0*22)|(apos|#0*39|#x0*27)|(lt)|(gt)|(amp));/gi;
const HTML_CHARACTERS = ['"', "'", '<', '>', '&'];
/** `callback({...});` */
const CALL = /^[\w$.]{1,60}\s*\(\s*([{["][\s\S]*[}\]"])\s*\)\s*;?\s*$/;

/**
 * Of members with the same name the last one counts, as everywhere in ECMAScript (the seed's own example repeats `queueid`).
 * Numbers that would be rounded are text; what escapes smuggled in that no database keeps is mended.
 */
export function readJson(text: string): JsonReading {
  return readSurveyed(text, surveyJson(text));
}

/**
 * As `readJson`, and of what is no JSON what is meant by it, where that is clear. Of members with the same name all are
 * remembered (`membersOf`).
 */
export function readAnyJson(text: string): JsonReading {
  const survey = surveyJson(text);
  const reading = readSurveyed(text, survey);
  if (reading.ok) return survey.names > countMembers(reading.value) ? withRepeated(text, survey) : reading;
  if (reading.reason.includes('deep')) return reading;
  for (const meant of meantBy(text)) {
    const again = readJson(meant);
    if (again.ok) return again;
    const loose = readLooseJson(meant, MAX_JSON_DEPTH);
    if (loose !== undefined) return ofAllowedDepth(storableValue(loose.value));
  }
  return reading;
}

/** As `readJson`, for who has looked at it already. */
export function readSurveyed(text: string, { exact, depth }: JsonSurvey): JsonReading {
  let value: unknown;
  try {
    value = JSON.parse(exact ? text : withExactNumbers(text));
  } catch {
    return { ok: false, reason: 'The body is not valid JSON.' };
  }
  if (depth > MAX_JSON_DEPTH) return tooDeep();
  return { ok: true, value: mayNeedMending(text) ? storableValue(value) : value };
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += countMembers(item);
    return count;
  }
  for (const name in value) count += 1 + countMembers((value as Record<string, unknown>)[name]);
  return count;
}

function withRepeated(text: string, { exact }: JsonSurvey): JsonReading {
  const value = readRepeatingJson(exact ? text : withExactNumbers(text));
  return { ok: true, value: mayNeedMending(text) ? storableValue(value) : value };
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
  return isDeeper(value, MAX_JSON_DEPTH) ? tooDeep() : { ok: true, value };
}

function tooDeep(): JsonReading {
  return { ok: false, reason: `The JSON is nested more than ${MAX_JSON_DEPTH} levels deep.` };
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    if (isDeeper(member, levels - 1)) return true;
  }
  return false;
}
