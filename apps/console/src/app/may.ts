import type { MembershipDto } from '../api/operations';

type Role = MembershipDto['role'] | null;

/** What has secrets, keys or settings in it. @param role  in the tenant */
export function mayManage(role: Role): boolean {
  return role === 'operator' || role === 'admin';
}

/** The day's work: retries, replays, choices. */
export function mayHandle(role: Role): boolean {
  return mayManage(role) || role === 'supervisor';
}
