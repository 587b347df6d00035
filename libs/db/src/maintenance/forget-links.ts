import { openSession } from './open-session.js';

/** So that somebody who comes late is told that the link is too old, and not that there is none. */
const KEPT_DAYS = 7;

/**
 * Deletes links that let somebody in once, and portals, that ended some days ago; and signings in that
 * nobody came back from.
 *
 * @param connectionString  the login that owns the tables
 * @param now  epoch milliseconds
 * @returns how many it was
 */
export async function forgetLinks(connectionString: string, now: number): Promise<number> {
  const client = await openSession(connectionString);
  try {
    const before = [new Date(now - KEPT_DAYS * 86_400_000)];
    const links = await client.query('DELETE FROM one_time_link WHERE expires_at < $1', before);
    const portals = await client.query('DELETE FROM portal WHERE ends_at < $1', before);
    const attempts = await client.query('DELETE FROM sign_in_attempt WHERE expires_at < $1', [new Date(now)]);
    return [links, portals, attempts].reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0);
  } finally {
    await client.end();
  }
}
