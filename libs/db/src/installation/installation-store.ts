import { instant, type Instant } from '#domain';
import type { HotPool } from '../pool/hot-pool.js';
import { LOG_TABLES, partitionStart, SPAN_MS } from '../maintenance/partitions.js';
import { workersBehind } from '../mailbox/behind.js';
import { mailboxDepths } from '../mailbox/due-mailboxes.js';
import { instantOf } from '../repositories/times.js';

export interface ProcessRecord {
  id: string;
  name: string;
  host: string;
  pid: number;
  version: string;
  startedAt: Instant;
  seenAt: Instant;
}

/** A week of a log. */
export interface PartitionRecord {
  table: string;
  name: string;
  from: Instant;
  to: Instant;
  /** With its indexes. */
  bytes: number;
  /** As PostgreSQL estimated them last; null before it ever has. */
  rows: number | null;
}

/** What waits for workers of one kind. */
export interface QueueDepth {
  kind: string;
  depth: number;
  /** For how long the first of it has been due, seconds. */
  ageSeconds: number;
}

/** What the installation is made of and how it does, asked of the database. For operators: nothing of any tenant's. */
export class InstallationStore {
  constructor(private readonly hot: HotPool) {}

  /** Those of the last hour, the ones that are there first. */
  async processes(): Promise<ProcessRecord[]> {
    const rows = await this.hot.look<
      Omit<ProcessRecord, 'startedAt' | 'seenAt'> & { started_at: Date; seen_at: Date }
    >(
      `SELECT id, name, host, pid, version, started_at, seen_at FROM process
       WHERE seen_at > now() - interval '1 hour' ORDER BY name, started_at, id LIMIT 500`,
    );
    return rows.map(({ started_at, seen_at, ...row }) => ({
      ...row,
      startedAt: instantOf(started_at),
      seenAt: instantOf(seen_at),
    }));
  }

  /** The oldest first. */
  async partitions(): Promise<PartitionRecord[]> {
    const rows = await this.hot.look<{ parent: string; name: string; bytes: string; rows: string }>(
      `SELECT p.relname AS parent, c.relname AS name, pg_total_relation_size(c.oid) AS bytes, c.reltuples::bigint AS rows
       FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
       WHERE p.relname = ANY($1) AND c.relkind = 'r' ORDER BY p.relname, c.relname`,
      [Object.keys(LOG_TABLES)],
    );
    return rows.flatMap(({ parent, name, bytes, rows: tuples }) => {
      const start = partitionStart(parent, name);
      if (start === undefined) return [];
      const count = Number(tuples);
      const [from, to] = [instant(start), instant(start + SPAN_MS)];
      return [{ table: parent, name, from, to, bytes: Number(bytes), rows: count < 0 ? null : count }];
    });
  }

  async databaseBytes(): Promise<number> {
    const rows = await this.hot.look<{ bytes: string }>(
      'SELECT pg_database_size(current_database()) AS bytes',
    );
    return Number(rows[0]?.bytes ?? 0);
  }

  /** Whether there is still an operator's key that is not revoked. Asked by each start, which so need not load Prisma. */
  async operatorKeyExists(): Promise<boolean> {
    const rows = await this.hot.look<{ is_there: boolean }>(
      'SELECT EXISTS (SELECT FROM api_key WHERE tenant_id IS NULL AND revoked_at IS NULL) AS is_there',
    );
    return rows[0]?.is_there === true;
  }

  depths(): Promise<QueueDepth[]> {
    return mailboxDepths(this.hot);
  }

  /** How late the latest of the workers is, milliseconds. */
  behindMs(): Promise<number> {
    return workersBehind(this.hot);
  }
}
