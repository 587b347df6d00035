import { Inject, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { AppError } from '#domain';
import { callerOf, tenantRequired, type Caller } from './caller.js';
import { allows, type Scope } from './scopes.js';

/** Who a route is for: a tenant, the operator, or either of them with what is their own. */
export type Audience = 'tenant' | 'operator' | 'either';

const NEEDS = 'switchhook:needs';
const AUDIENCE = 'switchhook:audience';

/** The scope that a route needs. Without it reading needs `read` and everything else `write`. */
export const Needs = (scope: Scope) => SetMetadata(NEEDS, scope);
/** Without it a route is for tenants. */
export const For = (audience: Audience) => SetMetadata(AUDIENCE, audience);

/** May they? */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  /** @throws AppError 403 `scope.missing`, `operator.required`; 400 `tenant.required` */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const targets = [context.getHandler(), context.getClass()];
    const stated = this.reflector.getAllAndOverride<Scope | undefined>(NEEDS, targets);
    const audience = this.reflector.getAllAndOverride<Audience | undefined>(AUDIENCE, targets) ?? 'tenant';
    const problem = judgeAccess(callerOf(request), stated ?? scopeOf(request.method), audience);
    if (problem) throw problem;
    return true;
  }
}

function scopeOf(method: string): Scope {
  return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
}

/** @returns why a caller may not use a route, or undefined when it may */
export function judgeAccess(caller: Caller, needed: Scope, audience: Audience): AppError | undefined {
  if (!allows(caller.scopes, needed)) {
    const message = `This API key lacks the scope "${needed}".`;
    return new AppError('rejected', 'scope.missing', message, { status: 403, details: { needed } });
  }
  if (audience === 'operator' && !caller.operator) {
    return new AppError('rejected', 'operator.required', 'Only an operator key may do this.', {
      status: 403,
    });
  }
  return audience === 'tenant' && caller.tenant === null ? tenantRequired() : undefined;
}
