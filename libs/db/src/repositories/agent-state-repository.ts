import {
  id,
  notFound,
  type Actor,
  type AgentId,
  type AgentStanding,
  type ConnectionId,
  type Instant,
  type TenantId,
} from '#domain';
import type { Clock } from '#platform';
import type { AgentState as Row } from '../generated/client.js';
import { ringLive, writeLive } from '../live/tell-live.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { writeAudit } from './audit-trail.js';
import { dateOf, instantOf } from './times.js';

export interface AgentStateFields {
  connectionId: ConnectionId;
  standing: AgentStanding;
  /** The number by which vendors' clients know it, e.g. 3 for lunch. */
  status: number;
  /** Where they sit; null where nobody said. */
  extension: string | null;
}

export interface AgentStateRecord extends AgentStateFields {
  agentId: AgentId;
  since: Instant;
  /** Who said so. */
  actor: string;
}

export interface NamedStatus {
  number: number;
  name: string;
  /** `#rrggbb` */
  color: string;
}

/** Whether agents may be called for, as they or their software said; and what the tenant calls the statuses. */
export class AgentStateRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /**
   * @returns the state, and whether that is news
   * @throws AppError `resource.not_found` where there is no such agent or connection
   */
  async set(
    tenant: TenantId,
    agentId: AgentId,
    fields: AgentStateFields,
    by: Actor,
  ): Promise<{ state: AgentStateRecord; changed: boolean }> {
    const at = this.clock.now();
    const { isHeard, ...done } = await this.scope.forTenant(tenant, async (tx) => {
      // Two at once are one after the other, and the second hears what the first has changed.
      const agents = await tx.$queryRaw<unknown[]>`
        SELECT 1 FROM agent WHERE id = ${agentId}::uuid AND tenant_id = ${tenant}::uuid FOR UPDATE`;
      if (agents.length === 0) throw notFound('agent');
      const { connectionId } = fields;
      if ((await tx.connection.count({ where: { id: connectionId, tenantId: tenant } })) === 0) {
        throw notFound('connection');
      }
      const before = await tx.agentState.findFirst({ where: { agentId, tenantId: tenant } });
      const old = before === null ? null : stateOf(before);
      if (old && isSame(old, fields)) return { state: old, changed: false, isHeard: false };
      const data = { ...fields, tenantId: tenant, since: dateOf(at), actor: by.id };
      const row = await tx.agentState.upsert({
        where: { agentId },
        create: { ...data, agentId },
        update: data,
      });
      const changes = {
        standing: { from: old?.standing ?? null, to: fields.standing },
        status: { from: old?.status ?? null, to: fields.status },
      };
      const action = 'agent.state_changed';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: agentId, changes });
      const said = { ...fields, since: at };
      return {
        state: stateOf(row),
        changed: true,
        isHeard: await writeLive(tx, tenant, { agent: agentId, said }),
      };
    });
    if (isHeard) await ringLive(this.scope, tenant);
    return done;
  }

  /** Of the agents of whom something was said. */
  list(tenant: TenantId, connectionId?: ConnectionId): Promise<AgentStateRecord[]> {
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.agentState.findMany({
        where: { tenantId: tenant, ...(connectionId && { connectionId }) },
      });
      return rows.map(stateOf);
    });
  }

  /** Those that the tenant has names of its own for. */
  statuses(tenant: TenantId): Promise<NamedStatus[]> {
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.agentStatus.findMany({ where: { tenantId: tenant }, orderBy: { number: 'asc' } });
      return rows.map(({ number, name, color }) => ({ number, name, color }));
    });
  }

  /** Instead of those before. */
  setStatuses(tenant: TenantId, statuses: readonly NamedStatus[], by: Actor): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM tenant WHERE id = ${tenant}::uuid FOR UPDATE`;
      const before = await tx.agentStatus.findMany({
        where: { tenantId: tenant },
        orderBy: { number: 'asc' },
      });
      await tx.agentStatus.deleteMany({ where: { tenantId: tenant } });
      await tx.agentStatus.createMany({ data: statuses.map((status) => ({ ...status, tenantId: tenant })) });
      const from = before.map(({ number, name, color }) => ({ number, name, color }));
      const changes = { agentStatuses: { from, to: [...statuses] } };
      const action = 'tenant.agent_statuses_changed';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: tenant, changes });
    });
  }
}

function isSame(old: AgentStateRecord, fields: AgentStateFields): boolean {
  return (
    old.connectionId === fields.connectionId &&
    old.standing === fields.standing &&
    old.status === fields.status &&
    old.extension === fields.extension
  );
}

function stateOf(row: Row): AgentStateRecord {
  return {
    agentId: id<AgentId>(row.agentId),
    connectionId: id<ConnectionId>(row.connectionId),
    standing: row.standing as AgentStanding,
    status: row.status,
    extension: row.extension,
    since: instantOf(row.since),
    actor: row.actor,
  };
}
