import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Observable, tap } from 'rxjs';
import { expecting, type ExpectedVersion } from '#db';
import { etagOf, readIfMatch } from './etag.js';

/** Answers the version of one thing as its ETag, and lets it be changed on the condition that it still has one. */
@Injectable()
export class VersionInterceptor implements NestInterceptor {
  /** @throws AppError 400 `if_match.invalid`, 412 `resource.changed` */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const expected = expectedBy(request);
    const answers = expected === undefined ? next.handle() : handledIn(expected, next);
    return answers.pipe(
      tap((answer) => {
        if (expected?.isChecked === false) throw new Error('This change locks no row, so it has no version.');
        const etag = etagOf((answer as { updatedAt?: unknown } | undefined)?.updatedAt);
        if (etag !== undefined) void reply.header('etag', etag);
      }),
    );
  }
}

function expectedBy({ method, headers, params }: FastifyRequest): ExpectedVersion | undefined {
  const header = headers['if-match'];
  if (method === 'GET' || header === undefined) return undefined;
  const updatedAt = readIfMatch(header);
  const { id } = params as { id: string };
  return updatedAt === null ? undefined : { id: id.toLowerCase(), updatedAt, isChecked: false };
}

/** Whoever subscribes starts the work, so that is what has to happen under the condition. */
function handledIn(expected: ExpectedVersion, next: CallHandler): Observable<unknown> {
  return new Observable((subscriber) => expecting(expected, () => next.handle().subscribe(subscriber)));
}
