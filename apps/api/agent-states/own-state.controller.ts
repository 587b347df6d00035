import { Body, Get, Inject, Put } from '@nestjs/common';
import type { Actor, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant, TheCaller } from '../access/caller.decorator.js';
import type { Caller } from '../access/caller.js';
import { ownAgent } from '../access/own-agent.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { Problems } from '../http/problem.dto.js';
import { AgentStateDesk } from './agent-state-desk.js';
import { AgentStateDto, AgentStatePutDto } from './agent-state.dto.js';

/** For agents: whoever signed in and is linked to one. */
@ApiController('me/state', 'Me')
@May('own')
export class OwnStateController {
  constructor(@Inject(AgentStateDesk) private readonly desk: AgentStateDesk) {}

  @Get()
  @Answers(200, 'Get whether I may be called for', {
    type: AgentStateDto,
    about: '404: nothing was said yet.',
  })
  @Problems(404, 409)
  get(@Tenant() tenant: TenantId, @TheCaller() caller: Caller): Promise<AgentStateDto> {
    return this.desk.get(tenant, ownAgent(caller));
  }

  @Put()
  @Answers(200, 'Say whether I may be called for', { type: AgentStateDto })
  @Problems(404, 409)
  put(
    @Tenant() tenant: TenantId,
    @TheCaller() caller: Caller,
    @Body() state: AgentStatePutDto,
    @By() by: Actor,
  ): Promise<AgentStateDto> {
    return this.desk.set(tenant, ownAgent(caller), state, by);
  }
}
