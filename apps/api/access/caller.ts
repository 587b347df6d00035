import type { FastifyRequest } from 'fastify';
import { AppError, type Actor, type Role, type TenantId } from '#domain';
import { OPERATOR, type PortalPass, type SignedIn, type Whose } from '#db';

/** Who makes a request, and for whom. */
export interface Caller {
  actor: Actor;
  /** Of an API key; of somebody who signed in, what comes of the role. */
  scopes: readonly string[];
  /** An operator's key or an operator, who may act for any tenant. */
  operator: boolean;
  /** The tenant that the request is about; null when none was named. */
  tenant: TenantId | null;
  /**
   * Of somebody who signed in; null for API keys. `needsTotp`: the tenant wants a second factor that they have not shown;
   * `needsSso`: it wants an identity provider to answer for them.
   */
  person: { signedIn: SignedIn; role: Role | null; needsTotp: boolean; needsSso: boolean } | null;
  /** Of who came by a portal link. */
  portal?: PortalPass;
}

type CallersRequest = FastifyRequest & { caller?: Caller };

export function setCaller(request: FastifyRequest, caller: Caller): void {
  (request as CallersRequest).caller = caller;
}

/** @throws when no guard has seen the request, which is a mistake of ours */
export function callerOf(request: FastifyRequest): Caller {
  const { caller } = request as CallersRequest;
  if (caller === undefined) throw new Error('This route has no CallerGuard.');
  return caller;
}

/** Whose rows the request is about. */
export function whoseOf(caller: Caller): Whose {
  return caller.tenant ?? OPERATOR;
}

/** @throws AppError 403 `session.required` for API keys and portals, which are nobody */
export function personIn(caller: Caller): SignedIn {
  if (caller.person !== null) return caller.person.signedIn;
  const message = 'This is for people who sign in, not for API keys and portals.';
  throw new AppError('rejected', 'session.required', message, { status: 403 });
}

/** @throws AppError 409 `portal.required` for API keys and people */
export function portalIn(caller: Caller): PortalPass {
  if (caller.portal !== undefined) return caller.portal;
  const message = 'This is for who came by a portal link: make one at POST /v1/portal-links.';
  throw new AppError('rejected', 'portal.required', message, { status: 409 });
}

export function tenantRequired(): AppError {
  return new AppError(
    'rejected',
    'tenant.required',
    'You may act for several tenants: say for which one with the header Switchhook-Tenant.',
  );
}
