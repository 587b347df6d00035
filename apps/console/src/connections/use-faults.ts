import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask } from '../api/ask';
import type { MappingProblemDto, MappingPutDto } from '../api/operations';

const NONE: readonly MappingProblemDto[] = [];
/** Any message will do: the mapping is looked at first. */
const NO_MESSAGE = { body: '' };

/** What is wrong with a mapping, by the server's word. @param wish  undefined while there is nothing to judge */
export function useFaults(tenant: string, wish: MappingPutDto | undefined): readonly MappingProblemDto[] {
  const { data } = useQuery({
    queryKey: ['mapping-faults', tenant, wish],
    queryFn: ({ signal }) => ask('mappings.try', { body: { ...wish, request: NO_MESSAGE }, tenant, signal }),
    enabled: wish !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return wish === undefined ? NONE : (data?.problems ?? NONE);
}
