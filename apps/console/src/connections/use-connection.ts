import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ask, type AnswerOf } from '../api/ask';
import type { ConnectionDto, ConnectionHealthDto } from '../api/operations';

/** Of the keys of all that is asked about a tenant's connections. */
export function connectionsKey(tenant: string): readonly [string, string] {
  return ['connections', tenant];
}

/** A connection without its secret URLs, which supervisors may not see; null where there is none. */
export function useConnection(tenant: string, id: string): UseQueryResult<ConnectionDto | null> {
  return useQuery({
    queryKey: [...connectionsKey(tenant), id, 'facts'],
    queryFn: async ({ signal }) => {
      let cursor: string | undefined;
      do {
        const query = { limit: 200, cursor };
        const page: AnswerOf<'connections.list'> = await ask('connections.list', { query, tenant, signal });
        const found = page.data.find((connection) => connection.id === id);
        if (found !== undefined) return found;
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return null;
    },
  });
}

/** @param everyMs  how often it is asked anew */
export function useHealth(
  tenant: string,
  id: string,
  everyMs: number | false = 15_000,
): UseQueryResult<ConnectionHealthDto> {
  return useQuery({
    queryKey: [...connectionsKey(tenant), id, 'health'],
    queryFn: ({ signal }) => ask('connectionHealth.get', { path: { id }, tenant, signal }),
    refetchInterval: everyMs,
  });
}

/** Its URLs are secret: only for those who may set the PBX up. */
export function useGuide(tenant: string, id: string): UseQueryResult<AnswerOf<'connections.guide'>> {
  return useQuery({
    queryKey: [...connectionsKey(tenant), id, 'guide'],
    queryFn: ({ signal }) => ask('connections.guide', { path: { id }, tenant, signal }),
    // The call that it makes up to try the connection with has just ended, and must not grow old.
    refetchInterval: 60_000,
  });
}

export function useDialects(): UseQueryResult<AnswerOf<'dialects.list'>> {
  return useQuery({
    queryKey: ['dialects'],
    queryFn: ({ signal }) => ask('dialects.list', { signal }),
    staleTime: Infinity,
  });
}
