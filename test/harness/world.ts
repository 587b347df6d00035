import pg from 'pg';
import { HotPool } from '#db';
import { Metrics, createLog, type Log } from '#platform';
import { openTestDatabase } from './test-database.js';

/** SQL as the login that owns the tables: for setting up and for looking. */
export class Sql {
  constructor(readonly pool: pg.Pool) {}

  async rows<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(text, values)).rows;
  }

  /** The first row; fails when there is none. */
  async row<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row> {
    const [row] = await this.rows<Row>(text, values);
    if (!row) throw new Error(`No row came of: ${text}`);
    return row;
  }

  /** The first column of the first row, as a number. */
  async count(text: string, values: unknown[] = []): Promise<number> {
    return Number(Object.values(await this.row(text, values))[0]);
  }
}

/** A migrated database of this file's own, and the worker's way to it. */
export interface World {
  url: string;
  sql: Sql;
  hot: HotPool;
  metrics: Metrics;
  log: Log;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const database = await openTestDatabase();
  const metrics = new Metrics('test');
  const pool = new pg.Pool({ connectionString: database.url, max: 4 });
  pool.on('error', () => undefined);
  const hot = new HotPool(database.url, 'switchhook_worker', 8, metrics);
  return {
    url: database.url,
    sql: new Sql(pool),
    hot,
    metrics,
    log: createLog('silent', 'test'),
    close: async () => {
      await Promise.all([pool.end(), hot.end()]);
      await database.close();
    },
  };
}

/** How often a counter with this label was counted up. */
export async function counted(
  counter: { get(): Promise<{ values: { value: number; labels: object }[] }> },
  labels: Record<string, string>,
): Promise<number> {
  const { values } = await counter.get();
  const wanted = Object.entries(labels);
  return values
    .filter((entry) =>
      wanted.every(([name, value]) => (entry.labels as Record<string, string>)[name] === value),
    )
    .reduce((sum, { value }) => sum + value, 0);
}
