/** Tells the fields that a dialect understands from those that it keeps as they came. */
import { isBlank } from './scalars.js';
import { squeezed } from './squeezed.js';

/** One message's fields in the order they came in. */
export type Fields = readonly (readonly [name: string, value: unknown])[];

/** A message's fields by our names, each with the name and the value that it came with. Never blank; nested only as a list. */
export type KnownFields<Name extends string> = Partial<Record<Name, { name: string; value: unknown }>>;

export interface SortedFields<Name extends string> {
  known: KnownFields<Name>;
  /** The others: names that are not in the table, nested values, what was not filled in, and what did not count. */
  rest: [name: string, value: unknown][];
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

/**
 * Names are compared squeezed. Of several values of one field the last that is not empty counts; of one that may have
 * several, all do, as a list.
 *
 * @param isUnfilled  whether a text stands for a value that the PBX did not fill in
 * @param lists  the fields that may have several values
 */
export function sortFields<Name extends string>(
  fields: Fields,
  spellings: ReadonlyMap<string, Name>,
  isUnfilled: (value: unknown) => boolean = () => false,
  lists: ReadonlySet<Name> = new Set(),
): SortedFields<Name> {
  const known: KnownFields<Name> = {};
  const rest: [string, unknown][] = [];
  const listed = new Map<Name, Set<unknown>>();
  for (const [name, value] of fields) {
    const field = spellings.get(squeezed(name));
    const isList = field !== undefined && lists.has(field);
    const nested = typeof value === 'object' && value !== null && !(isList && Array.isArray(value));
    if (field === undefined || nested || isUnfilled(value)) rest.push([name, value]);
    else if (!isBlank(value)) {
      const earlier = known[field];
      known[field] = { name, value };
      if (isList) addTo(listed, field, value);
      else if (earlier && earlier.value !== value) rest.push([earlier.name, earlier.value]);
    }
  }
  for (const [field, values] of listed) {
    const last = known[field];
    if (last && values.size > 1) known[field] = { ...last, value: [...values] };
  }
  return { known, rest };
}

function addTo<Name>(listed: Map<Name, Set<unknown>>, field: Name, value: unknown): void {
  const values = listed.get(field) ?? new Set();
  for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) values.add(each);
  listed.set(field, values);
}

/** All values of a field that came more than once, none of them twice. */
export function joined(earlier: unknown, later: unknown): unknown {
  const values = new Set<unknown>([earlier, later].flat());
  return values.size === 1 ? later : [...values];
}
