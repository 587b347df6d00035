import { openSession } from './open-session.js';

/**
 * Deletes questions to PBXs that nobody came back for. Whoever holds a PBX's socket does the same each minute: these are of
 * PBXs that have none.
 *
 * @param connectionString  the login that owns the tables
 * @param now  epoch milliseconds
 * @returns how many it was
 */
export async function forgetSocketAsks(connectionString: string, now: number): Promise<number> {
  const client = await openSession(connectionString);
  try {
    const { rowCount } = await client.query('DELETE FROM socket_ask WHERE expires_at < $1', [
      new Date(now - 60_000),
    ]);
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
