import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Identify } from '../access/identify.js';

/** For routes that anybody may use before signing in: only pages of ours may have a browser do it. */
@Injectable()
export class OurPageGuard implements CanActivate {
  constructor(@Inject(Identify) private readonly identify: Identify) {}

  /** @throws AppError 403 `session.cross_site` */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    void context.switchToHttp().getResponse<FastifyReply>().header('cache-control', 'no-store');
    this.identify.assertOurPage(request.headers);
    return true;
  }
}
