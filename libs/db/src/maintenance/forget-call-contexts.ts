import { openSession } from './open-session.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** No call lasts as long; a call that was told of meanwhile has its context in its record. */
export const CONTEXT_DAYS = 7;

/**
 * Deletes what was remembered of calls a week ago and longer.
 *
 * @param connectionString  the login that owns the tables
 * @param now  epoch milliseconds
 * @returns how many calls it was
 */
export async function forgetCallContexts(connectionString: string, now: number): Promise<number> {
  const client = await openSession(connectionString);
  try {
    const { rowCount } = await client.query(
      'DELETE FROM call_context WHERE created_at < to_timestamp($1 / 1000.0)',
      [now - CONTEXT_DAYS * DAY_MS],
    );
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
