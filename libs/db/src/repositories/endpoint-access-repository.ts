import { notFound, type EndpointId, type TenantId } from '#domain';
import type { Clock } from '#platform';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { writeAudit, type Actor, type Changes } from './audit-trail.js';
import { findLocked, resetMailbox } from './endpoint-steps.js';
import { dateOf } from './times.js';

/** What endpoints' requests carry besides ours, as it is kept: see `sealedFor.endpointAccess`; null for nothing. */
export class EndpointAccessRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** @throws AppError `resource.not_found` when there is no such endpoint */
  get(tenant: TenantId, endpointId: EndpointId): Promise<string | null> {
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { id: endpointId, tenantId: tenant };
      const row = await tx.endpoint.findFirst({ select: { sealedAccess: true }, where });
      if (row === null) throw notFound('endpoint');
      return row.sealedAccess;
    });
  }

  /**
   * As a new URL, new credentials start with a clean slate: what the breaker remembers is of the old ones.
   *
   * @param change  `changes` for the audit: without secrets
   * @throws AppError `resource.not_found` when there is no such endpoint
   */
  set(
    tenant: TenantId,
    endpointId: EndpointId,
    { sealed, changes }: { sealed: string | null; changes: Changes },
    by: Actor,
  ): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await findLocked(tx, tenant, endpointId);
      await tx.endpoint.update({
        select: { id: true },
        where: { id: endpointId, tenantId: tenant },
        data: { sealedAccess: sealed, updatedAt: dateOf(at) },
      });
      await resetMailbox(tx, endpointId, at);
      const [action, subjectId] = ['endpoint.access_set', endpointId];
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId, changes });
    });
  }
}
