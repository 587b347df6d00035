/**
 * Reads a request whose body is too long to be read leniently: what somebody may mean by millions of brackets takes seconds to find
 * out, in which nobody else is answered. It has to be JSON as it should be, in UTF-8 and not packed.
 */
import type { AskedRequest } from '../facade.js';
import { readAnyRequest, type AnyRequest, type AnyRequestHints } from './any-request.js';
import { AskedFields } from './asked-fields.js';
import { membersOf } from './members.js';
import { surveyJson } from './json/survey-json.js';
import { MAX_JSON_DEPTH, readSurveyed } from './read-json.js';

/** As much as every other route takes. */
export const MOST_LENIENT_BYTES = 4 * 1024 * 1024;

const TOO_DEEP = `The JSON is nested more than ${MAX_JSON_DEPTH} levels deep.`;

/** Never throws. */
export function readLongRequest(request: AskedRequest, hints: AnyRequestHints): AnyRequest {
  const inUrl = readAnyRequest({ ...request, body: new Uint8Array() }, hints);
  const { buffer, byteOffset, length } = request.body;
  const text = Buffer.from(buffer, byteOffset, length)
    .toString()
    .replace(/^\ufeff/, '');
  const survey = surveyJson(text);
  // What opens millions of brackets is not even parsed.
  if (survey.depth > MAX_JSON_DEPTH) return { ...inUrl, problem: TOO_DEEP };
  const reading = readSurveyed(text, survey);
  if (!reading.ok) return { ...inUrl, problem: reading.reason };
  const { value } = reading;
  const fields = new AskedFields([...inUrl.fields.entries, ...membersOf(firstObject(value))]);
  return { format: 'json', fields, value, method: null, problem: null };
}

/** Of a list its first, as of every other request. */
function firstObject(value: unknown): object {
  const found = Array.isArray(value) ? (value as unknown[]).find(isObject) : value;
  return isObject(found) ? found : {};
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
