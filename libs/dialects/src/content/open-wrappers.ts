/**
 * Finds the records in what somebody has put around them: a name for the message (`{"cdr":{...}}`, `cdr[id]=1`, `cdr.id=1`), a
 * list in a list, JSON as text. What is around is opened only where it says nothing in the dialect's own words itself, so a
 * record is never taken for the wrapper of what it holds.
 */
import type { Fields } from './known-fields.js';
import { membersOf, rememberRepeated } from './members.js';
import { readJson } from './read-json.js';
import { squeezedName } from './squeezed.js';

/** Whether a name, however it is spelled, is one of the dialect's own. */
export type IsOwn = (name: string) => boolean;

/** @param others  squeezed names that have a reader of their own */
export function ownNames(spellings: ReadonlyMap<string, unknown>, others: readonly string[] = []): IsOwn {
  const names = new Set([...spellings.keys(), ...others]);
  return (name) => names.has(squeezedName(name));
}

const MAX_DEPTH = 4;
const DOTTED = /^([\w-]{1,60})[.:/]([^.].*)$/;

/** The same records, without what is around them. What holds none stays as it is. */
export function openWrappers(records: readonly unknown[], isOwn: IsOwn): unknown[] {
  const [only] = records;
  if (records.length === 1) return recordsIn(only, isOwn, MAX_DEPTH) ?? [only];
  return records.flatMap((record) => recordsIn(record, isOwn, MAX_DEPTH) ?? [record]);
}

/** Undefined where there are none. */
function recordsIn(value: unknown, isOwn: IsOwn, depth: number): unknown[] | undefined {
  const given = unfolded(value);
  if (typeof given !== 'object' || given === null) return undefined;
  if (Array.isArray(given)) return recordsInList(given, isOwn, depth);
  const fields = membersOf(given);
  if (fields.some(([name]) => isOwn(name))) return [given];
  if (depth === 0) return undefined;
  return withoutDots(fields, isOwn) ?? recordsInMembers(fields, isOwn, depth - 1);
}

/** Of a list of which some elements are records, the others are kept: they are what cannot be read. */
function recordsInList(items: readonly unknown[], isOwn: IsOwn, depth: number): unknown[] | undefined {
  if (depth === 0) return undefined;
  const found = items.map((item) => recordsIn(item, isOwn, depth - 1));
  if (found.every((records) => records === undefined)) return undefined;
  return found.flatMap((records, index) => records ?? [items[index]]);
}

/** Members of one name, of which any record is; the others are told of each of them. */
function recordsInMembers(fields: Fields, isOwn: IsOwn, depth: number): unknown[] | undefined {
  const found = fields.map(([, value]) => recordsIn(value, isOwn, depth));
  const names = new Set(fields.filter((_, index) => found[index] !== undefined).map(([name]) => name));
  if (names.size !== 1) return undefined;
  const beside = fields.filter((_, index) => found[index] === undefined);
  const records = found.flatMap((each) => each ?? []);
  if (beside.length === 0) return records;
  return records.map((record) =>
    typeof record === 'object' && record !== null
      ? rememberRepeated([...beside, ...membersOf(record)])
      : record,
  );
}

/** `cdr.id=1&cdr.caller=2`, for which a form has no brackets. */
function withoutDots(fields: Fields, isOwn: IsOwn): unknown[] | undefined {
  const split = fields.map(([name]) => DOTTED.exec(name));
  const prefix = split.find((parts) => parts?.[2] !== undefined && isOwn(parts[2]))?.[1];
  if (prefix === undefined) return undefined;
  const plain = fields.map(([name, value], index): [string, unknown] => {
    const [, first, rest] = split[index] ?? [];
    return [first === prefix && rest !== undefined ? rest : name, value];
  });
  return [rememberRepeated(plain)];
}

function unfolded(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  const reading = readJson(value);
  return reading.ok ? reading.value : value;
}
