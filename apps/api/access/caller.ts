import type { FastifyRequest } from 'fastify';
import { AppError, type Actor, type TenantId } from '#domain';
import { OPERATOR, type Whose } from '#db';

/** Who makes a request, and for whom. */
export interface Caller {
  actor: Actor;
  scopes: readonly string[];
  /** An operator's key, which may act for any tenant. */
  operator: boolean;
  /** The tenant that the request is about; null when an operator named none. */
  tenant: TenantId | null;
}

type CallersRequest = FastifyRequest & { caller?: Caller };

export function setCaller(request: FastifyRequest, caller: Caller): void {
  (request as CallersRequest).caller = caller;
}

/** @throws when no guard has seen the request, which is a mistake of ours */
export function callerOf(request: FastifyRequest): Caller {
  const { caller } = request as CallersRequest;
  if (caller === undefined) throw new Error('This route has no ApiKeyGuard.');
  return caller;
}

/** Whose rows the request is about. */
export function whoseOf(caller: Caller): Whose {
  return caller.tenant ?? OPERATOR;
}

export function tenantRequired(): AppError {
  return new AppError(
    'rejected',
    'tenant.required',
    'An operator key acts for a tenant: say which one with the header Switchhook-Tenant.',
  );
}
