import type pg from 'pg';
import type { HotPool } from '#db';
import { PlanBook, TELL_PLANS } from '../../bench/plans/plan-book.js';
import type { Known } from '../../bench/plans/judge-plan.js';
import { INDEXES, indexesOf, type IndexRow } from '../../bench/plans/plan-node.js';
import type { World } from './world.js';

/** Sent to whoever runs the statement and not to the server's log. */
const AS_NOTICES = { session_preload_libraries: 'auto_explain', 'auto_explain.log_level': 'notice' };

/**
 * Those with nothing in them, or next to nothing beside the largest of their table: of a few rows any index is as good as another.
 * How much the oldest one has depends on the hour of the week at which the history is made.
 */
const EMPTY_PARTITIONS = `
SELECT c.relname AS name FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid
WHERE c.relkind = 'r' AND c.relispartition AND (pg_relation_size(c.oid) = 0 OR pg_relation_size(c.oid) <
  (SELECT max(pg_relation_size(s.inhrelid)) FROM pg_inherits s WHERE s.inhparent = i.inhparent) / 5)`;

/**
 * Learns how the hot sessions' statements are planned, from PostgreSQL itself: each session of the database tells the plans of
 * what it runs, so settings, role and plan cache are exactly theirs, and nothing has to be known of the statements.
 */
export class PlanRecorder {
  book = new PlanBook();
  private readonly heard = new WeakSet<pg.PoolClient>();

  private constructor(private readonly world: World) {}

  /** From now on. The login has to be a superuser, as one that makes databases for tests mostly is. */
  static async open(world: World): Promise<PlanRecorder> {
    const { name } = await world.sql.row<{ name: string }>('SELECT current_database() AS name');
    for (const [setting, value] of Object.entries({ ...AS_NOTICES, ...TELL_PLANS })) {
      await world.sql.rows(`ALTER DATABASE ${name} SET ${setting} = '${value}'`);
    }
    const recorder = new PlanRecorder(world);
    recorder.listenTo(world.hot);
    await recorder.startAfresh();
    return recorder;
  }

  /** Forgets what it heard, and lets the sessions plan anew. */
  async startAfresh(): Promise<void> {
    this.book = new PlanBook();
    await this.world.sql.rows(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'switchhook'`,
    );
    // Until the pool has noticed: a session that is gone must not be handed out once more.
    await Promise.all(
      Array.from({ length: this.world.hot.pool.totalCount }, () =>
        this.world.hot.pool.query('SELECT 1').catch(() => undefined),
      ),
    );
  }

  /** What plans are judged by: the database as it is, and the sessions' own settings. */
  async known(): Promise<Known> {
    const { sql, hot } = this.world;
    const empty = await sql.rows<{ name: string }>(EMPTY_PARTITIONS);
    const pruning = await hot.pool.query<{ value: string }>(
      `SELECT current_setting('enable_partition_pruning') AS value`,
    );
    return {
      indexes: indexesOf(await sql.rows<IndexRow>(INDEXES)),
      empty: new Set(empty.map(({ name }) => name)),
      pruning: pruning.rows[0]?.value === 'on',
    };
  }

  private listenTo(hot: HotPool): void {
    hot.pool.on('acquire', (client) => {
      if (this.heard.has(client)) return;
      this.heard.add(client);
      client.on('notice', ({ message }) => this.book.told(client, message ?? ''));
    });
    const run = hot.run.bind(hot);
    hot.run = (name, text, ...rest) => {
      this.book.named(name, text);
      return run(name, text, ...rest);
    };
    const transaction = hot.transaction.bind(hot);
    hot.transaction = (work) =>
      transaction((runIn) =>
        work((name, text, ...rest) => {
          this.book.named(name, text);
          return runIn(name, text, ...rest);
        }),
      );
  }
}
