import { SPAN_KEPT_MS, STAT_SPANS } from '#domain';
import { openSession } from './open-session.js';

/**
 * Deletes the counters of endpoints' tries that no window of statistics asks for any more.
 *
 * @param connectionString  the login that owns the tables
 * @param now  epoch milliseconds
 * @returns how many rows it was
 */
export async function forgetEndpointStats(connectionString: string, now: number): Promise<number> {
  const client = await openSession(connectionString);
  try {
    let forgotten = 0;
    for (const span of STAT_SPANS) {
      const { rowCount } = await client.query(
        'DELETE FROM endpoint_stat WHERE span = $1 AND at < to_timestamp($2 / 1000.0)',
        [span, now - SPAN_KEPT_MS[span]],
      );
      forgotten += rowCount ?? 0;
    }
    return forgotten;
  } finally {
    await client.end();
  }
}
