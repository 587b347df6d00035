import { Body, Get, Inject, Param, Post, Query } from '@nestjs/common';
import type { Actor, ReplayId, TenantId } from '#domain';
import { May, Needs } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ReplayDesk } from './replay-desk.js';
import {
  NewReplayDto,
  ReplayCountDto,
  ReplayDetailDto,
  ReplayDto,
  ReplayPageDto,
  ReplayQueryDto,
} from './replay.dto.js';

const ID = new IdPipe<ReplayId>('replay');

@ApiController('replays', 'Replays')
@May('handle')
export class ReplaysController {
  constructor(@Inject(ReplayDesk) private readonly desk: ReplayDesk) {}

  @Post('preview')
  @Needs('read')
  @May('see')
  @Answers(200, 'Count what a replay would send', { type: ReplayCountDto, about: 'Nothing is sent.' })
  @Problems(404)
  preview(@Tenant() tenant: TenantId, @Body() order: NewReplayDto): Promise<ReplayCountDto> {
    return this.desk.preview(tenant, order);
  }

  @Post()
  @Answers(202, 'Send events once more', {
    type: ReplayDto,
    about:
      'Each event becomes a new delivery, with an id and the whole retry schedule of its own. The replay survives restarts.',
  })
  @Problems(404)
  create(@Tenant() tenant: TenantId, @Body() order: NewReplayDto, @By() by: Actor): Promise<ReplayDto> {
    return this.desk.create(tenant, order, by);
  }

  @Get()
  @May('see')
  @Answers(200, 'List replays', { type: ReplayPageDto })
  list(@Tenant() tenant: TenantId, @Query() query: ReplayQueryDto): Promise<ReplayPageDto> {
    return this.desk.list(tenant, query);
  }

  @Get(':id')
  @May('see')
  @Answers(200, 'Get a replay with its progress', { type: ReplayDetailDto })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: ReplayId): Promise<ReplayDetailDto> {
    return this.desk.get(tenant, id);
  }

  @Post(':id/cancel')
  @Answers(202, 'Cancel a replay', {
    type: ReplayDto,
    about: 'Nothing more is made, and what was not tried yet is skipped. What was sent stays sent.',
  })
  @Problems(404, 409)
  cancel(@Tenant() tenant: TenantId, @Param('id', ID) id: ReplayId, @By() by: Actor): Promise<ReplayDto> {
    return this.desk.cancel(tenant, id, by);
  }
}
