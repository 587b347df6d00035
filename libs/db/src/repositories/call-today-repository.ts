import { instant, type AgentId, type ConnectionId, type Instant, type TenantId } from '#domain';
import { Prisma } from '../generated/client.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { MOST_CALLS_COUNTED } from './call-stats-repository.js';
import { dateOf } from './times.js';

/** What came of the calls of a queue. */
export interface QueueTally {
  connectionId: ConnectionId;
  /** The PBX's id. */
  queueId: string;
  calls: number;
  answered: number;
  /** The caller hung up before anybody took the call. */
  abandoned: number;
}

/** What an agent did. */
export interface AgentTally {
  agentId: AgentId;
  answered: number;
  talkSeconds: number;
}

export interface CallTallies {
  /** Midnight. */
  from: Instant;
  queues: QueueTally[];
  agents: AgentTally[];
  /** There are more calls than are counted; the earliest were left out. */
  more: boolean;
}

/** Counts of calls for boards: by queue and by agent, in one statement along the index by start. */
export class CallTodayRepository {
  constructor(private readonly scope: TenantScope) {}

  /** Since midnight. @param zone  IANA name, known to PostgreSQL: by whose clock  @param most  calls to count, for tests */
  on(tenant: TenantId, day: { now: Instant; zone: string }, most = MOST_CALLS_COUNTED): Promise<CallTallies> {
    return this.scope.forTenant(tenant, async (tx) => {
      const [row] = await tx.$queryRaw<[CallTallies & { from: number }]>(statement(tenant, day, most));
      return { ...row, from: instant(row.from) };
    });
  }
}

/** Whose a call is says the code that the PBX gave, and else its phone. */
function statement(
  tenant: TenantId,
  { now, zone }: { now: Instant; zone: string },
  most: number,
): Prisma.Sql {
  const midnight = Prisma.sql`date_trunc('day', ${dateOf(now)}::timestamptz, ${zone}::text)`;
  return Prisma.sql`
    WITH counted AS MATERIALIZED (
      SELECT connection_id, result, queue_id, extension, agent_code, talk_seconds FROM call
      WHERE tenant_id = ${tenant}::uuid AND started_at >= ${midnight}
      ORDER BY started_at DESC, id DESC LIMIT ${most + 1}::int
    ),
    phones AS (
      SELECT DISTINCT ON (e.connection_id, n.name) e.connection_id, n.name, e.agent_id
      FROM extension e CROSS JOIN LATERAL unnest(e.number || e.aliases) AS n(name)
      WHERE e.tenant_id = ${tenant}::uuid AND e.agent_id IS NOT NULL ORDER BY e.connection_id, n.name, e.id
    ),
    codes AS (
      SELECT DISTINCT ON (code) code, id FROM agent WHERE tenant_id = ${tenant}::uuid AND code IS NOT NULL ORDER BY code, id
    ),
    queues AS (
      SELECT connection_id AS "connectionId", queue_id AS "queueId", count(*)::int AS calls,
        (count(*) FILTER (WHERE result = 'answered'))::int AS answered,
        (count(*) FILTER (WHERE result = 'abandoned'))::int AS abandoned
      FROM counted WHERE queue_id IS NOT NULL GROUP BY 1, 2
    ),
    agents AS (
      SELECT coalesce(o.id, p.agent_id) AS "agentId", count(*)::int AS answered,
        coalesce(sum(c.talk_seconds), 0)::float8 AS "talkSeconds"
      FROM counted c LEFT JOIN codes o ON o.code = c.agent_code
        LEFT JOIN phones p ON p.connection_id = c.connection_id AND p.name = c.extension
      WHERE c.result = 'answered' AND coalesce(o.id, p.agent_id) IS NOT NULL GROUP BY 1
    )
    SELECT (extract(epoch FROM ${midnight}) * 1000)::float8 AS from, (SELECT coalesce(json_agg(q), '[]') FROM queues q) AS queues,
      (SELECT coalesce(json_agg(a), '[]') FROM agents a) AS agents,
      (SELECT count(*) > ${most}::int FROM counted) AS more`;
}
