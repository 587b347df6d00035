import pg from 'pg';
import { until } from './until.js';
import type { World } from './world.js';

/** Runs something that writes an operational event, and takes its session away in the middle of that statement. */
export async function killedWhileTelling(world: World, run: () => Promise<unknown>): Promise<void> {
  const blocker = new pg.Client({ connectionString: world.url });
  await blocker.connect();
  await blocker.query('BEGIN; LOCK TABLE call_event IN SHARE MODE');
  const ending = run().catch(() => undefined);
  const victims = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await until('the statement to wait', async () => (await world.sql.rows(victims)).length > 0);
  await world.sql.rows(`SELECT pg_terminate_backend(pid) FROM (${victims}) v`);
  await ending;
  await blocker.query('ROLLBACK');
  await blocker.end();
}
