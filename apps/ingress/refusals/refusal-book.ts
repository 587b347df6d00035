import {
  AppError,
  instant,
  type ConnectionId,
  type Instant,
  type RefusalReason,
  type TenantId,
} from '#domain';
import type { RefusalRow, RefusalStore } from '#db';
import { FlushCycle, logFailure, type Clock, type Log, type Metrics } from '#platform';

const HOUR_MS = 60 * 60 * 1000;
/** What a process that is killed has counted in vain. */
const FLUSH_EVERY_MS = 5_000;
const BATCH = 500;
/** While the database is away: more connections and reasons than these are not remembered one by one. */
const MOST_ROWS = 20_000;
/** One line a second for each reason says so, with how many it stands for. */
const LOG_EVERY_MS = 1_000;

/** One request that was refused before there was a receipt. */
export interface RefusedRequest {
  /** `unknown_token`: there is no connection that it could be counted for. */
  reason: RefusalReason | 'unknown_token';
  connection: { tenantId: TenantId; connectionId: ConnectionId } | undefined;
  /** It in a line, secrets masked. */
  sample: string;
}

export interface RefusalBookParts {
  store: Pick<RefusalStore, 'add'>;
  metrics: Pick<Metrics, 'refusals'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/**
 * Counts what is refused, in memory, and adds it to the connections' health every few seconds and at the end: a refusal costs no
 * statement, however many there are.
 */
export class RefusalBook {
  private rows = new Map<string, RefusalRow>();
  private readonly logged = new Map<string, { at: number; leftOut: number }>();
  private readonly cycle = new FlushCycle(FLUSH_EVERY_MS, () => this.flush());

  constructor(private readonly parts: RefusalBookParts) {}

  add({ reason, connection, sample }: RefusedRequest): void {
    const now = this.parts.clock.now();
    this.parts.metrics.refusals.inc({ reason });
    this.log(reason, connection, now);
    if (!connection || reason === 'unknown_token') return;
    const { connectionId, tenantId } = connection;
    const at = instant(Math.floor(now / HOUR_MS) * HOUR_MS);
    this.merge({ connectionId, tenantId, at, reason, count: 1, lastAt: now, sample });
  }

  start(): void {
    this.cycle.start();
  }

  async stop(): Promise<void> {
    await this.cycle.stop();
  }

  /** Never rejects: what cannot be written now is written by the next flush. */
  async flush(): Promise<void> {
    const rows = [...this.rows.values()];
    this.rows = new Map();
    while (rows.length > 0) {
      const batch = rows.splice(0, BATCH);
      try {
        await this.parts.store.add(batch);
      } catch (error) {
        logFailure(this.parts.log, 'ingress_refusals.failed', error, { rows: batch.length });
        // What the database refuses today it will refuse tomorrow.
        if (!(error instanceof AppError && error.fault === 'unavailable')) continue;
        for (const row of [...batch, ...rows]) this.merge(row);
        return;
      }
    }
  }

  private merge(row: RefusalRow): void {
    const key = `${row.connectionId} ${String(row.at)} ${row.reason}`;
    const known = this.rows.get(key);
    if (known) {
      known.count += row.count;
      if (row.lastAt >= known.lastAt) {
        known.lastAt = row.lastAt;
        known.sample = row.sample;
      }
    } else if (this.rows.size < MOST_ROWS) this.rows.set(key, row);
  }

  private log(reason: string, connection: RefusedRequest['connection'], now: Instant): void {
    const last = this.logged.get(reason);
    if (last && now - last.at < LOG_EVERY_MS && now >= last.at) {
      last.leftOut += 1;
      return;
    }
    this.logged.set(reason, { at: now, leftOut: 0 });
    const { tenantId, connectionId } = connection ?? {};
    this.parts.log.warn({ reason, tenantId, connectionId, leftOut: last?.leftOut ?? 0 }, 'webhook.refused');
  }
}
