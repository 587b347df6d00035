import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Problem } from '../api/problem';
import { usePortal } from '../app/portal';
import { SESSION } from '../app/session';

/** Which agent of which tenant this page is for. */
export interface Self {
  tenant: string;
  agent: string;
  /** What they are called; null in a portal, which is not told. */
  name: string | null;
}

export type Known =
  | { kind: 'loading' }
  | { kind: 'signedOut' }
  | { kind: 'broken'; error: unknown; retry: () => unknown }
  | { kind: 'nobody' }
  | { kind: 'self'; self: Self; tenants: readonly { value: string; label: string }[] };

/** By the portal that this page is, or by who is signed in: of several tenants the one that the address says. */
export function useSelf(): Known {
  const portal = usePortal();
  const { t } = useSearch({ from: '/agent' });
  const session = useQuery({ ...SESSION, enabled: portal === null });
  if (portal !== null) {
    const { tenantId: tenant, agentId: agent } = portal;
    return agent === null
      ? { kind: 'nobody' }
      : { kind: 'self', self: { tenant, agent, name: null }, tenants: [] };
  }
  if (session.error instanceof Problem && session.error.status === 401) return { kind: 'signedOut' };
  if (session.data === undefined)
    return session.error === null
      ? { kind: 'loading' }
      : { kind: 'broken', error: session.error, retry: session.refetch };
  const own = session.data.memberships.flatMap(({ tenantId, tenantName, agentId }) =>
    tenantId === null || agentId === null
      ? []
      : [{ tenant: tenantId, agent: agentId, label: tenantName ?? tenantId }],
  );
  const chosen = own.find(({ tenant }) => tenant === t) ?? own[0];
  if (chosen === undefined) return { kind: 'nobody' };
  return {
    kind: 'self',
    self: { tenant: chosen.tenant, agent: chosen.agent, name: session.data.user.name },
    tenants: own.map(({ tenant, label }) => ({ value: tenant, label })),
  };
}
