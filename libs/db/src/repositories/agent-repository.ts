import { id, notFound, type AgentId, type Instant, type TenantId, type Actor } from '#domain';
import { newId, type Clock } from '#platform';
import type { Agent as Row } from '../generated/client.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { ringLive, writeLive } from '../live/tell-live.js';
import { differences, made, writeAudit } from './audit-trail.js';
import { given } from './given.js';
import { lockRow } from './lock-row.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf, instantOf } from './times.js';

export interface AgentFields {
  name: string;
  email: string | null;
  /** The PBX vendor's code of the representative. */
  code: string | null;
  /** The tenant's own id of the person. */
  externalId: string | null;
}

export interface AgentRecord extends AgentFields {
  id: AgentId;
  createdAt: Instant;
  updatedAt: Instant;
}

export type AgentPatch = { [F in keyof AgentFields]?: AgentFields[F] | undefined };

/** The people of a tenant who take and make calls. */
export class AgentRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  create(tenant: TenantId, fields: AgentFields, by: Actor): Promise<AgentRecord> {
    const at = this.clock.now();
    const agentId = newId<AgentId>();
    return this.scope.forTenant(tenant, async (tx) => {
      const times = { createdAt: dateOf(at), updatedAt: dateOf(at) };
      const row = await tx.agent.create({ data: { ...fields, id: agentId, tenantId: tenant, ...times } });
      const changes = made({ ...fields });
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'agent.created',
        subjectId: agentId,
        changes,
      });
      return agentOf(row);
    });
  }

  list(tenant: TenantId, ask: PageAsk): Promise<Page<AgentRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.agent.findMany({
        where: { ...olderThan(ask), tenantId: tenant },
        ...newestFirst(ask),
      });
      return pageOf(rows, ask.limit, { item: agentOf, key: (row) => row.id });
    });
  }

  get(tenant: TenantId, agentId: AgentId): Promise<AgentRecord | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.agent.findFirst({ where: { id: agentId, tenantId: tenant } });
      return row === null ? undefined : agentOf(row);
    });
  }

  /** @throws AppError `resource.not_found` */
  patch(tenant: TenantId, agentId: AgentId, patch: AgentPatch, by: Actor): Promise<AgentRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const before = await findLocked(tx, tenant, agentId);
      const fields = given(patch);
      const row = await tx.agent.update({
        where: { id: agentId, tenantId: tenant },
        data: { ...fields, updatedAt: dateOf(at) },
      });
      const changes = differences(before, fields);
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'agent.changed',
        subjectId: agentId,
        changes,
      });
      return agentOf(row);
    });
  }

  /** Its extensions stay and are nobody's. @throws AppError `resource.not_found` */
  async remove(tenant: TenantId, agentId: AgentId, by: Actor): Promise<void> {
    const at = this.clock.now();
    const isHeard = await this.scope.forTenant(tenant, async (tx) => {
      const before = await findLocked(tx, tenant, agentId);
      await tx.agent.delete({ where: { id: agentId, tenantId: tenant } });
      const changes = { name: { from: before.name, to: null } };
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'agent.deleted',
        subjectId: agentId,
        changes,
      });
      return writeLive(tx, tenant, { agent: agentId, said: null });
    });
    if (isHeard) await ringLive(this.scope, tenant);
  }
}

async function findLocked(tx: Tx, tenant: TenantId, agentId: AgentId): Promise<Row> {
  if (!(await lockRow(tx, 'agent', tenant, agentId))) throw notFound('agent');
  return tx.agent.findUniqueOrThrow({ where: { id: agentId, tenantId: tenant } });
}

function agentOf({ id: agentId, name, email, code, externalId, createdAt, updatedAt }: Row): AgentRecord {
  const times = { createdAt: instantOf(createdAt), updatedAt: instantOf(updatedAt) };
  return { id: id<AgentId>(agentId), name, email, code, externalId, ...times };
}
