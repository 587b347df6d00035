import {
  id,
  notFound,
  restoreCall,
  type Call,
  type CallId,
  type ConnectionId,
  type Instant,
  type StoredCall,
  type TenantId,
  type Actor,
} from '#domain';
import type { Clock } from '#platform';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { writeAudit, type Changes } from './audit-trail.js';
import { assertConnection, lockConnection } from './connection-steps.js';
import { lockRow } from './lock-row.js';
import { dateOf, instantOrNull } from './times.js';

/** How the recordings of a connection are reached, as it is kept. */
export interface KeptAccess {
  /** See `sealedFor.recordingAccess`; null: by their addresses alone. */
  sealed: string | null;
  byName: boolean;
}

/** A call whose recording somebody wants to hear. */
export interface RecordedCall {
  call: Call;
  /** Links that were made until then hold no more; null: all hold. */
  linksRevokedAt: Instant | null;
  /** Null when its connection was deleted. */
  access: KeptAccess | null;
}

/** The way to calls' recordings: connections' credentials, and links that were revoked. */
export class RecordingRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** @throws AppError `resource.not_found` when there is no such connection */
  access(tenant: TenantId, connectionId: ConnectionId): Promise<KeptAccess> {
    return this.scope.forTenant(tenant, async (tx) => {
      await assertConnection(tx, tenant, connectionId);
      const row = await tx.connection.findUniqueOrThrow({
        select: { sealedCredentials: true, recordingsByName: true },
        where: { id: connectionId, tenantId: tenant },
      });
      return { sealed: row.sealedCredentials, byName: row.recordingsByName };
    });
  }

  /**
   * @param change  `changes` for the audit: without secrets
   * @throws AppError `resource.not_found` when there is no such connection
   */
  setAccess(
    tenant: TenantId,
    connectionId: ConnectionId,
    { sealed, byName, changes }: KeptAccess & { changes: Changes },
    by: Actor,
  ): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await lockConnection(tx, tenant, connectionId);
      await tx.connection.update({
        where: { id: connectionId, tenantId: tenant },
        data: { sealedCredentials: sealed, recordingsByName: byName, updatedAt: dateOf(at) },
      });
      const [action, subjectId] = ['connection.recording_access_set', connectionId];
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId, changes });
    });
  }

  recordedCall(tenant: TenantId, callId: CallId): Promise<RecordedCall | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.call.findFirst({ where: { id: callId, tenantId: tenant } });
      if (row === null) return undefined;
      const connection = await tx.connection.findFirst({
        select: { sealedCredentials: true, recordingsByName: true },
        where: { id: row.connectionId, tenantId: tenant },
      });
      const ids = {
        id: callId,
        connectionId: id<ConnectionId>(row.connectionId),
        vendorCallId: row.vendorCallId,
      };
      return {
        call: restoreCall(ids, row.record as unknown as StoredCall),
        linksRevokedAt: instantOrNull(row.linksRevokedAt),
        access: connection && {
          sealed: connection.sealedCredentials,
          byName: connection.recordingsByName,
        },
      };
    });
  }

  /** All links to recordings of this call that there are stop working. @throws AppError `resource.not_found` */
  revokeLinks(tenant: TenantId, callId: CallId, by: Actor): Promise<Instant> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      if (!(await lockRow(tx, 'call', tenant, callId))) throw notFound('call');
      const where = { id: callId, tenantId: tenant };
      const before = await tx.call.findUniqueOrThrow({ select: { linksRevokedAt: true }, where });
      await tx.call.update({ select: { id: true }, where, data: { linksRevokedAt: dateOf(at) } });
      const changes = { linksRevokedAt: { from: instantOrNull(before.linksRevokedAt), to: at } };
      const [action, subjectId] = ['call.recording_links_revoked', callId];
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId, changes });
      return at;
    });
  }
}
