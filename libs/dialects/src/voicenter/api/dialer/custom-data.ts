/** What a customer's call carries along: `var_*` of the request, or of its `CustomData` (seed 6.1, "var_CustomData"). */
import { membersOf } from '../../../content/members.js';
import { readJson } from '../../../content/read-json.js';
import { isBlank, rawText } from '../../../content/scalars.js';
import { storableText } from '../../../content/storable.js';

const PREFIX = 'var_';
const LONGEST_NAME = 64;
const LONGEST_VALUE = 4000;
const MOST_NAMES = 100;
/** The vendor gives back as a number what came as one. Leading zeros and longer ones are somebody's text. */
const WHOLE = /^(?:0|-?[1-9]\d{0,14})$/;

export type CustomData = Map<string, string>;

/** A parameter that is one of those. */
export function isVariable(lowerCaseName: string): boolean {
  return lowerCaseName.length > PREFIX.length && lowerCaseName.startsWith(PREFIX);
}

/** @param name  with the prefix, in any case, or without; of one that comes twice the last value counts */
export function putVariable(data: CustomData, name: string, value: unknown): void {
  const plain = name.trim();
  const bare = isVariable(plain.toLowerCase()) ? plain.slice(PREFIX.length) : plain;
  const written = typeof value === 'object' && value !== null ? JSON.stringify(value) : rawText(value);
  data.set(storableText(bare), storableText(written));
}

/** `CustomData` as an object, a list of them, either as JSON text, or a text that is no object and then all there is of it. */
export function putCustomData(data: CustomData, given: unknown): void {
  const value = unfolded(given);
  if (typeof value !== 'object' || value === null) {
    if (!isBlank(value)) putVariable(data, 'CustomData', value);
    return;
  }
  for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
    if (typeof one !== 'object' || one === null) continue;
    for (const [name, member] of membersOf(one)) putVariable(data, name, member);
  }
}

/** Whether it can be kept: nothing of it is ever cut. */
export function isKeepable(data: CustomData): boolean {
  if (data.size > MOST_NAMES) return false;
  for (const [name, value] of data) {
    if (name === '' || name.length > LONGEST_NAME || value.length > LONGEST_VALUE) return false;
  }
  return true;
}

/** As the vendor prints it. */
export function writeCustomData(data: Readonly<Record<string, string>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [PREFIX + name, WHOLE.test(value) ? Number(value) : value]),
  );
}

function unfolded(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  const reading = readJson(value);
  return reading.ok ? reading.value : value;
}
