import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ask, type AnswerOf } from '../api/ask';
import { connectionsKey } from './use-connection';

/** The dialect whose messages a mapping explains. */
export const BY_MAPPING = 'generic';
/** Of PBXs that send what one tells them to send. */
export const PLAIN_MAPPING = 'plain';

export function useShippedMappings(tenant: string): UseQueryResult<AnswerOf<'mappings.list'>> {
  return useQuery({
    queryKey: ['mappings', tenant],
    queryFn: ({ signal }) => ask('mappings.list', { tenant, signal }),
    staleTime: Infinity,
  });
}

export function mappingKey(tenant: string, id: string): readonly string[] {
  return [...connectionsKey(tenant), id, 'mapping'];
}

/** What a connection's messages mean: only for those who may set it up. */
export function useMapping(tenant: string, id: string): UseQueryResult<AnswerOf<'connectionMapping.get'>> {
  return useQuery({
    queryKey: mappingKey(tenant, id),
    queryFn: ({ signal }) => ask('connectionMapping.get', { path: { id }, tenant, signal }),
  });
}
