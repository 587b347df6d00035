import { Body, Delete, Get, Inject, Param, Patch, Post, Put, Query } from '@nestjs/common';
import type { Actor, IvrFlowId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { PageQueryDto } from '../http/page.dto.js';
import { Problems } from '../http/problem.dto.js';
import { ChangesVersion, ShowsVersion } from '../versions/versioned.decorator.js';
import { IvrFlowDesk } from './ivr-flow-desk.js';
import {
  IvrDocumentDryRunDto,
  IvrDryRunAnswerDto,
  IvrDryRunDto,
  IvrFlowDto,
  IvrFlowPageDto,
  IvrFlowPatchDto,
  IvrLayoutDto,
  NewIvrFlowDto,
} from './ivr-flow.dto.js';

const ID = new IdPipe<IvrFlowId>('IVR flow');
const PROBLEMS_ABOUT = 'A flow that cannot be used is answered with `ivr_flow.invalid` and its `problems`.';

@ApiController('ivr-flows', 'IVR')
@May('manage')
export class IvrFlowsController {
  constructor(@Inject(IvrFlowDesk) private readonly desk: IvrFlowDesk) {}

  @Post()
  @Answers(201, 'Make an IVR flow', { type: IvrFlowDto, about: PROBLEMS_ABOUT })
  create(@Tenant() tenant: TenantId, @Body() draft: NewIvrFlowDto, @By() by: Actor): Promise<IvrFlowDto> {
    return this.desk.create(tenant, draft, by);
  }

  @Get()
  @May('see')
  @Answers(200, 'List IVR flows', { type: IvrFlowPageDto })
  list(@Tenant() tenant: TenantId, @Query() query: PageQueryDto): Promise<IvrFlowPageDto> {
    return this.desk.list(tenant, query);
  }

  @Post('dry-run')
  @May('see')
  @Answers(200, 'Walk an IVR flow that is not kept', { type: IvrDryRunAnswerDto, about: PROBLEMS_ABOUT })
  dryRun(@Body() call: IvrDocumentDryRunDto): IvrDryRunAnswerDto {
    return this.desk.dryRun(call);
  }

  @Get(':id')
  @May('see')
  @ShowsVersion()
  @Answers(200, 'Get an IVR flow', { type: IvrFlowDto })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: IvrFlowId): Promise<IvrFlowDto> {
    return this.desk.get(tenant, id);
  }

  @Patch(':id')
  @ChangesVersion()
  @Answers(200, 'Change an IVR flow', {
    type: IvrFlowDto,
    about: `Callers on the line go on in the new one. ${PROBLEMS_ABOUT} \`ivr_flow.changed\`: somebody else changed it meanwhile.`,
  })
  @Problems(404, 409)
  patch(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: IvrFlowId,
    @Body() patch: IvrFlowPatchDto,
    @By() by: Actor,
  ): Promise<IvrFlowDto> {
    return this.desk.patch(tenant, id, patch, by);
  }

  @Put(':id/layout')
  @Answers(204, 'Arrange an IVR flow', {
    about: 'Keeps where its menus stand. Callers hear the same, so it makes no new version.',
  })
  @Problems(404)
  arrange(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: IvrFlowId,
    @Body() layout: IvrLayoutDto,
    @By() by: Actor,
  ): Promise<void> {
    return this.desk.arrange(tenant, id, layout, by);
  }

  @Delete(':id')
  @ChangesVersion()
  @Answers(204, 'Delete an IVR flow', { about: '`ivr_flow.in_use` while a route leads to it.' })
  @Problems(404, 409)
  remove(@Tenant() tenant: TenantId, @Param('id', ID) id: IvrFlowId, @By() by: Actor): Promise<void> {
    return this.desk.remove(tenant, id, by);
  }

  @Post(':id/dry-run')
  @May('see')
  @Answers(200, 'Walk an IVR flow', {
    type: IvrDryRunAnswerDto,
    about: 'As a caller would; nothing is changed.',
  })
  @Problems(404)
  dryRunOf(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: IvrFlowId,
    @Body() call: IvrDryRunDto,
  ): Promise<IvrDryRunAnswerDto> {
    return this.desk.dryRunOf(tenant, id, call);
  }
}
