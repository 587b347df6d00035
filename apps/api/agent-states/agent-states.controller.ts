import { Get, Inject, Query } from '@nestjs/common';
import type { TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { AgentStateDesk } from './agent-state-desk.js';
import { AgentStateQueryDto, AgentStatesDto } from './agent-state.dto.js';

@ApiController('agent-states', 'Agent states')
@May('see')
export class AgentStatesController {
  constructor(@Inject(AgentStateDesk) private readonly desk: AgentStateDesk) {}

  @Get()
  @Answers(200, 'List whether agents may be called for', { type: AgentStatesDto })
  list(@Tenant() tenant: TenantId, @Query() query: AgentStateQueryDto): Promise<AgentStatesDto> {
    return this.desk.list(tenant, query);
  }
}
