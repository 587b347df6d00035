/** Steps that changes of what belongs to a connection have in common; each is a part of the caller's transaction. */
import { notFound, type ConnectionId, type TenantId } from '#domain';
import type { Tx } from '../tenancy/tenant-scope.js';
import { lockRow } from './lock-row.js';

/** @throws AppError `resource.not_found` */
export async function assertConnection(tx: Tx, tenant: TenantId, connectionId: ConnectionId): Promise<void> {
  if ((await tx.connection.count({ where: { id: connectionId, tenantId: tenant } })) === 0) {
    throw notFound('connection');
  }
}

/** @throws AppError `resource.not_found` */
export async function lockConnection(tx: Tx, tenant: TenantId, connectionId: ConnectionId): Promise<void> {
  if (!(await lockRow(tx, 'connection', tenant, connectionId))) throw notFound('connection');
}
