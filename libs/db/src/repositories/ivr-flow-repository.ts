import { AppError, id, notFound, type Instant, type IvrFlowId, type TenantId, type Actor } from '#domain';
import type { Clock } from '#platform';
import type { IvrFlow as Row, Prisma } from '../generated/client.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit } from './audit-trail.js';
import { given } from './given.js';
import { lockRow } from './lock-row.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf, instantOf } from './times.js';

export interface IvrFlowRecord {
  id: IvrFlowId;
  tenantId: TenantId;
  name: string;
  /** As it was given. */
  document: Record<string, unknown>;
  /** Where its menus stand on the screen, as it was given; null where nobody moved any. */
  layout: Record<string, unknown> | null;
  /** 1 at first; grows with every change. */
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
}

export type IvrFlowFields = Pick<IvrFlowRecord, 'name' | 'document'>;
export type IvrFlowPatch = { [F in keyof IvrFlowFields]?: IvrFlowFields[F] | undefined };

/** Flows that we keep. The audit tells of each version, not what stood in it: a document may be large. */
export class IvrFlowRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  create(
    tenant: TenantId,
    { id: flowId, name, document }: IvrFlowFields & { id: IvrFlowId },
    by: Actor,
  ): Promise<IvrFlowRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.ivrFlow.create({
        data: {
          id: flowId,
          tenantId: tenant,
          name,
          document: document as Prisma.InputJsonObject,
          version: 1,
          createdAt: dateOf(at),
          updatedAt: dateOf(at),
        },
      });
      const changes = made({ name, version: 1 });
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'ivr_flow.created',
        subjectId: flowId,
        changes,
      });
      return flowOf(row);
    });
  }

  list(tenant: TenantId, ask: PageAsk): Promise<Page<IvrFlowRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { ...olderThan(ask), tenantId: tenant };
      const rows = await tx.ivrFlow.findMany({ where, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: flowOf, key: (row) => row.id });
    });
  }

  get(tenant: TenantId, flowId: IvrFlowId): Promise<IvrFlowRecord | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.ivrFlow.findFirst({ where: { id: flowId, tenantId: tenant } });
      return row === null ? undefined : flowOf(row);
    });
  }

  /**
   * @param version  the version that the change was made to
   * @throws AppError `resource.not_found`, or `ivr_flow.changed` when it is another one by now
   */
  patch(
    tenant: TenantId,
    { id: flowId, version }: { id: IvrFlowId; version: number },
    patch: IvrFlowPatch,
    by: Actor,
  ): Promise<IvrFlowRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const before = await findLocked(tx, tenant, flowId);
      if (before.version !== version) throw changedMeanwhile(before.version);
      const fields = given(patch);
      const row = await tx.ivrFlow.update({
        where: { id: flowId, tenantId: tenant },
        data: { ...(fields as Prisma.IvrFlowUpdateInput), version: version + 1, updatedAt: dateOf(at) },
      });
      const changes = differences(before, { name: row.name, version: row.version });
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'ivr_flow.changed',
        subjectId: flowId,
        changes,
      });
      return flowOf(row);
    });
  }

  /** Makes no new version: callers hear the same. @throws AppError `resource.not_found` */
  arrange(tenant: TenantId, flowId: IvrFlowId, layout: Record<string, unknown>, by: Actor): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await findLocked(tx, tenant, flowId);
      await tx.ivrFlow.update({
        select: { id: true },
        where: { id: flowId, tenantId: tenant },
        data: { layout: layout as Prisma.InputJsonObject },
      });
      const action = 'ivr_flow.arranged';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: flowId, changes: {} });
    });
  }

  /** @throws AppError `resource.not_found`, or `ivr_flow.in_use` while a route leads to it */
  remove(tenant: TenantId, flowId: IvrFlowId, by: Actor): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const before = await findLocked(tx, tenant, flowId);
      const routes = await tx.ivrRoute.count({ where: { flowId, tenantId: tenant } });
      if (routes > 0) throw inUse(routes);
      await tx.ivrFlow.delete({ where: { id: flowId, tenantId: tenant } });
      const changes = { name: { from: before.name, to: null } };
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'ivr_flow.deleted',
        subjectId: flowId,
        changes,
      });
    });
  }
}

async function findLocked(tx: Tx, tenant: TenantId, flowId: IvrFlowId): Promise<Row> {
  if (!(await lockRow(tx, 'ivr_flow', tenant, flowId))) throw notFound('IVR flow');
  return tx.ivrFlow.findUniqueOrThrow({ where: { id: flowId, tenantId: tenant } });
}

function changedMeanwhile(version: number): AppError {
  const message = `The flow was changed meanwhile: look at version ${version} and make your change to that.`;
  return new AppError('conflict', 'ivr_flow.changed', message, { details: { version } });
}

function inUse(routes: number): AppError {
  const message = `IVR routes lead to this flow (${routes}): point them elsewhere first.`;
  return new AppError('conflict', 'ivr_flow.in_use', message, { details: { routes } });
}

function flowOf(row: Row): IvrFlowRecord {
  return {
    id: id<IvrFlowId>(row.id),
    tenantId: id<TenantId>(row.tenantId),
    name: row.name,
    document: row.document as Record<string, unknown>,
    layout: row.layout as Record<string, unknown> | null,
    version: row.version,
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
  };
}
