import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/ask';

/** How many leads of a campaign wait, as the database counts them: the dialer says so of those that run alone. @returns undefined until that is known */
export function useWaitingLeads(tenant: string, id: string): number | undefined {
  return useQuery({
    queryKey: ['campaigns', tenant, id, 'waiting'],
    queryFn: ({ signal }) =>
      ask('campaignInsight.statistics', { path: { id }, query: { by: 'day' }, tenant, signal }),
    select: ({ leads }) => leads?.waiting ?? 0,
  }).data;
}
