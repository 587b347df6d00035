import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor, TenantId } from '#domain';
import { callerOf, tenantRequired, type Caller } from './caller.js';

function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}

/** Parameter: the tenant that the request is about; routes for tenants always have one. */
export const Tenant = createParamDecorator((_: unknown, context: ExecutionContext): TenantId => {
  const { tenant } = callerOf(requestOf(context));
  if (tenant === null) throw tenantRequired();
  return tenant;
});

/** Parameter: all that is known of the caller, for routes that an operator without a tenant may use too. */
export const TheCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  return callerOf(requestOf(context));
});

/** Parameter: who makes the request, for the audit. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  return callerOf(requestOf(context)).actor;
});
