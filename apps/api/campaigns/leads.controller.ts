import { Body, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import type { Actor, CampaignId, LeadId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { LeadDesk } from './lead-desk.js';
import {
  LeadDoneDto,
  LeadDto,
  LeadPageDto,
  LeadPatchDto,
  LeadQueryDto,
  LeadsAddedDto,
  NewLeadDto,
  NewLeadsDto,
} from './lead.dto.js';

const CAMPAIGN = new IdPipe<CampaignId>('campaign');
const LEAD = new IdPipe<LeadId>('lead');

/** Whom a campaign calls. */
@ApiController('campaigns', 'Campaigns')
@May('handle')
export class LeadsController {
  constructor(@Inject(LeadDesk) private readonly desk: LeadDesk) {}

  @Post(':id/leads')
  @Answers(201, 'Put somebody on a campaign’s list', {
    type: LeadDto,
    about: 'Whose number is there already is 409 `lead.duplicate`.',
  })
  @Problems(404, 409)
  add(
    @Tenant() tenant: TenantId,
    @Param('id', CAMPAIGN) id: CampaignId,
    @Body() draft: NewLeadDto,
  ): Promise<LeadDto> {
    return this.desk.add(tenant, id, draft);
  }

  @Post(':id/leads/bulk')
  @Answers(200, 'Put many on a campaign’s list', {
    type: LeadsAddedDto,
    about: 'Each is read by itself. Whose number is there already stays as they are.',
  })
  @Problems(404)
  addMany(
    @Tenant() tenant: TenantId,
    @Param('id', CAMPAIGN) id: CampaignId,
    @Body() draft: NewLeadsDto,
  ): Promise<LeadsAddedDto> {
    return this.desk.addMany(tenant, id, draft);
  }

  @Get(':id/leads')
  @May('see')
  @Answers(200, 'List the leads of a campaign', { type: LeadPageDto })
  @Problems(404)
  list(
    @Tenant() tenant: TenantId,
    @Param('id', CAMPAIGN) id: CampaignId,
    @Query() query: LeadQueryDto,
  ): Promise<LeadPageDto> {
    return this.desk.list(tenant, id, query);
  }

  @Get(':id/leads/:leadId')
  @May('see')
  @Answers(200, 'Get a lead', { type: LeadDto })
  @Problems(404)
  get(
    @Tenant() tenant: TenantId,
    @Param('id', CAMPAIGN) id: CampaignId,
    @Param('leadId', LEAD) leadId: LeadId,
  ): Promise<LeadDto> {
    return this.desk.get(tenant, id, leadId);
  }

  @Patch(':id/leads/:leadId')
  @Answers(200, 'Change a lead', {
    type: LeadDto,
    about: 'Where it waits it is judged anew. Its number stays: add another lead for another one.',
  })
  @Problems(404)
  patch(
    @Tenant() tenant: TenantId,
    @Param('id', CAMPAIGN) id: CampaignId,
    @Param('leadId', LEAD) leadId: LeadId,
    @Body() patch: LeadPatchDto,
  ): Promise<LeadDto> {
    return this.desk.patch(tenant, id, leadId, patch);
  }

  @Delete(':id/leads/:leadId')
  @Answers(204, 'Take a lead off the list', {
    about: 'It stays as `removed`. A call to it that goes on is not ended.',
  })
  @Problems(404)
  remove(
    @Tenant() tenant: TenantId,
    @Param('id', CAMPAIGN) id: CampaignId,
    @Param('leadId', LEAD) leadId: LeadId,
    @By() by: Actor,
  ): Promise<void> {
    return this.desk.remove(tenant, id, leadId, by);
  }

  @Post(':id/leads/:leadId/requeue')
  @Answers(200, 'Put a lead back on the list', {
    type: LeadDto,
    about:
      'One that is done or given up waits again, and its tries begin anew; the rules count its calls all the same. One that was ' +
      'removed is to be added anew.',
  })
  @Problems(404, 409)
  requeue(
    @Tenant() tenant: TenantId,
    @Param('id', CAMPAIGN) id: CampaignId,
    @Param('leadId', LEAD) leadId: LeadId,
    @By() by: Actor,
  ): Promise<LeadDto> {
    return this.desk.requeue(tenant, id, leadId, by);
  }

  @Post(':id/leads/:leadId/done')
  @Answers(200, 'Say that a lead is done', {
    type: LeadDto,
    about:
      'It is not called any more, unless the campaign’s `dispositions` say that the word comes to something else. A word and a note ' +
      'that are left out stay.',
  })
  @Problems(404, 409)
  done(
    @Tenant() tenant: TenantId,
    @Param('id', CAMPAIGN) campaignId: CampaignId,
    @Param('leadId', LEAD) leadId: LeadId,
    @Body() said: LeadDoneDto,
    @By() by: Actor,
  ): Promise<LeadDto> {
    return this.desk.done(tenant, { campaignId, leadId }, said, by);
  }
}
