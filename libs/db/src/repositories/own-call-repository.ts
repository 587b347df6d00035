import {
  NO_POPUPS,
  liveCall,
  toldOf,
  type AgentId,
  type Call,
  type CallId,
  type Instant,
  type LiveCall,
  type StoredCall,
  type TenantId,
} from '#domain';
import type { Clock } from '#platform';
import { Prisma } from '../generated/client.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { callOf, startedBefore, type CallKey, type StoredRow } from './call-repository.js';
import { pageOf, type Page, type PageAsk } from './page.js';
import { dateOf, instantOf } from './times.js';

/** A call that was on an agent's phone or screen. */
export interface OwnCall {
  call: Call;
  /** When the agent has seen that it was missed; null while not. */
  seenAt: Instant | null;
}

export interface OwnCallFilter {
  /** Whether somebody called us and was not served. */
  missed?: boolean | undefined;
  /** Whether the agent has seen it. */
  seen?: boolean | undefined;
  /** Of the party outside, in E.164. */
  number?: string | undefined;
}

/** Which missed calls were seen: these, or all that started until then. */
export type Seen = { calls: readonly CallId[] } | { until: Instant };

const DAY_MS = 86_400_000;
/** Older calls are nobody's open business; whoever needs them searches all calls. */
export const OWN_CALLS_DAYS = 90;
/** A call is not on a screen for longer. */
const LONGEST_ON_SCREEN_MS = 7 * DAY_MS;
const MOST_POPUPS = 50;

type Row = StoredRow & { startedAt: Date; seenAt: Date | null };

/** The calls of one agent, as the enricher noted whose they were. */
export class OwnCallRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Latest start first, of the last `OWN_CALLS_DAYS` days. */
  list(
    tenant: TenantId,
    agentId: AgentId,
    { missed, seen, number }: OwnCallFilter,
    ask: PageAsk<CallKey>,
  ): Promise<Page<OwnCall, CallKey>> {
    const all = [
      ...ofAgent(tenant, agentId, this.clock.now()),
      ...(missed === undefined ? [] : [Prisma.sql`c.missed = ${missed}`]),
      ...(seen === undefined ? [] : [Prisma.sql`(s.call_id IS NOT NULL) = ${seen}`]),
      ...(number === undefined ? [] : [Prisma.sql`c.customer_number = ${number}`]),
      ...startedBefore(ask.after),
    ];
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.$queryRaw<Row[]>`
        SELECT c.id, c.connection_id AS "connectionId", c.vendor_call_id AS "vendorCallId", c.record,
          c.started_at AS "startedAt", s.seen_at AS "seenAt"
        FROM call c LEFT JOIN call_seen s ON s.call_id = c.id AND s.agent_id = ${agentId}::uuid
        WHERE ${Prisma.join(all, ' AND ')}
        ORDER BY c.started_at DESC, c.id DESC LIMIT ${ask.limit + 1}::int`;
      return pageOf(rows, ask.limit, {
        item: (row) => ({ call: callOf(row), seenAt: row.seenAt === null ? null : instantOf(row.seenAt) }),
        key: (row) => ({ startedAt: instantOf(row.startedAt), id: row.id }),
      });
    });
  }

  /** How many missed calls of the agent nobody has seen yet. */
  unseen(tenant: TenantId, agentId: AgentId): Promise<number> {
    return this.scope.forTenant(tenant, async (tx) => {
      const [row] = await tx.$queryRaw<{ unseen: number }[]>`
        SELECT count(*)::int AS unseen FROM call c
        WHERE ${Prisma.join(ofAgent(tenant, agentId, this.clock.now()), ' AND ')} AND c.missed
          AND NOT EXISTS (SELECT 1 FROM call_seen s WHERE s.call_id = c.id AND s.agent_id = ${agentId}::uuid)`;
      return row?.unseen ?? 0;
    });
  }

  /** Marks missed calls of the agent; those of others, and those that were not missed, are passed over. */
  see(tenant: TenantId, agentId: AgentId, seen: Seen): Promise<number> {
    const which =
      'until' in seen
        ? Prisma.sql`c.started_at <= ${dateOf(seen.until)}`
        : Prisma.sql`c.id = ANY(${[...seen.calls]}::uuid[])`;
    return this.scope.forTenant(
      tenant,
      (tx) => tx.$executeRaw`
        INSERT INTO call_seen (call_id, agent_id, tenant_id, seen_at)
        SELECT c.id, ${agentId}::uuid, c.tenant_id, ${dateOf(this.clock.now())} FROM call c
        WHERE ${Prisma.join(ofAgent(tenant, agentId, this.clock.now()), ' AND ')} AND c.missed AND ${which}
        ON CONFLICT (call_id, agent_id) DO NOTHING`,
    );
  }

  /** The calls that are on the agent's screen now, or were until their end. */
  onScreen(tenant: TenantId, agentId: AgentId): Promise<LiveCall[]> {
    const since = dateOf((this.clock.now() - LONGEST_ON_SCREEN_MS) as Instant);
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.$queryRaw<(StoredRow & { startedAt: Date; country: string; settings: object })[]>`
        SELECT c.id, c.connection_id AS "connectionId", c.vendor_call_id AS "vendorCallId", c.record,
          c.started_at AS "startedAt", k.country, k.settings
        FROM call c JOIN connection k ON k.id = c.connection_id
        WHERE c.tenant_id = ${tenant}::uuid AND c.agents @> ARRAY[${agentId}]::uuid[] AND c.settle_at IS NOT NULL
          AND c.started_at > ${since}
        ORDER BY c.started_at DESC LIMIT ${MOST_POPUPS}::int`;
      return rows.map(({ country, settings, startedAt, ...row }) =>
        liveCall(callOf(row), {
          popups: toldOf(row.record as StoredCall).popups ?? NO_POPUPS,
          startedAt: instantOf(startedAt),
          country,
          settings: settings as Record<string, unknown>,
        }),
      );
    });
  }
}

function ofAgent(tenant: TenantId, agentId: AgentId, now: Instant): Prisma.Sql[] {
  const since = dateOf((now - OWN_CALLS_DAYS * DAY_MS) as Instant);
  return [
    Prisma.sql`c.tenant_id = ${tenant}::uuid`,
    Prisma.sql`c.started_at > ${since}`,
    Prisma.sql`c.agents @> ARRAY[${agentId}]::uuid[]`,
  ];
}
