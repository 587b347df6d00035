/** What people can be: to the installation (operator) or to a tenant (all others). */
export const ROLES = ['operator', 'admin', 'supervisor', 'agent'] as const;
export type Role = (typeof ROLES)[number];
/** Roles that a tenant gives. */
export const TENANT_ROLES = ['admin', 'supervisor', 'agent'] as const satisfies readonly Role[];
export type TenantRole = (typeof TENANT_ROLES)[number];

/**
 * What a route can ask for, from the least on:
 * `own` is about oneself; `look_up` finds contacts; `see` reads what there is, but no secrets; `handle` is the daily work: retries,
 * replays, recordings, contacts; `manage` changes how a tenant is set up, and sees its secrets, keys, people and audit; `install` is
 * about tenants and the installation.
 */
export const RIGHTS = ['own', 'look_up', 'see', 'handle', 'manage', 'install'] as const;
export type Right = (typeof RIGHTS)[number];

/** The whole of it: what each role may. */
export const RIGHTS_OF: Readonly<Record<Role, readonly Right[]>> = {
  operator: ['own', 'look_up', 'see', 'handle', 'manage', 'install'],
  admin: ['own', 'look_up', 'see', 'handle', 'manage'],
  supervisor: ['own', 'look_up', 'see', 'handle'],
  agent: ['own', 'look_up'],
};

export function hasRight(role: Role, right: Right): boolean {
  return RIGHTS_OF[role].includes(right);
}

/** Those who may, for the documentation and for whom it is refused to. */
export function rolesWith(right: Right): Role[] {
  return ROLES.filter((role) => hasRight(role, right));
}
