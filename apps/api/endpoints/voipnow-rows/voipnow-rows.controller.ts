import { Body, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import type { EndpointId, TenantId } from '#domain';
import { May } from '../../access/access.guard.js';
import type { Caller } from '../../access/caller.js';
import { Tenant, TheCaller } from '../../access/caller.decorator.js';
import { Answers } from '../../http/answers.decorator.js';
import { ApiController } from '../../http/api-controller.decorator.js';
import { IdPipe } from '../../http/id.pipe.js';
import { NumberPipe } from '../../http/number.pipe.js';
import { Problems } from '../../http/problem.dto.js';
import { VoipnowRowDesk } from './voipnow-row-desk.js';
import {
  NewVoipnowRowDto,
  RowsClearedDto,
  SelectedRowsDto,
  VoipnowRowDto,
  VoipnowRowPatchDto,
  VoipnowRowQueryDto,
  VoipnowRowsDto,
} from './voipnow-row.dto.js';

const ID = new IdPipe<EndpointId>('endpoint');
const EVENT_ID = new NumberPipe('row');

/** "VoipNow to Third-Party Application REST Calls", as the vendor's manual has it. */
@ApiController('endpoints/:id/voipnow-rows', 'Endpoints')
@May('manage')
export class VoipnowRowsController {
  constructor(@Inject(VoipnowRowDesk) private readonly desk: VoipnowRowDesk) {}

  @Get()
  @May('see')
  @Answers(200, 'List the requests of a VoipNow endpoint', { type: VoipnowRowsDto })
  @Problems(404, 409)
  list(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Query() query: VoipnowRowQueryDto,
  ): Promise<VoipnowRowsDto> {
    return this.desk.list(tenant, id, query);
  }

  @Post()
  @Answers(201, 'Add a request to a VoipNow endpoint', { type: VoipnowRowDto })
  @Problems(404, 409)
  add(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Body() draft: NewVoipnowRowDto,
    @TheCaller() caller: Caller,
  ): Promise<VoipnowRowDto> {
    return this.desk.add({ tenant, id, caller }, draft);
  }

  @Post('enable')
  @Answers(200, 'Enable selected requests', {
    type: VoipnowRowsDto,
    about: 'Answers with the selected rows.',
  })
  @Problems(404, 409)
  enable(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Body() rows: SelectedRowsDto,
    @TheCaller() caller: Caller,
  ): Promise<VoipnowRowsDto> {
    return this.desk.setActive({ tenant, id, caller }, rows, true);
  }

  @Post('disable')
  @Answers(200, 'Disable selected requests', {
    type: VoipnowRowsDto,
    about: 'They are made no more until they are enabled. Answers with the selected rows.',
  })
  @Problems(404, 409)
  disable(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Body() rows: SelectedRowsDto,
    @TheCaller() caller: Caller,
  ): Promise<VoipnowRowsDto> {
    return this.desk.setActive({ tenant, id, caller }, rows, false);
  }

  @Post('clear')
  @Answers(200, 'Clear selected requests', { type: RowsClearedDto })
  @Problems(404, 409)
  clear(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Body() rows: SelectedRowsDto,
    @TheCaller() caller: Caller,
  ): Promise<RowsClearedDto> {
    return this.desk.clear({ tenant, id, caller }, rows);
  }

  @Get(':eventId')
  @May('see')
  @Answers(200, 'Get a request of a VoipNow endpoint', { type: VoipnowRowDto })
  @Problems(404, 409)
  get(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Param('eventId', EVENT_ID) eventId: number,
  ): Promise<VoipnowRowDto> {
    return this.desk.get(tenant, id, eventId);
  }

  @Patch(':eventId')
  @Answers(200, 'Change a request of a VoipNow endpoint', { type: VoipnowRowDto })
  @Problems(404, 409)
  change(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Param('eventId', EVENT_ID) eventId: number,
    @Body() patch: VoipnowRowPatchDto,
    @TheCaller() caller: Caller,
  ): Promise<VoipnowRowDto> {
    return this.desk.change({ tenant, id, caller }, eventId, patch);
  }

  @Delete(':eventId')
  @Answers(204, 'Remove a request from a VoipNow endpoint')
  @Problems(404, 409)
  remove(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Param('eventId', EVENT_ID) eventId: number,
    @TheCaller() caller: Caller,
  ): Promise<void> {
    return this.desk.remove({ tenant, id, caller }, eventId);
  }
}
