import { id, notFound, type Instant, type TenantId, type Actor } from '#domain';
import { newId, type Clock } from '#platform';
import type { Tenant as Row } from '../generated/client.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit } from './audit-trail.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf, instantOf } from './times.js';
import { given } from './given.js';

export interface TenantRecord {
  id: TenantId;
  name: string;
  /** Days that its log is kept; null for as long as the installation keeps everybody's. */
  retentionDays: number | null;
  /** Webhooks that its PBXs may send a second; null for as many as they like. */
  webhooksPerSecond: number | null;
  /** At once, after a pause; null for as many as in a second. */
  webhookBurst: number | null;
  /** Bytes of webhooks that are kept in a day of UTC; null for all. */
  webhookBytesPerDay: number | null;
  /** Members are let in only with a second factor. */
  requiresTotp: boolean;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface TenantPatch {
  name?: string | undefined;
  retentionDays?: number | null | undefined;
  webhooksPerSecond?: number | null | undefined;
  webhookBurst?: number | null | undefined;
  webhookBytesPerDay?: number | null | undefined;
  requiresTotp?: boolean | undefined;
}

/** The customer organisations. Only the operator makes and lists them. */
export class TenantRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  create(draft: { name: string }, by: Actor): Promise<TenantRecord> {
    const at = this.clock.now();
    const tenantId = newId<TenantId>();
    return this.scope.forOperator(async (tx) => {
      const data = { id: tenantId, name: draft.name, createdAt: dateOf(at), updatedAt: dateOf(at) };
      const row = await tx.tenant.create({ data });
      const changes = made({ name: draft.name });
      await writeAudit(tx, {
        whose: tenantId,
        actor: by,
        at,
        action: 'tenant.created',
        subjectId: tenantId,
        changes,
      });
      return tenantOf(row);
    });
  }

  list(ask: PageAsk): Promise<Page<TenantRecord>> {
    return this.scope.forOperator(async (tx) => {
      const rows = await tx.tenant.findMany({ where: olderThan(ask), ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: tenantOf, key: (row) => row.id });
    });
  }

  /** Operator level: numbers that grow with each change of how these tenants are set up. A tenant that there is not is missing. */
  setupVersions(tenantIds: readonly TenantId[]): Promise<Map<TenantId, bigint>> {
    return this.scope.forOperator(async (tx) => {
      const rows = await tx.tenant.findMany({
        select: { id: true, setupVersion: true },
        where: { id: { in: [...tenantIds] } },
      });
      return new Map(rows.map((row) => [id<TenantId>(row.id), row.setupVersion]));
    });
  }

  /** Undefined when there is no such tenant. */
  get(tenantId: TenantId): Promise<TenantRecord | undefined> {
    return this.scope.forOperator(async (tx) => {
      const row = await tx.tenant.findUnique({ where: { id: tenantId } });
      return row === null ? undefined : tenantOf(row);
    });
  }

  /** @throws AppError `resource.not_found` */
  patch(tenantId: TenantId, patch: TenantPatch, by: Actor): Promise<TenantRecord> {
    const at = this.clock.now();
    return this.scope.forOperator(async (tx) => {
      const before = await tx.tenant.findUnique({ where: { id: tenantId } });
      if (before === null) throw notFound('tenant');
      const fields = given(patch);
      const row = await tx.tenant.update({
        where: { id: tenantId },
        data: { ...fields, updatedAt: dateOf(at) },
      });
      const changes = differences({ ...tenantOf(before) }, fields);
      await writeAudit(tx, {
        whose: tenantId,
        actor: by,
        at,
        action: 'tenant.changed',
        subjectId: tenantId,
        changes,
      });
      return tenantOf(row);
    });
  }
}

function tenantOf(row: Row): TenantRecord {
  return {
    id: id<TenantId>(row.id),
    name: row.name,
    retentionDays: row.retentionDays,
    webhooksPerSecond: row.webhooksPerSecond,
    webhookBurst: row.webhookBurst,
    webhookBytesPerDay: row.webhookBytesPerDay === null ? null : Number(row.webhookBytesPerDay),
    requiresTotp: row.requiresTotp,
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
  };
}
