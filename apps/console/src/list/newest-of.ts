/** Rows of a list, the newest first, as far as they were asked for. */
export interface Shown<T> {
  rows: readonly T[];
  /** Of the rows below; null at the end. */
  next: string | null;
}

export interface Newest<T> {
  /** What the reader has before them: the same rows at the same places, each as it is now. */
  shown: Shown<T>;
  /** Rows above that they do not see yet. */
  waiting: number;
  /** Whether there may be more than these: nothing of the first page is known. */
  isMore: boolean;
  /** What they would see with them. */
  all: Shown<T>;
}

interface Row {
  id: string;
}

/**
 * Puts the newest page of a list beside what somebody reads, so that nothing moves below their eyes.
 *
 * @param before  what is shown; undefined at first
 * @param first  the first page as it is now
 */
export function newestOf<T extends Row>(before: Shown<T> | undefined, first: Shown<T>): Newest<T> {
  if (before === undefined || before.rows.length === 0)
    return { shown: first, waiting: 0, isMore: false, all: first };
  const known = new Set(before.rows.map(({ id }) => id));
  const fresh = new Map(first.rows.map((row) => [row.id, row]));
  const shown = { ...before, rows: before.rows.map((row) => fresh.get(row.id) ?? row) };
  const from = first.rows.findLastIndex(({ id }) => known.has(id));
  const arrived = first.rows.filter(({ id }) => !known.has(id)).length;
  // Nothing is known: what lies between the page and what is shown was never asked for.
  if (from < 0) return { shown, waiting: arrived, isMore: first.next !== null, all: first };
  const end =
    first.next === null ? undefined : before.rows.findIndex(({ id }) => id === first.rows.at(-1)?.id);
  // The page as it is, then what is below it. What is not in it any more does not match any more.
  const below = end === undefined ? [] : end < 0 ? [] : before.rows.slice(end + 1);
  const all = below.length === 0 ? first : { rows: [...first.rows, ...below], next: before.next };
  return { shown, waiting: arrived, isMore: false, all };
}

/** With a page that was asked for below it. */
export function withPage<T extends Row>(before: Shown<T>, page: Shown<T>): Shown<T> {
  const known = new Set(before.rows.map(({ id }) => id));
  return { rows: [...before.rows, ...page.rows.filter(({ id }) => !known.has(id))], next: page.next };
}
