/** Tells the fields that a dialect understands from those that it keeps as they came. */
import { isBlank } from './scalars.js';
import { squeezed } from './squeezed.js';

/** One message's fields in the order they came in. */
export type Fields = readonly (readonly [name: string, value: unknown])[];

/** A message's fields by our names, each with the name and the value that it came with. Never blank, never nested. */
export type KnownFields<Name extends string> = Partial<Record<Name, { name: string; value: unknown }>>;

export interface SortedFields<Name extends string> {
  known: KnownFields<Name>;
  /** The others: names that are not in the table, nested values and what was not filled in. */
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
 * Names are compared squeezed. Of several spellings of one field the last that is not empty counts.
 *
 * @param isUnfilled  whether a text stands for a value that the PBX did not fill in
 */
export function sortFields<Name extends string>(
  fields: Fields,
  spellings: ReadonlyMap<string, Name>,
  isUnfilled: (value: unknown) => boolean = () => false,
): SortedFields<Name> {
  const known: KnownFields<Name> = {};
  const rest: [string, unknown][] = [];
  for (const [name, value] of fields) {
    const field = spellings.get(squeezed(name));
    const nested = typeof value === 'object' && value !== null;
    if (field === undefined || nested || isUnfilled(value)) rest.push([name, value]);
    else if (!isBlank(value)) known[field] = { name, value };
  }
  return { known, rest };
}
