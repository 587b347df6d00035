import { notFound, readMatchPolicy, type MatchPolicy, type Actor, type TenantId } from '#domain';
import type { Clock } from '#platform';
import type { Prisma } from '../generated/client.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, writeAudit } from './audit-trail.js';

/** What a tenant wants where several contacts have one number. */
export class MatchPolicyRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  of(tenant: TenantId): Promise<MatchPolicy> {
    return this.scope.forTenant(tenant, (tx) => policyOf(tx, tenant));
  }

  /** Counts from the next call on. */
  set(tenant: TenantId, policy: MatchPolicy, by: Actor): Promise<MatchPolicy> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      // Two changes come one after the other, so that each audit entry tells what was there before.
      await tx.$queryRaw`SELECT 1 FROM tenant WHERE id = ${tenant}::uuid FOR UPDATE`;
      const changes = differences(await policyOf(tx, tenant), policy);
      if (Object.keys(changes).length === 0) return policy;
      await tx.tenant.update({
        where: { id: tenant },
        data: { matchPolicy: policy as unknown as Prisma.InputJsonObject, setupVersion: { increment: 1 } },
      });
      const action = 'match_policy.changed';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: tenant, changes });
      return policy;
    });
  }
}

async function policyOf(tx: Tx, tenant: TenantId): Promise<MatchPolicy> {
  const row = await tx.tenant.findUnique({ where: { id: tenant }, select: { matchPolicy: true } });
  if (row === null) throw notFound('tenant');
  return readMatchPolicy(row.matchPolicy);
}
