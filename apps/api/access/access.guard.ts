import {
  Inject,
  Injectable,
  SetMetadata,
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AppError, rolesWith, type Right } from '#domain';
import { callerOf, tenantRequired, type Caller } from './caller.js';
import type { Tag } from '../docs/tags.js';
import { judgePortal } from './judge-portal.js';
import { judgeRole } from './judge-role.js';
import { allows, type Scope } from './scopes.js';

/** Who a route is for: a tenant, the operator, or either of them with what is their own. */
export type Audience = 'tenant' | 'operator' | 'either';

const NEEDS = 'switchhook:needs';
const AUDIENCE = 'switchhook:audience';
/** Where a route's right is kept. */
export const MAY = 'switchhook:may';
const CHAPTER = 'switchhook:chapter';
/** Member of an operation in the OpenAPI document: the roles that may. */
export const ROLES_MEMBER = 'x-roles';

/** The scope that an API key needs. Without it reading needs `read` and everything else `write`. */
export const Needs = (scope: Scope) => SetMetadata(NEEDS, scope);
/** Without it a route is for tenants. */
export const For = (audience: Audience) => SetMetadata(AUDIENCE, audience);
/**
 * The right that people need, which says by `RIGHTS_OF` which roles may. Every route has one, its own or its controller's: one
 * without is for nobody who signs in, and the OpenAPI document is not written.
 */
export const May = (right: Right): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(MAY, right), ApiExtension(ROLES_MEMBER, rolesWith(right)));

/** The chapter of the API that a controller is in, by which portals are let in. */
export const Chapter = (tag: Tag) => SetMetadata(CHAPTER, tag);

/** May they? */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  /** @throws AppError 403 `scope.missing`, `role.missing`, `portal.*`, `operator.required`; 400 `tenant.required` */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const targets = [context.getHandler(), context.getClass()];
    const stated = <T>(key: string) => this.reflector.getAllAndOverride<T | undefined>(key, targets);
    const problem = judgeAccess(callerOf(request), {
      scope: stated<Scope>(NEEDS) ?? scopeOf(request.method),
      audience: stated<Audience>(AUDIENCE) ?? 'tenant',
      right: stated<Right>(MAY),
      tag: stated<Tag>(CHAPTER),
    });
    if (problem) throw problem;
    return true;
  }
}

/** What a route says of itself. */
export interface RouteAccess {
  scope: Scope;
  audience: Audience;
  /** Undefined: for nobody who signs in. */
  right: Right | undefined;
  /** Undefined: for no portal. */
  tag?: Tag | undefined;
}

function scopeOf(method: string): Scope {
  return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
}

/** @returns why a caller may not use a route, or undefined when it may */
export function judgeAccess(caller: Caller, route: RouteAccess): AppError | undefined {
  const problem = judgeKind(caller, route);
  if (problem) return problem;
  if (route.audience === 'operator' && !caller.operator) {
    return new AppError('rejected', 'operator.required', 'Only an operator may do this.', { status: 403 });
  }
  return route.audience === 'tenant' && caller.tenant === null ? tenantRequired() : undefined;
}

function judgeKind(caller: Caller, route: RouteAccess): AppError | undefined {
  const { person, portal } = caller;
  if (portal !== undefined) return judgePortal(portal.portal, { tag: undefined, ...route });
  return person === null ? judgeScope(caller, route.scope) : judgeRole(person, route);
}

function judgeScope({ scopes }: Caller, needed: Scope): AppError | undefined {
  if (allows(scopes, needed)) return undefined;
  const message = `This API key lacks the scope "${needed}".`;
  return new AppError('rejected', 'scope.missing', message, { status: 403, details: { needed } });
}
