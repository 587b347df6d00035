import { Get, Inject, Param, Query } from '@nestjs/common';
import type { CallId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { CallDesk } from './call-desk.js';
import { CallStatsDesk } from './call-stats-desk.js';
import { CallStatsDto, CallStatsQueryDto } from './call-stats.dto.js';
import { CallsTodayDto, CallsTodayQueryDto } from './calls-today.dto.js';
import { CallQueryDto } from './call-query.dto.js';
import { CallDto, CallPageDto } from './call.dto.js';
import { TimelineDto } from './timeline.dto.js';

const ID = new IdPipe<CallId>('call');

@ApiController('calls', 'Calls')
@May('see')
export class CallsController {
  constructor(
    @Inject(CallDesk) private readonly desk: CallDesk,
    @Inject(CallStatsDesk) private readonly stats: CallStatsDesk,
  ) {}

  @Get()
  @Answers(200, 'List calls', { type: CallPageDto })
  list(@Tenant() tenant: TenantId, @Query() query: CallQueryDto): Promise<CallPageDto> {
    return this.desk.list(tenant, query);
  }

  @Get('stats')
  @Answers(200, 'Count calls', {
    type: CallStatsDto,
    about:
      'How many there were and how they ended, how many of those who called got somebody, how long it rang and was talked. ' +
      'Counted anew with each request: a few milliseconds for a thousand calls, seconds for hundreds of thousands.',
  })
  count(@Tenant() tenant: TenantId, @Query() query: CallStatsQueryDto): Promise<CallStatsDto> {
    return this.stats.of(tenant, query);
  }

  @Get('stats/today')
  @Answers(200, 'Count the calls of today', {
    type: CallsTodayDto,
    about: 'By queue and by agent, since midnight: for boards that are asked again and again.',
  })
  today(@Tenant() tenant: TenantId, @Query() query: CallsTodayQueryDto): Promise<CallsTodayDto> {
    return this.stats.today(tenant, query);
  }

  @Get(':id')
  @Answers(200, 'Get a call', { type: CallDto })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: CallId): Promise<CallDto> {
    return this.desk.get(tenant, id);
  }

  @Get(':id/timeline')
  @Answers(200, 'Get what happened to a call', {
    type: TimelineDto,
    about: 'Webhooks that came in, events made of them, deliveries owed for them, tries at those.',
  })
  @Problems(404)
  timeline(@Tenant() tenant: TenantId, @Param('id', ID) id: CallId): Promise<TimelineDto> {
    return this.desk.timeline(tenant, id);
  }
}
