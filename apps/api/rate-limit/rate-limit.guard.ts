import {
  Inject,
  Injectable,
  type CanActivate,
  type ExecutionContext,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '#domain';
import { callerOf } from '../access/caller.js';
import { WINDOW_SECONDS, type RateLimiter } from './open-rate-limiter.js';
import { rateLimitHeaders, secondsUntil } from './rate-limit-headers.js';

export const RATE_LIMITER = Symbol('RateLimiter');

/** How often? Counts the requests of each actor: a key, a person, a portal. */
@Injectable()
export class RateLimitGuard implements CanActivate, OnApplicationShutdown {
  constructor(@Inject(RATE_LIMITER) private readonly limiter: RateLimiter) {}

  /** @throws AppError 429 `rate.limited` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const { used, allowed } = await this.count(callerOf(request).actor.id);
    const remaining = used.remainingPoints;
    const { msBeforeNext } = used;
    void reply.headers(
      rateLimitHeaders(this.limiter.limits.points, WINDOW_SECONDS, { remaining, msBeforeNext }),
    );
    if (allowed) return true;
    throw new AppError('rejected', 'rate.limited', 'You have used up your requests of this minute.', {
      status: 429,
      retryAfterSeconds: Math.max(1, secondsUntil(msBeforeNext)),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.limiter.close();
  }

  /** The library answers a refusal by rejecting with the count, and trouble by rejecting with an Error. */
  private async count(key: string): Promise<{ used: RateLimiterRes; allowed: boolean }> {
    try {
      return { used: await this.limiter.limits.consume(key), allowed: true };
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return { used: refusal, allowed: false };
      throw refusal;
    }
  }
}
