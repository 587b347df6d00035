import { AppError } from '#domain';
import { pendingMigrations } from './migrations/pending-migrations.js';

/**
 * Never start half-alive: a process calls this first.
 * @throws AppError with one sentence when the database cannot be reached or lacks migrations
 */
export async function assertMigrated(databaseUrl: string | undefined): Promise<string> {
  if (databaseUrl === undefined) {
    throw new AppError(
      'misconfigured',
      'env.no_database',
      'DATABASE_URL is not set: point it at a PostgreSQL, or run `npm start`, which brings its own.',
    );
  }
  const pending = await pendingMigrations(databaseUrl);
  if (pending.length > 0) {
    throw new AppError(
      'misconfigured',
      'database.pending_migrations',
      `The database lacks ${String(pending.length)} migration(s), the first is ${pending[0] ?? ''}: run \`npm run db:migrate\`.`,
    );
  }
  return databaseUrl;
}
