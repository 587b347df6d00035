import { Get, Inject, Param } from '@nestjs/common';
import type { ConnectionId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ConnectionHealthDesk } from './connection-health-desk.js';
import { ConnectionHealthDto } from './connection-health.dto.js';

@ApiController('connections', 'Connections')
@May('see')
export class ConnectionHealthController {
  constructor(@Inject(ConnectionHealthDesk) private readonly desk: ConnectionHealthDesk) {}

  @Get(':id/health')
  @Answers(200, 'Get how a connection does', {
    type: ConnectionHealthDto,
    about:
      'Whether webhooks come and can be read, whether the clock of the PBX is understood, and which of its words are not.',
  })
  @Problems(404)
  get(
    @Tenant() tenant: TenantId,
    @Param('id', new IdPipe<ConnectionId>('connection')) id: ConnectionId,
  ): Promise<ConnectionHealthDto> {
    return this.desk.get(tenant, id);
  }
}
