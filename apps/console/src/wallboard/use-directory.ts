import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ask } from '../api/ask';
import type { CallsTodayDto } from '../api/operations';
import { queueKeyOf } from './live-board';

const PAGE = 200;
/** A board with more people on it is read by nobody. */
const MOST_PAGES = 5;
const NAMES_MS = 5 * 60_000;
const COUNTS_MS = 8_000;

interface Person {
  id: string;
  name: string;
}

/** All of them, page by page. */
async function all<T>(
  page: (cursor: string | undefined) => Promise<{ data: readonly T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const { data, nextCursor } = await page(cursor);
    found.push(...data);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return found;
}

/** Agents of the directory. */
export function usePeople(tenant: string): UseQueryResult<Person[]> {
  return useQuery({
    queryKey: ['wallboard', tenant, 'people'],
    queryFn: ({ signal }) =>
      all((cursor) => ask('agents.list', { query: { limit: PAGE, cursor }, tenant, signal })),
    staleTime: NAMES_MS,
    refetchInterval: NAMES_MS,
  });
}

/** Names of queues, by `CONNECTION/ID`. */
export function useQueueNames(tenant: string): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ['wallboard', tenant, 'queues'],
    queryFn: async ({ signal }) => {
      const connections = await all((cursor) =>
        ask('connections.list', { query: { limit: PAGE, cursor }, tenant, signal }),
      );
      const named = connections.map(async ({ id: connectionId }) => {
        const path = { id: connectionId };
        const queues = await all((cursor) =>
          ask('queues.list', { path, query: { limit: PAGE, cursor }, tenant, signal }),
        );
        return queues.map(({ id, label }) => [queueKeyOf({ connectionId, id }), label] as const);
      });
      return (await Promise.all(named)).flat();
    },
    staleTime: NAMES_MS,
    refetchInterval: NAMES_MS,
  });
  return useMemo(() => new Map(data ?? []), [data]);
}

/** Counts since midnight of the reader's clock, which are asked for again and again. */
export function useToday(tenant: string): UseQueryResult<CallsTodayDto> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return useQuery({
    queryKey: ['wallboard', tenant, 'today'],
    queryFn: ({ signal }) => ask('calls.today', { query: { zone }, tenant, signal }),
    refetchInterval: COUNTS_MS,
    refetchIntervalInBackground: true,
  });
}
