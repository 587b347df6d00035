import { keepPreviousData, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { newestOf, withPage, type Shown } from './newest-of';

interface PageOf<T> {
  data: readonly T[];
  nextCursor: string | null;
}
type AskPage<T> = (cursor: string | undefined, signal?: AbortSignal) => Promise<PageOf<T>>;

export interface NewestList<T> {
  /** Undefined until the first page is there. */
  rows: readonly T[] | undefined;
  error: unknown;
  refetch: () => unknown;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => unknown;
  /** Rows that came since, and wait to be let in. */
  waiting: number;
  /** Whether there may be more of them. */
  isMore: boolean;
  /** Lets them in. */
  showNewer: () => void;
  /** At the top rows may come in by themselves; whoever reads further down is not disturbed. */
  setAtTop: (atTop: boolean) => void;
}

/**
 * A list, the newest first, that gets longer at its top while somebody reads it.
 *
 * Whatever makes `queryKey` stale asks only for the first page anew: of a list that was scrolled through for long the rest
 * would be a hundred questions.
 *
 * @param queryKey  of the first page
 */
export function useNewest<T extends { id: string }>(
  queryKey: readonly unknown[],
  page: AskPage<T>,
): NewestList<T> {
  const client = useQueryClient();
  const [isAtTop, setAtTop] = useState(true);
  const first = useQuery({
    queryKey,
    queryFn: async ({ signal }) => shownOf(await page(undefined, signal)),
    placeholderData: keepPreviousData,
  });
  const keptKey = ['shown', ...queryKey];
  // Nobody asks for it: it is what was read so far, and whoever comes back within minutes finds it.
  const kept = useQuery<Shown<T>>({ queryKey: keptKey, queryFn: skipToken });
  const before = first.isPlaceholderData ? undefined : kept.data;
  const newest = first.data && newestOf(before, first.data);
  const shown = isAtTop ? newest?.all : newest?.shown;
  const keep = (next: Shown<T> | undefined): void => {
    if (next !== undefined && !first.isPlaceholderData) client.setQueryData(keptKey, next);
  };
  useKeeping(isAtTop ? first.data : undefined, () => {
    keep(newest?.all);
  });
  const more = useMore(page, JSON.stringify(queryKey), (found) => {
    if (shown !== undefined) keep(withPage(shown, found));
  });
  const next = shown?.next ?? null;
  return {
    rows: shown?.rows,
    error: first.error ?? more.error,
    refetch: () => {
      more.forget();
      return first.refetch();
    },
    hasMore: next !== null && more.error === null,
    isLoadingMore: more.isLoading,
    loadMore: () => {
      if (next !== null) more.load(next);
    },
    waiting: isAtTop ? 0 : (newest?.waiting ?? 0),
    isMore: newest?.isMore ?? false,
    showNewer: () => {
      keep(newest?.all);
    },
    setAtTop,
  };
}

function shownOf<T>({ data, nextCursor }: PageOf<T>): Shown<T> {
  return { rows: data, next: nextCursor };
}

/** At the top what came is there to stay. */
function useKeeping(came: unknown, keep: () => void): void {
  const latest = useRef(keep);
  useEffect(() => {
    latest.current = keep;
  });
  useEffect(() => {
    if (came !== undefined) latest.current();
  }, [came]);
}

interface More {
  isLoading: boolean;
  error: unknown;
  load: (cursor: string) => void;
  /** Of an error, so that it can be tried again. */
  forget: () => void;
}

/** Further pages, one at a time. @param list  what is listed: pages of another list come too late */
function useMore<T>(page: AskPage<T>, list: string, found: (page: Shown<T>) => void): More {
  const [isLoading, setLoading] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const asked = useRef<string>(undefined);
  const latest = useRef({ list, found });
  useEffect(() => {
    latest.current = { list, found };
  });
  const load = (cursor: string): void => {
    const which = `${list} ${cursor}`;
    if (asked.current === which) return;
    asked.current = which;
    setLoading(true);
    page(cursor)
      .then((one) => {
        if (latest.current.list === list) latest.current.found(shownOf(one));
      }, setError)
      .finally(() => {
        if (asked.current !== which) return;
        asked.current = undefined;
        setLoading(false);
      });
  };
  const forget = (): void => {
    setError(null);
  };
  return { isLoading, error, load, forget };
}
