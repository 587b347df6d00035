import {
  EXPIRY_AHEAD_DAYS,
  addTally,
  id,
  instant,
  noTries,
  readStanding,
  type ConnectionId,
  type EndpointId,
  type ExpiryType,
  type Instant,
  type Standing,
  type StatWindow,
  type TenantId,
  type TryTally,
} from '#domain';
import { uuidFloor } from '../maintenance/partitions.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import type { EndpointState } from './endpoint-record.js';
import { MOST_COUNTED_EACH, type Backlog } from './endpoint-stats-repository.js';
import { dateOf, instantOf, instantOfId, instantOrNull } from './times.js';

/** What came of all tries of a tenant. */
export interface TenantTries {
  tally: TryTally;
  /** Only spans with tries in them, the oldest first. */
  spans: { at: Instant; tally: TryTally }[];
}

export interface TenantBacklog {
  endpoints: Record<EndpointState, number>;
  due: Backlog;
  held: Backlog;
}

/** An endpoint as far as somebody may have to look after it. */
export interface WatchedEndpoint {
  id: EndpointId;
  name: string;
  state: EndpointState;
  stateReason: string | null;
  standing: Standing;
  /** Null: nobody wants to be told. */
  backlogAlertMinutes: number | null;
  /** When the first of what it is owed was due; null where nothing is. */
  firstDueAt: Instant | null;
}

/** Something that stops working soon. */
export interface TenantExpiry {
  type: ExpiryType;
  id: string;
  name: string;
  expiresAt: Instant;
}

/** Of more endpoints than these the first are looked at. */
const MOST_ENDPOINTS = 1_000;
const MOST_CONNECTIONS = 50;
const MOST_EXPIRING = 50;
const MOST_DEAD = 1_000;

/** How a tenant fares as a whole, in a handful of statements each of which goes along an index. */
export class OverviewRepository {
  constructor(private readonly scope: TenantScope) {}

  /** Of all endpoints together. */
  tries(tenant: TenantId, { span, from, to }: StatWindow): Promise<TenantTries> {
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.$queryRaw<(TryTally & { at: Date })[]>`
        WITH own AS MATERIALIZED (
          SELECT s.at, s.counts, s.longest_answered_ms, s.longest_ms
          FROM endpoint e CROSS JOIN LATERAL (
            SELECT * FROM endpoint_stat s WHERE s.endpoint_id = e.id AND s.tenant_id = ${tenant}::uuid
              AND s.span = ${span} AND s.at BETWEEN ${dateOf(from)} AND ${dateOf(to)}) s
          WHERE e.tenant_id = ${tenant}::uuid
        )
        SELECT k.at, jsonb_object_agg(k.key, k.count) AS counts, min(l.answered) AS "longestAnsweredMs",
          min(l.all) AS "longestMs"
        FROM (SELECT o.at, c.key, sum(c.value::bigint) AS count
              FROM own o CROSS JOIN LATERAL jsonb_each_text(o.counts) c GROUP BY 1, 2) k
        JOIN (SELECT at, max(longest_answered_ms) AS answered, max(longest_ms) AS all FROM own GROUP BY 1) l ON l.at = k.at
        GROUP BY k.at ORDER BY k.at`;
      const spans = rows.map(({ at, ...tally }) => ({ at: instantOf(at), tally }));
      const tally = noTries();
      for (const one of spans) addTally(tally, one.tally);
      return { tally, spans };
    });
  }

  /** Deliveries of each endpoint are counted up to a thousand. */
  backlog(tenant: TenantId): Promise<TenantBacklog> {
    return this.scope.forTenant(tenant, async (tx) => {
      const states = await tx.endpoint.groupBy({ by: ['state'], where: { tenantId: tenant }, _count: true });
      const endpoints = { enabled: 0, disabled: 0, paused: 0, enabling: 0 };
      for (const { state, _count } of states) endpoints[state as EndpointState] = _count;
      return { endpoints, due: await waiting(tx, tenant, 'due'), held: await waiting(tx, tenant, 'held') };
    });
  }

  endpoints(tenant: TenantId): Promise<WatchedEndpoint[]> {
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.$queryRaw<
        (Pick<WatchedEndpoint, 'name' | 'state' | 'stateReason' | 'backlogAlertMinutes'> & {
          id: string;
          standing: unknown;
          firstDueAt: Date | null;
        })[]
      >`
        SELECT e.id, e.name, e.state, e.state_reason AS "stateReason", e.backlog_alert_minutes AS "backlogAlertMinutes",
          m.memo -> 'standing' AS standing,
          (SELECT d.due_at FROM delivery d WHERE d.endpoint_id = e.id AND d.tenant_id = ${tenant}::uuid AND d.state = 'due'
           ORDER BY d.due_at LIMIT 1) AS "firstDueAt"
        FROM (SELECT * FROM endpoint WHERE tenant_id = ${tenant}::uuid ORDER BY id LIMIT ${MOST_ENDPOINTS}::int) e
        LEFT JOIN mailbox m ON m.kind = 'endpoint' AND m.id = e.id
        ORDER BY e.id`;
      return rows.map(({ standing, firstDueAt, ...row }) => ({
        ...row,
        id: id<EndpointId>(row.id),
        standing: readStanding(standing),
        firstDueAt: instantOrNull(firstDueAt),
      }));
    });
  }

  /** The first of them, by their age. */
  connections(tenant: TenantId): Promise<{ id: ConnectionId; name: string }[]> {
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.connection.findMany({
        select: { id: true, name: true },
        where: { tenantId: tenant },
        orderBy: { id: 'asc' },
        take: MOST_CONNECTIONS,
      });
      return rows.map(({ id: text, name }) => ({ id: id<ConnectionId>(text), name }));
    });
  }

  /** What ends within a week, the most urgent first. */
  expiring(tenant: TenantId, now: Instant): Promise<TenantExpiry[]> {
    return this.scope.forTenant(tenant, async (tx) => {
      const [from, to] = [dateOf(now), dateOf(instant(now + EXPIRY_AHEAD_DAYS * DAY_MS))];
      const rows = await tx.$queryRaw<(Omit<TenantExpiry, 'expiresAt'> & { expiresAt: Date })[]>`
        SELECT DISTINCT x.type, x.id, x.name, x.expires_at AS "expiresAt" FROM (
          SELECT 'endpoint.secret_expiring' AS type, e.id, e.name, s.expires_at, s.tenant_id
          FROM endpoint_secret s JOIN endpoint e ON e.id = s.endpoint_id WHERE s.expires_at > ${from} AND s.expires_at <= ${to}
          UNION ALL
          SELECT 'connection.token_expiring', c.id, c.name, t.expires_at, t.tenant_id
          FROM connection_token t JOIN connection c ON c.id = t.connection_id
          WHERE t.expires_at > ${from} AND t.expires_at <= ${to}
          UNION ALL
          SELECT 'api_key.expiring', k.id, k.name, k.expires_at, k.tenant_id
          FROM api_key k WHERE k.expires_at > ${from} AND k.expires_at <= ${to} AND k.revoked_at IS NULL
          UNION ALL
          SELECT 'endpoint.credentials_expiring', e.id, e.name, e.credentials_expire_at, e.tenant_id
          FROM endpoint e WHERE e.credentials_expire_at > ${from} AND e.credentials_expire_at <= ${to}
          UNION ALL
          SELECT 'endpoint.access_expiring', e.id, e.name, g.ends_at, g.tenant_id
          FROM endpoint_grant g JOIN endpoint e ON e.id = g.endpoint_id
          WHERE g.state = 'good' AND NOT g.slides AND g.ends_at > ${from} AND g.ends_at <= ${to}
        ) x WHERE x.tenant_id = ${tenant}::uuid ORDER BY x.expires_at, x.id LIMIT ${MOST_EXPIRING}::int`;
      return rows.map(({ expiresAt, ...row }) => ({ ...row, expiresAt: instantOf(expiresAt) }));
    });
  }

  /** Deliveries that were given up and were made since then. */
  dead(tenant: TenantId, since: Instant): Promise<{ count: number; atLeast: boolean }> {
    return this.scope.forTenant(tenant, async (tx) => {
      const found = await tx.delivery.findMany({
        select: { id: true },
        where: { tenantId: tenant, state: 'dead', id: { gte: uuidFloor(since) } },
        orderBy: { id: 'desc' },
        take: MOST_DEAD + 1,
      });
      return { count: Math.min(found.length, MOST_DEAD), atLeast: found.length > MOST_DEAD };
    });
  }
}

const DAY_MS = 24 * 60 * 60 * 1000;

async function waiting(tx: Tx, tenant: TenantId, state: 'due' | 'held'): Promise<Backlog> {
  const most = MOST_COUNTED_EACH;
  // Written out for each state: the index that holds these rows is one of that state alone.
  const rows =
    state === 'due'
      ? await tx.$queryRaw<{ count: number; oldest: string | null }[]>`
          SELECT w.count, w.oldest FROM endpoint e CROSS JOIN LATERAL (
            SELECT count(*)::int AS count, min(d.id::text) AS oldest
            FROM (SELECT id FROM delivery WHERE endpoint_id = e.id AND tenant_id = ${tenant}::uuid AND state = 'due'
                  ORDER BY due_at, id LIMIT ${most + 1}::int) d) w
          WHERE e.tenant_id = ${tenant}::uuid`
      : await tx.$queryRaw<{ count: number; oldest: string | null }[]>`
          SELECT w.count, w.oldest FROM endpoint e CROSS JOIN LATERAL (
            SELECT count(*)::int AS count, min(d.id::text) AS oldest
            FROM (SELECT id FROM delivery WHERE endpoint_id = e.id AND tenant_id = ${tenant}::uuid AND state = 'held'
                  ORDER BY id LIMIT ${most + 1}::int) d) w
          WHERE e.tenant_id = ${tenant}::uuid`;
  const oldest = rows.flatMap((row) => row.oldest ?? []).sort()[0];
  return {
    count: rows.reduce((sum, { count }) => sum + Math.min(count, most), 0),
    atLeast: rows.some(({ count }) => count > most),
    oldestSince: oldest === undefined ? null : instantOfId(oldest),
  };
}
