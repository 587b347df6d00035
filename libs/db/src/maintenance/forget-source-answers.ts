import { openSession } from './open-session.js';

/**
 * Deletes what sources said of numbers and what nobody believes any more.
 *
 * @param connectionString  the login that owns the tables
 * @param now  epoch milliseconds
 * @returns how many answers it was
 */
export async function forgetSourceAnswers(connectionString: string, now: number): Promise<number> {
  const client = await openSession(connectionString);
  try {
    const { rowCount } = await client.query(
      `DELETE FROM source_answer a WHERE a.stale_until < to_timestamp($1 / 1000.0)
         OR NOT EXISTS (SELECT 1 FROM contact_source s WHERE s.id = a.source_id AND s.version = a.version)`,
      [now],
    );
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
