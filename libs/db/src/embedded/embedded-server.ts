import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { AppError } from '#domain';
import { lockData } from './data-lock.js';
import { copyBinaries, serverBinaries, type ServerBinaries } from './server-binaries.js';
import { canReach, serverUser, type ServerUser } from './server-user.js';
import { stopStaleServer, untilGone } from './stale-server.js';

const SUPERUSER = 'switchhook';
const READY_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 15;

export interface EmbeddedServerOptions {
  /** Folder for the cluster, its log and its password. Made when missing. */
  dataDir: string;
  /** Server settings beside our own, e.g. `{ max_connections: '200' }`. */
  settings?: Record<string, string>;
  /** Told what is being done, one short line each. */
  onProgress?: (line: string) => void;
}

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

/**
 * A PostgreSQL of our own, from the binaries in node_modules, with its data below `dataDir`. The server outlives
 * neither `stop()` nor the next `start()`: one that a killed process left behind is stopped first.
 */
export class EmbeddedServer {
  readonly port: number;
  readonly clusterDir: string;
  private readonly password: string;

  private constructor(
    private readonly child: ChildProcess,
    private readonly lock: { release: () => void },
    { port, clusterDir, password }: { port: number; clusterDir: string; password: string },
  ) {
    this.port = port;
    this.clusterDir = clusterDir;
    this.password = password;
  }

  static async start(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
    const say = options.onProgress ?? (() => undefined);
    const wanted = resolve(options.dataDir);
    await makeFolder(wanted);
    const lock = lockData(join(wanted, 'switchhook.lock'));
    try {
      const user = await serverUser();
      const { home, binaries } = await placeFor(wanted, user, say);
      const clusterDir = join(home, 'postgres');
      const stopped = await stopStaleServer(clusterDir);
      if (stopped) say(`stopped the PostgreSQL (pid ${String(stopped)}) that an earlier run left behind`);
      const password = await ensureCluster(clusterDir, wanted, { binaries, user, say });
      const port = Number(options.settings?.['port'] ?? (await freePort()));
      const child = launch({
        clusterDir,
        logFile: join(home, 'postgres.log'),
        binaries,
        user,
        port,
        options,
      });
      await ready(child, clusterDir, join(home, 'postgres.log'));
      return new EmbeddedServer(child, lock, { port, clusterDir, password });
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** @param database  name of a database on this server */
  url(database: string): string {
    return `postgresql://${SUPERUSER}:${this.password}@127.0.0.1:${String(this.port)}/${database}`;
  }

  async ensureDatabase(name: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.url('postgres') });
    await client.connect();
    try {
      const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
      if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    } finally {
      await client.end();
    }
  }

  /** Fast shutdown: open transactions are rolled back, everything committed stays. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGINT');
      if (!(await untilGone(this.pid))) this.child.kill('SIGQUIT');
    }
    this.lock.release();
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new AppError(
      'misconfigured',
      'embedded.no_folder',
      `The data folder ${folder} cannot be made (${(cause as NodeJS.ErrnoException).code ?? 'error'}): set DATA_DIR to a folder that you may write to.`,
      { cause },
    );
  }
}

/** Where root keeps what the server's user could not reach in root's own folders. */
const SHARED_HOME = '/var/lib/switchhook';

/** Root may have cloned into a place that the server's user cannot enter; then the programs or the data live elsewhere. */
async function placeFor(
  wanted: string,
  user: ServerUser,
  say: (line: string) => void,
): Promise<{ home: string; binaries: ServerBinaries }> {
  const own = await serverBinaries();
  const binaries = (await canReach(own.postgres, user)) ? own : await copyBinaries(own, SHARED_HOME);
  if (await canReach(join(wanted, 'x'), user)) return { home: wanted, binaries };
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  const home = join(SHARED_HOME, name);
  say(`the user "postgres" cannot enter ${wanted}, so the database is kept in ${home}`);
  await mkdir(home, { recursive: true, mode: 0o755 });
  return { home, binaries };
}

async function ensureCluster(
  clusterDir: string,
  keep: string,
  { binaries, user, say }: { binaries: ServerBinaries; user: ServerUser; say: (line: string) => void },
): Promise<string> {
  const passwordFile = join(keep, 'postgres.password');
  if (existsSync(join(clusterDir, 'PG_VERSION'))) {
    const password = await readFile(passwordFile, 'utf8').catch(() => undefined);
    if (password) return password.trim();
    throw broken(keep, 'postgres.password is missing');
  }
  if (existsSync(clusterDir)) throw broken(keep, 'the database in it is not complete');
  say('making a PostgreSQL database (once)');
  const password = randomBytes(18).toString('base64url');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  const half = `${clusterDir}.new`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  const handOver = join(half, '..', 'initdb.password');
  await writeFile(handOver, `${password}\n`, { mode: 0o600 });
  if (user) {
    chownSync(half, user.uid, user.gid);
    chownSync(handOver, user.uid, user.gid);
  }
  try {
    await initdb(binaries, half, handOver, user);
  } finally {
    await rm(handOver, { force: true });
  }
  await rename(half, clusterDir);
  await chmod(clusterDir, 0o700);
  return password;
}

async function initdb(
  binaries: ServerBinaries,
  folder: string,
  pwfile: string,
  user: ServerUser,
): Promise<void> {
  const args = ['-D', folder, '-U', SUPERUSER, '-A', 'scram-sha-256', `--pwfile=${pwfile}`];
  const child = spawn(binaries.initdb, [...args, '--encoding=UTF8', '--no-locale', '--no-instructions'], {
    ...(user ?? {}),
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) {
    throw new AppError(
      'misconfigured',
      'embedded.initdb',
      `PostgreSQL could not be set up: ${complaint.trim()}`,
    );
  }
}

interface Launch {
  clusterDir: string;
  logFile: string;
  binaries: ServerBinaries;
  user: ServerUser;
  port: number;
  options: EmbeddedServerOptions;
}

function launch({ clusterDir, logFile, binaries, user, port, options }: Launch): ChildProcess {
  const log = openSync(logFile, 'a', 0o600);
  const settings = { ...SETTINGS, ...options.settings, port: String(port) };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // A session of its own, so that Ctrl-C reaches us and not the server: it must outlive our last writes.
  const child = spawn(binaries.postgres, ['-D', clusterDir, ...flags], {
    ...(user ?? {}),
    cwd: clusterDir,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  return child;
}

async function ready(child: ChildProcess, clusterDir: string, logFile: string): Promise<void> {
  let failed: Error | undefined;
  child.once('error', (error) => (failed = error));
  const pidFile = join(clusterDir, 'postmaster.pid');
  for (let waited = 0; waited < READY_WITHIN_MS; waited += LOOK_EVERY_MS) {
    if (failed ?? child.exitCode !== null) break;
    const lines = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').split('\n') : [];
    if (lines[0] === String(child.pid) && lines[7]?.trim() === 'ready') return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  const tail = (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '')
    .trim()
    .split('\n')
    .slice(-3)
    .join(' | ');
  child.kill('SIGQUIT');
  throw new AppError(
    'misconfigured',
    'embedded.start',
    `PostgreSQL did not start on ${clusterDir}: ${failed?.message ?? tail}. If the data is of no use, delete that folder; else see ${logFile}.`,
  );
}

function broken(folder: string, what: string): AppError {
  return new AppError(
    'misconfigured',
    'embedded.broken_data',
    `The data folder ${folder} is broken (${what}): restore it from a backup, or delete it to start empty.`,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
