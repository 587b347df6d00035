import type pg from 'pg';
import { uuidFloor } from './partitions.js';
import { openSession } from './open-session.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Rows of one statement: few enough that nobody waits for their locks, and vacuum keeps up. */
const BATCH = 1_000;
/** Only one process at a time forgets. */
const FORGET_LOCK = 7_315_003;

/** Tries go with their delivery. What is still owed stays: nothing disappears before somebody decides upon it. */
const DELIVERIES = `
WITH old AS MATERIALIZED (
  SELECT id FROM delivery WHERE tenant_id = $1 AND id < $2 AND state IN ('delivered', 'dead', 'skipped')
  ORDER BY id LIMIT $3
),
tries AS (DELETE FROM attempt WHERE delivery_id IN (SELECT id FROM old)),
gone AS (DELETE FROM delivery WHERE id IN (SELECT id FROM old) RETURNING 1)
SELECT count(*)::int AS count FROM gone`;

/**
 * Receipts go with the events that came of them. An event that is still owed to somebody is needed for its data. Events
 * without a call are few, so what is left of their deliveries is read once and not asked for by each: a test may hold a
 * real call's data.
 */
const EVENTS = `
WITH old AS MATERIALIZED (
  SELECT e.id, e.receipt_id FROM call_event e
  WHERE e.tenant_id = $1 AND e.id < $2
    AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.call_id = e.call_id AND d.event_id = e.id)
    AND (e.call_id IS NOT NULL
      OR e.id NOT IN (SELECT d.event_id FROM delivery d WHERE d.tenant_id = $1 AND d.call_id IS NULL))
  ORDER BY e.id LIMIT $3
),
receipts AS (DELETE FROM receipt WHERE state = 'done' AND id IN (SELECT receipt_id FROM old)),
gone AS (DELETE FROM call_event WHERE id IN (SELECT id FROM old) RETURNING 1)
SELECT count(*)::int AS count FROM gone`;

const UNREAD = `
WITH gone AS (
  DELETE FROM receipt WHERE id IN (
    SELECT id FROM receipt WHERE tenant_id = $1 AND id < $2 AND state IN ('unparsed', 'set_aside') ORDER BY id LIMIT $3)
  RETURNING 1
)
SELECT count(*)::int AS count FROM gone`;

/** In this order: an event is forgotten when nothing is left of its deliveries. */
const STATEMENTS = [DELIVERIES, EVENTS, UNREAD];

/**
 * Deletes the log of tenants that want it kept for fewer days than the installation keeps it, in small batches. What the
 * installation keeps for long enough anyway is dropped by partition.
 *
 * @param connectionString  the login that owns the tables
 * @param now  epoch milliseconds
 * @returns how many deliveries, events and unread receipts were deleted; 0 when another process is at it
 */
export async function forgetExpired(connectionString: string, now: number): Promise<number> {
  const client = await openSession(connectionString);
  try {
    const lock = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [
      FORGET_LOCK,
    ]);
    if (lock.rows[0]?.got !== true) return 0;
    // The bug that docs/adr tells of under "hold the fence".
    await client.query('SET enable_partition_pruning = off');
    const tenants = await client.query<{ id: string; days: number }>(
      'SELECT id, retention_days AS days FROM tenant WHERE retention_days IS NOT NULL ORDER BY id',
    );
    let forgotten = 0;
    for (const { id, days } of tenants.rows) {
      const floor = uuidFloor(now - days * DAY_MS);
      for (const statement of STATEMENTS) forgotten += await inBatches(client, statement, [id, floor]);
    }
    return forgotten;
  } finally {
    await client.end();
  }
}

async function inBatches(client: pg.Client, statement: string, values: unknown[]): Promise<number> {
  for (let total = 0; ;) {
    const { rows } = await client.query<{ count: number }>(statement, [...values, BATCH]);
    const count = rows[0]?.count ?? 0;
    total += count;
    if (count < BATCH) return total;
  }
}
