import pg from 'pg';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Weeks: few enough that looking into each partition's index is cheap, small enough to drop by. */
const SPAN_MS = 7 * DAY_MS;
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

/** The lowest UUIDv7 of a millisecond: its first 48 bits are the time. */
export function uuidFloor(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0');
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
 * Makes the partitions that the coming weeks need and drops those that are past their retention.
 *
 * @param connectionString  the login that owns the tables
 * @param now  epoch milliseconds
 * @returns names of made and dropped partitions; both empty when another process is at it
 */
export async function maintainPartitions(
  connectionString: string,
  now: number,
  retention: Retention,
): Promise<{ made: string[]; dropped: string[] }> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const lock = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [
      MAINTENANCE_LOCK,
    ]);
    if (lock.rows[0]?.got !== true) return { made: [], dropped: [] };
    // A lock that cannot be had soon would make every insert queue behind it.
    await client.query(`SET lock_timeout = '5s'`);
    const made: string[] = [];
    const dropped: string[] = [];
    for (const [table, setting] of Object.entries(LOG_TABLES)) {
      const existing = await partitionsOf(client, table);
      made.push(...(await make(client, table, existing, now)));
      dropped.push(...(await drop(client, table, existing, now - retention[setting] * DAY_MS)));
    }
    return { made, dropped };
  } finally {
    await client.end();
  }
}

async function partitionsOf(client: pg.Client, table: string): Promise<string[]> {
  const rows = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits i
       JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = to_regclass($1)`,
    [table],
  );
  return rows.rows.map(({ name }) => name);
}

async function make(client: pg.Client, table: string, existing: string[], now: number): Promise<string[]> {
  const made: string[] = [];
  for (let step = 0; step <= AHEAD; step += 1) {
    const start = spanStart(now) + step * SPAN_MS;
    const name = partitionName(table, start);
    if (existing.includes(name)) continue;
    await client.query(
      `CREATE TABLE ${name} PARTITION OF ${table}
         FOR VALUES FROM ('${uuidFloor(start)}') TO ('${uuidFloor(start + SPAN_MS)}')
         WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.5)`,
    );
    made.push(name);
  }
  return made;
}

async function drop(client: pg.Client, table: string, existing: string[], before: number): Promise<string[]> {
  const dropped: string[] = [];
  for (const name of existing) {
    const start = partitionStart(table, name);
    if (start === undefined || start + SPAN_MS > before) continue;
    // Concurrently: readers and writers of the other partitions go on.
    await client.query(`ALTER TABLE ${table} DETACH PARTITION ${name} CONCURRENTLY`);
    await client.query(`DROP TABLE ${name}`);
    dropped.push(name);
  }
  return dropped;
}
