import type pg from 'pg';
import type { Sql } from './world.js';

const LOCK = 5_150;

/**
 * A gate at the very end of the transactions that write orders to dial: while it is shut they wait in their COMMIT, before anything is
 * seen of them. Whoever is killed or stopped there has sent nothing.
 */
export class CommitGate {
  private constructor(private readonly client: pg.PoolClient) {}

  /** Of a database of the test's own; takes one connection of the pool until it is closed. */
  static async open({ pool }: Sql): Promise<CommitGate> {
    const client = await pool.connect();
    await client.query(`
      CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${String(LOCK)}); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER gate AFTER INSERT ON dial_attempt DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION wait_at_gate()`);
    return new CommitGate(client);
  }

  async shut(): Promise<void> {
    await this.client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  }

  async open(): Promise<void> {
    await this.client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
  }

  async isWaitedAt(): Promise<boolean> {
    const { rowCount } = await this.client.query(
      `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [LOCK],
    );
    return (rowCount ?? 0) > 0;
  }

  close(): void {
    this.client.release(true);
  }
}
