import { agentStatusesWith, type Actor, type AgentEntry, type People, type ToldStatus } from '#domain';
import type { AgentStateRepository, PeopleRepository, VendorNumberRepository } from '#db';
import type { OpenPbx } from '../../pbx/open-pbx.js';
import { actorOf, failed, told, type Asker, type CarryOut } from './asking.js';
import type { Office } from './office.js';

export interface AgentParts {
  people: Pick<PeopleRepository, 'of'>;
  states: Pick<AgentStateRepository, 'set' | 'statuses'>;
  numbers: Pick<VendorNumberRepository, 'of' | 'subjectOf'>;
  office: Pick<Office, 'agents'>;
  pbxs: Pick<OpenPbx, 'find'>;
}

/** Logs an agent in or out, or says why one is away: kept by us, and told to the PBX where it has such a thing. */
export function setAgentState(parts: AgentParts): CarryOut<'set_agent_state'> {
  const { people, states, numbers, pbxs } = parts;
  return async (ask, asker) => {
    const { tenantId, connectionId, scope, agentId } = asker.credential;
    const directory = (await people.of(tenantId, [connectionId])).get(connectionId)?.people;
    const agent = directory && (await agentOf(directory, ask, asker, numbers));
    if (!agent) return failed({ code: 'not_found', reason: 'There is no such user' });
    if (scope === 'agent' && agent.id !== agentId) {
      return failed({ code: 'unauthorised', reason: 'This credential is for one agent alone' });
    }
    const pbx = await pbxs.find(tenantId, connectionId);
    if (pbx?.record.enabled && pbx.driver.setAgentState) {
      const { standing, status, extension, queue = null } = ask;
      const wanted = { code: agent.code, extension, queue, standing, status };
      const answer = await pbx.driver.setAgentState(wanted, pbx.account, pbx.io);
      if (answer.kind === 'refused') return failed({ code: 'refused', reason: answer.reason });
      if (answer.kind === 'unknown') return failed({ code: 'unknown', reason: answer.why });
    }
    const { standing, status, extension } = ask;
    const by: Actor = { kind: 'system', id: actorOf(asker) };
    const set = await states.set(tenantId, agent.id, { connectionId, standing, status, extension }, by);
    const number = (await numbers.of(tenantId, connectionId, 'agent', [agent.id])).get(agent.id) ?? 0;
    const { name, code } = agent;
    return told({
      kind: 'set_agent_state',
      agent: {
        number,
        name,
        code,
        extension,
        queue: ask.queue ?? null,
        standing,
        status,
        since: set.state.since,
      },
      changed: set.changed,
    });
  };
}

async function agentOf(
  people: People,
  { agent, extension }: { agent: string | null; extension: string | null },
  asker: Asker,
  numbers: AgentParts['numbers'],
): Promise<AgentEntry | undefined> {
  if (agent === null) return people.agent(extension, null);
  const named = people.agentNamed(agent);
  if (named || !/^\d{1,9}$/.test(agent)) return named;
  const { tenantId, connectionId } = asker.credential;
  const subject = await numbers.subjectOf(tenantId, connectionId, 'agent', Number(agent));
  return subject === undefined ? undefined : people.agentOfId(subject as AgentEntry['id']);
}

export function agentStates({ office }: AgentParts): CarryOut<'agent_states'> {
  return async ({ agent }, asker) => {
    const agents = await office.agents(asker);
    const found = agents.filter(
      (one) =>
        agent === undefined || one.code === agent || String(one.number) === agent || one.extension === agent,
    );
    return told({ kind: 'agent_states', agents: found });
  };
}

export function agentStatuses({ states }: AgentParts): CarryOut<'agent_statuses'> {
  return async (_, asker) => {
    const named = await states.statuses(asker.credential.tenantId);
    const statuses = agentStatusesWith(named).map(({ number, name, color }): ToldStatus => ({
      status: number,
      name,
      color,
    }));
    return told({ kind: 'agent_statuses', statuses });
  };
}
