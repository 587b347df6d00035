import { Body, Delete, Get, Inject, Param, Put } from '@nestjs/common';
import type { Actor, EndpointId, TenantId } from '#domain';
import { May, Needs } from '../../access/access.guard.js';
import { By, Tenant } from '../../access/caller.decorator.js';
import { Answers } from '../../http/answers.decorator.js';
import { ApiController } from '../../http/api-controller.decorator.js';
import { IdPipe } from '../../http/id.pipe.js';
import { Problems } from '../../http/problem.dto.js';
import { EndpointAccessDesk } from './endpoint-access-desk.js';
import { EndpointAccessDto, EndpointAccessPutDto } from './endpoint-access.dto.js';

const ID = new IdPipe<EndpointId>('endpoint');

@ApiController('endpoints/:id/access', 'Endpoints')
@May('manage')
export class EndpointAccessController {
  constructor(@Inject(EndpointAccessDesk) private readonly desk: EndpointAccessDesk) {}

  @Get()
  @Answers(200, 'Get what an endpoint is shown', {
    type: EndpointAccessDto,
    about: 'Its own headers and its credentials, without the secrets.',
  })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: EndpointId): Promise<EndpointAccessDto> {
    return this.desk.get(tenant, id);
  }

  @Put()
  @Needs('admin')
  @Answers(200, 'Say what an endpoint is shown', {
    type: EndpointAccessDto,
    about: 'Replaces all of it: headers of its own, and credentials. They go wherever its deliveries go.',
  })
  @Problems(404, 409)
  put(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Body() access: EndpointAccessPutDto,
    @By() by: Actor,
  ): Promise<EndpointAccessDto> {
    return this.desk.put(tenant, id, access, by);
  }

  @Delete()
  @Needs('admin')
  @Answers(204, 'Show an endpoint nothing', { about: 'Removes its own headers and its credentials.' })
  @Problems(404)
  remove(@Tenant() tenant: TenantId, @Param('id', ID) id: EndpointId, @By() by: Actor): Promise<void> {
    return this.desk.remove(tenant, id, by);
  }
}
