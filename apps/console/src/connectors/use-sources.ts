import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ask } from '../api/ask';
import type { ContactSourceDto } from '../api/operations';

const MOST = 100;

export const sourcesKey = (tenant: string): readonly string[] => ['connectors', tenant, 'sources'];

/** The tenant's sources of contacts. */
export function useSources(tenant: string): UseQueryResult<readonly ContactSourceDto[]> {
  return useQuery({
    queryKey: sourcesKey(tenant),
    queryFn: async ({ signal }) =>
      (await ask('contactSources.list', { query: { limit: MOST }, tenant, signal })).data,
  });
}
