import { HotPool } from '#db';
import { Metrics } from '#platform';
import type { Unwind } from './unwind.js';

const WRITTEN = `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 AS bytes`;

/** What PostgreSQL has written to its log so far, in bytes: what each commit waits for, and what a replica is sent. */
export class WalMeter {
  private readonly hot: HotPool;

  constructor(databaseUrl: string, unwind: Unwind) {
    this.hot = new HotPool(databaseUrl, 'switchhook_worker', 1, new Metrics('bench'));
    unwind.add('the look at the database', () => this.hot.end());
  }

  async bytes(): Promise<number> {
    const [row] = await this.hot.run<{ bytes: number }>('bench.wal', WRITTEN, []);
    return row?.bytes ?? 0;
  }
}
