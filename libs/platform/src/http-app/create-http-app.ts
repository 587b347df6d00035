import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import type { DynamicModule, Type } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { Env } from '../env/read-env.js';
import type { Log } from '../log/log.js';
import { nestLog } from '../log/nest-log.js';
import { ErrorFilter } from './error.filter.js';
import type { RawRoutes } from './raw-routes.js';
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
