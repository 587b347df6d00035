import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ask } from '../api/ask';
import type { ConnectorDto, EndpointDto } from '../api/operations';

/** Changes with a new version of the server alone. */
const KEPT_MS = 600_000;

const connectorsOf = (tenant: string) =>
  queryOptions({
    queryKey: ['connectors', tenant, 'all'],
    queryFn: async ({ signal }) => (await ask('connectors.list', { tenant, signal })).data,
    staleTime: KEPT_MS,
  });

/** All CRMs that can be connected. */
export function useConnectors(tenant: string): UseQueryResult<readonly ConnectorDto[]> {
  return useQuery(connectorsOf(tenant));
}

/** One of them; undefined where there is none of the name. */
export function useConnector(tenant: string, name: string): UseQueryResult<ConnectorDto | undefined> {
  return useQuery({ ...connectorsOf(tenant), select: (all) => all.find((one) => one.name === name) });
}

export const endpointKey = (tenant: string, id: string): readonly string[] => ['endpoints', tenant, id];

export function useEndpoint(tenant: string, id: string): UseQueryResult<EndpointDto> {
  return useQuery({
    queryKey: endpointKey(tenant, id),
    queryFn: ({ signal }) => ask('endpoints.get', { path: { id }, tenant, signal }),
  });
}
