import type { ContactRow } from './read-contact-row.js';

/** Rows of a batch that are about different contacts, and how many told of one that a later row tells of again. */
export interface DistinctRows {
  rows: ContactRow[];
  repeated: number;
}

/**
 * Of rows that are about one contact the last one counts, as if they had been imported one after the other. Rows are about one
 * contact when they have the same external id; without one, when they have the same name and a number in common.
 */
export function distinctRows(rows: readonly ContactRow[]): DistinctRows {
  const placeOf = new Map<string, number>();
  const kept: (ContactRow | undefined)[] = [];
  let repeated = 0;
  for (const row of rows) {
    const keys = keysOf(row);
    for (const key of keys) {
      const place = placeOf.get(key);
      if (place === undefined || kept[place] === undefined) continue;
      kept[place] = undefined;
      repeated += 1;
    }
    for (const key of keys) placeOf.set(key, kept.length);
    kept.push(row);
  }
  return { rows: kept.filter((row) => row !== undefined), repeated };
}

function keysOf({ externalId, name, phones }: ContactRow): string[] {
  if (externalId !== null) return [`id ${externalId}`];
  return phones.map(({ e164 }) => `${e164} ${name.toLowerCase()}`);
}
