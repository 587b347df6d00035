import { Body, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import type { Actor, CampaignId, TenantId } from '#domain';
import { May, Needs } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ChangesVersion, ShowsVersion } from '../versions/versioned.decorator.js';
import { CampaignDesk } from './campaign-desk.js';
import {
  CampaignDto,
  CampaignOnceDto,
  CampaignPageDto,
  CampaignPatchDto,
  CampaignQueryDto,
  CampaignTurnedDto,
  ClearedDto,
  NewCampaignDto,
} from './campaign.dto.js';

const ID = new IdPipe<CampaignId>('campaign');

/** Lists of people to call, and how. */
@ApiController('campaigns', 'Campaigns')
@May('manage')
export class CampaignsController {
  constructor(@Inject(CampaignDesk) private readonly desk: CampaignDesk) {}

  @Post()
  @Answers(201, 'Make a campaign', {
    type: CampaignOnceDto,
    about: 'It is stopped, and has nobody to call and nobody to call for.',
  })
  @Problems(404)
  create(
    @Tenant() tenant: TenantId,
    @Body() draft: NewCampaignDto,
    @By() by: Actor,
  ): Promise<CampaignOnceDto> {
    return this.desk.create(tenant, draft, by);
  }

  @Get()
  @May('see')
  @Answers(200, 'List campaigns', { type: CampaignPageDto })
  list(@Tenant() tenant: TenantId, @Query() query: CampaignQueryDto): Promise<CampaignPageDto> {
    return this.desk.list(tenant, query);
  }

  @Get(':id')
  @May('see')
  @ShowsVersion()
  @Answers(200, 'Get a campaign', { type: CampaignDto })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: CampaignId): Promise<CampaignDto> {
    return this.desk.get(tenant, id);
  }

  @Patch(':id')
  @ChangesVersion()
  @Answers(200, 'Change a campaign', {
    type: CampaignDto,
    about:
      'Other settings hold from the next call on. Its mode and connection stay: make another one for another.',
  })
  @Problems(404)
  patch(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: CampaignId,
    @Body() patch: CampaignPatchDto,
    @By() by: Actor,
  ): Promise<CampaignDto> {
    return this.desk.patch(tenant, id, patch, by);
  }

  @Delete(':id')
  @ChangesVersion()
  @Answers(204, 'Delete a campaign', {
    about: 'Leads that wait are taken out. Calls that go on are not ended; what became of them stays.',
  })
  @Problems(404, 409)
  async remove(@Tenant() tenant: TenantId, @Param('id', ID) id: CampaignId, @By() by: Actor): Promise<void> {
    await this.desk.turn(tenant, id, 'deleted', by);
  }

  @Post(':id/code')
  @Needs('admin')
  @Answers(200, 'Make a new code for a campaign', {
    type: CampaignOnceDto,
    about: 'Whoever shows the one before is not let in any more.',
  })
  @Problems(404)
  recode(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: CampaignId,
    @By() by: Actor,
  ): Promise<CampaignOnceDto> {
    return this.desk.recode(tenant, id, by);
  }

  @Post(':id/start')
  @May('handle')
  @Answers(200, 'Start a campaign', {
    type: CampaignTurnedDto,
    about:
      'It dials from now on, as its rules allow. GET /v1/campaigns/{id}/why tells what keeps it from doing so.',
  })
  @Problems(404, 409)
  start(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: CampaignId,
    @By() by: Actor,
  ): Promise<CampaignTurnedDto> {
    return this.desk.turn(tenant, id, 'running', by);
  }

  @Post(':id/pause')
  @May('handle')
  @Answers(200, 'Pause a campaign', {
    type: CampaignTurnedDto,
    about: 'Nothing new is dialled. What rings already goes on: `onTheLine` says how many calls that are.',
  })
  @Problems(404, 409)
  pause(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: CampaignId,
    @By() by: Actor,
  ): Promise<CampaignTurnedDto> {
    return this.desk.turn(tenant, id, 'paused', by);
  }

  @Post(':id/stop')
  @May('handle')
  @Answers(200, 'Stop a campaign', { type: CampaignTurnedDto, about: 'As pausing it, for good.' })
  @Problems(404, 409)
  stop(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: CampaignId,
    @By() by: Actor,
  ): Promise<CampaignTurnedDto> {
    return this.desk.turn(tenant, id, 'stopped', by);
  }

  @Post(':id/clear')
  @May('handle')
  @Answers(200, 'Take out whoever waits', {
    type: ClearedDto,
    about:
      'Leads of a campaign that wait or are offered to an agent are removed. Those being called are not.',
  })
  @Problems(404)
  clear(@Tenant() tenant: TenantId, @Param('id', ID) id: CampaignId, @By() by: Actor): Promise<ClearedDto> {
    return this.desk.clear(tenant, id, by);
  }
}
