import type { HotPool } from '../pool/hot-pool.js';

/** What a worker told longer ago than this holds no more: it is gone, or cut off. */
const TOLD_WITHIN = '5 s';

const BEHIND = `
SELECT coalesce(max(w.behind_ms), 0) AS ms FROM worker w WHERE w.behind_at > now() - interval '${TOLD_WITHIN}'`;

/** How late the latest of the workers is, milliseconds; 0 when all are on time, or none is there. */
export async function workersBehind(hot: HotPool): Promise<number> {
  const [row] = await hot.run<{ ms: number }>('worker.behind', BEHIND, []);
  return row?.ms ?? 0;
}
