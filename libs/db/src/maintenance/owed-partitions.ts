import type pg from 'pg';

/** What keeps a partition from being dropped, and how it is found. */
interface Need {
  why: string;
  /** Parameters: the first id of the partition, and the first after it. */
  sql: string;
}

/** One state for each, as the partial indexes have them. */
function deliveryNeed(state: 'due' | 'held', column: 'id' | 'event_id', why: string): Need {
  return {
    why,
    sql: `SELECT 1 FROM delivery WHERE state = '${state}' AND ${column} >= $1::uuid AND ${column} < $2::uuid LIMIT 1`,
  };
}

/** Attempts are nobody's work: what a delivery needs to know of them is written in itself. */
const NEEDS: Readonly<Record<string, readonly Need[]>> = {
  receipt: [
    {
      why: 'receipts in it are still due',
      sql: `SELECT 1 FROM receipt WHERE state = 'due' AND id >= $1::uuid AND id < $2::uuid LIMIT 1`,
    },
  ],
  // By the event's id: a replay may owe an event again many weeks later.
  call_event: [
    deliveryNeed('due', 'event_id', 'due deliveries need events in it'),
    deliveryNeed('held', 'event_id', 'held deliveries need events in it'),
  ],
  delivery: [
    deliveryNeed('due', 'id', 'deliveries in it are still due'),
    deliveryNeed('held', 'id', 'deliveries in it are still held'),
  ],
};

/**
 * Tells whether a partition of a log table holds something that is still owed.
 *
 * @param ids  the partition's range; `to` is exclusive
 * @returns why it must stay; undefined when it may go
 */
export async function whyOwed(
  client: pg.Client,
  table: string,
  { from, to }: { from: string; to: string },
): Promise<string | undefined> {
  for (const { why, sql } of NEEDS[table] ?? []) {
    const { rows } = await client.query(sql, [from, to]);
    if (rows.length > 0) return why;
  }
  return undefined;
}
