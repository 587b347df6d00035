import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { join } from 'node:path';
import pg from 'pg';
import { assertMigrated, migrate, pendingMigrations, schemaDrift } from '#db';
import { projectRoot } from '#platform';
import '../harness/until.js';
import { openWorld, type World } from '../harness/world.js';

const run = promisify(execFile);

describe('migrations', () => {
  let world: World;
  const made: string[] = [];

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(async () => {
    for (const name of made) await world.sql.rows(`DROP DATABASE ${name} WITH (FORCE)`);
    await world.close();
  });

  async function emptyDatabase(): Promise<string> {
    const name = `empty_${randomBytes(6).toString('hex')}`;
    await world.sql.rows(`CREATE DATABASE ${name} TEMPLATE template0`);
    made.push(name);
    const url = new URL(world.url);
    url.pathname = `/${name}`;
    return url.toString();
  }

  it('bring an empty database to what schema.prisma says', async () => {
    const url = await emptyDatabase();
    expect(await pendingMigrations(url)).not.toEqual([]);
    const applied = await migrate(url);
    expect(applied).not.toEqual([]);
    expect(await pendingMigrations(url)).toEqual([]);
    expect(await migrate(url)).toEqual([]);
    expect((await schemaDrift(url)).replace(/-- This is an empty migration\.\s*/, '').trim()).toBe('');
  });

  it('leave a drift that is noticed', async () => {
    const url = await emptyDatabase();
    await migrate(url);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('ALTER TABLE tenant ADD COLUMN forgotten TEXT');
    await client.query('DROP INDEX delivery_call_id_idx');
    await client.end();
    const drift = await schemaDrift(url);
    expect(drift).toContain('forgotten');
    expect(drift).toContain('delivery_call_id_idx');
  });

  it('can be run by two processes at once', async () => {
    const url = await emptyDatabase();
    const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: url };
    const script = join(projectRoot(), 'dist/apps/standalone/migrate.js');
    const outputs = await Promise.all([1, 2].map(() => run(process.execPath, [script, '--json'], { env })));
    const applied = outputs.flatMap(({ stdout }) => (JSON.parse(stdout) as { applied: string[] }).applied);
    expect(new Set(applied).size).toBe(applied.length);
    expect(applied.length).toBeGreaterThan(0);
    expect(await assertMigrated(url)).toBe(url);
  });

  it('are asked for by a process that finds some pending', async () => {
    await expect(assertMigrated(await emptyDatabase())).rejects.toMatchObject({
      code: 'database.pending_migrations',
      message: expect.stringContaining('npm run db:migrate') as string,
    });
  });

  it('keep a process from starting on a database that does not answer', async () => {
    await expect(assertMigrated('postgresql://nobody@127.0.0.1:1/none')).rejects.toMatchObject({
      code: 'database.unavailable',
      fault: 'unavailable',
    });
  });
});
