import {
  id,
  liveCall,
  restoreCall,
  toldOf,
  type AgentId,
  type AgentSaid,
  NO_POPUPS,
  type CallId,
  type ConnectionId,
  type FeedSnapshot,
  type Instant,
  type LiveCall,
  type LiveCampaign,
  type LiveChange,
  type StoredCall,
  type TenantId,
} from '#domain';
import { groupRows } from '../hot/group-rows.js';
import { pgArray } from '../hot/pg-array.js';
import type { HotPool } from '../pool/hot-pool.js';

/** Open calls that one tenant's snapshot tells, and rows that are read at once. */
export const MOST_OPEN_CALLS = 5_000;
export const MOST_ROWS = 1_000;
/** Campaigns that a snapshot tells, the newest. */
const MOST_CAMPAIGNS = 200;

const WATCH = 'SELECT tenant_id, number::text, listened_ms FROM watch_live($1::uuid[], $2)';

const DRAINS = 'SELECT d.id, d.fence::text AS fence FROM live_drains($1) AS d(id, fence)';

const DRAINS_LEFT = `
SELECT count(*)::int AS left FROM unnest($1::uuid[], $2::bigint[]) AS d(id, fence)
JOIN mailbox m ON m.kind = 'connection' AND m.id = d.id AND m.fence = d.fence AND m.lease_until > now()`;

/**
 * One statement, so one moment: the number is of the last row that these calls have in them, and these states of agents and
 * campaigns and what PBXs' channels tell, which stand in the first row.
 */
const SNAPSHOT = `
SELECT l.number::text AS number, c.*, CASE WHEN row_number() OVER () = 1 THEN (
  SELECT json_object_agg(s.agent_id, json_build_object('connectionId', s.connection_id, 'standing', s.standing,
    'status', s.status, 'extension', s.extension, 'since', (extract(epoch FROM s.since) * 1000)::float8))
  FROM agent_state s WHERE s.tenant_id = $1) END AS said, CASE WHEN row_number() OVER () = 1 THEN (
  SELECT json_object_agg(f.connection_id, feed_now(f.connection_id))
  FROM pbx_feed f WHERE f.tenant_id = $1 AND f.state = 'up') END AS fed, CASE WHEN row_number() OVER () = 1 THEN (
  SELECT json_agg(campaign_now(k.id)) FROM (
    SELECT g.id FROM campaign g WHERE g.tenant_id = $1 AND g.state <> 'deleted'
    ORDER BY g.id DESC LIMIT ${String(MOST_CAMPAIGNS)}) k) END AS campaigns
FROM live_log l
LEFT JOIN LATERAL (
  SELECT w.id, w.connection_id, w.vendor_call_id, w.record, extract(epoch FROM w.started_at) * 1000 AS at,
         n.country, n.settings
  FROM connection n
  CROSS JOIN LATERAL (
    SELECT * FROM call o WHERE o.connection_id = n.id AND o.settle_at IS NOT NULL
    ORDER BY o.settle_at DESC LIMIT ${String(MOST_OPEN_CALLS)}) w
  WHERE n.tenant_id = l.tenant_id LIMIT ${String(MOST_OPEN_CALLS)}) c ON true
WHERE l.tenant_id = $1`;

const READ = `
SELECT e.tenant_id, e.number::text AS number, e.data FROM unnest($1::uuid[], $2::bigint[]) AS k(tenant_id, after)
CROSS JOIN LATERAL (
  SELECT * FROM live_event v WHERE v.tenant_id = k.tenant_id AND v.number > k.after
  ORDER BY v.number LIMIT ${String(MOST_ROWS)}) e
ORDER BY e.tenant_id, e.number`;

const FORGET = `
DELETE FROM live_event v USING unnest($1::uuid[], $2::bigint[]) AS t(id, last)
WHERE v.tenant_id = t.id AND v.number <= t.last`;

/** Since when somebody has listened to a tenant, and the number of its last row. */
export interface Watched {
  number: number;
  listenedMs: number;
}

export interface LiveRow {
  number: number;
  change: LiveChange;
}

export interface LiveSnapshot {
  number: number;
  /** Those that are open. */
  calls: LiveCall[];
  /** By the agent who said it. */
  said: ReadonlyMap<AgentId, AgentSaid>;
  /** What the channels tell that are listened to. */
  fed: ReadonlyMap<ConnectionId, FeedSnapshot>;
  campaigns: LiveCampaign[];
}

/** What `drains` found: leases that may not know yet that somebody listens. */
export type OpenDrains = { id: string; fence: string }[];

/**
 * The numbered log of what happens to tenants' calls while somebody listens. Every statement names its tenants; it runs as a
 * worker, as one reads for many of them.
 */
export class LiveLog {
  constructor(private readonly hot: HotPool) {}

  /** Somebody listens for so long. A tenant that there is not is missing in the answer. */
  async watch(tenants: readonly TenantId[], forMs: number): Promise<Map<TenantId, Watched>> {
    const rows = await this.hot.run<{ tenant_id: string; number: string; listened_ms: number }>(
      'live.watch',
      WATCH,
      [pgArray.uuid(tenants), forMs],
      tenants.length,
    );
    return new Map(
      rows.map((row) => [
        id<TenantId>(row.tenant_id),
        { number: Number(row.number), listenedMs: row.listened_ms },
      ]),
    );
  }

  /** The leases under which the tenant's connections are worked on. Whoever takes one later knows who listens. */
  drains(tenant: TenantId): Promise<OpenDrains> {
    return this.hot.run<{ id: string; fence: string }>('live.drains', DRAINS, [tenant]);
  }

  /** How many of these leases are still held. */
  async drainsLeft(drains: OpenDrains): Promise<number> {
    const [row] = await this.hot.run<{ left: number }>('live.drains_left', DRAINS_LEFT, [
      pgArray.uuid(drains.map((drain) => drain.id)),
      pgArray.int8(drains.map((drain) => drain.fence)),
    ]);
    return row?.left ?? 0;
  }

  /** What is now of a tenant, and the number of the last change that is in it. Undefined when it is not listened to. */
  async snapshot(tenant: TenantId): Promise<LiveSnapshot | undefined> {
    const rows = await this.hot.run<SnapshotRow>('live.snapshot', SNAPSHOT, [tenant]);
    const [first] = rows;
    if (first === undefined) return undefined;
    return {
      number: Number(first.number),
      calls: rows.flatMap((row) => (row.id === null ? [] : [callOf(row)])),
      said: new Map(Object.entries(first.said ?? {}) as [AgentId, AgentSaid][]),
      fed: new Map(Object.entries(first.fed ?? {}) as [ConnectionId, FeedSnapshot][]),
      campaigns: first.campaigns ?? [],
    };
  }

  /** What was written after these numbers: of each tenant in order, and at most `MOST_ROWS`. */
  async read(after: ReadonlyMap<TenantId, number>): Promise<Map<TenantId, LiveRow[]>> {
    const rows = await this.hot.run<{ tenant_id: string; number: string; data: LiveChange }>(
      'live.read',
      READ,
      [pgArray.uuid([...after.keys()]), pgArray.int8([...after.values()].map(String))],
      after.size,
    );
    return new Map(
      [...groupRows(rows, 'tenant_id')].map(([tenant, found]) => [
        id<TenantId>(tenant),
        found.map(({ number, data }) => ({ number: Number(number), change: data })),
      ]),
    );
  }

  /** Deletes rows up to these numbers. */
  async forget(upTo: ReadonlyMap<TenantId, number>): Promise<void> {
    const numbers = pgArray.int8([...upTo.values()].map(String));
    await this.hot.run('live.forget', FORGET, [pgArray.uuid([...upTo.keys()]), numbers], upTo.size);
  }
}

interface SnapshotRow extends Record<string, unknown> {
  number: string;
  said: Record<string, AgentSaid> | null;
  fed: Record<string, FeedSnapshot> | null;
  campaigns: LiveCampaign[] | null;
  id: string | null;
  connection_id: string;
  vendor_call_id: string;
  record: StoredCall;
  at: string;
  country: string;
  settings: Record<string, unknown>;
}

function callOf(row: SnapshotRow): LiveCall {
  const ids = {
    id: id<CallId>(row.id ?? ''),
    connectionId: id<ConnectionId>(row.connection_id),
    vendorCallId: row.vendor_call_id,
  };
  const { country, settings } = row;
  const popups = toldOf(row.record).popups ?? NO_POPUPS;
  return liveCall(restoreCall(ids, row.record), {
    popups,
    startedAt: Number(row.at) as Instant,
    country,
    settings,
  });
}
