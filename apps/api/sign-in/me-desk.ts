import { RIGHTS_OF } from '#domain';
import type { AgentRepository } from '#db';
import { personIn, type Caller } from '../access/caller.js';
import { agentView } from '../people/agent-desk.js';
import type { MeDto } from './me.dto.js';
import { membershipView } from './session-desk.js';

/** What people ask of themselves. */
export class MeDesk {
  constructor(private readonly agents: Pick<AgentRepository, 'get'>) {}

  async get(caller: Caller): Promise<MeDto> {
    const { person } = personIn(caller);
    const { id, email, name, hasTotp, memberships } = person;
    const { tenant } = caller;
    const role = caller.person?.role ?? null;
    const agentId = memberships.find(({ tenantId }) => tenantId === tenant)?.agentId ?? null;
    const agent = tenant === null || agentId === null ? undefined : await this.agents.get(tenant, agentId);
    return {
      user: { id, email, name, hasTotp },
      tenantId: tenant,
      role,
      rights: role === null ? ['own'] : [...RIGHTS_OF[role]],
      memberships: memberships.map(membershipView),
      agent: agent === undefined ? null : agentView(agent),
    };
  }
}
