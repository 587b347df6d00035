import { Get, Inject, Param, Query } from '@nestjs/common';
import type { CampaignId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { CampaignInsightDesk } from './campaign-insight-desk.js';
import { CampaignStatsDto, CampaignStatsQueryDto, CampaignWhyDto } from './campaign-insight.dto.js';

const ID = new IdPipe<CampaignId>('campaign');

/** What a campaign does, and what came of it. */
@ApiController('campaigns', 'Campaigns')
@May('see')
export class CampaignInsightController {
  constructor(@Inject(CampaignInsightDesk) private readonly desk: CampaignInsightDesk) {}

  @Get(':id/why')
  @Answers(200, 'Ask what a campaign does, and why it does not dial', {
    type: CampaignWhyDto,
    about:
      'The first thing that stands in the way, as the rows say now, and else what the dialer saw at its last look.',
  })
  @Problems(404)
  why(@Tenant() tenant: TenantId, @Param('id', ID) id: CampaignId): Promise<CampaignWhyDto> {
    return this.desk.why(tenant, id);
  }

  @Get(':id/statistics')
  @Answers(200, 'Count what became of a campaign’s calls', {
    type: CampaignStatsDto,
    about: 'Calls are tallied by the hour in which they were over.',
  })
  @Problems(404)
  statistics(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: CampaignId,
    @Query() query: CampaignStatsQueryDto,
  ): Promise<CampaignStatsDto> {
    return this.desk.statistics(tenant, id, query);
  }
}
