import { keptCallId, unquoted, type Instant, type TenantId } from '#domain';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { numbersOf } from './spellings-of.js';
import { instantOfId, instantOrNull } from './times.js';

export const FOUND_KINDS = [
  'call',
  'contact',
  'endpoint',
  'connection',
  'agent',
  'ivr_flow',
  'delivery',
  'event',
  'receipt',
  'replay',
] as const;
export type FoundKind = (typeof FOUND_KINDS)[number];

export interface Found {
  type: FoundKind;
  id: string;
  /** What people call it: a name, or the number of a call. */
  title: string;
  /** A word or two more. */
  detail: string | null;
  /** When it happened or was made. */
  at: Instant | null;
}

type Row = Omit<Found, 'at'> & { at: Date | null };

/** Finds things by whatever somebody pastes. Each method is one statement that goes along an index for each kind of thing. */
export class SearchRepository {
  constructor(private readonly scope: TenantScope) {}

  /** @param uuid  any id of ours */
  byId(tenant: TenantId, uuid: string): Promise<Found[]> {
    return inScope(
      this.scope,
      tenant,
      (tx) => tx.$queryRaw<Row[]>`
        SELECT 'call' AS type, id, customer_number AS title, direction || ' ' || result AS detail, started_at AS at
          FROM call WHERE id = ${uuid}::uuid AND tenant_id = ${tenant}::uuid
        UNION ALL SELECT 'contact', id, name, company, NULL
          FROM contact WHERE id = ${uuid}::uuid AND tenant_id = ${tenant}::uuid
        UNION ALL SELECT 'endpoint', id, name, state, NULL
          FROM endpoint WHERE id = ${uuid}::uuid AND tenant_id = ${tenant}::uuid
        UNION ALL SELECT 'connection', id, name, dialect, NULL
          FROM connection WHERE id = ${uuid}::uuid AND tenant_id = ${tenant}::uuid
        UNION ALL SELECT 'agent', id, name, code, NULL
          FROM agent WHERE id = ${uuid}::uuid AND tenant_id = ${tenant}::uuid
        UNION ALL SELECT 'ivr_flow', id, name, NULL, NULL
          FROM ivr_flow WHERE id = ${uuid}::uuid AND tenant_id = ${tenant}::uuid
        UNION ALL SELECT 'delivery', id, event_type, state, NULL
          FROM delivery WHERE id = ${uuid}::uuid AND tenant_id = ${tenant}::uuid
        UNION ALL SELECT 'event', id, type, NULL, occurred_at
          FROM call_event WHERE id = ${uuid}::uuid AND tenant_id = ${tenant}::uuid
        UNION ALL SELECT 'receipt', id, route, state, received_at
          FROM receipt WHERE id = ${uuid}::uuid AND tenant_id = ${tenant}::uuid
        UNION ALL SELECT 'replay', id, kind, state, created_at
          FROM replay WHERE id = ${uuid}::uuid AND tenant_id = ${tenant}::uuid`,
    );
  }

  /** Calls that a PBX calls so, the latest first. */
  byVendorId(tenant: TenantId, text: string, most: number): Promise<Found[]> {
    return inScope(this.scope, tenant, async (tx) => {
      const connections = await tx.connection.findMany({ select: { id: true }, where: { tenantId: tenant } });
      return tx.$queryRaw<Row[]>`
        SELECT 'call' AS type, id, customer_number AS title, direction || ' ' || result AS detail, started_at AS at
        FROM call WHERE connection_id = ANY(${connections.map((one) => one.id)}::uuid[])
          AND vendor_call_id = ${keptCallId(unquoted(text))} AND tenant_id = ${tenant}::uuid
        ORDER BY started_at DESC, id DESC LIMIT ${most}::int`;
    });
  }

  /** Calls of a number in any spelling that the tenant's connections read, the latest first. */
  byNumber(tenant: TenantId, text: string, most: number): Promise<Found[]> {
    return inScope(this.scope, tenant, async (tx) => {
      const connections = await tx.connection.findMany({
        select: { country: true },
        where: { tenantId: tenant },
      });
      const numbers = numbersOf(text, new Set(connections.map(({ country }) => country)));
      return tx.$queryRaw<Row[]>`
        SELECT 'call' AS type, id, customer_number AS title, direction || ' ' || result AS detail, started_at AS at
        FROM call WHERE tenant_id = ${tenant}::uuid AND customer_number = ANY(${[text, ...numbers]}::text[])
        ORDER BY started_at DESC, id DESC LIMIT ${most}::int`;
    });
  }

  /** Things that are called so, or have it in their name: of each kind so many, the newest first. Contacts are not among them. */
  byName(tenant: TenantId, text: string, most: number): Promise<Found[]> {
    return inScope(
      this.scope,
      tenant,
      (tx) => tx.$queryRaw<Row[]>`
        (SELECT 'endpoint' AS type, id, name AS title, state AS detail, NULL::timestamptz AS at FROM endpoint
          WHERE tenant_id = ${tenant}::uuid AND position(lower(${text}) IN lower(name)) > 0
          ORDER BY id DESC LIMIT ${most}::int)
        UNION ALL (SELECT 'connection', id, name, dialect, NULL FROM connection
          WHERE tenant_id = ${tenant}::uuid AND position(lower(${text}) IN lower(name)) > 0
          ORDER BY id DESC LIMIT ${most}::int)
        UNION ALL (SELECT 'agent', id, name, code, NULL FROM agent
          WHERE tenant_id = ${tenant}::uuid AND (position(lower(${text}) IN lower(name)) > 0 OR code = ${text})
          ORDER BY id DESC LIMIT ${most}::int)
        UNION ALL (SELECT 'ivr_flow', id, name, NULL, NULL FROM ivr_flow
          WHERE tenant_id = ${tenant}::uuid AND position(lower(${text}) IN lower(name)) > 0
          ORDER BY id DESC LIMIT ${most}::int)`,
    );
  }
}

async function inScope(
  scope: TenantScope,
  tenant: TenantId,
  work: (tx: Tx) => Promise<Row[]>,
): Promise<Found[]> {
  const rows = await scope.forTenant(tenant, work);
  return rows.map(({ at, ...row }) => ({
    ...row,
    at: instantOrNull(at) ?? (row.type === 'delivery' ? instantOfId(row.id) : null),
  }));
}
