import {
  agentStatusesWith,
  id,
  standingOfStatus,
  statusOfStanding,
  type Actor,
  type AgentId,
  type ConnectionId,
  type StatusWords,
  type TenantId,
} from '#domain';
import type { AgentRepository, AgentStateRecord, AgentStateRepository } from '#db';
import { found } from '../http/found.js';
import { timeText } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type {
  AgentStateDto,
  AgentStatePutDto,
  AgentStateQueryDto,
  AgentStatesDto,
  AgentStatusesDto,
  AgentStatusesPutDto,
} from './agent-state.dto.js';

export interface AgentStateDeskParts {
  states: AgentStateRepository;
  agents: Pick<AgentRepository, 'get'>;
}

/** Whether agents may be called for, as they or others said; and what their statuses are called. */
export class AgentStateDesk {
  constructor(private readonly parts: AgentStateDeskParts) {}

  async list(tenant: TenantId, { connectionId }: AgentStateQueryDto): Promise<AgentStatesDto> {
    const { states } = this.parts;
    const of = connectionId === undefined ? undefined : id<ConnectionId>(connectionId);
    const statuses = await this.statusesOf(tenant);
    return { data: (await states.list(tenant, of)).map((state) => stateView(state, statuses)) };
  }

  /** @throws AppError `resource.not_found` for somebody of whom nothing was said, too */
  async get(tenant: TenantId, agentId: AgentId): Promise<AgentStateDto> {
    const states = await this.parts.states.list(tenant);
    const state = states.find((one) => one.agentId === agentId);
    return stateView(
      found(state, 'state: nothing was said of this agent yet'),
      await this.statusesOf(tenant),
    );
  }

  /** @throws AppError `resource.not_found`, `request.invalid` */
  async set(tenant: TenantId, agentId: AgentId, wish: AgentStatePutDto, by: Actor): Promise<AgentStateDto> {
    const { standing, status = statusOfStanding(standing), extension = null } = wish;
    // Nobody learns from what is wrong with the rest whether there is such an agent.
    found(await this.parts.agents.get(tenant, agentId), 'agent');
    const statuses = await this.statusesOf(tenant);
    if (!statuses.some(({ number }) => number === status)) {
      throw invalidRequest([{ field: 'status', message: 'status must be a number of /v1/agent-statuses' }]);
    }
    const means = standingOfStatus(status);
    if (means !== standing) {
      const message = `status ${String(status)} means ${means}, and standing says ${standing}`;
      throw invalidRequest([{ field: 'status', message }]);
    }
    const fields = { connectionId: id<ConnectionId>(wish.connectionId), standing, status, extension };
    const { state } = await this.parts.states.set(tenant, agentId, fields, by);
    return stateView(state, statuses);
  }

  async statuses(tenant: TenantId): Promise<AgentStatusesDto> {
    return statusesView(await this.statusesOf(tenant));
  }

  async setStatuses(
    tenant: TenantId,
    { statuses }: AgentStatusesPutDto,
    by: Actor,
  ): Promise<AgentStatusesDto> {
    const own = statuses.map(({ number, name, color }) => ({ number, name, color }));
    await this.parts.states.setStatuses(tenant, own, by);
    return statusesView(agentStatusesWith(own));
  }

  private async statusesOf(tenant: TenantId): Promise<StatusWords[]> {
    return agentStatusesWith(await this.parts.states.statuses(tenant));
  }
}

function stateView(state: AgentStateRecord, statuses: readonly StatusWords[]): AgentStateDto {
  const { agentId, connectionId, standing, status, extension, since } = state;
  const statusName = statuses.find(({ number }) => number === status)?.name ?? null;
  return { agentId, connectionId, standing, status, statusName, extension, since: timeText(since) };
}

function statusesView(statuses: readonly StatusWords[]): AgentStatusesDto {
  return { data: statuses.map((status) => ({ ...status, standing: standingOfStatus(status.number) })) };
}
