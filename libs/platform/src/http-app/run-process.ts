import { Module, type DynamicModule, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppError } from '#domain';
import type { Env } from '../env/read-env.js';
import { createLog, type Log } from '../log/log.js';
import { PlatformModule } from '../platform.module.js';
import { createHttpApp } from './create-http-app.js';
import type { RawRoutes } from './raw-routes.js';

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
  try {
    await app.listen(env.PORT, env.HOST);
  } catch (error) {
    await app.close();
    throw explainListen(error, env);
  }
  const { port } = new URL(await app.getUrl());
  const close = async () => {
    await app.close();
    await parts.afterClose?.();
  };
  return { app, log: ownLog, url: `http://localhost:${port}`, close };
}

function explainListen(error: unknown, env: Env): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  const what = code === 'EACCES' ? 'may not be used by this user' : 'is taken by another program';
  return new AppError(
    'misconfigured',
    'http.port',
    `Port ${String(env.PORT)} ${what}: stop that program, or set PORT to another one.`,
    { cause: error },
  );
}

/** The main function of a process: starts it, and stops it on SIGTERM or SIGINT. A failed start exits with 1 and one sentence. */
export async function runProcess(
  name: string,
  start: () => Promise<RunningProcess>,
): Promise<RunningProcess | undefined> {
  let running: RunningProcess;
  try {
    running = await start();
  } catch (error) {
    explain(name, error);
    process.exit(1);
  }
  stopOnSignal(running);
  return running;
}

/** One sentence on stderr for what the operator can mend; the whole error for what only we can. */
export function explain(name: string, error: unknown): void {
  const text =
    error instanceof AppError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`switchhook ${name}: ${text ?? 'failed'}\n`);
}

function stopOnSignal(running: RunningProcess): void {
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) {
      // A second Ctrl-C is an order.
      process.exit(130);
    }
    stopping = true;
    running.log.info({ signal }, 'process.stopping');
    running.close().then(
      () => {
        running.log.info({}, 'process.stopped');
        process.exit(0);
      },
      (error: unknown) => {
        running.log.error({ err: error }, 'process.stop_failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
