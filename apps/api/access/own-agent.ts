import { AppError, type AgentId } from '#domain';
import { personIn, type Caller } from './caller.js';

/** Who the caller is among the agents of the tenant; null for who is none. */
export function agentOf(caller: Caller): AgentId | null {
  if (caller.portal !== undefined) return caller.portal.portal.agentId;
  const { memberships } = personIn(caller).person;
  return memberships.find(({ tenantId }) => tenantId === caller.tenant)?.agentId ?? null;
}

/** @throws AppError 403 `session.required` for API keys; 409 `me.no_agent` for who is no agent of the tenant */
export function ownAgent(caller: Caller): AgentId {
  const agent = agentOf(caller);
  if (agent !== null) return agent;
  throw new AppError(
    'rejected',
    'me.no_agent',
    'You are none of the agents of this tenant, so no calls are yours. An admin can say which one you are.',
    { status: 409 },
  );
}
