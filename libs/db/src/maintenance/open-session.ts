import pg from 'pg';

/**
 * A connection of one's own, for what is done now and then. When the database goes away the question under way is rejected, and that
 * is all: a client that nobody listens to would end the process with it.
 *
 * @throws when the database cannot be reached
 */
export async function openSession(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
