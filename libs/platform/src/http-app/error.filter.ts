import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#domain';
import type { Log } from '../log/log.js';
import { logFailure } from '../log/log-failure.js';
import { pathOf } from './path-of.js';

/** RFC 9457. `code` is ours: stable, for programs. */
export interface ProblemDetails {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  instance?: string;
  [member: string]: unknown;
}

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Unauthorised',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request time-out',
  409: 'Conflict',
  410: 'Gone',
  413: 'Payload too large',
  414: 'URI too long',
  415: 'Unsupported media type',
  422: 'Unprocessable',
  429: 'Too many requests',
  431: 'Header fields too large',
  502: 'Bad gateway',
  503: 'Service unavailable',
  504: 'Gateway time-out',
};

export function problemOf(error: AppError, instance?: string): ProblemDetails {
  return {
    type: `https://switchhook.dev/problems/${error.code}`,
    title: TITLES[error.status] ?? (error.status >= 500 ? 'Internal error' : 'Bad request'),
    status: error.status,
    detail: error.message,
    code: error.code,
    ...(instance === undefined ? {} : { instance }),
    ...error.details,
  };
}

/** The one catch of an HTTP process: whatever was thrown becomes an AppError, and that an answer. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    this.answer(asAppError(thrown), request, reply);
  }

  /** Of a request that the router refuses before there is anything of Nest's about it. */
  beforeRouting(thrown: { code: string }, request: FastifyRequest, reply: FastifyReply): void {
    this.answer(UNROUTABLE[thrown.code] ?? asAppError(thrown), request, reply);
  }

  private answer(error: AppError, request: FastifyRequest, reply: FastifyReply): void {
    if (error.status >= 500) {
      // Without the query, which may hold a number.
      logFailure(this.log, 'request.failed', error, { path: barePath(request) });
    }
    if (error.retryAfterSeconds !== undefined)
      void reply.header('retry-after', String(error.retryAfterSeconds));
    void reply.status(error.status);
    void reply.type('application/problem+json').send(problemOf(error, pathOf(request.url)));
  }
}

const UNROUTABLE: Readonly<Record<string, AppError>> = {
  FST_ERR_BAD_URL: new AppError('rejected', 'request.invalid', 'The path is not percent-encoded UTF-8.'),
  FST_ERR_MAX_PARAM_LENGTH: new AppError('rejected', 'request.invalid', 'A part of the path is too long.', {
    status: 414,
  }),
};

/** Without the query; and where the path itself is a secret, its pattern. */
function barePath(request: FastifyRequest): string | undefined {
  const pattern = request.routeOptions.url;
  return pattern?.includes(':token') === true ? pattern : pathOf(request.url);
}

function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = (thrown as { code?: unknown }).code;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new AppError('rejected', 'request.too_large', 'The body is larger than 1 MiB.', { status: 413 });
  }
  const status =
    thrown instanceof HttpException ? thrown.getStatus() : (thrown as { statusCode?: number }).statusCode;
  if (status !== undefined && status >= 400 && status < 500) {
    const codes: Record<number, string> = { 404: 'resource.not_found', 405: 'request.method_not_allowed' };
    const message = status === 404 ? 'There is nothing at this path; see /docs.' : (thrown as Error).message;
    return new AppError('rejected', codes[status] ?? 'request.invalid', message, { status, cause: thrown });
  }
  return new AppError('misconfigured', 'internal.error', 'Something went wrong on our side; it is logged.', {
    status: 500,
    cause: thrown,
  });
}
