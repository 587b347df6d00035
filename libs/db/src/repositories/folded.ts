import type { Tx } from '../tenancy/tenant-scope.js';

/** Characters that mean something in a LIKE pattern; what is folded has no backslash. */
const WILD = /[%_]/g;

/** A text as names are searched: see `folded` and `contact_search` in the database. */
export async function folded(tx: Tx, text: string): Promise<string> {
  const [row] = await tx.$queryRaw<[{ folded: string }]>`SELECT contact_search(${text}, NULL) AS folded`;
  return row.folded;
}

/** What holds a folded text. */
export function patternOf(foldedText: string): string {
  return `%${foldedText.replace(WILD, '\\$&')}%`;
}
