import { HotPool } from '#db';
import { Metrics } from '#platform';
import type { Unwind } from '../stage/unwind.js';
import type { Ask } from './fill.js';

/** Out of the worker's role and its plan settings: as the login that owns the server. */
const AS_OWNER = `SET ROLE none; SET plan_cache_mode = auto; SET enable_seqscan = on; SET enable_hashjoin = on;
SET enable_mergejoin = on; SET enable_partition_pruning = on; SET maintenance_work_mem = '256MB'`;

/** One session for everything that the bench itself does to a database. */
export function ownerSession(databaseUrl: string, unwind: Unwind): Ask {
  const pool = ownerPool(databaseUrl, unwind);
  return async (text, values) => (await pool.query<Record<string, unknown>>(text, values)).rows;
}

export type OwnerPool = Pick<HotPool['pool'], 'query'>;

/** The same, for whoever wants rows of a type. */
export function ownerPool(databaseUrl: string, unwind: Unwind): OwnerPool {
  const hot = new HotPool(databaseUrl, 'switchhook_worker', 1, new Metrics('bench'));
  // Asked before anything else of each session.
  hot.pool.on('connect', (client) => void client.query(AS_OWNER));
  unwind.add('the session of the owner', () => hot.end());
  return hot.pool;
}
