import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import type { DynamicModule, Type } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '#domain';
import type { Env } from '../env/read-env.js';
import type { Log } from '../log/log.js';
import { nestLog } from '../log/nest-log.js';
import { ErrorFilter } from './error.filter.js';
import { openServer, type Doorway } from './open-server.js';
import type { ClientError, RawRoutes } from './raw-routes.js';
import { refuseUnread } from './refuse-unread.js';

/** Design: webhooks and API requests over this size get a 413. */
export const BODY_LIMIT_BYTES = 1024 * 1024;

/** One Nest application on Fastify, with our body parsing and our one error filter. Not yet listening. */
export async function createHttpApp(
  module: Type | DynamicModule,
  { env, log, raw }: { env: Env; log: Log; raw?: RawRoutes },
): Promise<NestFastifyApplication> {
  const doorway: Doorway = { prefix: raw?.prefix ?? '/', door: undefined };
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: (_address: string, hop: number) => hop < env.INGRESS_TRUST_PROXY,
    serverFactory: (framework: RequestListener) => openServer(framework, doorway, env),
    clientErrorHandler: (given: unknown, socket: Socket) => {
      // Its type says what the bytes look like in a log.
      const error = given as ClientError;
      if (doorway.door?.failed(error, socket) !== true) refuseUnread(error, socket, log);
    },
    forceCloseConnections: 'idle',
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
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, readJson(request, body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  app.useGlobalFilters(new ErrorFilter(log));
  return app;
}

function readJson(request: FastifyRequest, body: Buffer): unknown {
  if (body.length === 0) return undefined;
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json' && !type.endsWith('+json')) {
    throw new AppError('rejected', 'request.unsupported_media_type', 'Send the body as application/json.', {
      status: 415,
    });
  }
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AppError('rejected', 'request.invalid_json', 'The body is not valid JSON.');
  }
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
