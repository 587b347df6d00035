import { Body, Delete, Get, Inject, Param, Post } from '@nestjs/common';
import type { Actor, EndpointGrantId, EndpointId, TenantId } from '#domain';
import { May, Needs } from '../../access/access.guard.js';
import { By, Tenant } from '../../access/caller.decorator.js';
import { Answers } from '../../http/answers.decorator.js';
import { ApiController } from '../../http/api-controller.decorator.js';
import { IdPipe } from '../../http/id.pipe.js';
import { Problems } from '../../http/problem.dto.js';
import { EndpointGrantDesk } from './endpoint-grant-desk.js';
import { GrantJourneyDto, GrantListDto, NewGrantDto } from './endpoint-grant.dto.js';

const ID = new IdPipe<EndpointId>('endpoint');
const GRANT_ID = new IdPipe<EndpointGrantId>('grant');

@ApiController('endpoints/:id/grants', 'Endpoints')
@May('manage')
export class EndpointGrantsController {
  constructor(@Inject(EndpointGrantDesk) private readonly desk: EndpointGrantDesk) {}

  @Get()
  @Answers(200, 'List who connected an endpoint', {
    type: GrantListDto,
    about: 'What people agreed to on the CRM’s own page (`oauth2_code`), without the tokens.',
  })
  @Problems(404)
  list(@Tenant() tenant: TenantId, @Param('id', ID) id: EndpointId): Promise<GrantListDto> {
    return this.desk.list(tenant, id);
  }

  @Post()
  @Needs('admin')
  @Answers(201, 'Connect an endpoint', {
    type: GrantJourneyDto,
    about:
      'Answers the address of the CRM’s own page, on which somebody has to agree within ten minutes. A further grant is used when ' +
      'those before it need attention, so that deliveries go on when whoever connected first leaves.',
  })
  @Problems(404, 409)
  add(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Body() wish: NewGrantDto,
    @By() by: Actor,
  ): Promise<GrantJourneyDto> {
    return this.desk.add(tenant, id, wish, by);
  }

  @Post(':grantId/reconnect')
  @Needs('admin')
  @Answers(200, 'Connect an endpoint again', {
    type: GrantJourneyDto,
    about: 'As connecting. The grant keeps its place, and is used as it is until somebody has agreed.',
  })
  @Problems(404, 409)
  reconnect(
    @Tenant() tenant: TenantId,
    @Param('id', ID) endpointId: EndpointId,
    @Param('grantId', GRANT_ID) grantId: EndpointGrantId,
    @By() by: Actor,
  ): Promise<GrantJourneyDto> {
    return this.desk.reconnect(tenant, { endpointId, grantId }, by);
  }

  @Delete(':grantId')
  @Needs('admin')
  @Answers(204, 'Remove a grant', {
    about: 'Its tokens are forgotten here. Whoever wants the CRM to forget them too removes the app there.',
  })
  @Problems(404)
  remove(
    @Tenant() tenant: TenantId,
    @Param('id', ID) endpointId: EndpointId,
    @Param('grantId', GRANT_ID) grantId: EndpointGrantId,
    @By() by: Actor,
  ): Promise<void> {
    return this.desk.remove(tenant, { endpointId, grantId }, by);
  }
}
