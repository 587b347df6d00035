import {
  AppError,
  id,
  instant,
  notFound,
  type AgentId,
  type ConnectionId,
  type Instant,
  type TenantId,
  type Actor,
} from '#domain';
import { newId, type Clock } from '#platform';
import { Prisma, type Extension as Row } from '../generated/client.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit } from './audit-trail.js';
import { assertConnection, lockConnection } from './connection-steps.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { rowsAsJson } from './rows-as-json.js';
import { dateOf, instantOf } from './times.js';

export interface ExtensionFields {
  /** As the PBX prints it; unique in its connection. */
  number: string;
  aliases: string[];
  agentId: AgentId | null;
  label: string | null;
  /** E.164: shown to leads that are dialled for this phone. */
  callerId: string | null;
}

export interface ExtensionRecord extends ExtensionFields {
  createdAt: Instant;
  updatedAt: Instant;
}

type JsonRow = Pick<Row, 'number' | 'aliases' | 'agentId' | 'label' | 'callerId'> & {
  createdAt: number;
  updatedAt: number;
};

/** The phones of a connection, and whose they are. Every change waits for the connection's row, so that none is lost. */
export class ExtensionRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** @throws AppError `resource.not_found` when there is no such connection */
  list(tenant: TenantId, connectionId: ConnectionId, ask: PageAsk): Promise<Page<ExtensionRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      await assertConnection(tx, tenant, connectionId);
      const where = { ...olderThan(ask), connectionId, tenantId: tenant };
      const rows = await tx.extension.findMany({ where, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: extensionOf, key: (row) => row.id });
    });
  }

  /** All of a connection, by their numbers. None for a connection that there is not. */
  all(tenant: TenantId, connectionId: ConnectionId): Promise<ExtensionRecord[]> {
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await rowsAsJson<JsonRow>(
        tx,
        Prisma.sql`
          SELECT number, aliases, agent_id AS "agentId", label, caller_id AS "callerId",
            extract(epoch FROM created_at) * 1000 AS "createdAt", extract(epoch FROM updated_at) * 1000 AS "updatedAt"
          FROM extension WHERE connection_id = ${connectionId}::uuid AND tenant_id = ${tenant}::uuid ORDER BY number`,
      );
      return rows.map(({ agentId, createdAt, updatedAt, ...fields }) => ({
        ...fields,
        agentId: agentId === null ? null : id<AgentId>(agentId),
        createdAt: instant(createdAt),
        updatedAt: instant(updatedAt),
      }));
    });
  }

  /** The phones of an agent, of whichever connections. */
  ofAgent(tenant: TenantId, agentId: AgentId): Promise<(ExtensionRecord & { connectionId: ConnectionId })[]> {
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.extension.findMany({
        where: { agentId, tenantId: tenant },
        orderBy: { id: 'asc' },
      });
      return rows.map((row) => ({ ...extensionOf(row), connectionId: id<ConnectionId>(row.connectionId) }));
    });
  }

  get(tenant: TenantId, connectionId: ConnectionId, number: string): Promise<ExtensionRecord | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.extension.findFirst({ where: { number, connectionId, tenantId: tenant } });
      return row === null ? undefined : extensionOf(row);
    });
  }

  /**
   * Writes one extension, whether it was there or not.
   * @throws AppError `resource.not_found` when there is no such connection; `agent.unknown`
   */
  put(
    tenant: TenantId,
    connectionId: ConnectionId,
    fields: ExtensionFields,
    by: Actor,
  ): Promise<ExtensionRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await lockConnection(tx, tenant, connectionId);
      await assertAgents(tx, tenant, [fields]);
      const before = await tx.extension.findFirst({
        where: { number: fields.number, connectionId, tenantId: tenant },
      });
      const row = await tx.extension.upsert({
        where: { connectionId_number: { connectionId, number: fields.number }, tenantId: tenant },
        create: newRow(tenant, connectionId, fields, at),
        update: { ...fields, updatedAt: dateOf(at) },
      });
      const changes = before === null ? made({ ...fields }) : differences(before, fields);
      const [action, subjectId] = ['extension.written', row.id];
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId, changes });
      return extensionOf(row);
    });
  }

  /**
   * Makes these the connection's extensions, and no others.
   * @param all  each number once
   * @throws AppError `resource.not_found` when there is no such connection; `agent.unknown`
   */
  replace(
    tenant: TenantId,
    connectionId: ConnectionId,
    all: readonly ExtensionFields[],
    by: Actor,
  ): Promise<{ written: number; removed: number }> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await lockConnection(tx, tenant, connectionId);
      await assertAgents(tx, tenant, all);
      const own = { connectionId, tenantId: tenant };
      const before = await tx.extension.findMany({ select: { number: true, createdAt: true }, where: own });
      const since = new Map(before.map(({ number, createdAt }) => [number, createdAt]));
      await tx.extension.deleteMany({ where: own });
      await tx.sipAccount.deleteMany({
        where: { ...own, extension: { notIn: all.map(({ number }) => number) } },
      });
      await tx.extension.createMany({
        data: all.map((fields) => ({
          ...newRow(tenant, connectionId, fields, at),
          createdAt: since.get(fields.number) ?? dateOf(at),
        })),
      });
      const kept = all.filter(({ number }) => since.has(number)).length;
      const done = { written: all.length, removed: before.length - kept };
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'connection.extensions_replaced',
        subjectId: connectionId,
        changes: { extensions: { from: before.length, to: all.length } },
      });
      return done;
    });
  }

  /** @throws AppError `resource.not_found` */
  remove(tenant: TenantId, connectionId: ConnectionId, number: string, by: Actor): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await lockConnection(tx, tenant, connectionId);
      const where = { number, connectionId, tenantId: tenant };
      const before = await tx.extension.findFirst({ where });
      if (before === null) throw notFound('extension');
      await tx.extension.delete({ where: { id: before.id, tenantId: tenant } });
      await tx.sipAccount.deleteMany({ where: { connectionId, tenantId: tenant, extension: number } });
      const changes = { number: { from: number, to: null } };
      const [action, subjectId] = ['extension.deleted', before.id];
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId, changes });
    });
  }
}

/** A foreign key would take another tenant's agent for one of ours. */
async function assertAgents(tx: Tx, tenant: TenantId, all: readonly ExtensionFields[]): Promise<void> {
  const wanted = [...new Set(all.flatMap(({ agentId }) => agentId ?? []))];
  const rows = await tx.agent.findMany({
    select: { id: true },
    where: { id: { in: wanted }, tenantId: tenant },
  });
  const known = new Set(rows.map((row) => row.id));
  const missing = wanted.find((agentId) => !known.has(agentId));
  if (missing === undefined) return;
  throw new AppError('rejected', 'agent.unknown', `There is no agent ${missing}: make it first.`);
}

function newRow(tenant: TenantId, connectionId: ConnectionId, fields: ExtensionFields, at: Instant) {
  const times = { createdAt: dateOf(at), updatedAt: dateOf(at) };
  return { ...fields, id: newId(), tenantId: tenant, connectionId, ...times };
}

function extensionOf(row: Row): ExtensionRecord {
  const { number, aliases, label, callerId } = row;
  const agentId = row.agentId === null ? null : id<AgentId>(row.agentId);
  const times = { createdAt: instantOf(row.createdAt), updatedAt: instantOf(row.updatedAt) };
  return { number, aliases, agentId, label, callerId, ...times };
}
