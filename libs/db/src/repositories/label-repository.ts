import { notFound, type ConnectionId, type Instant, type TenantId, type Actor } from '#domain';
import { newId, type Clock } from '#platform';
import { Prisma } from '../generated/client.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { writeAudit } from './audit-trail.js';
import { assertConnection, lockConnection } from './connection-steps.js';
import { pageOf, type Page, type PageAsk } from './page.js';
import { dateOf, instantOf } from './times.js';

/** What can have a label: a queue by the vendor's id, one of the tenant's numbers as it is written. */
export type Labelled = 'queue' | 'did';

/** One kind of thing of one connection. */
export interface LabelsOf {
  connectionId: ConnectionId;
  kind: Labelled;
}

export interface LabelRecord {
  key: string;
  label: string;
  createdAt: Instant;
  updatedAt: Instant;
}

interface Row {
  id: string;
  key: string;
  label: string;
  created_at: Date;
  updated_at: Date;
}

/** The table of each kind and the column that names the thing. Never from outside: they become SQL as they are. */
const PLACES = {
  queue: { table: Prisma.raw('"queue"'), key: Prisma.raw('"vendor_id"') },
  did: { table: Prisma.raw('"did"'), key: Prisma.raw('"number"') },
} as const satisfies Record<Labelled, { table: Prisma.Sql; key: Prisma.Sql }>;

/** What the tenant calls the queues and the numbers of a connection. */
export class LabelRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** @throws AppError `resource.not_found` when there is no such connection */
  list(tenant: TenantId, of: LabelsOf, ask: PageAsk): Promise<Page<LabelRecord>> {
    const { table, key } = PLACES[of.kind];
    return this.scope.forTenant(tenant, async (tx) => {
      await assertConnection(tx, tenant, of.connectionId);
      const older = ask.after === null ? Prisma.empty : Prisma.sql`AND id < ${ask.after}::uuid`;
      const rows = await tx.$queryRaw<Row[]>`
        SELECT id::text, ${key} AS key, label, created_at, updated_at FROM ${table}
        WHERE connection_id = ${of.connectionId}::uuid AND tenant_id = ${tenant}::uuid ${older}
        ORDER BY id DESC LIMIT ${ask.limit + 1}`;
      return pageOf(rows, ask.limit, { item: labelOf, key: (row) => row.id });
    });
  }

  get(tenant: TenantId, of: LabelsOf, key: string): Promise<LabelRecord | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await find(tx, tenant, of, key);
      return row && labelOf(row);
    });
  }

  /** Writes one label, whether there was one or not. @throws AppError `resource.not_found` */
  put(
    tenant: TenantId,
    of: LabelsOf,
    { key, label }: { key: string; label: string },
    by: Actor,
  ): Promise<LabelRecord> {
    const at = this.clock.now();
    const { table, key: column } = PLACES[of.kind];
    return this.scope.forTenant(tenant, async (tx) => {
      await lockConnection(tx, tenant, of.connectionId);
      const before = await find(tx, tenant, of, key);
      const [row] = await tx.$queryRaw<Row[]>`
        INSERT INTO ${table} (id, tenant_id, connection_id, ${column}, label, created_at, updated_at)
        VALUES (${newId()}::uuid, ${tenant}::uuid, ${of.connectionId}::uuid, ${key}, ${label}, ${dateOf(at)}, ${dateOf(at)})
        ON CONFLICT (connection_id, ${column}) DO UPDATE SET label = EXCLUDED.label, updated_at = EXCLUDED.updated_at
        RETURNING id::text, ${column} AS key, label, created_at, updated_at`;
      if (row === undefined) throw notFound(of.kind);
      const changes = { [key]: { from: before?.label ?? null, to: label } };
      const [action, subjectId] = [`${of.kind}.labelled`, row.id];
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId, changes });
      return labelOf(row);
    });
  }

  /** @throws AppError `resource.not_found` */
  remove(tenant: TenantId, of: LabelsOf, key: string, by: Actor): Promise<void> {
    const at = this.clock.now();
    const { table } = PLACES[of.kind];
    return this.scope.forTenant(tenant, async (tx) => {
      await lockConnection(tx, tenant, of.connectionId);
      const before = await find(tx, tenant, of, key);
      if (before === undefined) throw notFound(of.kind);
      await tx.$executeRaw`DELETE FROM ${table} WHERE id = ${before.id}::uuid AND tenant_id = ${tenant}::uuid`;
      const changes = { [key]: { from: before.label, to: null } };
      const [action, subjectId] = [`${of.kind}.unlabelled`, before.id];
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId, changes });
    });
  }
}

async function find(tx: Tx, tenant: TenantId, of: LabelsOf, wanted: string): Promise<Row | undefined> {
  const { table, key } = PLACES[of.kind];
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT id::text, ${key} AS key, label, created_at, updated_at FROM ${table}
    WHERE connection_id = ${of.connectionId}::uuid AND ${key} = ${wanted} AND tenant_id = ${tenant}::uuid`;
  return row;
}

function labelOf({ key, label, created_at: createdAt, updated_at: updatedAt }: Row): LabelRecord {
  return { key, label, createdAt: instantOf(createdAt), updatedAt: instantOf(updatedAt) };
}
