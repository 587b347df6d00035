import { Body, Delete, Get, Inject, Param, Put, Query } from '@nestjs/common';
import type { Actor, ConnectionId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { PageQueryDto } from '../http/page.dto.js';
import { Problems } from '../http/problem.dto.js';
import { DidPipe } from './did.pipe.js';
import { IvrRouteDesk } from './ivr-route-desk.js';
import { IvrRouteOnceDto, IvrRoutePageDto, IvrRoutePutDto } from './ivr-route.dto.js';

const CONNECTION = new IdPipe<ConnectionId>('connection');
const DID = new DidPipe();

@ApiController('connections/:connection/ivr-routes', 'IVR')
@May('manage')
export class IvrRoutesController {
  constructor(@Inject(IvrRouteDesk) private readonly desk: IvrRouteDesk) {}

  @Get()
  @May('see')
  @Answers(200, 'List the IVR routes of a connection', { type: IvrRoutePageDto })
  @Problems(404)
  list(
    @Tenant() tenant: TenantId,
    @Param('connection', CONNECTION) connection: ConnectionId,
    @Query() query: PageQueryDto,
  ): Promise<IvrRoutePageDto> {
    return this.desk.list(tenant, connection, query);
  }

  @Put(':did')
  @Answers(200, 'Set who answers for callers of a number', {
    type: IvrRouteOnceDto,
    about:
      '`did` is the number as the PBX prints it or E.164, or `default` for every number without a route of its own. A default answer that cannot be used is answered with `ivr_answer.invalid` and its `problems`.',
  })
  @Problems(404, 409)
  put(
    @Tenant() tenant: TenantId,
    @Param('connection', CONNECTION) connectionId: ConnectionId,
    @Param('did', DID) did: string,
    @Body() put: IvrRoutePutDto,
    @By() by: Actor,
  ): Promise<IvrRouteOnceDto> {
    return this.desk.put(tenant, { connectionId, did }, put, by);
  }

  @Delete(':did')
  @Answers(204, 'Delete an IVR route')
  @Problems(404)
  remove(
    @Tenant() tenant: TenantId,
    @Param('connection', CONNECTION) connectionId: ConnectionId,
    @Param('did', DID) did: string,
    @By() by: Actor,
  ): Promise<void> {
    return this.desk.remove(tenant, { connectionId, did }, by);
  }
}
