import { Get, Inject, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import type { CampaignId, LeadId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { PageQueryDto } from '../http/page.dto.js';
import { Problems } from '../http/problem.dto.js';
import { OrderPageDto } from '../orders/order.dto.js';
import { LeadWhyDto } from './campaign-insight.dto.js';
import { LeadInsightDesk } from './lead-insight-desk.js';

const CAMPAIGN = new IdPipe<CampaignId>('campaign');
const LEAD = new IdPipe<LeadId>('lead');
const FILE = { type: 'string', format: 'binary' } as const;

/** What became of leads, and why they are not called. Before the leads, whose ids `export` would be taken for one of. */
@ApiController('campaigns', 'Campaigns')
@May('see')
export class LeadInsightController {
  constructor(@Inject(LeadInsightDesk) private readonly desk: LeadInsightDesk) {}

  @Get(':id/leads/export')
  @May('handle')
  @ApiOperation({ summary: 'Give the leads of a campaign out as a file' })
  @ApiProduces('text/csv')
  @ApiResponse({
    status: 200,
    description: 'All of them with their states, results and dispositions, newest first.',
    content: { 'text/csv': { schema: FILE } },
  })
  @Problems(404)
  async export(@Tenant() tenant: TenantId, @Param('id', CAMPAIGN) id: CampaignId): Promise<StreamableFile> {
    return new StreamableFile(Readable.from(await this.desk.export(tenant, id)), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="leads.csv"',
    });
  }

  @Get(':id/leads/:leadId/why')
  @Answers(200, 'Ask why a lead is not called', {
    type: LeadWhyDto,
    about: 'It is judged at this moment, by the same rules that are asked before each call.',
  })
  @Problems(404)
  why(
    @Tenant() tenant: TenantId,
    @Param('id', CAMPAIGN) id: CampaignId,
    @Param('leadId', LEAD) leadId: LeadId,
  ): Promise<LeadWhyDto> {
    return this.desk.why(tenant, id, leadId);
  }

  @Get(':id/leads/:leadId/attempts')
  @Answers(200, 'List the calls to a lead', {
    type: OrderPageDto,
    about: 'The orders that were placed for it, and what came of each.',
  })
  @Problems(404)
  attempts(
    @Tenant() tenant: TenantId,
    @Param('id', CAMPAIGN) campaignId: CampaignId,
    @Param('leadId', LEAD) leadId: LeadId,
    @Query() query: PageQueryDto,
  ): Promise<OrderPageDto> {
    return this.desk.attempts(tenant, { campaignId, leadId }, query);
  }
}
