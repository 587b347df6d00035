import type pg from 'pg';
import { whyOwed } from './owed-partitions.js';
import { openSession } from './open-session.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Weeks: few enough that looking into each partition's index is cheap, small enough to drop by. */
export const SPAN_MS = 7 * DAY_MS;
/** Partitions made beyond the current one. */
const AHEAD = 2;
/** Only one process at a time maintains. */
const MAINTENANCE_LOCK = 7_315_002;

/** The log tables and what their retention is called. */
export const LOG_TABLES = {
  receipt: 'receiptDays',
  call_event: 'deliveryDays',
  delivery: 'deliveryDays',
  attempt: 'deliveryDays',
} as const;

export interface Retention {
  receiptDays: number;
  deliveryDays: number;
}

/** A partition that is past its retention and was not dropped. */
export interface SparedPartition {
  name: string;
  /** What it is still needed for, in words. */
  why: string;
}

export interface Maintained {
  made: string[];
  dropped: string[];
  spared: SparedPartition[];
}

const MOST_UUID_MS = 2 ** 48 - 1;

/** The lowest UUIDv7 of a millisecond: its first 48 bits are the time. */
export function uuidFloor(ms: number): string {
  // UUIDv7 has no ids from before 1970 and none after its 48 bits are full.
  const held = Math.min(Math.max(ms, 0), MOST_UUID_MS);
  const hex = held.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** Start of the span that `ms` lies in; spans begin on Mondays, UTC. */
export function spanStart(ms: number): number {
  const MONDAY = 4 * DAY_MS;
  return Math.floor((ms - MONDAY) / SPAN_MS) * SPAN_MS + MONDAY;
}

function partitionName(table: string, start: number): string {
  return `${table}_${new Date(start).toISOString().slice(0, 10).replaceAll('-', '')}`;
}

/** Start of a partition by its name, or undefined when the name is not one of ours. */
export function partitionStart(table: string, name: string): number | undefined {
  const digits = name.startsWith(`${table}_`) ? name.slice(table.length + 1) : '';
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(digits);
  return match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : undefined;
}

/**
 * Makes the partitions that the coming weeks need and drops those that are past their retention, but for those that hold
 * something which is still owed: a later run drops these.
 *
 * @param connectionString  the login that owns the tables
 * @param now  epoch milliseconds
 * @returns names of made and dropped partitions, and which were spared; all empty when another process is at it
 */
export async function maintainPartitions(
  connectionString: string,
  now: number,
  retention: Retention,
): Promise<Maintained> {
  const client = await openSession(connectionString);
  try {
    const lock = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [
      MAINTENANCE_LOCK,
    ]);
    if (lock.rows[0]?.got !== true) return { made: [], dropped: [], spared: [] };
    // A lock that cannot be had soon would make every insert queue behind it.
    await client.query(`SET lock_timeout = '5s'`);
    const made: string[] = [];
    const dropped: string[] = [];
    const spared: SparedPartition[] = [];
    // All that is needed first: an old partition that cannot be dropped now must not keep a new one from being made.
    for (const table of Object.keys(LOG_TABLES)) made.push(...(await make(client, table, now)));
    const failures: unknown[] = [];
    for (const [table, setting] of Object.entries(LOG_TABLES)) {
      for (const partition of await partitionsOf(client, table)) {
        if (partition.end > now - retention[setting] * DAY_MS) continue;
        const why = await owedIn(client, table, partition);
        if (why !== undefined) {
          spared.push({ name: partition.name, why });
          continue;
        }
        await drop(client, table, partition).then(
          () => dropped.push(partition.name),
          (error: unknown) => failures.push(error),
        );
      }
    }
    if (failures.length > 0) throw failures[0];
    return { made, dropped, spared };
  } finally {
    await client.end();
  }
}

interface Partition {
  name: string;
  /** Epoch milliseconds. */
  end: number;
  /** `pending`: a detachment was begun and not finished. `detached`: it was finished, and the table not yet dropped. */
  state: 'attached' | 'pending' | 'detached';
}

async function partitionsOf(client: pg.Client, table: string): Promise<Partition[]> {
  const { rows } = await client.query<{ name: string; state: Partition['state'] }>(
    `SELECT c.relname AS name,
            CASE WHEN i.inhrelid IS NULL THEN 'detached' WHEN i.inhdetachpending THEN 'pending' ELSE 'attached' END AS state
       FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND i.inhparent = to_regclass($1)
      WHERE c.relkind = 'r' AND c.relname LIKE $1 || '\\_%'
        AND c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass($1))
      ORDER BY c.relname`,
    [table],
  );
  return rows.flatMap(({ name, state }) => {
    const start = partitionStart(table, name);
    return start === undefined ? [] : [{ name, state, end: start + SPAN_MS }];
  });
}

/** One whose detachment was begun was found free before, and its rows are read by nobody any more. */
async function owedIn(
  client: pg.Client,
  table: string,
  { state, end }: Partition,
): Promise<string | undefined> {
  if (state !== 'attached') return undefined;
  return whyOwed(client, table, { from: uuidFloor(end - SPAN_MS), to: uuidFloor(end) });
}

/** Made first and attached then: that waits for nobody who reads or writes, and nobody waits for it. */
async function make(client: pg.Client, table: string, now: number): Promise<string[]> {
  const existing = new Set((await partitionsOf(client, table)).map(({ name }) => name));
  const made: string[] = [];
  for (let step = 0; step <= AHEAD; step += 1) {
    const start = spanStart(now) + step * SPAN_MS;
    const name = partitionName(table, start);
    if (existing.has(name)) continue;
    await client.query(
      `BEGIN;
       CREATE TABLE ${name} (LIKE ${table} INCLUDING DEFAULTS)
         WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.5);
       ALTER TABLE ${table} ATTACH PARTITION ${name}
         FOR VALUES FROM ('${uuidFloor(start)}') TO ('${uuidFloor(start + SPAN_MS)}');
       COMMIT`,
    );
    made.push(name);
  }
  return made;
}

/** Concurrently: readers and writers of the other partitions go on. What an earlier run began is finished. */
async function drop(client: pg.Client, table: string, { name, state }: Partition): Promise<void> {
  if (state !== 'detached') {
    const how = state === 'pending' ? 'FINALIZE' : 'CONCURRENTLY';
    await client.query(`ALTER TABLE ${table} DETACH PARTITION ${name} ${how}`);
  }
  await client.query(`DROP TABLE ${name}`);
}
