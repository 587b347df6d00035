import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { projectRoot } from '#platform';

export interface Migration {
  name: string;
  sql: string;
}

export const MIGRATIONS_DIR = resolve(projectRoot(), 'prisma/migrations');
export const SCHEMA_FILE = resolve(projectRoot(), 'prisma/schema.prisma');

/** The migrations that this build of the code was made for, oldest first. */
export async function migrationList(): Promise<Migration[]> {
  const entries = await readdir(MIGRATIONS_DIR, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      sql: await readFile(join(MIGRATIONS_DIR, name, 'migration.sql'), 'utf8'),
    })),
  );
}
