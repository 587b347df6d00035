import type { AgentId, Actor, TenantId } from '#domain';
import type { AgentRecord, AgentRepository } from '#db';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk, type PageQueryDto } from '../http/page.dto.js';
import { timeText } from '../http/time-text.js';
import type { AgentPatchDto, NewAgentDto, PersonDto, PersonPageDto } from './agent.dto.js';

/** The people of a tenant who take and make calls. */
export class AgentDesk {
  constructor(private readonly agents: AgentRepository) {}

  async create(tenant: TenantId, draft: NewAgentDto, by: Actor): Promise<PersonDto> {
    const { name, email = null, code = null, externalId = null } = draft;
    return agentView(await this.agents.create(tenant, { name, email, code, externalId }, by));
  }

  async list(tenant: TenantId, query: PageQueryDto): Promise<PersonPageDto> {
    return pageAnswer(await this.agents.list(tenant, pageAsk(query)), agentView);
  }

  async get(tenant: TenantId, id: AgentId): Promise<PersonDto> {
    return agentView(found(await this.agents.get(tenant, id), 'agent'));
  }

  async patch(tenant: TenantId, id: AgentId, patch: AgentPatchDto, by: Actor): Promise<PersonDto> {
    return agentView(await this.agents.patch(tenant, id, { ...patch }, by));
  }

  async remove(tenant: TenantId, id: AgentId, by: Actor): Promise<void> {
    await this.agents.remove(tenant, id, by);
  }
}

export function agentView({ createdAt, updatedAt, ...agent }: AgentRecord): PersonDto {
  return { ...agent, createdAt: timeText(createdAt), updatedAt: timeText(updatedAt) };
}
