import { Body, Get, Inject, Put } from '@nestjs/common';
import type { Actor, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { AgentStateDesk } from './agent-state-desk.js';
import { AgentStatusesDto, AgentStatusesPutDto } from './agent-state.dto.js';

@ApiController('agent-statuses', 'Agent states')
export class AgentStatusesController {
  constructor(@Inject(AgentStateDesk) private readonly desk: AgentStateDesk) {}

  @Get()
  @May('look_up')
  @Answers(200, 'List the statuses that agents may have', {
    type: AgentStatusesDto,
    about: 'By the names and colours of the tenant, else by those that everybody has.',
  })
  list(@Tenant() tenant: TenantId): Promise<AgentStatusesDto> {
    return this.desk.statuses(tenant);
  }

  @Put()
  @May('manage')
  @Answers(200, 'Say what the statuses of agents are called', { type: AgentStatusesDto })
  put(
    @Tenant() tenant: TenantId,
    @Body() statuses: AgentStatusesPutDto,
    @By() by: Actor,
  ): Promise<AgentStatusesDto> {
    return this.desk.setStatuses(tenant, statuses, by);
  }
}
