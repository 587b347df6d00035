import type { MembershipDto } from '../api/operations';
import type { Texts } from '../texts/en';

type Role = MembershipDto['role'];

interface Place {
  to: `/t/$tenant/${string}`;
  label: keyof Texts['places'];
  /** Who may read what is shown there. */
  roles: readonly Role[];
  /** After `g` takes one there. */
  key: string;
}

const ADMINS = ['operator', 'admin'] as const;
const ALL = ['operator', 'admin', 'supervisor'] as const;

/** Screens of a tenant in the order of the navigation: what happens, who is told, what calls come from and go to, and who may. */
export const PLACES = [
  [
    { to: '/t/$tenant/overview', label: 'overview', roles: ALL, key: 'o' },
    { to: '/t/$tenant/calls', label: 'calls', roles: ALL, key: 'c' },
    { to: '/t/$tenant/live', label: 'live', roles: ALL, key: 'l' },
    { to: '/t/$tenant/campaigns', label: 'campaigns', roles: ALL, key: 'm' },
    { to: '/t/$tenant/contacts', label: 'contacts', roles: ALL, key: 'n' },
  ],
  [
    { to: '/t/$tenant/deliveries', label: 'deliveries', roles: ALL, key: 'd' },
    { to: '/t/$tenant/endpoints', label: 'endpoints', roles: ALL, key: 'e' },
    { to: '/t/$tenant/connectors', label: 'connectors', roles: ALL, key: 'r' },
    { to: '/t/$tenant/replays', label: 'replays', roles: ALL, key: 'y' },
  ],
  [
    { to: '/t/$tenant/connections', label: 'connections', roles: ALL, key: 'p' },
    { to: '/t/$tenant/ivr', label: 'ivr', roles: ALL, key: 'i' },
  ],
  [
    { to: '/t/$tenant/settings', label: 'settings', roles: ALL, key: 's' },
    { to: '/t/$tenant/audit', label: 'audit', roles: ADMINS, key: 'a' },
  ],
] as const satisfies readonly (readonly Place[])[];

/** What somebody may do for a tenant; null for nothing. Operators may do everything for everybody. */
export function roleIn(memberships: readonly MembershipDto[], tenant: string): Role | null {
  if (memberships.some(({ role }) => role === 'operator')) return 'operator';
  return memberships.find(({ tenantId }) => tenantId === tenant)?.role ?? null;
}
