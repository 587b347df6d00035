import { uuidFloor } from './partitions.js';
import { openSession } from './open-session.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Rows of one statement: few enough that nobody waits for their locks. */
const BATCH = 1_000;

const OLD = `
DELETE FROM crm_log WHERE (endpoint_id, call_id) IN (
  SELECT endpoint_id, call_id FROM crm_log WHERE call_id < $1::uuid LIMIT ${String(BATCH)})`;

/**
 * Deletes what is known of records in CRMs when the call's events are not kept any more: nothing can be told of it then. Whom a
 * number was seen to be is kept.
 *
 * @param connectionString  the login that owns the tables
 * @param now  epoch milliseconds
 * @param days  of the installation
 * @returns how many it was
 */
export async function forgetCrmLogs(connectionString: string, now: number, days: number): Promise<number> {
  const client = await openSession(connectionString);
  try {
    for (let total = 0; ;) {
      const { rowCount } = await client.query(OLD, [uuidFloor(now - days * DAY_MS)]);
      total += rowCount ?? 0;
      if ((rowCount ?? 0) < BATCH) return total;
    }
  } finally {
    await client.end();
  }
}
