import { openSession } from './open-session.js';

const MINUTE_MS = 60 * 1000;

/** For so long a socket that was cut off gets what it missed; later it gets everything anew. */
export const LIVE_EVENT_MINUTES = 15;

/**
 * Deletes what nobody will ask for any more. Whoever serves sockets does so for the tenants that it serves, each minute; this is
 * for those that nobody listens to any more.
 *
 * @param connectionString  the login that owns the tables
 * @param now  epoch milliseconds
 * @returns how many rows it was
 */
export async function forgetLiveEvents(connectionString: string, now: number): Promise<number> {
  const client = await openSession(connectionString);
  try {
    const { rowCount } = await client.query('DELETE FROM live_event WHERE at < to_timestamp($1 / 1000.0)', [
      now - LIVE_EVENT_MINUTES * MINUTE_MS,
    ]);
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
