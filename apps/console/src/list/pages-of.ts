import {
  keepPreviousData,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
  type InfiniteData,
} from '@tanstack/react-query';

interface PageOf<T> {
  data: readonly T[];
  nextCursor: string | null;
}

export interface Pages<T> {
  /** Undefined until the first page is there. */
  rows: readonly T[] | undefined;
  query: UseInfiniteQueryResult<InfiniteData<PageOf<T>>>;
}

/** Pages of a list of the API, one after the other. What is shown stays while other filters are asked for. */
export function usePages<T>(
  queryKey: readonly unknown[],
  page: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<T>>,
): Pages<T> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => page(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  return { rows: query.data?.pages.flatMap(({ data }) => data), query };
}
