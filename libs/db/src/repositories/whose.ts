import type { TenantId } from '#domain';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';

/** In place of a tenant: rows that belong to nobody but the operator, such as the operator's own keys. */
export const OPERATOR = 'operator';

/** Whose rows a method reads and writes: one tenant's, or the operator's own. Never left out. */
export type Whose = TenantId | typeof OPERATOR;

/** The `tenant_id` of such rows. */
export function tenantColumn(whose: Whose): string | null {
  return whose === OPERATOR ? null : whose;
}

export function runFor<T>(scope: TenantScope, whose: Whose, work: (tx: Tx) => Promise<T>): Promise<T> {
  return whose === OPERATOR ? scope.forOperator(work) : scope.forTenant(whose, work);
}
