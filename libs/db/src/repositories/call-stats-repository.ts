import {
  instant,
  type AgentId,
  type CallCounts,
  type ConnectionId,
  type Instant,
  type SecondsSummary,
  type TenantId,
} from '#domain';
import { Prisma } from '../generated/client.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { dateOf } from './times.js';

/** What a point of a chart stands for, by the clock of a time zone. */
export const CALL_SPANS = ['hour', 'day'] as const;
export type CallSpan = (typeof CALL_SPANS)[number];

/** So many calls are counted, the latest: about three seconds where they have to be read from disk. */
export const MOST_CALLS_COUNTED = 500_000;

export interface CallStatsAsk {
  /** Start of the call, from inclusive, to exclusive. */
  from: Instant;
  to: Instant;
  by: CallSpan;
  /** IANA name, known to PostgreSQL. */
  zone: string;
  connectionId?: ConnectionId | undefined;
  agentId?: AgentId | undefined;
  /** The PBX's id of the queue. */
  queueId?: string | undefined;
}

/** Calls that began in the same span, went the same way and ended alike. */
export interface CallGroup extends CallCounts {
  at: Instant;
}

export interface CallStats {
  /** The beginnings of all spans of the window, the oldest first. */
  spans: Instant[];
  groups: CallGroup[];
  /** How long it rang, of calls of which that is known. */
  ring: SecondsSummary;
  talk: SecondsSummary;
  /** There are more calls than are counted; the earliest were left out. */
  more: boolean;
}

interface Row {
  /** Milliseconds. */
  spans: number[];
  groups: (CallCounts & { at: number })[];
  times: { calls: number } & Record<`${'ring' | 'talk'}_${keyof SecondsSummary}`, number | null>;
}

/** Figures of calls. They are counted when somebody asks, along the index by start, in one statement. */
export class CallStatsRepository {
  constructor(private readonly scope: TenantScope) {}

  /** @param most  calls to count, for tests */
  of(tenant: TenantId, ask: CallStatsAsk, most = MOST_CALLS_COUNTED): Promise<CallStats> {
    return this.scope.forTenant(tenant, async (tx) => {
      const [row] = await tx.$queryRaw<[Row]>(
        statement(tenant, ask, { most, who: await whoIs(tx, tenant, ask) }),
      );
      const { spans, groups, times } = row;
      return {
        spans: spans.map(instant),
        groups: groups.map(({ at, ...counts }) => ({ ...counts, at: instant(at) })),
        ring: summaryOf(times, 'ring'),
        talk: summaryOf(times, 'talk'),
        more: times.calls > most,
      };
    });
  }
}

function summaryOf(times: Row['times'], what: 'ring' | 'talk'): SecondsSummary {
  return {
    total: times[`${what}_total`] ?? 0,
    average: times[`${what}_average`],
    p50: times[`${what}_p50`],
    p95: times[`${what}_p95`],
    longest: times[`${what}_longest`],
  };
}

/** Agents are known by their extensions and by their code. A stranger's agent has neither, and no calls. */
async function whoIs(tx: Tx, tenant: TenantId, { agentId }: CallStatsAsk): Promise<Prisma.Sql | undefined> {
  if (agentId === undefined) return undefined;
  const agent = await tx.agent.findFirst({
    where: { id: agentId, tenantId: tenant },
    include: { extensions: true },
  });
  const phones = (agent?.extensions ?? []).flatMap(({ connectionId, number, aliases }) =>
    [number, ...aliases].map((name) => Prisma.sql`(${connectionId}::uuid, ${name})`),
  );
  const code = agent?.code ?? null;
  return Prisma.sql`(agent_code = ${code} OR ${phones.length === 0 ? Prisma.sql`false` : Prisma.sql`(connection_id, extension) IN (${Prisma.join(phones)})`})`;
}

function statement(
  tenant: TenantId,
  { from, to, by, zone, connectionId, queueId }: CallStatsAsk,
  { most, who }: { most: number; who: Prisma.Sql | undefined },
): Prisma.Sql {
  const [first, end] = [dateOf(from), dateOf(to)];
  const start = (at: Prisma.Sql) => Prisma.sql`date_trunc(${by}::text, ${at}, ${zone}::text)`;
  const ms = (at: Prisma.Sql) => Prisma.sql`(extract(epoch FROM ${at}) * 1000)::float8`;
  const where = Prisma.join(
    [
      Prisma.sql`tenant_id = ${tenant}::uuid AND started_at >= ${first} AND started_at < ${end}`,
      ...(connectionId === undefined ? [] : [Prisma.sql`connection_id = ${connectionId}::uuid`]),
      ...(queueId === undefined ? [] : [Prisma.sql`queue_id = ${queueId}`]),
      ...(who === undefined ? [] : [who]),
    ],
    ' AND ',
  );
  // Spans begin by the clock of the zone: a day of it may have 23 hours, and an hour may begin at half past of UTC.
  return Prisma.sql`
    WITH counted AS MATERIALIZED (
      SELECT started_at, direction, result, missed, ring_seconds, talk_seconds FROM call
      WHERE ${where} ORDER BY started_at DESC, id DESC LIMIT ${most + 1}::int
    ),
    grouped AS (
      SELECT ${ms(start(Prisma.sql`started_at`))} AS at, direction, result, count(*)::int AS calls,
        (count(*) FILTER (WHERE missed))::int AS missed
      FROM counted GROUP BY 1, 2, 3
    ),
    spans AS (
      SELECT DISTINCT ${ms(start(Prisma.sql`t`))} AS at
      FROM generate_series(${first}::timestamptz, ${end}::timestamptz - interval '1 ms', interval '1 hour') t
      UNION SELECT ${ms(start(Prisma.sql`${end}::timestamptz - interval '1 ms'`))}
    ),
    times AS (
      SELECT count(*)::int AS calls,
        sum(ring_seconds)::float8 AS ring_total, avg(ring_seconds)::float8 AS ring_average,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY ring_seconds) AS ring_p50,
        percentile_disc(0.95) WITHIN GROUP (ORDER BY ring_seconds) AS ring_p95, max(ring_seconds) AS ring_longest,
        sum(talk_seconds)::float8 AS talk_total, avg(talk_seconds)::float8 AS talk_average,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY talk_seconds) AS talk_p50,
        percentile_disc(0.95) WITHIN GROUP (ORDER BY talk_seconds) AS talk_p95, max(talk_seconds) AS talk_longest
      FROM counted
    )
    SELECT (SELECT coalesce(json_agg(g), '[]') FROM grouped g) AS groups,
      (SELECT json_agg(s.at ORDER BY s.at) FROM spans s) AS spans,
      (SELECT row_to_json(t) FROM times t) AS times`;
}
