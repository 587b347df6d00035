/** One page of a list, newest first. `K` is what a place in the list is known by; ids are UUIDv7, so they sort by time. */
export interface PageAsk<K = string> {
  /** Most items wanted. */
  limit: number;
  /** Key of the last item of the page before; null for the first page. */
  after: K | null;
}

export interface Page<T, K = string> {
  items: T[];
  /** Null on the last page. */
  next: K | null;
}

/** Arguments for a `findMany` by id. It asks for one more than wanted, which tells whether there is another page. */
export function newestFirst(ask: PageAsk): { orderBy: { id: 'desc' }; take: number } {
  return { orderBy: { id: 'desc' }, take: ask.limit + 1 };
}

/** The part of the WHERE that skips what earlier pages showed. */
export function olderThan(ask: PageAsk): { id?: { lt: string } } {
  return ask.after === null ? {} : { id: { lt: ask.after } };
}

/** @param rows  up to one more than `limit` */
export function pageOf<R, T, K>(
  rows: readonly R[],
  limit: number,
  read: { item: (row: R) => T; key: (row: R) => K },
): Page<T, K> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(read.item),
    next: rows.length > limit && last !== undefined ? read.key(last) : null,
  };
}
