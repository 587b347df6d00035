import { id, instant, type Instant, type TenantId, type TenantTrouble } from '#domain';
import { uuidFloor } from '../maintenance/partitions.js';
import type { HotPool } from '../pool/hot-pool.js';
import { dateOf, instantOf, instantOrNull } from '../repositories/times.js';

/** A tenant as an operator sees it from afar. */
export interface WatchedTenant extends TenantTrouble {
  id: TenantId;
  name: string;
  createdAt: Instant;
  /** Some of the numbers are higher: counting was broken off. */
  atLeast: boolean;
  /** When the first of what is late was due. */
  lateSince: Instant | null;
  connections: number;
  endpoints: number;
  /** Endpoints that are switched off. */
  disabled: number;
}

/** Tenants that are looked at; of more than these the newest. */
export const MOST_TENANTS_WATCHED = 2_000;
/** Of each endpoint, and of what each tenant gave up. */
const MOST_COUNTED = 1_000;
const LATE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** As long as for a warning of the connection. */
const SILENT_MS = 3 * DAY_MS;

const WATCH = `
WITH own AS MATERIALIZED (
  SELECT id, name, created_at FROM tenant
  WHERE $1::text IS NULL OR strpos(lower(name), lower($1)) > 0 OR id::text = lower($1)
  ORDER BY id DESC LIMIT ${MOST_TENANTS_WATCHED}
)
SELECT o.id, o.name, o.created_at, e.endpoints, e.disabled, e.late, e.late_since, e.held, d.dead, c.connections, c.silent
FROM own o
CROSS JOIN LATERAL (
  SELECT count(*)::int AS endpoints, (count(*) FILTER (WHERE e.state = 'disabled'))::int AS disabled,
    coalesce(sum(l.count), 0)::int AS late, min(l.first) AS late_since, coalesce(sum(h.count), 0)::int AS held
  FROM endpoint e
  CROSS JOIN LATERAL (
    SELECT count(*) AS count, min(due_at) AS first
    FROM (SELECT due_at FROM delivery WHERE endpoint_id = e.id AND state = 'due' AND due_at < $2
          ORDER BY due_at LIMIT ${MOST_COUNTED}) x) l
  CROSS JOIN LATERAL (
    SELECT count(*) AS count
    FROM (SELECT 1 FROM delivery WHERE endpoint_id = e.id AND state = 'held' LIMIT ${MOST_COUNTED}) x) h
  WHERE e.tenant_id = o.id) e
CROSS JOIN LATERAL (
  SELECT count(*)::int AS dead
  FROM (SELECT 1 FROM delivery WHERE tenant_id = o.id AND state = 'dead' AND id >= $3::uuid LIMIT ${MOST_COUNTED}) x) d
CROSS JOIN LATERAL (
  SELECT count(*)::int AS connections, (count(*) FILTER (WHERE c.enabled AND c.created_at < $5 AND NOT (
      EXISTS (SELECT 1 FROM receipt r WHERE r.connection_id = c.id AND r.state = 'done' AND r.id >= $4::uuid)
      OR EXISTS (SELECT 1 FROM receipt r WHERE r.connection_id = c.id AND r.state = 'due' AND r.id >= $4::uuid)
      OR EXISTS (SELECT 1 FROM receipt r WHERE r.connection_id = c.id AND r.state IN ('unparsed', 'set_aside') AND r.id >= $4::uuid)
    )))::int AS silent
  FROM connection c WHERE c.tenant_id = o.id) c`;

interface Row {
  id: string;
  name: string;
  created_at: Date;
  endpoints: number;
  disabled: number;
  late: number;
  late_since: Date | null;
  held: number;
  dead: number;
  connections: number;
  silent: number;
}

/** Looks at all tenants at once, along indexes that hold only what is wrong. */
export class TenantsWatch {
  constructor(private readonly hot: Pick<HotPool, 'look'>) {}

  /** @param search  part of a name, or an id; undefined for all. @returns in no order */
  async look(search: string | undefined, now: Instant): Promise<WatchedTenant[]> {
    const rows = await this.hot.look<Row>(WATCH, [
      search ?? null,
      dateOf(instant(now - LATE_MS)),
      uuidFloor(now - DAY_MS),
      uuidFloor(now - SILENT_MS),
      dateOf(instant(now - SILENT_MS)),
    ]);
    return rows.map(({ id: text, created_at, late_since, ...row }) => ({
      ...row,
      id: id<TenantId>(text),
      createdAt: instantOf(created_at),
      lateSince: instantOrNull(late_since),
      atLeast: [row.late, row.held, row.dead].some((count) => count >= MOST_COUNTED),
    }));
  }
}
