import {
  NOTHING_FED,
  feedWithout,
  type ConnectionId,
  type FeedNow,
  type FeedSnapshot,
  type Instant,
  type TenantId,
} from '#domain';
import type { FeedState } from '../hot/feed-store.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { instantOrNull } from './times.js';

/** How a PBX's realtime channel is. */
export interface FeedStanding {
  /** `waiting`: no process listens at this moment. */
  state: FeedState | 'waiting';
  /** Since when it is up, or is not; null where it was never tried. */
  since: Instant | null;
  connectedAt: Instant | null;
  /** What went wrong last, and when; without secrets. */
  reason: string | null;
  failedAt: Instant | null;
  /** When one that is down is tried again. */
  nextTryAt: Instant | null;
}

interface StandingRow {
  state: FeedState;
  since: Date;
  connected_at: Date | null;
  reason: string | null;
  failed_at: Date | null;
  not_before: Date | null;
  is_held: boolean;
}

const NEVER_TRIED: FeedStanding = {
  state: 'waiting',
  ...{ since: null, connectedAt: null, reason: null, failedAt: null, nextTryAt: null },
};

/** What PBXs' realtime channels tell, and how they are. The forwarder writes it. */
export class FeedRepository {
  constructor(private readonly scope: TenantScope) {}

  /** Without the calls that webhooks told of; nothing while nobody listens. */
  now(tenant: TenantId, connectionId: ConnectionId): Promise<FeedNow> {
    return this.scope.forTenant(tenant, async (tx) => {
      const [row] = await tx.$queryRaw<{ fed: FeedSnapshot }[]>`
        SELECT feed_now(f.connection_id) AS fed FROM pbx_feed f
        WHERE f.connection_id = ${connectionId}::uuid AND f.tenant_id = ${tenant}::uuid AND f.state = 'up'`;
      if (row === undefined) return NOTHING_FED;
      const known = new Set(row.fed.known);
      return feedWithout({ phones: row.fed.phones, queues: row.fed.queues }, (call) => known.has(call));
    });
  }

  standing(tenant: TenantId, connectionId: ConnectionId): Promise<FeedStanding> {
    return this.scope.forTenant(tenant, async (tx) => {
      const [row] = await tx.$queryRaw<StandingRow[]>`
        SELECT f.state, f.since, f.connected_at, f.reason, f.failed_at,
          CASE WHEN f.state = 'down' AND m.not_before > now() THEN m.not_before END AS not_before,
          coalesce(m.fence = f.fence AND m.lease_until > now(), false) AS is_held
        FROM pbx_feed f LEFT JOIN mailbox m ON m.kind = 'feed' AND m.id = f.connection_id
        WHERE f.connection_id = ${connectionId}::uuid AND f.tenant_id = ${tenant}::uuid`;
      if (row === undefined) return NEVER_TRIED;
      return {
        // One that failed rests, and nobody holds it meanwhile.
        state: row.state === 'down' || row.is_held ? row.state : 'waiting',
        since: instantOrNull(row.since),
        connectedAt: instantOrNull(row.connected_at),
        reason: row.reason,
        failedAt: instantOrNull(row.failed_at),
        nextTryAt: instantOrNull(row.not_before),
      };
    });
  }
}
