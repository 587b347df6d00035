import { Body, Delete, Get, Inject, Param, Put, Query } from '@nestjs/common';
import type { Actor, ConnectionId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { KeyPipe } from '../http/key.pipe.js';
import { PageQueryDto } from '../http/page.dto.js';
import { Problems } from '../http/problem.dto.js';
import type { LabelDesk } from './label-desk.js';
import { LabelPutDto, OwnNumberDto, OwnNumberPageDto } from './label.dto.js';

export const DID_DESK = Symbol('DidDesk');

const ID = new IdPipe<ConnectionId>('connection');
const NUMBER = new KeyPipe('number');

@ApiController('connections/:id/dids', 'People')
@May('manage')
export class DidsController {
  constructor(@Inject(DID_DESK) private readonly desk: LabelDesk<OwnNumberDto>) {}

  @Get()
  @May('see')
  @Answers(200, "List the tenant's own numbers", { type: OwnNumberPageDto })
  @Problems(404)
  list(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ConnectionId,
    @Query() query: PageQueryDto,
  ): Promise<OwnNumberPageDto> {
    return this.desk.list(tenant, id, query);
  }

  @Get(':number')
  @May('see')
  @Answers(200, "Get one of the tenant's own numbers", { type: OwnNumberDto })
  @Problems(404)
  get(
    @Tenant() tenant: TenantId,
    @Param('id', ID) connectionId: ConnectionId,
    @Param('number', NUMBER) key: string,
  ): Promise<OwnNumberDto> {
    return this.desk.get(tenant, { connectionId, key });
  }

  @Put(':number')
  @Answers(200, "Label one of the tenant's own numbers", { type: OwnNumberDto })
  @Problems(404)
  put(
    @Tenant() tenant: TenantId,
    @Param('id', ID) connectionId: ConnectionId,
    @Param('number', NUMBER) key: string,
    @Body() { label }: LabelPutDto,
    @By() by: Actor,
  ): Promise<OwnNumberDto> {
    return this.desk.put(tenant, { connectionId, key }, label, by);
  }

  @Delete(':number')
  @Answers(204, "Take the label off one of the tenant's own numbers")
  @Problems(404)
  remove(
    @Tenant() tenant: TenantId,
    @Param('id', ID) connectionId: ConnectionId,
    @Param('number', NUMBER) key: string,
    @By() by: Actor,
  ): Promise<void> {
    return this.desk.remove(tenant, { connectionId, key }, by);
  }
}
