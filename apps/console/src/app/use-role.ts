import type { MembershipDto } from '../api/operations';
import { roleIn } from './navigation';
import { usePortal } from './portal';
import { useSession } from './session';

/** What whoever is signed in may do for a tenant; null while that is not known. A portal may do all in what it shows, or nothing but see. */
export function useRole(tenant: string): MembershipDto['role'] | null {
  const portal = usePortal();
  const session = useSession();
  if (portal !== null) return portal.readOnly ? 'agent' : 'admin';
  return roleIn(session?.memberships ?? [], tenant);
}
