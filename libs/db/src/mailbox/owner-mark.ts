import { randomInt } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { logFailure, type Log } from '#platform';
import { databaseAway, isDatabaseAway } from '../pool/hot-pool.js';
import type { Lateness } from './lateness.js';

/** First key of the advisory locks that tell of living workers. */
const LOCK_CLASS = 0x5b00c;
const MOST_KEY = 2 ** 31 - 1;
const LOOK_EVERY_MS = 1_000;
/** After a restart of the database its workers need a moment to come back. */
const GRACE_MS = 5_000;
const CONNECT_WITHIN_MS = 5_000;
const STOP_WITHIN_MS = 1_000;
const WORTH_TELLING_MS = 500;

/** Of one process: no other one, of today or of before, has the same. */
export interface Owner {
  key: number;
  /** As it stands with the leases. */
  name: string;
}

export function newOwner(): Owner {
  const key = randomInt(MOST_KEY);
  return { key, name: `${hostname()}:${process.pid}:${key}` };
}

/**
 * Tells the other workers that this one lives, by a lock that the database takes back the moment its session ends, and frees
 * the leases of those whose lock is gone. Whoever was only cut off for a while writes nothing under a lease that somebody
 * else has taken meanwhile: that is the fence's task, as ever.
 */
export class OwnerMark {
  private session: pg.Client | undefined;
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();
  private readonly listeners: (() => void)[] = [];

  /** As it was told last. */
  private behindMs = 0;

  /** @param options  of the session, as libpq takes them */
  constructor(
    private readonly owner: Owner,
    private readonly connection: { url: string; options: string },
    private readonly lateness: Pick<Lateness, 'take'>,
    private readonly log: Log,
  ) {}

  /** @param listener  told whenever leases of the dead were freed */
  whenFreed(listener: () => void): void {
    this.listeners.push(listener);
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Takes the mark back. Whoever stops has given back his leases before. */
  async stop(): Promise<void> {
    this.stopping.abort();
    // A database that is away is not waited for: the lock ends with the session.
    await Promise.race([this.running, delay(STOP_WITHIN_MS, undefined, { ref: false })]);
    await this.session?.end().catch(() => undefined);
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.keepMark();
      } catch (error) {
        const cause = isDatabaseAway(error) ? databaseAway(error) : error;
        if (!this.stopping.signal.aborted) logFailure(this.log, 'worker.mark_failed', cause, {});
        await this.rest();
      }
    }
  }

  /** Returns or throws when the session is over. */
  private async keepMark(): Promise<void> {
    const session = new pg.Client({
      connectionString: this.connection.url,
      options: this.connection.options,
      application_name: 'switchhook-owner',
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      keepAlive: true,
    });
    // Heard of by the next statement.
    session.on('error', () => undefined);
    this.session = session;
    try {
      await session.connect();
      await session.query('SELECT pg_advisory_lock($1, $2)', [LOCK_CLASS, this.owner.key]);
      await session.query(
        `INSERT INTO worker (key, owner, since) VALUES ($1, $2, now())
         ON CONFLICT (key) DO UPDATE SET since = EXCLUDED.since`,
        [this.owner.key, this.owner.name],
      );
      while (!this.stopping.signal.aborted) {
        await this.look(session);
        await this.tellLateness(session);
        await this.rest();
      }
      await session.query('DELETE FROM worker WHERE key = $1', [this.owner.key]);
    } finally {
      await session.end().catch(() => undefined);
    }
  }

  private async look(session: pg.Client): Promise<void> {
    const { rows } = await session.query<{ freed: number }>({
      name: 'worker.free_the_dead',
      text: 'SELECT free_the_dead($1, $2, $3) AS freed',
      values: [LOCK_CLASS, this.owner.key, GRACE_MS],
    });
    const freed = rows[0]?.freed ?? 0;
    if (freed === 0) return;
    this.log.info({ leases: freed }, 'worker.took_over');
    for (const listener of this.listeners) listener();
  }

  /** Costs nothing while all is on time. */
  private async tellLateness(session: pg.Client): Promise<void> {
    const ms = this.lateness.take();
    if (ms < WORTH_TELLING_MS && this.behindMs === 0) return;
    this.behindMs = ms < WORTH_TELLING_MS ? 0 : ms;
    await session.query({
      name: 'worker.tell_lateness',
      text: 'UPDATE worker SET behind_ms = $2, behind_at = now() WHERE key = $1',
      values: [this.owner.key, Math.min(this.behindMs, MOST_KEY)],
    });
  }

  private async rest(): Promise<void> {
    await delay(LOOK_EVERY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
