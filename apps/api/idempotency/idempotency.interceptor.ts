import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, from, mergeMap, type Observable } from 'rxjs';
import { AppError } from '#domain';
import { CLOCK, type Clock } from '#platform';
import { callerOf, whoseOf } from '../access/caller.js';
import { giveAgain, keepableProblem } from './kept-answer.js';
import { RepeatableRequests, type RepeatableRequest } from './repeatable-requests.js';
import { requestHash } from './request-hash.js';

export const IDEMPOTENCY_HEADER = 'idempotency-key';

const KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/** POST only: everything else may be repeated anyway. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(RepeatableRequests) private readonly requests: RepeatableRequests,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws AppError 400 `idempotency.invalid_key`, 422 `idempotency.mismatch`, 409 `idempotency.in_progress` */
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const header = request.headers[IDEMPOTENCY_HEADER];
    if (request.method !== 'POST' || header === undefined) return next.handle();
    const caller = callerOf(request);
    const use = { actorId: caller.actor.id, key: readKey(String(header)), startedAt: this.clock.now() };
    const own: RepeatableRequest = { whose: whoseOf(caller), use };
    const { method, url, body } = request;
    const kept = await this.requests.begin(own, requestHash({ method, url, tenant: caller.tenant, body }));
    if (kept !== undefined) {
      void reply.header('idempotent-replayed', 'true');
      return from(Promise.resolve().then(() => giveAgain(kept)));
    }
    return next.handle().pipe(
      mergeMap((answer) => this.kept(own, reply.statusCode, answer)),
      catchError((thrown: unknown) => from(this.failed(own, thrown))),
    );
  }

  private async kept(own: RepeatableRequest, status: number, body: unknown): Promise<unknown> {
    await this.requests.finish(own, status, { kind: 'body', body });
    return body;
  }

  private async failed(own: RepeatableRequest, thrown: unknown): Promise<never> {
    const problem = keepableProblem(thrown);
    if (problem?.kind === 'problem') await this.requests.finish(own, problem.status, problem);
    else await this.requests.release(own);
    throw thrown;
  }
}

function readKey(header: string): string {
  if (KEY.test(header)) return header;
  throw new AppError(
    'rejected',
    'idempotency.invalid_key',
    'An Idempotency-Key has 1 to 255 printable ASCII characters, a random UUID for example.',
  );
}
