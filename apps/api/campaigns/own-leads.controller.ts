import { Body, Get, Inject, Param, Post } from '@nestjs/common';
import type { Actor, CampaignId, LeadId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant, TheCaller } from '../access/caller.decorator.js';
import type { Caller } from '../access/caller.js';
import { ownAgent } from '../access/own-agent.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ABOUT_PLACING, ORDER_PROBLEMS } from '../orders/about-placing.js';
import { OrderDto } from '../orders/order.dto.js';
import { LeadDto } from './lead.dto.js';
import { OwnCampaignsDto, OwnDialDto, OwnDispositionDto, OwnSkipDto } from './own-lead.dto.js';
import { OwnLeadDesk } from './own-lead-desk.js';

const CAMPAIGN = new IdPipe<CampaignId>('campaign');
const LEAD = new IdPipe<LeadId>('lead');

/** For agents: whoever signed in and is linked to one. */
@ApiController('me', 'Me')
@May('own')
export class OwnLeadsController {
  constructor(@Inject(OwnLeadDesk) private readonly desk: OwnLeadDesk) {}

  @Get('campaigns')
  @Answers(200, 'List the campaigns that call for me', { type: OwnCampaignsDto })
  @Problems(409)
  campaigns(@Tenant() tenant: TenantId, @TheCaller() caller: Caller): Promise<OwnCampaignsDto> {
    return this.desk.campaigns(tenant, ownAgent(caller));
  }

  @Post('campaigns/:id/next')
  @Answers(200, 'Take the next lead of a preview campaign', {
    type: LeadDto,
    about:
      'Nobody else is offered it, for five minutes. Whoever has one already is shown it again. 409 `lead.none`: nobody is to be called.',
  })
  @Problems(404, 409)
  next(
    @Tenant() tenant: TenantId,
    @TheCaller() caller: Caller,
    @Param('id', CAMPAIGN) id: CampaignId,
  ): Promise<LeadDto> {
    return this.desk.next(tenant, ownAgent(caller), id);
  }

  @Post('leads/:leadId/dial')
  @Answers(201, 'Call the lead that I was offered', {
    type: OrderDto,
    about: `Your own phone is rung first. A rule that says no by now is 409 \`lead.held\`. ${ABOUT_PLACING}`,
  })
  @Problems(...ORDER_PROBLEMS)
  dial(
    @Tenant() tenant: TenantId,
    @TheCaller() caller: Caller,
    @Param('leadId', LEAD) leadId: LeadId,
    @Body() wanted: OwnDialDto,
    @By() by: Actor,
  ): Promise<OrderDto> {
    return this.desk.dial(tenant, { agentId: ownAgent(caller), leadId }, wanted, by);
  }

  @Post('leads/:leadId/skip')
  @Answers(200, 'Give the lead back that I was offered', { type: LeadDto })
  @Problems(404, 409)
  skip(
    @Tenant() tenant: TenantId,
    @TheCaller() caller: Caller,
    @Param('leadId', LEAD) leadId: LeadId,
    @Body() draft: OwnSkipDto,
  ): Promise<LeadDto> {
    return this.desk.skip(tenant, ownAgent(caller), leadId, draft);
  }

  @Post('leads/:leadId/disposition')
  @Answers(200, 'Say what came of a lead of mine', {
    type: LeadDto,
    about:
      'Of a campaign that calls for you. What is left out stays. The campaign may say what the word comes to: the lead is done, it is ' +
      'called again, or its number is called no more. Any other word is only kept.',
  })
  @Problems(404, 409)
  dispose(
    @Tenant() tenant: TenantId,
    @TheCaller() caller: Caller,
    @Param('leadId', LEAD) leadId: LeadId,
    @Body() said: OwnDispositionDto,
    @By() by: Actor,
  ): Promise<LeadDto> {
    return this.desk.dispose(tenant, { agentId: ownAgent(caller), leadId }, said, by);
  }
}
