import { notFound, type EndpointId, type Instant, type ReplayId, type TenantId, type Actor } from '#domain';
import type { Clock } from '#platform';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { enableEndpoint } from './enable-endpoint.js';
import { writeAudit, type Changes } from './audit-trail.js';
import { endpointOf, type EndpointPlaces } from './endpoint-record.js';
import { findLocked, resetMailbox } from './endpoint-steps.js';
import { dateOf } from './times.js';

/** What an endpoint's requests carry, as it is kept. */
export interface ShownAccess {
  /** See `sealedFor.endpointAccess`; null for nothing. */
  sealed: string | null;
  /** Grows whenever people change the endpoint's grants. */
  grantEpoch: number;
}

export interface AccessChange {
  /** Null for nothing. */
  sealed: string | null;
  /** Null: never, or nobody knows. */
  expiresAt: Instant | null;
  /**
   * What becomes of its grants. `void`: another client asks from now on, so somebody has to connect again. `remove`: they are of
   * no use any more.
   */
  grants: 'keep' | 'void' | 'remove';
  /** For the audit: without secrets. */
  changes: Changes;
  /** Throws when it may not go where the endpoint leads; asked while nobody else can change that. */
  mayGoTo: (places: EndpointPlaces) => void;
}

const OTHER_CLIENT = 'It was connected for another client or another CRM. Connect it again.';

/** What endpoints' requests carry besides ours. */
export class EndpointAccessRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** @throws AppError `resource.not_found` when there is no such endpoint */
  get(tenant: TenantId, endpointId: EndpointId): Promise<ShownAccess> {
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { id: endpointId, tenantId: tenant };
      const row = await tx.endpoint.findFirst({ select: { sealedAccess: true, grantEpoch: true }, where });
      if (row === null) throw notFound('endpoint');
      return { sealed: row.sealedAccess, grantEpoch: row.grantEpoch };
    });
  }

  /**
   * As a new URL, new credentials start with a clean slate: what the breaker remembers is of the old ones. What was stopped for
   * want of a grant goes on.
   *
   * @returns the replay that has to be rung, if any
   * @throws AppError `resource.not_found` when there is no such endpoint, and what `mayGoTo` throws
   */
  set(
    tenant: TenantId,
    endpointId: EndpointId,
    { sealed, expiresAt, grants, changes, mayGoTo }: AccessChange,
    by: Actor,
  ): Promise<ReplayId | null> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const before = await findLocked(tx, tenant, endpointId);
      mayGoTo(endpointOf(before));
      await tx.endpoint.update({
        select: { id: true },
        where: { id: endpointId, tenantId: tenant },
        data: {
          sealedAccess: sealed,
          credentialsExpireAt: expiresAt && dateOf(expiresAt),
          grantEpoch: { increment: 1 },
          updatedAt: dateOf(at),
        },
      });
      await settleGrants(tx, { tenant, endpointId, grants, at });
      await resetMailbox(tx, endpointId, at);
      const [action, subjectId] = ['endpoint.access_set', endpointId];
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId, changes });
      if (!before.awaitsGrant || grants === 'void') return null;
      const order = { tenant, endpointId, choice: { held: 'drain' }, by, at } as const;
      return (await enableEndpoint(tx, order)).replayId;
    });
  }
}

async function settleGrants(
  tx: Tx,
  {
    tenant,
    endpointId,
    grants,
    at,
  }: { tenant: TenantId; endpointId: EndpointId; grants: AccessChange['grants']; at: Instant },
): Promise<void> {
  const where = { endpointId, tenantId: tenant };
  if (grants === 'remove') await tx.endpointGrant.deleteMany({ where });
  if (grants !== 'void') return;
  const when = dateOf(at);
  // Nothing of the old ones is ever shown to the new client's server.
  const none = { sealedAccess: null, sealedRefresh: null, sealedPrevious: null, stateHash: null };
  await tx.endpointGrant.updateMany({ where, data: { ...none, version: { increment: 1 } } });
  await tx.endpointGrant.updateMany({
    where: { ...where, state: 'good' },
    data: { state: 'needs_attention', reason: OTHER_CLIENT, since: when, updatedAt: when },
  });
}
