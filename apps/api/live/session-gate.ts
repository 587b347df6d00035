import { AppError, id, type SessionId, type TenantId } from '#domain';
import type { MembershipRecord, SessionRepository } from '#db';
import { judgeAccess } from '../access/access.guard.js';
import { tenantRequired } from '../access/caller.js';
import { judgeSignIn } from '../access/judge-role.js';
import type { Identify } from '../access/identify.js';
import type { LiveGate, LiveIdentity, LiveRequest } from './live-identity.js';

export interface SessionGateParts {
  identify: Pick<Identify, 'caller'>;
  sessions: Pick<SessionRepository, 'standing'>;
}

/** What a connection of somebody who signed in stands on: the session, and what they were when they came. */
interface Standing {
  session: SessionId;
  /** Undefined for an operator, who is so everywhere. */
  tenant: TenantId | undefined;
  role: string;
  agent: string | undefined;
}

/** Lets in people who signed in: whoever may see the tenant's calls hears all, an agent what is its own. */
export class SessionGate implements LiveGate {
  constructor(private readonly parts: SessionGateParts) {}

  /** @throws AppError `session.*`, `role.missing`, `totp.required`, `sso.required`, `tenant.*`, `live.no_agent`, `resource.not_found` */
  async identify({ tenant: wanted, headers, peer }: LiveRequest): Promise<LiveIdentity> {
    const asking = { method: 'HANDSHAKE', headers, remoteAddress: peer, tenant: wanted };
    const caller = await this.parts.identify.caller(asking);
    const { tenant, person } = caller;
    const refusal = judgeAccess(caller, { scope: 'read', audience: 'tenant', right: 'see' });
    const isAgent = person?.role === 'agent' && judgeSignIn(person) === undefined;
    if (refusal && !isAgent) throw refusal;
    if (tenant === null || person?.role == null) throw tenantRequired();
    const { session, person: who } = person.signedIn;
    const { role } = person;
    const stands: Standing = {
      session: session.id,
      tenant: role === 'operator' ? undefined : tenant,
      role,
      agent: undefined,
    };
    if (!isAgent) return { tenant, standsOn: nameOf(stands), agents: 'all' };
    const agentId = who.memberships.find(({ tenantId }) => tenantId === tenant)?.agentId ?? null;
    if (agentId === null) throw noAgent();
    return { tenant, standsOn: nameOf({ ...stands, agent: agentId }), agents: [agentId] };
  }

  /** Whoever signed out, or is not any more what they were. */
  async fallen(standsOn: readonly string[]): Promise<string[]> {
    const read = standsOn.map((name) => ({ name, stands: JSON.parse(name) as Standing }));
    const standing = await this.parts.sessions.standing(
      read.map(({ stands }) => id<SessionId>(stands.session)),
    );
    return read
      .filter(({ stands }) => !(standing.get(stands.session) ?? []).some((member) => isSame(member, stands)))
      .map(({ name }) => name);
  }
}

function isSame({ tenantId, role, agentId }: MembershipRecord, stands: Standing): boolean {
  const isThere = (tenantId ?? undefined) === stands.tenant && role === stands.role;
  return isThere && (stands.agent === undefined || agentId === stands.agent);
}

function nameOf(standing: Standing): string {
  return JSON.stringify(standing);
}

function noAgent(): AppError {
  const message =
    'You are none of the agents that calls are told with: ask an administrator to link you to one.';
  return new AppError('rejected', 'live.no_agent', message, { status: 403 });
}
