import { Delete, Get, Inject, Param, Query } from '@nestjs/common';
import type { Actor, PortalId, TenantId } from '#domain';
import { May, Needs } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { PageQueryDto } from '../http/page.dto.js';
import { Problems } from '../http/problem.dto.js';
import { PortalDesk } from './portal-desk.js';
import { PortalPageDto } from './portal.dto.js';

@ApiController('portal-sessions', 'Portals')
@May('manage')
@Needs('admin')
export class PortalsController {
  constructor(@Inject(PortalDesk) private readonly desk: PortalDesk) {}

  @Get()
  @Answers(200, 'List portals', {
    type: PortalPageDto,
    about: 'Links that still work and sessions that have not ended.',
  })
  list(@Tenant() tenant: TenantId, @Query() query: PageQueryDto): Promise<PortalPageDto> {
    return this.desk.list(tenant, query);
  }

  @Delete(':id')
  @Answers(204, 'End a portal', { about: 'Its tokens work no more, nor does its link.' })
  @Problems(404)
  end(
    @Tenant() tenant: TenantId,
    @Param('id', new IdPipe<PortalId>('portal')) id: PortalId,
    @By() by: Actor,
  ): Promise<void> {
    return this.desk.end(tenant, id, by);
  }
}
