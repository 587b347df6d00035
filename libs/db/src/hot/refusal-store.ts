import type { ConnectionId, Instant, TenantId } from '#domain';
import type { HotPool } from '../pool/hot-pool.js';
import { pgArray } from './pg-array.js';

/** Webhooks of a connection that were refused in an hour for one reason. */
export interface RefusalRow {
  connectionId: ConnectionId;
  tenantId: TenantId;
  /** Beginning of the hour. */
  at: Instant;
  reason: string;
  count: number;
  lastAt: Instant;
  /** The last one, in a line, secrets masked. */
  sample: string;
}

/** Sorted, so that statements of several processes lock rows in one order. A connection that was deleted meanwhile has no health. */
const ADD = `
INSERT INTO ingress_refusal AS known (connection_id, at, reason, tenant_id, count, last_at, sample)
SELECT c.id, to_timestamp(n.at / 1000.0), n.reason, c.tenant_id, n.count, to_timestamp(n.last_at / 1000.0), n.sample
FROM unnest($1::uuid[], $2::uuid[], $3::float8[], $4::text[], $5::int[], $6::float8[], $7::text[])
  AS n(connection_id, tenant_id, at, reason, count, last_at, sample)
JOIN connection c ON c.id = n.connection_id AND c.tenant_id = n.tenant_id
ORDER BY c.id, n.at, n.reason
ON CONFLICT (connection_id, at, reason) DO UPDATE SET
  count = known.count + EXCLUDED.count,
  sample = CASE WHEN EXCLUDED.last_at >= known.last_at THEN EXCLUDED.sample ELSE known.sample END,
  last_at = greatest(known.last_at, EXCLUDED.last_at)`;

/** Counters of what was refused before there was a receipt. */
export class RefusalStore {
  constructor(private readonly hot: HotPool) {}

  /**
   * Adds to what is there.
   *
   * @param rows  each connection, hour and reason at most once
   * @throws AppError `database.unavailable`
   */
  async add(rows: readonly RefusalRow[]): Promise<void> {
    const { uuid, text, float8, int4 } = pgArray;
    const values = [
      uuid(rows.map((row) => row.connectionId)),
      uuid(rows.map((row) => row.tenantId)),
      float8(rows.map((row) => row.at)),
      text(rows.map((row) => row.reason)),
      int4(rows.map((row) => row.count)),
      float8(rows.map((row) => row.lastAt)),
      text(rows.map((row) => row.sample)),
    ];
    await this.hot.run('ingress_refusal.add', ADD, values, rows.length);
  }
}
