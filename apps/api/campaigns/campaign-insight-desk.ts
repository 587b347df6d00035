import { effectiveRules, type CampaignId, type TenantId } from '#domain';
import type {
  CampaignCounts,
  CampaignRecord,
  CampaignRepository,
  CampaignStatsRepository,
  CampaignTallies,
} from '#db';
import { capabilityFor } from '#pbx';
import type { Clock } from '#platform';
import { readStatsWindow } from '../calls/read-stats-window.js';
import { found } from '../http/found.js';
import { timeText, timeTextOrNull } from '../http/time-text.js';
import type { OpenPbx } from '../pbx/open-pbx.js';
import type {
  CampaignStatsDto,
  CampaignStatsQueryDto,
  CampaignVolumeDto,
  CampaignWhyDto,
} from './campaign-insight.dto.js';
import { sampleOrder } from './sample-order.js';
import { whyCampaign, type PbxOfCampaign } from './why-campaign.js';

export interface CampaignInsightDeskParts {
  campaigns: Pick<CampaignRepository, 'get' | 'counts'>;
  stats: CampaignStatsRepository;
  pbxs: Pick<OpenPbx, 'find'>;
  clock: Pick<Clock, 'now'>;
}

/** What a campaign does, and what came of it. */
export class CampaignInsightDesk {
  constructor(private readonly parts: CampaignInsightDeskParts) {}

  async why(tenant: TenantId, campaignId: CampaignId): Promise<CampaignWhyDto> {
    const campaign = found(await this.parts.campaigns.get(tenant, campaignId), 'campaign');
    const [outlook, pbx] = await Promise.all([
      this.parts.stats.outlook(tenant, campaignId),
      this.pbxOf(tenant, campaign),
    ]);
    const { standing } = campaign;
    const { members, due, onTheLine, held } = outlook;
    const answer = whyCampaign(campaign, pbx, outlook);
    return {
      ...answer,
      nextAt: timeTextOrNull(answer.nextAt),
      agents: { members, free: standing?.agents.free ?? 0, busy: standing?.agents.busy ?? 0 },
      ...{ due, onTheLine },
      held: held.map(({ gate, leads, nextAt }) => ({ gate, leads, nextAt: timeText(nextAt) })),
      lookedAt: standing === null ? null : new Date(standing.at).toISOString(),
    };
  }

  /** @throws AppError `resource.not_found`, `request.invalid` */
  async statistics(
    tenant: TenantId,
    campaignId: CampaignId,
    query: CampaignStatsQueryDto,
  ): Promise<CampaignStatsDto> {
    const { campaigns, stats, clock } = this.parts;
    const { settings } = found(await campaigns.get(tenant, campaignId), 'campaign');
    const ask = readStatsWindow(query, clock.now());
    const [{ spans, last30Days }, counts] = await Promise.all([
      stats.of(tenant, campaignId, ask),
      campaigns.counts(tenant, campaignId),
    ]);
    const target = Math.min(settings.pacing.abandonTarget, effectiveRules(settings.rules).abandonTarget);
    const abandonment = share(last30Days.drops, last30Days.answers);
    return {
      ...{ from: timeText(ask.from), to: timeText(ask.to), by: ask.by, zone: ask.zone },
      total: volumeOf(spans.reduce(sum, NONE)),
      buckets: spans.map(({ at, ...tallies }) => ({ at: timeText(at), ...volumeOf(tallies) })),
      target,
      last30Days: {
        ...{ ...last30Days, abandonment },
        withinTarget: abandonment === null ? null : abandonment <= target,
      },
      leads: leadsOf(counts),
    };
  }

  private async pbxOf(tenant: TenantId, campaign: CampaignRecord): Promise<PbxOfCampaign> {
    const pbx = await this.parts.pbxs.find(tenant, campaign.connectionId);
    if (pbx === undefined || !pbx.record.enabled) return 'no_account';
    return pbx.driver.can[capabilityFor(sampleOrder(campaign))] ? 'ready' : 'unsupported';
  }
}

const NONE: CampaignTallies = {
  ...{ dials: 0, answers: 0, served: 0, drops: 0, busy: 0, unanswered: 0, failed: 0, talkSeconds: 0 },
};

function sum(one: CampaignTallies, other: CampaignTallies): CampaignTallies {
  return {
    dials: one.dials + other.dials,
    answers: one.answers + other.answers,
    served: one.served + other.served,
    drops: one.drops + other.drops,
    busy: one.busy + other.busy,
    unanswered: one.unanswered + other.unanswered,
    failed: one.failed + other.failed,
    talkSeconds: one.talkSeconds + other.talkSeconds,
  };
}

function volumeOf(tallies: CampaignTallies): CampaignVolumeDto {
  const { dials, answers, drops } = tallies;
  return { ...tallies, answerRate: share(answers, dials), abandonment: share(drops, answers) };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function leadsOf(counts: CampaignCounts): CampaignStatsDto['leads'] {
  const { waiting, offered, dialling, done, givenUp, invalid, removed } = counts;
  return { waiting, offered, dialling, done, given_up: givenUp, invalid, removed };
}
