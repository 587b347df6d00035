import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { MIGRATIONS_DIR, SCHEMA_FILE, migrationList } from './migration-list.js';
import { pendingMigrations } from './pending-migrations.js';

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
    const { NO_FILTER, withSchemaEngine } = await import('./schema-engine.js');
    return await withSchemaEngine(connectionString, async (engine) => {
      const output = await engine.applyMigrations({ migrationsList: list, filters: NO_FILTER });
      return output.appliedMigrationNames;
    });
  } finally {
    await client.end();
  }
}

/** SQL that would turn the migrated database into what schema.prisma says; known hand-written parts included. */
export async function schemaDrift(connectionString: string): Promise<string> {
  const schema = { path: SCHEMA_FILE, content: await readFile(SCHEMA_FILE, 'utf8') };
  const { NO_FILTER, withSchemaEngine } = await import('./schema-engine.js');
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
