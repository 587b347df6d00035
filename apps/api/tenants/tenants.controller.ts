import { Body, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import type { Actor, TenantId } from '#domain';
import { For, May } from '../access/access.guard.js';
import { By } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { PageQueryDto } from '../http/page.dto.js';
import { Problems } from '../http/problem.dto.js';
import { TenantDesk } from './tenant-desk.js';
import { NewTenantDto, TenantDto, TenantPageDto, TenantPatchDto } from './tenant.dto.js';

const ID = new IdPipe<TenantId>('tenant');

@ApiController('tenants', 'Tenants')
@May('install')
@For('operator')
export class TenantsController {
  constructor(@Inject(TenantDesk) private readonly desk: TenantDesk) {}

  @Post()
  @Answers(201, 'Make a tenant', { type: TenantDto })
  create(@Body() draft: NewTenantDto, @By() by: Actor): Promise<TenantDto> {
    return this.desk.create(draft, by);
  }

  @Get()
  @Answers(200, 'List tenants', { type: TenantPageDto })
  list(@Query() query: PageQueryDto): Promise<TenantPageDto> {
    return this.desk.list(query);
  }

  @Get(':id')
  @Answers(200, 'Get a tenant', { type: TenantDto })
  @Problems(404)
  get(@Param('id', ID) id: TenantId): Promise<TenantDto> {
    return this.desk.get(id);
  }

  @Patch(':id')
  @Answers(200, 'Change a tenant', { type: TenantDto })
  @Problems(404)
  patch(@Param('id', ID) id: TenantId, @Body() patch: TenantPatchDto, @By() by: Actor): Promise<TenantDto> {
    return this.desk.patch(id, patch, by);
  }
}
