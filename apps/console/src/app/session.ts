import { queryOptions, useQuery } from '@tanstack/react-query';
import { ask } from '../api/ask';
import type { MembershipDto, SessionDto } from '../api/operations';
import { usePortal } from './portal';

export const SESSION = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => ask('session.get', { signal }),
  staleTime: 60_000,
});

export function useSession(): SessionDto | undefined {
  return useQuery({ ...SESSION, enabled: usePortal() === null }).data;
}

export type Home =
  { kind: 'operator' } | { kind: 'tenant'; tenant: string } | { kind: 'agent' } | { kind: 'nothing' };

/** Where somebody begins who comes without an address: the widest thing that they may see. */
export function homeOf(memberships: readonly MembershipDto[]): Home {
  if (memberships.some(({ role }) => role === 'operator')) return { kind: 'operator' };
  const seeing = memberships.find(({ role, tenantId }) => role !== 'agent' && tenantId !== null);
  if (seeing?.tenantId != null) return { kind: 'tenant', tenant: seeing.tenantId };
  return { kind: memberships.length > 0 ? 'agent' : 'nothing' };
}
