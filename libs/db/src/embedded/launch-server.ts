import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '#domain';
import type { ServerBinaries } from './server-binaries.js';
import type { ServerUser } from './server-user.js';

/** A server says within moments that it starts; how long it then works on what a crash left behind is its own affair. */
const SHOWS_ITSELF_WITHIN_MS = 30_000;
const RECOVERS_WITHIN_MS = 15 * 60_000;
const SAYS_SO_EVERY_MS = 10_000;
const LOOK_EVERY_MS = 15;

const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '120',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  // Small hot tables are emptied as fast as they fill; the default naps let dead rows pile up.
  autovacuum_naptime: '10s',
  jit: 'off',
};

/** What one start of a server needs; another start of it needs the same. */
export interface Launch {
  clusterDir: string;
  logFile: string;
  binaries: ServerBinaries;
  user: ServerUser;
  port: number;
  /** Server settings beside our own. */
  settings: Record<string, string>;
  say: (line: string) => void;
}

/** How a server ended, in words: "exit code 1", "signal SIGKILL". */
export type ServerExit = string;

/** A server process that takes connections. */
export interface LaunchedServer {
  child: ChildProcess;
  ended: Promise<ServerExit>;
}

/**
 * Starts the server and waits until it takes connections, however long it recovers.
 *
 * @param abandoned  asked again and again; true gives up
 * @throws AppError `embedded.start` with the last words of its log
 */
export async function launchServer(launch: Launch, abandoned: () => boolean): Promise<LaunchedServer> {
  const child = spawnServer(launch);
  const ended = new Promise<ServerExit>((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    child.once('exit', (code, signal) => {
      resolve(signal === null ? `exit code ${String(code)}` : `signal ${signal}`);
    });
  });
  let exit: ServerExit | undefined;
  void ended.then((how) => (exit = how));
  const startedAt = performance.now();
  let saidAt = startedAt;
  for (;;) {
    const state = stateOf(child, launch.clusterDir);
    if (state === 'ready') return { child, ended };
    const now = performance.now();
    const patienceMs = state === undefined ? SHOWS_ITSELF_WITHIN_MS : RECOVERS_WITHIN_MS;
    if (exit !== undefined || abandoned() || now - startedAt > patienceMs) break;
    if (now - saidAt > SAYS_SO_EVERY_MS) {
      saidAt = now;
      launch.say(`PostgreSQL is still starting (${String(Math.round((now - startedAt) / 1_000))} s)`);
    }
    await delay(LOOK_EVERY_MS);
  }
  child.kill('SIGQUIT');
  throw new AppError(
    'misconfigured',
    'embedded.start',
    `PostgreSQL did not start on ${launch.clusterDir}: ${lastWords(launch.logFile) || (exit ?? 'it said nothing')}. If the data is of no use, delete that folder; else see ${launch.logFile}.`,
  );
}

function spawnServer({ clusterDir, logFile, binaries, user, port, settings }: Launch): ChildProcess {
  const log = openSync(logFile, 'a', 0o600);
  const flags = Object.entries({ ...SETTINGS, ...settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  try {
    // A session of its own, so that Ctrl-C reaches us and not the server: it must outlive our last writes.
    const child = spawn(binaries.postgres, ['-D', clusterDir, ...flags], {
      ...(user ?? {}),
      cwd: clusterDir,
      detached: true,
      stdio: ['ignore', log, log],
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** What the server itself wrote down: `starting`, `ready`; undefined before it wrote anything. */
function stateOf(child: ChildProcess, clusterDir: string): string | undefined {
  const pidFile = join(clusterDir, 'postmaster.pid');
  try {
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    return lines[0] === String(child.pid) ? lines[7]?.trim() : undefined;
  } catch {
    return undefined;
  }
}

function lastWords(logFile: string): string {
  const text = existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
  return text.trim().split('\n').slice(-3).join(' | ');
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
