import { Module, type DynamicModule, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppError } from '#domain';
import type { Env } from '../env/read-env.js';
import { createLog, type Log } from '../log/log.js';
import { Metrics } from '../metrics/metrics.js';
import { serveMetrics, type MetricsServer } from '../metrics/serve-metrics.js';
import { PlatformModule } from '../platform.module.js';
import { createHttpApp } from './create-http-app.js';
import type { RawRoutes } from './raw-routes.js';

/** Where the separate programs listen unless they are told: they are made for containers, which publish what they want. */
const ANY_ADDRESS = '0.0.0.0';

/** The root of one process; what it holds is given to `register`. */
@Module({})
class ProcessModule {}

export interface ProcessParts {
  imports: (Type | DynamicModule)[];
  raw?: RawRoutes;
  /** Further set-up of the HTTP side before it listens, e.g. the API's documentation. */
  prepare?: (app: NestFastifyApplication) => void | Promise<void>;
  /** Runs after the application has closed. */
  afterClose?: () => Promise<void>;
}

export interface RunningProcess {
  app: NestFastifyApplication;
  log: Log;
  /** Where it listens, as a URL of this machine. */
  url: string;
  /** Settles when the process cannot go on, with why; with undefined when it is closed. */
  lost?: Promise<AppError | undefined>;
  /** Stops taking work, finishes what is in flight within the grace, closes everything. */
  close: () => Promise<void>;
}

/** Builds one process of ours and listens. Does not touch signals; see `runProcess`. */
export async function startProcess(
  name: string,
  env: Env,
  parts: ProcessParts,
  log?: Log,
): Promise<RunningProcess> {
  const ownLog = log ?? createLog(env.LOG_LEVEL, name);
  const root: DynamicModule = {
    module: ProcessModule,
    imports: [PlatformModule.with(env, ownLog, name), ...parts.imports],
  };
  const app = await createHttpApp(root, { env, log: ownLog, ...(parts.raw ? { raw: parts.raw } : {}) });
  await parts.prepare?.(app);
  const metrics = await listen(app, env).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const { port } = new URL(await app.getUrl());
  const close = async () => {
    await app.close();
    await metrics?.close();
    await parts.afterClose?.();
  };
  return { app, log: ownLog, url: `http://${hostFor(env.HOST)}:${port}`, close };
}

/** Metrics first: who may have a port of its own must have it before work comes in. */
async function listen(app: NestFastifyApplication, env: Env): Promise<MetricsServer | undefined> {
  let metrics: MetricsServer | undefined;
  if (env.METRICS_PORT !== undefined) {
    const place = { host: env.METRICS_HOST, port: env.METRICS_PORT };
    metrics = await serveMetrics(app.get(Metrics, { strict: false }), place).catch((error: unknown) => {
      throw explainListen(error, 'METRICS_PORT', place.port);
    });
  }
  try {
    await app.listen(env.PORT, env.HOST ?? ANY_ADDRESS);
  } catch (error) {
    await metrics?.close();
    throw explainListen(error, 'PORT', env.PORT);
  }
  return metrics;
}

function explainListen(error: unknown, setting: 'PORT' | 'METRICS_PORT', port: number): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  const what = code === 'EACCES' ? 'may not be used by this user' : 'is taken by another program';
  return new AppError(
    'misconfigured',
    'http.port',
    `Port ${String(port)} ${what}: stop that program, or set ${setting} to another one.`,
    { cause: error },
  );
}

/** The name by which this machine reaches an address that it listens on. */
function hostFor(address = ANY_ADDRESS): string {
  if (/^(0\.0\.0\.0|127\.0\.0\.1|::1?)$/.test(address)) return 'localhost';
  return address.includes(':') ? `[${address}]` : address;
}
