import { openSession } from './open-session.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** For so long can be shown what an erasure did; the audit trail has its counts for longer. */
export const ERASURE_DAYS = 365;
/** For so long one waits to be started: until then its number is kept in clear. */
export const COUNTED_DAYS = 30;

/**
 * Deletes erasures that are long over, and those that nobody started.
 *
 * @param connectionString  the login that owns the tables
 * @param now  epoch milliseconds
 * @returns how many it was
 */
export async function forgetErasures(connectionString: string, now: number): Promise<number> {
  const client = await openSession(connectionString);
  try {
    const { rowCount } = await client.query(
      `DELETE FROM erasure WHERE state NOT IN ('counting', 'telling', 'erasing')
         AND updated_at < to_timestamp(CASE WHEN state IN ('counted', 'failed') THEN $1::float8 ELSE $2::float8 END / 1000)`,
      [now - COUNTED_DAYS * DAY_MS, now - ERASURE_DAYS * DAY_MS],
    );
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
