import { Body, Delete, Get, Inject, Param, Post, Put } from '@nestjs/common';
import type { Actor, CampaignId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { KeyPipe } from '../http/key.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { AddMembersDto, MembersDto, PutMembersDto } from './campaign-member.dto.js';
import { CampaignMemberDesk } from './campaign-member-desk.js';

const ID = new IdPipe<CampaignId>('campaign');

/** For whom a campaign calls. */
@ApiController('campaigns', 'Campaigns')
@May('handle')
export class CampaignMembersController {
  constructor(@Inject(CampaignMemberDesk) private readonly desk: CampaignMemberDesk) {}

  @Get(':id/members')
  @May('see')
  @Answers(200, 'List the members of a campaign', { type: MembersDto })
  @Problems(404)
  list(@Tenant() tenant: TenantId, @Param('id', ID) id: CampaignId): Promise<MembersDto> {
    return this.desk.list(tenant, id);
  }

  @Put(':id/members')
  @Answers(200, 'Say who the members of a campaign are', {
    type: MembersDto,
    about: 'Whoever is not named is no member any more.',
  })
  @Problems(404)
  put(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: CampaignId,
    @Body() { extensions }: PutMembersDto,
    @By() by: Actor,
  ): Promise<MembersDto> {
    return this.desk.put(tenant, id, extensions, by);
  }

  @Post(':id/members')
  @Answers(200, 'Add members to a campaign', { type: MembersDto, about: 'Whoever is one already stays one.' })
  @Problems(404)
  add(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: CampaignId,
    @Body() { extensions }: AddMembersDto,
    @By() by: Actor,
  ): Promise<MembersDto> {
    return this.desk.add(tenant, id, extensions, by);
  }

  @Delete(':id/members/:extension')
  @Answers(204, 'Take a member out of a campaign', { about: 'A call that goes on is not ended.' })
  @Problems(404)
  remove(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: CampaignId,
    @Param('extension', new KeyPipe('member')) extension: string,
    @By() by: Actor,
  ): Promise<void> {
    return this.desk.remove(tenant, id, extension, by);
  }
}
