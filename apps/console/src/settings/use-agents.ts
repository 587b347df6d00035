import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/ask';
import type { PersonDto } from '../api/operations';

const MOST = 200;

/** The agents of a tenant, to be chosen from. */
export function useAgents(tenant: string): readonly PersonDto[] {
  const { data } = useQuery({
    queryKey: ['people', tenant, 'agents'],
    queryFn: ({ signal }) => ask('agents.list', { query: { limit: MOST }, tenant, signal }),
    staleTime: 60_000,
  });
  return data?.data ?? [];
}
