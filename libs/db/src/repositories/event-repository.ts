import { id, type CallEventId, type Instant, type TenantId } from '#domain';
import { Prisma } from '../generated/client.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { instantOf } from './times.js';

/** An event as it is owed to endpoints. */
export interface EventRecord {
  id: CallEventId;
  type: string;
  sequence: number;
  occurredAt: Instant;
  /** JSON text of its data, byte for byte as it is sent. */
  payload: string;
}

/** Events of a tenant, whoever is told of them. */
export class EventRepository {
  constructor(private readonly scope: TenantScope) {}

  /** @param which  one event, or the last so many, newest first */
  find(tenant: TenantId, which: { eventId: CallEventId } | { latest: number }): Promise<EventRecord[]> {
    const wanted =
      'eventId' in which
        ? Prisma.sql`AND e.id = ${which.eventId}::uuid`
        : Prisma.sql`ORDER BY e.id DESC LIMIT ${which.latest}::int`;
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.$queryRaw<
        { id: string; type: string; sequence: number; occurredAt: Date; payload: string }[]
      >`
        SELECT e.id, e.type, e.sequence, e.occurred_at AS "occurredAt", e.payload::text AS payload
        FROM call_event e WHERE e.tenant_id = ${tenant}::uuid ${wanted}`;
      return rows.map((row) => ({
        ...row,
        id: id<CallEventId>(row.id),
        occurredAt: instantOf(row.occurredAt),
      }));
    });
  }
}
