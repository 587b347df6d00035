import { openSession } from './open-session.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The health of a connection tells of a day; the rest is for whoever asks the database. */
export const REFUSAL_DAYS = 8;
const USAGE_DAYS = 40;

/**
 * Deletes the counters of refused webhooks and of tenants' usage that nobody asks for any more.
 *
 * @param connectionString  the login that owns the tables
 * @param now  epoch milliseconds
 * @returns how many rows it was
 */
export async function forgetIngressCounts(connectionString: string, now: number): Promise<number> {
  const client = await openSession(connectionString);
  try {
    const refusals = await client.query('DELETE FROM ingress_refusal WHERE at < to_timestamp($1 / 1000.0)', [
      now - REFUSAL_DAYS * DAY_MS,
    ]);
    const usage = await client.query('DELETE FROM tenant_usage WHERE day < to_timestamp($1 / 1000.0)', [
      now - USAGE_DAYS * DAY_MS,
    ]);
    return (refusals.rowCount ?? 0) + (usage.rowCount ?? 0);
  } finally {
    await client.end();
  }
}
