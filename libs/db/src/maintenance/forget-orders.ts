import type pg from 'pg';
import { OPEN_ORDER_STATES } from '#domain';
import { uuidFloor } from './partitions.js';
import { openSession } from './open-session.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Rows of one statement: few enough that nobody waits for their locks. */
const BATCH = 1_000;

/** An order that is open stays however old it is, and so does one of which somebody has still to be told. */
const OVER = `state <> ALL($2::text[]) AND look_at IS NULL`;

/** Rules of campaigns count calls to a number of so many days. */
const COUNTED_DAYS = 31;
const IS_COUNTED = `(sent_at > to_timestamp($4::float8 / 1000)
  AND EXISTS (SELECT 1 FROM campaign c WHERE c.tenant_id = d.tenant_id AND c.state <> 'deleted'))`;
const SAYS_MORE = `(coalesce(request ->> 'variables', '{}') <> '{}' OR request -> 'callerName' ->> 'first' IS NOT NULL
  OR request -> 'callerName' ->> 'second' IS NOT NULL)`;
const NO_MORE = `(request::jsonb || '{"variables": {}, "callerName": {"first": null, "second": null}}')::json`;

const expired = (which: string, order: string) => ({
  forget: `
DELETE FROM dial_attempt WHERE id IN (
  SELECT id FROM dial_attempt d WHERE ${which} AND ${OVER} AND NOT ${IS_COUNTED} ORDER BY ${order} LIMIT $3)`,
  strip: `
UPDATE dial_attempt SET request = ${NO_MORE} WHERE id IN (
  SELECT id FROM dial_attempt d WHERE ${which} AND ${OVER} AND ${IS_COUNTED} AND ${SAYS_MORE} ORDER BY ${order} LIMIT $3)`,
});
const OF_ALL = expired('sent_at < to_timestamp($1::float8 / 1000)', 'sent_at');
const OF_TENANT = expired('tenant_id = $5 AND id < $1::uuid', 'id');

/**
 * Deletes orders that are over, as long after they were placed as deliveries are kept: by the installation, or by a tenant that wants
 * its log kept for fewer days. Where there are campaigns, those that their rules count stay for 31 days, without names and variables.
 *
 * @param connectionString  the login that owns the tables
 * @param now  epoch milliseconds
 * @param days  of the installation
 * @returns how many it was
 */
export async function forgetOrders(connectionString: string, now: number, days: number): Promise<number> {
  const client = await openSession(connectionString);
  try {
    const counted = now - COUNTED_DAYS * DAY_MS;
    let forgotten = await forget(client, OF_ALL, [now - days * DAY_MS, counted]);
    const tenants = await client.query<{ id: string; days: number }>(
      'SELECT id, retention_days AS days FROM tenant WHERE retention_days IS NOT NULL ORDER BY id',
    );
    for (const tenant of tenants.rows) {
      const floor = uuidFloor(now - tenant.days * DAY_MS);
      forgotten += await forget(client, OF_TENANT, [floor, counted], [tenant.id]);
    }
    return forgotten;
  } finally {
    await client.end();
  }
}

async function forget(
  client: pg.Client,
  statements: { forget: string; strip: string },
  [before, counted]: [unknown, number],
  whose: string[] = [],
): Promise<number> {
  const values = [before, OPEN_ORDER_STATES, BATCH, counted, ...whose];
  await inBatches(client, statements.strip, values);
  return inBatches(client, statements.forget, values);
}

async function inBatches(client: pg.Client, statement: string, values: unknown[]): Promise<number> {
  for (let total = 0; ;) {
    const { rowCount } = await client.query(statement, values);
    total += rowCount ?? 0;
    if ((rowCount ?? 0) < BATCH) return total;
  }
}
