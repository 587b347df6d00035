import { Body, Get, Inject, Param, Put } from '@nestjs/common';
import type { Actor, ConnectionId, TenantId } from '#domain';
import { May, Needs } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ChangesVersion, ShowsVersion } from '../versions/versioned.decorator.js';
import { MappingDesk } from './mapping-desk.js';
import { ConnectionMappingDto, MappingPutDto } from './mapping.dto.js';

const ID = new IdPipe<ConnectionId>('connection');

@ApiController('connections/:id/mapping', 'Connections')
@May('manage')
export class ConnectionMappingController {
  constructor(@Inject(MappingDesk) private readonly desk: MappingDesk) {}

  @Get()
  @ShowsVersion()
  @Answers(200, 'Get the mapping of a connection', {
    type: ConnectionMappingDto,
    about: 'Of the dialect `generic`: what the messages of its PBX mean. Without the secrets.',
  })
  @Problems(404, 409)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: ConnectionId): Promise<ConnectionMappingDto> {
    return this.desk.get(tenant, id);
  }

  @Put()
  @Needs('admin')
  @ChangesVersion()
  @Answers(200, 'Say what the messages of a PBX mean', {
    type: ConnectionMappingDto,
    about:
      'Replaces the mapping; secrets that are left out stay as far as it wants them. What comes from now on is read by it, and so is what is replayed. ' +
      '`mapping.other_dialect` (409): the connection’s dialect has no mappings.',
  })
  @Problems(404, 409)
  put(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ConnectionId,
    @Body() wish: MappingPutDto,
    @By() by: Actor,
  ): Promise<ConnectionMappingDto> {
    return this.desk.put(tenant, id, wish, by);
  }
}
