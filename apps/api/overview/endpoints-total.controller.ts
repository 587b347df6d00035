import { Get, Inject, Query } from '@nestjs/common';
import type { TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { Tenant } from '../access/caller.decorator.js';
import { EndpointStatsQueryDto } from '../endpoints/stats/endpoint-stats.dto.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { OverviewDesk } from './overview-desk.js';
import { EndpointsTotalDto } from './overview.dto.js';

@May('see')
@ApiController('endpoints/stats', 'Endpoints')
export class EndpointsTotalController {
  constructor(@Inject(OverviewDesk) private readonly desk: OverviewDesk) {}

  @Get('total')
  @Answers(200, 'Get how all endpoints fare together', {
    type: EndpointsTotalDto,
    about: 'The sum of the statistics of each, and what waits for them.',
  })
  total(@Tenant() tenant: TenantId, @Query() query: EndpointStatsQueryDto): Promise<EndpointsTotalDto> {
    return this.desk.endpoints(tenant, query);
  }
}
