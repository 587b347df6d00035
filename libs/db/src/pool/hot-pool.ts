import pg from 'pg';
import { AppError } from '#domain';
import type { Metrics } from '#platform';

/** Database role under row-level security that a pool's sessions run as. */
export type Role = 'switchhook_worker' | 'switchhook_api';

/** SQLSTATE classes that mean "not now": connection trouble, out of resources, shutting down or starting up. */
const AWAY_STATES = /^(08(?!P01)|53|57P0|25006|40001|40P01)/;
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
]);

export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (AWAY_CODES.has(code) || AWAY_STATES.test(code))) return true;
  return (
    typeof message === 'string' &&
    /Connection terminated|timeout exceeded when trying to connect|Can't reach database|ECONNREFUSED/.test(
      message,
    )
  );
}

/** Seconds that a caller is asked to wait when the database is away. */
const RETRY_AFTER_SECONDS = 5;

export function databaseAway(cause: unknown): AppError {
  return new AppError(
    'unavailable',
    'database.unavailable',
    'The database does not answer; try again soon.',
    {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
      cause,
    },
  );
}

const SESSION_SETTINGS = [
  // Few statements, always the same shapes: planned once a session instead of at each run.
  'plan_cache_mode=force_generic_plan',
  // Run-time pruning crashes PostgreSQL 18.4 when a row that is being updated was changed meanwhile (see `hold_fence`).
  // There are few partitions, and looking into an index that does not have the id costs about a microsecond.
  'enable_partition_pruning=off',
  // A plan made while a table was empty would scan it whole for as long as the session lasts. Every hot statement finds
  // its rows by an index, one after another.
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
];

/** What a session runs under, as libpq takes it. */
export function sessionOptions(role: Role): string {
  return [`role=${role}`, ...SESSION_SETTINGS].map((setting) => `-c ${setting}`).join(' ');
}

/** Connections for the few multi-row statements of the hot paths; everything else goes through Prisma. */
export class HotPool {
  readonly pool: pg.Pool;

  constructor(
    url: string,
    role: Role,
    max: number,
    private readonly metrics: Pick<Metrics, 'statements' | 'statementRows'>,
  ) {
    this.pool = new pg.Pool({
      connectionString: url,
      max,
      options: sessionOptions(role),
      application_name: 'switchhook',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    // An idle session that the server ends (restart, failover) is replaced at the next use.
    this.pool.on('error', () => undefined);
  }

  /**
   * Runs one prepared statement.
   * @param name  of the statement, for the plan cache and the metrics
   * @param rows  how many rows it carries, for the metrics
   * @throws AppError `database.unavailable` when the database is away
   */
  run<Row extends pg.QueryResultRow>(
    name: string,
    text: string,
    values: unknown[],
    rows = 1,
  ): Promise<Row[]> {
    return this.runOn<Row>(this.pool, { name, text, values }, rows);
  }

  /**
   * Runs a statement that somebody wants once in a while: planned anew each time, and not counted.
   * @throws AppError `database.unavailable` when the database is away
   */
  async look<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    try {
      return (await this.pool.query<Row>(text, values)).rows;
    } catch (error) {
      throw isDatabaseAway(error) ? databaseAway(error) : error;
    }
  }

  /**
   * Runs statements as one transaction on one connection; what `work` throws undoes them all.
   * @throws AppError `database.unavailable` when the database is away
   */
  async transaction<T>(work: (run: HotPool['run']) => Promise<T>): Promise<T> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw isDatabaseAway(error) ? databaseAway(error) : error;
    });
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const done = await work((name, text, values, rows) =>
        this.runOn(client, { name, text, values }, rows ?? 1),
      );
      await client.query('COMMIT');
      return done;
    } catch (error) {
      // A connection on which not even this succeeds is of no more use.
      await client.query('ROLLBACK').catch((failed: unknown) => {
        broken = failed instanceof Error ? failed : new Error('The connection is of no more use.');
      });
      throw isDatabaseAway(error) ? databaseAway(error) : error;
    } finally {
      client.release(broken);
    }
  }

  async end(): Promise<void> {
    await this.pool.end();
  }

  private async runOn<Row extends pg.QueryResultRow>(
    on: pg.Pool | pg.PoolClient,
    statement: { name: string; text: string; values: unknown[] },
    rows: number,
  ): Promise<Row[]> {
    const { name } = statement;
    this.metrics.statements.inc({ statement: name });
    this.metrics.statementRows.inc({ statement: name }, rows);
    try {
      const result = await on.query<Row>(statement);
      return result.rows;
    } catch (error) {
      throw isDatabaseAway(error) ? databaseAway(error) : error;
    }
  }
}
