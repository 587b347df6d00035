import { systemClock, processEnv, explain, whenToStop } from '#platform';
import { migrateAll } from './migrate-all.js';
import { openHome } from './open-home.js';

/** `npm run db:migrate`: the database at DATABASE_URL, or the embedded one. */
async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(
      'npm run db:migrate [-- --json]\n\nBrings the database at DATABASE_URL (default: the embedded one in DATA_DIR) up to date.\n',
    );
    return;
  }
  // The database that we started ends with us, and a migration is whole or not at all.
  void whenToStop().then(() => process.exit(1));
  const home = await openHome(processEnv(), (line) => process.stderr.write(`${line}\n`));
  try {
    const applied = await migrateAll(home.env.DATABASE_URL, home.env, systemClock.now());
    const text = applied.length === 0 ? 'the database is up to date' : `applied ${applied.join(', ')}`;
    process.stdout.write(process.argv.includes('--json') ? `${JSON.stringify({ applied })}\n` : `${text}\n`);
  } finally {
    await home.close();
  }
}

main().catch((error: unknown) => {
  explain('db:migrate', error);
  process.exitCode = 1;
});
