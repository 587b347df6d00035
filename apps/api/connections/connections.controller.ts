import { Body, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import type { Actor, ConnectionId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ChangesVersion, ShowsVersion } from '../versions/versioned.decorator.js';
import { ConnectionGuideDto } from '../dialects/dialect.dto.js';
import { ConnectionDesk } from './connection-desk.js';
import {
  ConnectionDetailDto,
  ConnectionDto,
  ConnectionPageDto,
  ConnectionPatchDto,
  ConnectionQueryDto,
  NewConnectionDto,
  RotateConnectionDto,
} from './connection.dto.js';

const ID = new IdPipe<ConnectionId>('connection');

@ApiController('connections', 'Connections')
@May('manage')
export class ConnectionsController {
  constructor(@Inject(ConnectionDesk) private readonly desk: ConnectionDesk) {}

  @Post()
  @Answers(201, 'Connect a PBX account', { type: ConnectionDetailDto })
  create(
    @Tenant() tenant: TenantId,
    @Body() draft: NewConnectionDto,
    @By() by: Actor,
  ): Promise<ConnectionDetailDto> {
    return this.desk.create(tenant, draft, by);
  }

  @Get()
  @May('see')
  @Answers(200, 'List connections', { type: ConnectionPageDto })
  list(@Tenant() tenant: TenantId, @Query() query: ConnectionQueryDto): Promise<ConnectionPageDto> {
    return this.desk.list(tenant, query);
  }

  @Get(':id')
  @ShowsVersion()
  @Answers(200, 'Get a connection with its ingress URLs', { type: ConnectionDetailDto })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: ConnectionId): Promise<ConnectionDetailDto> {
    return this.desk.get(tenant, id);
  }

  @Get(':id/guide')
  @Answers(200, 'Get how to set the PBX of a connection up', {
    type: ConnectionGuideDto,
    about: "The steps of its dialect, with this connection's own URLs.",
  })
  @Problems(404)
  guide(@Tenant() tenant: TenantId, @Param('id', ID) id: ConnectionId): Promise<ConnectionGuideDto> {
    return this.desk.guide(tenant, id);
  }

  @Patch(':id')
  @ChangesVersion()
  @Answers(200, 'Change a connection', { type: ConnectionDto })
  @Problems(404)
  patch(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ConnectionId,
    @Body() patch: ConnectionPatchDto,
    @By() by: Actor,
  ): Promise<ConnectionDto> {
    return this.desk.patch(tenant, id, patch, by);
  }

  @Delete(':id')
  @ChangesVersion()
  @Answers(204, 'Delete a connection', { about: 'Its URLs stop working. Its calls and receipts stay.' })
  @Problems(404)
  remove(@Tenant() tenant: TenantId, @Param('id', ID) id: ConnectionId, @By() by: Actor): Promise<void> {
    return this.desk.remove(tenant, id, by);
  }

  @Post(':id/rotate')
  @Answers(200, 'Give a connection new ingress URLs', {
    type: ConnectionDetailDto,
    about: 'The old URLs work on for the grace.',
  })
  @Problems(404)
  rotate(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ConnectionId,
    @Body() rotation: RotateConnectionDto,
    @By() by: Actor,
  ): Promise<ConnectionDetailDto> {
    return this.desk.rotate(tenant, id, rotation, by);
  }
}
