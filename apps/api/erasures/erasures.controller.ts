import { Body, Get, Inject, Param, Post, Query } from '@nestjs/common';
import type { Actor, ErasureId, TenantId } from '#domain';
import { Needs, May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ErasureDesk } from './erasure-desk.js';
import {
  ErasureDto,
  ErasurePageDto,
  ErasureQueryDto,
  NewErasureDto,
  StartErasureDto,
} from './erasure.dto.js';

const ID = new IdPipe<ErasureId>('erasure');

@May('manage')
@ApiController('erasures', 'Privacy')
@Needs('admin')
export class ErasuresController {
  constructor(@Inject(ErasureDesk) private readonly desk: ErasureDesk) {}

  @Post()
  @Answers(202, 'Erase a number', {
    type: ErasureDto,
    about:
      'Counts, as a job that survives restarts, what is kept about the number, and unless `dryRun` is false waits for `start`.',
  })
  @Problems(409)
  create(@Tenant() tenant: TenantId, @Body() order: NewErasureDto, @By() by: Actor): Promise<ErasureDto> {
    return this.desk.create(tenant, order, by);
  }

  @Get()
  @Answers(200, 'List erasures', { type: ErasurePageDto })
  list(@Tenant() tenant: TenantId, @Query() query: ErasureQueryDto): Promise<ErasurePageDto> {
    return this.desk.list(tenant, query);
  }

  @Get(':id')
  @Answers(200, 'Get an erasure with its progress and its report', { type: ErasureDto })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: ErasureId): Promise<ErasureDto> {
    return this.desk.get(tenant, id);
  }

  @Post(':id/start')
  @Answers(202, 'Start an erasure', {
    type: ErasureDto,
    about:
      'It waits for calls of the number that go on and for deliveries that are due, then deletes and masks, table by table. From then on it cannot be cancelled.',
  })
  @Problems(404, 409)
  start(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ErasureId,
    @Body() order: StartErasureDto,
    @By() by: Actor,
  ): Promise<ErasureDto> {
    return this.desk.start(tenant, id, order, by);
  }

  @Post(':id/cancel')
  @Answers(202, 'Cancel an erasure', {
    type: ErasureDto,
    about: 'As long as it has not begun to delete. Its number is forgotten.',
  })
  @Problems(404, 409)
  cancel(@Tenant() tenant: TenantId, @Param('id', ID) id: ErasureId, @By() by: Actor): Promise<ErasureDto> {
    return this.desk.cancel(tenant, id, by);
  }
}
