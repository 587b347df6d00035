import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import type { DynamicModule, Type } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { AppError } from '#domain';
import type { Env } from '../env/read-env.js';
import type { Log } from '../log/log.js';
import { nestLog } from '../log/nest-log.js';
import { ErrorFilter } from './error.filter.js';
import { pathOf } from './path-of.js';
import type { RawRoutes } from './raw-routes.js';
import { RouteBook } from './route-book.js';
import { readJson } from './read-json.js';

/** Design: webhooks and API requests over this size get a 413. */
export const BODY_LIMIT_BYTES = 1024 * 1024;

/** One Nest application on Fastify, with our body parsing and our one error filter. Not yet listening. */
export async function createHttpApp(
  module: Type | DynamicModule,
  { env, log, raw }: { env: Env; log: Log; raw?: RawRoutes },
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: env.INGRESS_TRUST_PROXY,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 256, ignoreTrailingSlash: true },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: nestLog(log),
    bodyParser: false,
    abortOnError: false,
  });
  const fastify = app.getHttpAdapter().getInstance();
  endConnectionsAtStop(fastify);
  const routes = new RouteBook();
  fastify.addHook('onRoute', ({ method, url }) => {
    // Those who send webhooks are told in their own words, and of no methods.
    if (!(raw && url.startsWith(raw.prefix))) routes.add(method, url);
  });
  forbidSniffing(fastify, raw);
  answerOtherMethods(fastify, routes, raw);
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(
        null,
        raw && request.url.startsWith(raw.prefix) ? body : readJson(request.headers, body as Buffer),
      );
    } catch (error) {
      done(error as Error);
    }
  });
  app.useGlobalFilters(new ErrorFilter(log, raw));
  return app;
}

/**
 * A path that there is, asked with a method that it has not. OPTIONS is answered with what it has (RFC 9110, section 9.3.7), to
 * anybody; everything else is 405 before its body is looked at.
 */
function answerOtherMethods(fastify: FastifyInstance, routes: RouteBook, raw: RawRoutes | undefined): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const methods = raw && request.url.startsWith(raw.prefix) ? [] : routes.methodsAt(pathOf(request.url));
    if (methods.length === 0 || (request.method !== 'OPTIONS' && methods.includes(request.method))) {
      done();
      return;
    }
    void reply.header('allow', methods.join(', '));
    if (request.method === 'OPTIONS') void reply.status(204).send();
    else done(methodNotAllowed(request.method, methods));
  });
}

/** Browsers take our answers for what we say they are; a PBX is no browser, and its answers stay as its maker has them. */
function forbidSniffing(fastify: FastifyInstance, raw: RawRoutes | undefined): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!(raw && request.url.startsWith(raw.prefix))) void reply.header('x-content-type-options', 'nosniff');
    done();
  });
}

function methodNotAllowed(method: string, allowed: readonly string[]): AppError {
  const message = `This path is not asked with ${method}, but with ${allowed.join(', ')}.`;
  return new AppError('rejected', 'request.method_not_allowed', message, { status: 405 });
}

/** While we stop, an answer also ends its connection: a PBX that keeps it open would keep the process from ending. */
function endConnectionsAtStop(fastify: FastifyInstance): void {
  let stopping = false;
  fastify.addHook('preClose', (done) => {
    stopping = true;
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping) void reply.header('connection', 'close');
    done(null, payload);
  });
}
