import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/ask';

/** How many deliveries an endpoint is still owed, those that are held with them; undefined until that is known. */
export function useOwed(id: string, tenant: string): { due: number; held: number } | undefined {
  const { data } = useQuery({
    queryKey: ['endpoints', tenant, id, 'stats', 1],
    queryFn: ({ signal }) => ask('endpointStats.of', { path: { id }, query: { hours: 1 }, tenant, signal }),
  });
  return data === undefined ? undefined : { due: data.now.due.count, held: data.now.held.count };
}
