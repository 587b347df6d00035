import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { AppError } from '#domain';
import { MIGRATIONS_DIR, SCHEMA_FILE, migrationList } from './migration-list.js';
import { NO_FILTER, withSchemaEngine } from './schema-engine.js';

/** Any number will do, as long as nothing else of ours locks by it. */
const MIGRATION_LOCK = 7_315_001;

async function engineList() {
  return {
    baseDir: MIGRATIONS_DIR,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(MIGRATIONS_DIR, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: (await migrationList()).map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  };
}

/** Applies what is pending and returns the names of what it applied. Safe to call from several processes at once. */
export async function migrate(connectionString: string): Promise<string[]> {
  // Loading the engine costs more than asking; a database that is up to date is the common case.
  if ((await pendingMigrations(connectionString)).length === 0) return [];
  const list = await engineList();
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    // Held by this session until it ends; a second process waits here, then finds nothing to do.
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await withSchemaEngine(connectionString, async (engine) => {
      const output = await engine.applyMigrations({ migrationsList: list, filters: NO_FILTER });
      return output.appliedMigrationNames;
    });
  } finally {
    await client.end();
  }
}

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

/** SQL that would turn the migrated database into what schema.prisma says; known hand-written parts included. */
export async function schemaDrift(connectionString: string): Promise<string> {
  const schema = { path: SCHEMA_FILE, content: await readFile(SCHEMA_FILE, 'utf8') };
  return withSchemaEngine(connectionString, async (engine) => {
    const result = await engine.diff({
      from: { tag: 'schemaDatasource', files: [schema], configDir: MIGRATIONS_DIR },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    });
    return result.stdout ?? '';
  });
}
