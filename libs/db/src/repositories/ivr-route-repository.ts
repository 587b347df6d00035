import { AppError, notFound, type ConnectionId, type IvrRouteId, type TenantId, type Actor } from '#domain';
import { newId, type Clock } from '#platform';
import { Prisma } from '../generated/client.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit, type Changes } from './audit-trail.js';
import { ivrRouteOf, type IvrRouteFields, type IvrRouteRecord } from './ivr-route-record.js';
import { lockRow } from './lock-row.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf } from './times.js';

/** A connection's routes are read as a whole when a caller is on the line. */
const MOST_ROUTES = 1_000;

/** Which route: of this connection, for this number. */
export interface IvrRouteKey {
  connectionId: ConnectionId;
  did: string;
}

/** What an audit entry tells of a route; of secrets only that there are any. */
function told(route: IvrRouteFields & { did: string }): Record<string, unknown> {
  const { did, source, flowId, url, protocol, timeoutMs, defaultAnswer } = route;
  return {
    did,
    source,
    flowId,
    url,
    protocol,
    timeoutMs,
    defaultAnswer,
    headers: route.sealedHeaders !== null,
  };
}

/** Who answers for callers of a connection's numbers. */
export class IvrRouteRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Latest first. @throws AppError `resource.not_found` for the connection */
  list(tenant: TenantId, connectionId: ConnectionId, ask: PageAsk): Promise<Page<IvrRouteRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const own = { tenantId: tenant };
      if ((await tx.connection.count({ where: { id: connectionId, ...own } })) === 0) {
        throw notFound('connection');
      }
      const where = { ...olderThan(ask), connectionId, ...own };
      const rows = await tx.ivrRoute.findMany({ where, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: ivrRouteOf, key: (row) => row.id });
    });
  }

  get(tenant: TenantId, key: IvrRouteKey): Promise<IvrRouteRecord | undefined> {
    return this.scope.forTenant(tenant, (tx) => find(tx, tenant, key));
  }

  /**
   * Sets a number's route, whether or not there was one.
   *
   * @param decide  makes the fields of what was there before, whose id the secrets are sealed for
   * @throws AppError `resource.not_found` for the connection or the flow, `ivr_route.too_many`
   */
  put(
    tenant: TenantId,
    key: IvrRouteKey,
    decide: (id: IvrRouteId, before: IvrRouteRecord | undefined) => IvrRouteFields,
    by: Actor,
  ): Promise<IvrRouteRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      // One change of a connection's routes after the other: two that make the same one would meet in the index.
      if (!(await lockRow(tx, 'connection', tenant, key.connectionId))) throw notFound('connection');
      const before = await find(tx, tenant, key);
      const routeId = before?.id ?? newId<IvrRouteId>();
      const fields = decide(routeId, before);
      if (fields.flowId !== null && !(await lockRow(tx, 'ivr_flow', tenant, fields.flowId))) {
        throw notFound('IVR flow');
      }
      if (!before) await checkRoom(tx, tenant, key.connectionId);
      const data = {
        ...fields,
        defaultAnswer: (fields.defaultAnswer as Prisma.InputJsonObject | null) ?? Prisma.DbNull,
        updatedAt: dateOf(at),
      };
      const row = before
        ? await tx.ivrRoute.update({ where: { id: routeId, tenantId: tenant }, data })
        : await tx.ivrRoute.create({
            data: { ...data, ...key, id: routeId, tenantId: tenant, createdAt: dateOf(at) },
          });
      const after = told({ ...fields, did: key.did });
      const changes: Changes = before ? differences(told(before), after) : made(after);
      const action = before ? 'ivr_route.changed' : 'ivr_route.created';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: routeId, changes });
      return ivrRouteOf(row);
    });
  }

  /** @throws AppError `resource.not_found` */
  remove(tenant: TenantId, key: IvrRouteKey, by: Actor): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const locked = await lockRow(tx, 'connection', tenant, key.connectionId);
      const before = locked ? await find(tx, tenant, key) : undefined;
      if (!before) throw notFound('IVR route');
      await tx.ivrRoute.delete({ where: { id: before.id, tenantId: tenant } });
      const changes = { did: { from: before.did, to: null }, source: { from: before.source, to: null } };
      const action = 'ivr_route.deleted';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: before.id, changes });
    });
  }
}

async function find(tx: Tx, tenant: TenantId, key: IvrRouteKey): Promise<IvrRouteRecord | undefined> {
  const row = await tx.ivrRoute.findFirst({ where: { ...key, tenantId: tenant } });
  return row === null ? undefined : ivrRouteOf(row);
}

async function checkRoom(tx: Tx, tenant: TenantId, connectionId: ConnectionId): Promise<void> {
  const count = await tx.ivrRoute.count({ where: { connectionId, tenantId: tenant } });
  if (count < MOST_ROUTES) return;
  const message = `A connection has at most ${MOST_ROUTES} IVR routes: let the default route answer for the others.`;
  throw new AppError('conflict', 'ivr_route.too_many', message);
}
