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
import { ExtensionDesk } from './extension-desk.js';
import {
  ExtensionDto,
  ExtensionListDto,
  ExtensionPageDto,
  ExtensionPutDto,
  ExtensionsReplacedDto,
} from './extension.dto.js';

const ID = new IdPipe<ConnectionId>('connection');
const NUMBER = new KeyPipe('extension');

@ApiController('connections/:id/extensions', 'People')
@May('manage')
export class ExtensionsController {
  constructor(@Inject(ExtensionDesk) private readonly desk: ExtensionDesk) {}

  @Get()
  @May('see')
  @Answers(200, 'List extensions', { type: ExtensionPageDto })
  @Problems(404)
  list(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ConnectionId,
    @Query() query: PageQueryDto,
  ): Promise<ExtensionPageDto> {
    return this.desk.list(tenant, id, query);
  }

  @Put()
  @Answers(200, 'Replace all extensions', {
    type: ExtensionsReplacedDto,
    about: 'For imports: those of the list are written, all others go.',
  })
  @Problems(404)
  replace(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ConnectionId,
    @Body() list: ExtensionListDto,
    @By() by: Actor,
  ): Promise<ExtensionsReplacedDto> {
    return this.desk.replace(tenant, id, list, by);
  }

  @Get(':number')
  @May('see')
  @Answers(200, 'Get an extension', { type: ExtensionDto })
  @Problems(404)
  get(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ConnectionId,
    @Param('number', NUMBER) number: string,
  ): Promise<ExtensionDto> {
    return this.desk.get(tenant, id, number);
  }

  @Put(':number')
  @Answers(200, 'Write an extension', {
    type: ExtensionDto,
    about: 'Members that are left out become empty.',
  })
  @Problems(404)
  put(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ConnectionId,
    @Param('number', NUMBER) number: string,
    @Body() fields: ExtensionPutDto,
    @By() by: Actor,
  ): Promise<ExtensionDto> {
    return this.desk.put(tenant, id, { ...fields, number }, by);
  }

  @Delete(':number')
  @Answers(204, 'Delete an extension')
  @Problems(404)
  remove(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ConnectionId,
    @Param('number', NUMBER) number: string,
    @By() by: Actor,
  ): Promise<void> {
    return this.desk.remove(tenant, id, number, by);
  }
}
