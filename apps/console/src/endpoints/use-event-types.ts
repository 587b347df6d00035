import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/ask';
import type { EventTypeDto } from '../api/operations';

const NONE: readonly EventTypeDto[] = [];

/** Types of events that can be asked for, with examples; none until they are known. */
export function useEventTypes(tenant: string): readonly EventTypeDto[] {
  const { data } = useQuery({
    queryKey: ['event-types'],
    queryFn: ({ signal }) => ask('eventTypes.list', { tenant, signal }),
    staleTime: Infinity,
  });
  return data?.data ?? NONE;
}
