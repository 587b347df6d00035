import pg from 'pg';
import { AppError } from '#domain';
import { migrationList } from './migration-list.js';

/**
 * Names of migrations in this build that the database has not seen or has not finished.
 * @throws AppError with one sentence when the database cannot be used
 */
export async function pendingMigrations(connectionString: string): Promise<string[]> {
  const client = new pg.Client({ connectionString });
  try {
    await client.connect();
    const applied = await appliedMigrations(client);
    return (await migrationList()).map(({ name }) => name).filter((name) => !applied.has(name));
  } catch (cause) {
    const { message, code } = cause as NodeJS.ErrnoException;
    throw new AppError(
      'unavailable',
      'database.unavailable',
      `The database at DATABASE_URL cannot be used (${message || (code ?? 'no answer')}): start it, or correct DATABASE_URL.`,
      { cause },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function appliedMigrations(client: pg.Client): Promise<Set<string>> {
  const exists = await client.query<{ found: string | null }>(
    `SELECT to_regclass('public._prisma_migrations')::text AS found`,
  );
  if (exists.rows[0]?.found == null) return new Set();
  const rows = await client.query<{ migration_name: string }>(
    `SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  return new Set(rows.rows.map((row) => row.migration_name));
}
