import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import type { DynamicModule, Type } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#domain';
import type { Env } from '../env/read-env.js';
import type { Log } from '../log/log.js';
import { nestLog } from '../log/nest-log.js';
import { ErrorFilter } from './error.filter.js';
import { isLongBody } from './long-bodies.js';
import { openServer, type Doorway } from './open-server.js';
import { pathOf } from './path-of.js';
import type { ClientError, RawRoutes } from './raw-routes.js';
import { readJson } from './read-json.js';
import { refuseUnread } from './refuse-unread.js';
import { RouteBook } from './route-book.js';

/** Design: webhooks and API requests over this size get a 413. */
export const BODY_LIMIT_BYTES = 1024 * 1024;

/** One Nest application on Fastify, with our body parsing and our one error filter. Not yet listening. */
export async function createHttpApp(
  module: Type | DynamicModule,
  { env, log, raw }: { env: Env; log: Log; raw?: RawRoutes },
): Promise<NestFastifyApplication> {
  const errors = new ErrorFilter(log);
  const doorway: Doorway = { prefix: raw?.prefix ?? '/', door: undefined };
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    serverFactory: (framework: RequestListener) => openServer(framework, doorway, env),
    clientErrorHandler: (given: unknown, socket: Socket) => {
      // Its type says what the bytes look like in a log.
      const error = given as ClientError;
      if (isLongBody(error, socket)) return;
      if (doorway.door?.failed(error, socket) !== true) refuseUnread(error, socket, log);
    },
    forceCloseConnections: 'idle',
    frameworkErrors: (error: { code: string }, request: FastifyRequest, reply: FastifyReply) => {
      void reply.header('x-content-type-options', 'nosniff');
      errors.beforeRouting(error, request, reply);
    },
    routerOptions: { maxParamLength: 256, ignoreTrailingSlash: true },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: nestLog(log),
    bodyParser: false,
    abortOnError: false,
  });
  const fastify = app.getHttpAdapter().getInstance();
  doorway.door = raw?.doorOf(app);
  endConnectionsAtStop(fastify, doorway);
  const routes = new RouteBook();
  fastify.addHook('onRoute', ({ method, url }) => {
    routes.add(method, url);
  });
  forbidSniffing(fastify);
  answerOtherMethods(fastify, routes);
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, readJson(request.headers, body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  app.useGlobalFilters(errors);
  return app;
}

/**
 * A path that there is, asked with a method that it has not. OPTIONS is answered with what it has (RFC 9110, section 9.3.7), to
 * anybody; everything else is 405 before its body is looked at.
 */
function answerOtherMethods(fastify: FastifyInstance, routes: RouteBook): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const methods = routes.methodsAt(pathOf(request.url));
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
function forbidSniffing(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (_request, reply, done) => {
    void reply.header('x-content-type-options', 'nosniff');
    done();
  });
}

function methodNotAllowed(method: string, allowed: readonly string[]): AppError {
  const message = `This path is not asked with ${method}, but with ${allowed.join(', ')}.`;
  return new AppError('rejected', 'request.method_not_allowed', message, { status: 405 });
}

/** While we stop, an answer also ends its connection: a PBX that keeps it open would keep the process from ending. */
function endConnectionsAtStop(fastify: FastifyInstance, doorway: Doorway): void {
  let stopping = false;
  fastify.addHook('preClose', (done) => {
    stopping = true;
    doorway.door?.stopping();
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping) void reply.header('connection', 'close');
    done(null, payload);
  });
}
