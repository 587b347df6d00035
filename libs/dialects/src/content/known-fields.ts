/** Tells the fields that a dialect understands from those that it keeps as they came. */
import { isBlank, rawText } from './scalars.js';
import { squeezedName } from './squeezed.js';
import { isUndecodable } from './undecodable.js';
import { isWordForNothing } from './word-for-nothing.js';

/**
 * The text of a value that is not what it was said to be, such as an integer of XML-RPC that has letters. Stands only in the
 * fields of a message, never in what is kept.
 */
export class OddText {
  constructor(readonly text: string) {}
}

/** One message's fields in the order they came in. */
export type Fields = readonly (readonly [name: string, value: unknown])[];

/**
 * A field as it came. `odd`: its value is not what it was said to be. `instead`: what another place of the message says of
 * the same, for when this one cannot be read.
 */
export interface KnownField {
  name: string;
  value: unknown;
  odd?: true;
  instead?: KnownField;
}

/** A message's fields by our names, each with the name and the value that it came with. Never blank. */
export type KnownFields<Name extends string> = Partial<Record<Name, KnownField>>;

export interface SortedFields<Name extends string> {
  known: KnownFields<Name>;
  /** The others: names that are not in the table, values that have no place, and what did not count. */
  rest: [name: string, value: unknown][];
  /**
   * Names, as they came, of fields that were read badly whatever they mean: lists and objects where a single value belongs,
   * and text that could not be decoded.
   */
  unreadable: string[];
}

/** What some fields of a dialect may be beside single values. */
export interface FieldShapes<Name extends string> {
  /** May be lists or objects. */
  structured?: ReadonlySet<Name>;
  /** May come several times: all values count, as a list. */
  lists?: ReadonlySet<Name>;
}

/** @param table  our name and all the vendor's spellings of it, squeezed */
export function spellingsOf<Name extends string>(
  table: Readonly<Record<Name, readonly string[]>>,
): ReadonlyMap<string, Name> {
  return new Map(
    (Object.keys(table) as Name[]).flatMap((name) =>
      table[name].map((spelling): [string, Name] => [spelling, name]),
    ),
  );
}

/** The fields of a message with those of its URL in front, so that its own word counts. */
export function behind(query: Fields, fields: Fields): Fields {
  return query.length === 0 ? fields : [...query, ...fields];
}

/**
 * The value of one field that has a single one, as `sortFields` finds it, for whoever needs no other; undefined where there is
 * none.
 */
export function singleValue<Name extends string>(
  fields: Fields,
  spellings: ReadonlyMap<string, Name>,
  field: Name,
): unknown {
  let known: unknown;
  for (const [name, given] of fields) {
    if (spellings.get(squeezedName(name)) !== field) continue;
    const value = given instanceof OddText ? given.text : given;
    if (isBlank(value) || typeof value === 'object') continue;
    if (known === undefined || !saysLess(value, known)) known = value;
  }
  return known;
}

/**
 * Names are compared squeezed. Of several values of one field the last counts that says something: a word for nothing gives
 * way to any other.
 */
export function sortFields<Name extends string>(
  fields: Fields,
  spellings: ReadonlyMap<string, Name>,
  { structured, lists }: FieldShapes<Name> = {},
): SortedFields<Name> {
  const known: KnownFields<Name> = {};
  const rest: [string, unknown][] = [];
  const unreadable: string[] = [];
  const listed = new Map<Name, Set<unknown>>();
  for (const [name, given] of fields) {
    const field = spellings.get(squeezedName(name));
    const odd = given instanceof OddText;
    const value = odd ? given.text : given;
    if (isUndecodable(name) || isUndecodable(value)) unreadable.push(name);
    if (field === undefined) {
      rest.push([name, value]);
      if (odd) unreadable.push(name);
    } else if (typeof value === 'object' && value !== null && structured?.has(field) !== true) {
      rest.push([name, value]);
      unreadable.push(name);
    } else if (!isBlank(value)) {
      const earlier = known[field];
      const isList = lists?.has(field) === true;
      if (isList) addTo(listed, field, value);
      if (earlier !== undefined && !isList && saysLess(value, earlier.value)) {
        rest.push([name, value]);
        continue;
      }
      known[field] = odd ? { name, value, odd } : { name, value };
      if (earlier !== undefined && !isList && earlier.value !== value)
        rest.push([earlier.name, earlier.value]);
    }
  }
  for (const [field, values] of listed) {
    const last = known[field];
    if (last && values.size > 1) known[field] = { ...last, value: [...values] };
  }
  return { known, rest, unreadable };
}

/** None of the values twice, and in a set, as a stranger may repeat a name a thousand times. */
function addTo<Name>(listed: Map<Name, Set<unknown>>, field: Name, value: unknown): void {
  const values = listed.get(field) ?? new Set();
  for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) values.add(each);
  listed.set(field, values);
}

/** Whether a value is a word for nothing, and the other one is not. */
export function saysLess(value: unknown, than: unknown): boolean {
  return isWordForNothing(rawText(value)) && !isWordForNothing(rawText(than));
}
