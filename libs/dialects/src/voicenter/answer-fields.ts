/** Readers for the fields of a reply, whose names may be spelled in any way and whose numbers may be texts. */
import { finiteNumber, isBlank, rawText, text } from '../content/scalars.js';
import { squeezed } from '../content/squeezed.js';
import { isObject, readCustomData } from './structures.js';
import { SILENCE } from './write-menu-answer.js';

/** Thrown for a reply that is no answer, with a reason that says what is wrong; caught where a reply is read. */
export class NotAnAnswer extends Error {}

/** By squeezed names. */
export type AnswerFields = ReadonlyMap<string, unknown>;

/**
 * An empty list is a set of none: some languages cannot tell the two apart in JSON.
 *
 * @param what  the field that holds these, for the reason
 */
export function fieldsOf(value: unknown, what: string): AnswerFields {
  if (Array.isArray(value) && value.length === 0) return new Map();
  if (!isObject(value)) throw new NotAnAnswer(`${what} is not a set of named fields.`);
  return new Map(Object.entries(value).map(([name, member]) => [squeezed(name), member]));
}

export function valueOf(fields: AnswerFields, name: string): unknown {
  return fields.get(squeezed(name));
}

/** Null when it is empty or missing. */
export function textIn(fields: AnswerFields, name: string): string | null {
  const value = valueOf(fields, name);
  if (typeof value === 'object' && value !== null) throw new NotAnAnswer(`${name} is not a text.`);
  return text(value);
}

export function neededText(fields: AnswerFields, name: string): string {
  return textIn(fields, name) ?? missing(name);
}

/** A mandatory text that may well be empty. */
export function presentText(fields: AnswerFields, name: string): string | null {
  if (!fields.has(squeezed(name))) missing(name);
  return textIn(fields, name);
}

/** Nothing to be played is written in two ways. */
export function recordingIn(fields: AnswerFields, name: string): string | null {
  const recording = textIn(fields, name);
  return recording === SILENCE ? null : recording;
}

export function presentRecording(fields: AnswerFields, name: string): string | null {
  presentText(fields, name);
  return recordingIn(fields, name);
}

/** Null when it is empty or missing; whole and not negative otherwise. */
export function wholeIn(fields: AnswerFields, name: string): number | null {
  const value = valueOf(fields, name);
  if (isBlank(value)) return null;
  const number = finiteNumber(value);
  if (number === null || !Number.isSafeInteger(number) || number < 0) {
    throw new NotAnAnswer(`${name} is not a whole number.`);
  }
  return number;
}

export function neededWhole(fields: AnswerFields, name: string): number {
  return wholeIn(fields, name) ?? missing(name);
}

export function flagIn(fields: AnswerFields, name: string): boolean | null {
  const value = textIn(fields, name)?.toLowerCase();
  if (value === undefined) return null;
  if (YES.has(value)) return true;
  if (NO.has(value)) return false;
  throw new NotAnAnswer(`${name} is neither yes nor no.`);
}

const YES = new Set(['1', 'yes', 'true']);
const NO = new Set(['0', 'no', 'false']);

export function neededFlag(fields: AnswerFields, name: string): boolean {
  return flagIn(fields, name) ?? missing(name);
}

/** The items of a list that may be missing; one alone may stand without the list. */
export function listIn(fields: AnswerFields, name: string): unknown[] {
  const value = valueOf(fields, name);
  if (isBlank(value)) return [];
  return Array.isArray(value) ? value : [value];
}

/** Null for a code that is no language of two letters. */
export function languageIn(fields: AnswerFields): string | null {
  const language = textIn(fields, 'LANGUAGE')?.toLowerCase() ?? '';
  return /^[a-z]{2}$/.test(language) ? language : null;
}

/**
 * What is to be remembered of the call. Nothing that a server writes there costs the caller the answer: values that are no
 * texts are left out, and what is no set of named values is none.
 */
export function customDataIn(fields: AnswerFields): Record<string, string> {
  const members = Object.entries(readCustomData(valueOf(fields, 'CUSTOM_DATA')) ?? {});
  return Object.fromEntries(
    members.filter(([, value]) => typeof value !== 'object').map(([name, value]) => [name, rawText(value)]),
  );
}

function missing(name: string): never {
  throw new NotAnAnswer(`${name} is missing.`);
}
