import {
  OPEN_ORDER_STATES,
  instant,
  type CampaignId,
  type ConnectionId,
  type DialGate,
  type Instant,
  type TenantId,
} from '#domain';
import type { Clock } from '#platform';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import type { CallSpan } from './call-stats-repository.js';
import { dateOf } from './times.js';

/** What calls of a campaign came to. */
export interface CampaignTallies {
  dials: number;
  answers: number;
  /** Of the answers: somebody was there, or nobody was. */
  served: number;
  drops: number;
  busy: number;
  unanswered: number;
  failed: number;
  talkSeconds: number;
}

export interface CampaignStatsAsk {
  from: Instant;
  to: Instant;
  by: CallSpan;
  /** IANA name, known to PostgreSQL. */
  zone: string;
}

export interface CampaignStats {
  /** The oldest first; spans in which nobody was called are left out. */
  spans: (CampaignTallies & { at: Instant })[];
  /** What the law counts, whatever was asked for. */
  last30Days: Pick<CampaignTallies, 'answers' | 'drops'>;
}

/** What stands in the way of a campaign's next call, as far as the database tells. */
export interface CampaignOutlook {
  members: number;
  /** Leads that are due. */
  due: number;
  /** The first lead that waits; null where none does. */
  next: { at: Instant; reason: string | null } | null;
  /** Calls that ring or are talked on. */
  onTheLine: number;
  /** Leads that wait and are not to be called yet, by what holds them; most of them first. */
  held: HeldLeads[];
}

/** Leads that one gate of the dial rules holds. */
export interface HeldLeads {
  gate: DialGate;
  leads: number;
  /** When the first of them may be called. */
  nextAt: Instant;
}

/** A campaign that may call, and how many calls of it ring or are talked on. */
export interface DiallingCampaign {
  id: CampaignId;
  name: string;
  onTheLine: number;
}

/** Nobody looks at more of them at once. */
const MOST_DIALLING = 1_000;
const HOUR_MS = 3_600_000;
/** So many are counted at most: whether there is one is what matters. */
const MOST_DUE = 10_000;
/** Of the leads that wait, the first by their times are told apart: of a million the rest would say the same. */
const MOST_HELD = 100_000;

/** Figures of campaigns, from what was tallied by the hour. */
export class CampaignStatsRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** The campaigns of a connection that are running or pause, the oldest first, with the calls that each has on the line. */
  dialling(tenant: TenantId, connectionId: ConnectionId): Promise<DiallingCampaign[]> {
    return this.scope.forTenant(
      tenant,
      (tx) => tx.$queryRaw<DiallingCampaign[]>`
        SELECT c.id, c.name, (SELECT count(*)::int FROM dial_attempt d
          WHERE d.campaign_id = c.id AND d.owed AND d.state = ANY(${[...OPEN_ORDER_STATES]}::text[])) AS "onTheLine"
        FROM campaign c
        WHERE c.connection_id = ${connectionId}::uuid AND c.tenant_id = ${tenant}::uuid AND c.state IN ('running', 'paused')
        ORDER BY c.id LIMIT ${MOST_DIALLING}::int`,
    );
  }

  /** Nothing of a campaign that is not the tenant's. Hours are whole: one that has begun before `from` counts with it. */
  of(
    tenant: TenantId,
    campaignId: CampaignId,
    { from, to, by, zone }: CampaignStatsAsk,
  ): Promise<CampaignStats> {
    const first = dateOf(instant(Math.floor(from / HOUR_MS) * HOUR_MS));
    const month = dateOf(instant(this.clock.now() - 30 * 24 * HOUR_MS));
    return this.scope.forTenant(tenant, async (tx) => {
      const spans = await tx.$queryRaw<(CampaignTallies & { at: number })[]>`
        SELECT (extract(epoch FROM date_trunc(${by}::text, hour, ${zone}::text)) * 1000)::float8 AS at, sum(dials)::int AS dials,
          sum(answers)::int AS answers, sum(served)::int AS served, sum(drops)::int AS drops, sum(busy)::int AS busy,
          sum(unanswered)::int AS unanswered, sum(failed)::int AS failed, sum(talk_seconds)::float8 AS "talkSeconds"
        FROM campaign_tally WHERE campaign_id = ${campaignId}::uuid AND tenant_id = ${tenant}::uuid AND hour >= ${first}
          AND hour < ${dateOf(to)} GROUP BY 1 ORDER BY 1`;
      const [last30Days] = await tx.$queryRaw<[CampaignStats['last30Days']]>`
        SELECT coalesce(sum(answers), 0)::int AS answers, coalesce(sum(drops), 0)::int AS drops FROM campaign_tally
        WHERE campaign_id = ${campaignId}::uuid AND tenant_id = ${tenant}::uuid AND hour > ${month}`;
      return { spans: spans.map((span) => ({ ...span, at: instant(span.at) })), last30Days };
    });
  }

  outlook(tenant: TenantId, campaignId: CampaignId): Promise<CampaignOutlook> {
    const now = dateOf(this.clock.now());
    return this.scope.forTenant(tenant, async (tx) => {
      const [row] = await tx.$queryRaw<[CampaignOutlook]>`
        SELECT (SELECT count(*)::int FROM campaign_member WHERE campaign_id = ${campaignId}::uuid
            AND tenant_id = ${tenant}::uuid) AS members,
          (SELECT count(*)::int FROM (SELECT 1 FROM campaign_lead WHERE campaign_id = ${campaignId}::uuid
            AND tenant_id = ${tenant}::uuid AND state = 'waiting' AND next_at <= ${now} LIMIT ${MOST_DUE}::int) d) AS due,
          (SELECT count(*)::int FROM dial_attempt WHERE campaign_id = ${campaignId}::uuid AND tenant_id = ${tenant}::uuid AND owed
            AND state = ANY(${[...OPEN_ORDER_STATES]}::text[])) AS "onTheLine",
          (SELECT json_build_object('at', (extract(epoch FROM next_at) * 1000)::float8, 'reason', reason) FROM campaign_lead
            WHERE campaign_id = ${campaignId}::uuid AND tenant_id = ${tenant}::uuid AND state = 'waiting'
            ORDER BY next_at LIMIT 1) AS next,
          (SELECT coalesce(json_agg(h ORDER BY h.leads DESC, h.gate), '[]') FROM (
            SELECT gate, count(*)::int AS leads, (extract(epoch FROM min(next_at)) * 1000)::float8 AS "nextAt" FROM (
              SELECT coalesce(gate, 'scheduled') AS gate, next_at FROM campaign_lead WHERE campaign_id = ${campaignId}::uuid
                AND tenant_id = ${tenant}::uuid AND state = 'waiting' AND next_at > ${now}
              ORDER BY next_at LIMIT ${MOST_HELD}::int) w GROUP BY gate) h) AS held`;
      return row;
    });
  }
}
