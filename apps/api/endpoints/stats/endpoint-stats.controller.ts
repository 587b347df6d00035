import { Get, Inject, Param, Query } from '@nestjs/common';
import type { EndpointId, TenantId } from '#domain';
import { May } from '../../access/access.guard.js';
import { Tenant } from '../../access/caller.decorator.js';
import { Answers } from '../../http/answers.decorator.js';
import { ApiController } from '../../http/api-controller.decorator.js';
import { IdPipe } from '../../http/id.pipe.js';
import { PageQueryDto } from '../../http/page.dto.js';
import { Problems } from '../../http/problem.dto.js';
import { StateChangePageDto } from './endpoint-history.dto.js';
import { EndpointStatsDesk } from './endpoint-stats-desk.js';
import {
  EndpointOverviewPageDto,
  EndpointOverviewQueryDto,
  EndpointStatsDto,
  EndpointStatsQueryDto,
} from './endpoint-stats.dto.js';

const ID = new IdPipe<EndpointId>('endpoint');

@ApiController('endpoints', 'Endpoints')
@May('see')
export class EndpointStatsController {
  constructor(@Inject(EndpointStatsDesk) private readonly desk: EndpointStatsDesk) {}

  @Get('stats')
  @Answers(200, 'List how endpoints fare', { type: EndpointOverviewPageDto })
  overview(
    @Tenant() tenant: TenantId,
    @Query() query: EndpointOverviewQueryDto,
  ): Promise<EndpointOverviewPageDto> {
    return this.desk.overview(tenant, query);
  }

  @Get(':id/stats')
  @Answers(200, 'Get how an endpoint fares', {
    type: EndpointStatsDto,
    about:
      'What came of its tries, by the minute up to three hours back, else by the hour; what waits for it, and when it goes on. ' +
      'Tries are counted in memory first: a forwarder that is killed takes those of ten seconds with it.',
  })
  @Problems(404)
  of(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Query() query: EndpointStatsQueryDto,
  ): Promise<EndpointStatsDto> {
    return this.desk.of(tenant, id, query);
  }

  @Get(':id/history')
  @Answers(200, "List an endpoint's changes of state", {
    type: StateChangePageDto,
    about:
      'Who enabled, paused or disabled it and why, we ourselves included, and when it began to fail and recovered.',
  })
  @Problems(404)
  history(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Query() query: PageQueryDto,
  ): Promise<StateChangePageDto> {
    return this.desk.history(tenant, id, query);
  }
}
