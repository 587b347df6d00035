import type { StatWindow, TenantId, TryTally } from '#domain';
import type { Tx } from '../tenancy/tenant-scope.js';
import type { EndpointState } from './endpoint-record.js';
import type { PageAsk } from './page.js';
import { dateOf } from './times.js';

export interface OverviewRow {
  id: string;
  name: string;
  state: string;
  format: string;
  url: string;
  /** Null where nothing was tried, as are the next two. */
  counts: TryTally['counts'] | null;
  longestAnsweredMs: number | null;
  longestMs: number | null;
  /** Due deliveries, counted up to one more than asked for. */
  count: number;
  /** Id of the oldest of these. */
  oldest: string | null;
}

export interface OverviewAsk {
  tenant: TenantId;
  window: StatWindow;
  ask: PageAsk;
  /** Only endpoints in this state; undefined: all. */
  state: EndpointState | undefined;
  /** Due deliveries of each endpoint are counted so far. */
  most: number;
}

/** A page of endpoints and one more, the newest first, each with the sum of its counters and what waits for it. */
export function overviewOf(tx: Tx, asked: OverviewAsk): Promise<OverviewRow[]> {
  const { tenant, window, ask, most, state = null } = asked;
  const [from, to] = [dateOf(window.from), dateOf(window.to)];
  return tx.$queryRaw<OverviewRow[]>`
    SELECT e.id, e.name, e.state, e.format, e.url, t.counts, l."longestAnsweredMs", l."longestMs", w.count, w.oldest
    FROM (SELECT id, name, state, format, url FROM endpoint
          WHERE tenant_id = ${tenant}::uuid AND (${ask.after}::uuid IS NULL OR id < ${ask.after}::uuid)
            AND (${state}::text IS NULL OR state = ${state}::text)
          ORDER BY id DESC LIMIT ${ask.limit + 1}::int) e
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(sum.key, sum.count) AS counts
      FROM (SELECT c.key, sum(c.value::bigint) AS count
            FROM endpoint_stat s CROSS JOIN LATERAL jsonb_each_text(s.counts) c
            WHERE s.endpoint_id = e.id AND s.tenant_id = ${tenant}::uuid AND s.span = ${window.span}
              AND s.at BETWEEN ${from} AND ${to}
            GROUP BY c.key) sum) t
    CROSS JOIN LATERAL (
      SELECT max(s.longest_answered_ms) AS "longestAnsweredMs", max(s.longest_ms) AS "longestMs" FROM endpoint_stat s
      WHERE s.endpoint_id = e.id AND s.tenant_id = ${tenant}::uuid AND s.span = ${window.span}
        AND s.at BETWEEN ${from} AND ${to}) l
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count, min(d.id::text) AS oldest
      FROM (SELECT id FROM delivery
            WHERE endpoint_id = e.id AND tenant_id = ${tenant}::uuid AND state = 'due'
            ORDER BY due_at, id LIMIT ${most + 1}::int) d) w
    ORDER BY e.id DESC`;
}
