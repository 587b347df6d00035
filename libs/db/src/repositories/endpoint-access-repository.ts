import { notFound, type EndpointId, type Instant, type TenantId, type Actor } from '#domain';
import type { Clock } from '#platform';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { writeAudit, type Changes } from './audit-trail.js';
import { endpointOf, type EndpointPlaces } from './endpoint-record.js';
import { findLocked, resetMailbox } from './endpoint-steps.js';
import { dateOf } from './times.js';

export interface AccessChange {
  /** Null for nothing. */
  sealed: string | null;
  /** Null: never, or nobody knows. */
  expiresAt: Instant | null;
  /** For the audit: without secrets. */
  changes: Changes;
  /** Throws when it may not go where the endpoint leads; asked while nobody else can change that. */
  mayGoTo: (places: EndpointPlaces) => void;
}

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
   * @throws AppError `resource.not_found` when there is no such endpoint, and what `mayGoTo` throws
   */
  set(
    tenant: TenantId,
    endpointId: EndpointId,
    { sealed, expiresAt, changes, mayGoTo }: AccessChange,
    by: Actor,
  ): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      mayGoTo(endpointOf(await findLocked(tx, tenant, endpointId)));
      await tx.endpoint.update({
        select: { id: true },
        where: { id: endpointId, tenantId: tenant },
        data: {
          sealedAccess: sealed,
          credentialsExpireAt: expiresAt && dateOf(expiresAt),
          updatedAt: dateOf(at),
        },
      });
      await resetMailbox(tx, endpointId, at);
      const [action, subjectId] = ['endpoint.access_set', endpointId];
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId, changes });
    });
  }
}
