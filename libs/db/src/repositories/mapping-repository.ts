import { id, type Actor, type ConnectionId, type Instant, type TenantId } from '#domain';
import type { Clock } from '#platform';
import type { Connection as Row, Prisma } from '../generated/client.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { differences, writeAudit } from './audit-trail.js';
import { lockConnection } from './connection-steps.js';
import { dateOf, instantOf } from './times.js';

/** What a connection's messages mean, and what they are checked with. */
export interface MappingRecord {
  connectionId: ConnectionId;
  dialect: string;
  timeZone: string;
  country: string;
  epochs: 'utc' | 'local';
  /** The mapping is the member `mapping` of these. */
  settings: Record<string, unknown>;
  /** JSON of the secrets by name; see `sealedFor.signingSecrets`. Null where nothing is kept. */
  sealedSecrets: string | null;
  updatedAt: Instant;
}

export interface MappingFields {
  /** The name of one that is shipped, or one that was written; null for none. */
  mapping: string | Record<string, unknown> | null;
  sealedSecrets: string | null;
}

/** Mappings of connections whose dialect is data. */
export class MappingRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  get(tenant: TenantId, connectionId: ConnectionId): Promise<MappingRecord | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.connection.findFirst({ where: { id: connectionId, tenantId: tenant } });
      return row === null ? undefined : recordOf(row);
    });
  }

  /**
   * @param make  the mapping from what was there before, which nobody else changes meanwhile. What it throws leaves all as it was
   * @throws AppError `resource.not_found`
   */
  put(
    tenant: TenantId,
    connectionId: ConnectionId,
    make: (before: MappingRecord) => MappingFields,
    by: Actor,
  ): Promise<MappingRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await lockConnection(tx, tenant, connectionId);
      const where = { id: connectionId, tenantId: tenant };
      const before = recordOf(await tx.connection.findUniqueOrThrow({ where }));
      const { mapping, sealedSecrets } = make(before);
      const { mapping: old = null, ...others } = before.settings;
      const settings = mapping === null ? others : { ...others, mapping };
      const row = await tx.connection.update({
        where,
        data: {
          settings: settings as Prisma.InputJsonObject,
          sealedSigningSecrets: sealedSecrets,
          updatedAt: dateOf(at),
        },
      });
      const changes = {
        ...differences({ mapping: old }, { mapping }),
        ...(before.sealedSecrets !== sealedSecrets && { secrets: { from: 'others', to: 'set' } }),
      };
      const [action, subjectId] = ['connection.mapping_set', connectionId];
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId, changes });
      return recordOf(row);
    });
  }
}

function recordOf(row: Row): MappingRecord {
  return {
    connectionId: id<ConnectionId>(row.id),
    dialect: row.dialect,
    timeZone: row.timeZone,
    country: row.country,
    epochs: row.epochs === 'utc' ? 'utc' : 'local',
    settings: row.settings as Record<string, unknown>,
    sealedSecrets: row.sealedSigningSecrets,
    updatedAt: instantOf(row.updatedAt),
  };
}
