import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#domain';
import { setCaller } from './caller.js';
import { Identify } from './identify.js';

/** Who is it? See `Identify`. */
@Injectable()
export class CallerGuard implements CanActivate {
  constructor(@Inject(Identify) private readonly identify: Identify) {}

  /** @throws AppError as `Identify` does */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    // What the API answers belongs to one caller, and some of it is shown once.
    void reply.header('cache-control', 'no-store');
    const { method, headers, socket } = request;
    try {
      setCaller(
        request,
        await this.identify.caller({ method, headers, remoteAddress: socket.remoteAddress }),
      );
    } catch (error) {
      if (error instanceof AppError && error.status === 401) void reply.header('www-authenticate', 'Bearer');
      throw error;
    }
    return true;
  }
}
