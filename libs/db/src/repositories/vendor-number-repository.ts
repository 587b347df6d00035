import { notFound, type ConnectionId, type TenantId } from '#domain';
import { Prisma } from '../generated/client.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { rowsAsJson } from './rows-as-json.js';

export type NumberedKind = 'agent' | 'extension' | 'queue' | 'department' | 'call';

/** Vendors' ids of that length look as theirs do; and 0 is nobody there. */
const FIRST_NUMBER = 10_001;

/** Integers by which vendors' clients know agents, extensions and queues: given when first asked for, and never given again. */
export class VendorNumberRepository {
  constructor(private readonly scope: TenantScope) {}

  /** @returns the number of each subject. @throws AppError `resource.not_found` where there is no such connection */
  of(
    tenant: TenantId,
    connectionId: ConnectionId,
    kind: NumberedKind,
    subjects: readonly string[],
  ): Promise<Map<string, number>> {
    const wanted = [...new Set(subjects)];
    if (wanted.length === 0) return Promise.resolve(new Map<string, number>());
    return this.scope.forTenant(tenant, async (tx) => {
      const known = () =>
        rowsAsJson<{ subject: string; number: number }>(
          tx,
          Prisma.sql`
            SELECT subject, number FROM vendor_number
            WHERE connection_id = ${connectionId}::uuid AND tenant_id = ${tenant}::uuid AND kind = ${kind}
              AND subject = ANY(${wanted}::text[])`,
        );
      let rows = await known();
      if (rows.length < wanted.length) {
        // One after the other, so that no number is given twice; and none for a connection of somebody else's.
        const connections = await tx.$queryRaw<unknown[]>`
          SELECT 1 FROM connection WHERE id = ${connectionId}::uuid AND tenant_id = ${tenant}::uuid FOR NO KEY UPDATE`;
        if (connections.length === 0) throw notFound('connection');
        await tx.$executeRaw`
          INSERT INTO vendor_number (connection_id, kind, subject, tenant_id, number)
          SELECT ${connectionId}::uuid, ${kind}, w.subject, ${tenant}::uuid,
            (SELECT coalesce(max(number), ${FIRST_NUMBER - 1}) FROM vendor_number
             WHERE connection_id = ${connectionId}::uuid AND kind = ${kind}) + row_number() OVER (ORDER BY w.place)
          FROM unnest(${wanted}::text[]) WITH ORDINALITY AS w(subject, place)
          WHERE NOT EXISTS (SELECT 1 FROM vendor_number v WHERE v.connection_id = ${connectionId}::uuid AND v.kind = ${kind}
            AND v.subject = w.subject)`;
        rows = await known();
      }
      return new Map(rows.map(({ subject, number }) => [subject, number]));
    });
  }

  /** Which subject has a number; undefined for one that was never given. */
  subjectOf(
    tenant: TenantId,
    connectionId: ConnectionId,
    kind: NumberedKind,
    number: number,
  ): Promise<string | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.vendorNumber.findFirst({
        where: { connectionId, kind, number, tenantId: tenant },
      });
      return row?.subject;
    });
  }
}
