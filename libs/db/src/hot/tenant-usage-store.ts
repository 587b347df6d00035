import type { Instant, TenantId } from '#domain';
import type { HotPool } from '../pool/hot-pool.js';
import { pgArray } from './pg-array.js';

/** Bytes of a tenant's webhooks in a day of UTC. */
export interface UsageRow {
  tenantId: TenantId;
  /** Beginning of the day. */
  day: Instant;
  bytes: number;
}

interface Row {
  tenant_id: string;
  total: string;
}

/** Answers what all processes together have counted. A tenant that was deleted meanwhile uses nothing. */
const ADD = `
INSERT INTO tenant_usage AS known (tenant_id, day, webhook_bytes)
SELECT t.id, to_timestamp(n.day / 1000.0), n.bytes
FROM unnest($1::uuid[], $2::float8[], $3::bigint[]) AS n(tenant_id, day, bytes)
JOIN tenant t ON t.id = n.tenant_id
ORDER BY t.id, n.day
ON CONFLICT (tenant_id, day) DO UPDATE SET webhook_bytes = known.webhook_bytes + EXCLUDED.webhook_bytes
RETURNING tenant_id, webhook_bytes AS total`;

/** What tenants with a limit have had kept. */
export class TenantUsageStore {
  constructor(private readonly hot: HotPool) {}

  /**
   * Adds to what is there.
   *
   * @param rows  each tenant at most once
   * @returns the day's bytes of each, of all processes
   * @throws AppError `database.unavailable`
   */
  async add(rows: readonly UsageRow[]): Promise<Map<TenantId, number>> {
    const { uuid, float8, int8 } = pgArray;
    const values = [
      uuid(rows.map((row) => row.tenantId)),
      float8(rows.map((row) => row.day)),
      int8(rows.map((row) => String(row.bytes))),
    ];
    const totals = await this.hot.run<Row & Record<string, unknown>>(
      'tenant_usage.add',
      ADD,
      values,
      rows.length,
    );
    return new Map(totals.map((row) => [row.tenant_id as TenantId, Number(row.total)]));
  }
}
