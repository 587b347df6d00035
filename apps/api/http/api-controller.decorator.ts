import { Controller, UseGuards, UseInterceptors, UsePipes, applyDecorators } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccessGuard, Chapter } from '../access/access.guard.js';
import { CallerGuard } from '../access/caller.guard.js';
import type { Tag } from '../docs/tags.js';
import { IdempotencyInterceptor } from '../idempotency/idempotency.interceptor.js';
import { RateLimitGuard } from '../rate-limit/rate-limit.guard.js';
import { RequestPipe } from './validation.pipe.js';

/**
 * A controller of the REST API. Its guards are bound here and not to the application, which in standalone also serves
 * PBXs: who is it, how often, may they.
 */
export function ApiController(path: string, tag: Tag): ClassDecorator {
  return applyDecorators(
    Controller(`v1/${path}`),
    ApiTags(tag),
    Chapter(tag),
    UseGuards(CallerGuard, RateLimitGuard, AccessGuard),
    UseInterceptors(IdempotencyInterceptor),
    UsePipes(new RequestPipe()),
  );
}
