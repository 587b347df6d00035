import { Body, Inject, Param, Put } from '@nestjs/common';
import type { Actor, AgentId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { AgentStateDesk } from './agent-state-desk.js';
import { AgentStateDto, AgentStatePutDto } from './agent-state.dto.js';

@ApiController('agents/:id/state', 'Agent states')
@May('handle')
export class AgentStateController {
  constructor(@Inject(AgentStateDesk) private readonly desk: AgentStateDesk) {}

  @Put()
  @Answers(200, 'Say whether an agent may be called for', { type: AgentStateDto })
  @Problems(404)
  put(
    @Tenant() tenant: TenantId,
    @Param('id', new IdPipe<AgentId>('agent')) id: AgentId,
    @Body() state: AgentStatePutDto,
    @By() by: Actor,
  ): Promise<AgentStateDto> {
    return this.desk.set(tenant, id, state, by);
  }
}
