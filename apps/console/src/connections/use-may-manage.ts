import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';

/** Whether whoever is signed in may change the connections of a tenant and see their URLs. */
export function useMayManage(tenant: string): boolean {
  return mayManage(useRole(tenant));
}
