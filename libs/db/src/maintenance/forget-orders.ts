import type pg from 'pg';
import { OPEN_ORDER_STATES } from '#domain';
import { uuidFloor } from './partitions.js';
import { openSession } from './open-session.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Rows of one statement: few enough that nobody waits for their locks. */
const BATCH = 1_000;

/** An order that is open stays however old it is, and so does one of which somebody has still to be told. */
const OVER = `state <> ALL($2::text[]) AND look_at IS NULL`;

const OF_ALL = `
DELETE FROM dial_attempt WHERE id IN (
  SELECT id FROM dial_attempt WHERE sent_at < to_timestamp($1::float8 / 1000) AND ${OVER} ORDER BY sent_at LIMIT $3)`;

const OF_TENANT = `
DELETE FROM dial_attempt WHERE id IN (
  SELECT id FROM dial_attempt WHERE tenant_id = $4 AND id < $1::uuid AND ${OVER} ORDER BY id LIMIT $3)`;

/**
 * Deletes orders that are over, as long after they were placed as deliveries are kept: by the installation, or by a tenant that wants
 * its log kept for fewer days.
 *
 * @param connectionString  the login that owns the tables
 * @param now  epoch milliseconds
 * @param days  of the installation
 * @returns how many it was
 */
export async function forgetOrders(connectionString: string, now: number, days: number): Promise<number> {
  const client = await openSession(connectionString);
  try {
    let forgotten = await inBatches(client, OF_ALL, [now - days * DAY_MS]);
    const tenants = await client.query<{ id: string; days: number }>(
      'SELECT id, retention_days AS days FROM tenant WHERE retention_days IS NOT NULL ORDER BY id',
    );
    for (const tenant of tenants.rows) {
      const floor = uuidFloor(now - tenant.days * DAY_MS);
      forgotten += await inBatches(client, OF_TENANT, [floor], [tenant.id]);
    }
    return forgotten;
  } finally {
    await client.end();
  }
}

async function inBatches(
  client: pg.Client,
  statement: string,
  [before]: [unknown],
  whose: string[] = [],
): Promise<number> {
  for (let total = 0; ;) {
    const { rowCount } = await client.query(statement, [before, OPEN_ORDER_STATES, BATCH, ...whose]);
    total += rowCount ?? 0;
    if ((rowCount ?? 0) < BATCH) return total;
  }
}
