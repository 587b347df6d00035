import { join, resolve } from 'node:path';
import pg from 'pg';
import { lockData } from './data-lock.js';
import { endOrphans } from './end-orphans.js';
import {
  freePort,
  launchServer,
  type Launch,
  type LaunchedServer,
  type ServerExit,
} from './launch-server.js';
import { SUPERUSER, broken, ensureCluster, hasCluster, makeFolder, placeFor } from './make-cluster.js';
import { serverUser } from './server-user.js';
import { stopStaleServer, untilGone } from './stale-server.js';

export interface EmbeddedServerOptions {
  /** Folder for the cluster, its log and its password. Made when missing. */
  dataDir: string;
  /** Server settings beside our own, e.g. `{ max_connections: '200' }`. */
  settings?: Record<string, string>;
  /** Told what is being done, one short line each. */
  onProgress?: (line: string) => void;
}

/**
 * A PostgreSQL of our own, from the binaries in node_modules, with its data below `dataDir`. The server outlives
 * neither `stop()` nor the next `start()`: one that a killed process left behind is stopped first.
 */
export class EmbeddedServer {
  private readonly stopper = new AbortController();
  /** A start that is under way. */
  private starting: Promise<unknown> = Promise.resolve();

  private constructor(
    private server: LaunchedServer,
    private readonly launch: Launch,
    private readonly lock: { release: () => void },
    private readonly password: string,
  ) {
    process.on('exit', this.abandon);
  }

  /** @throws AppError with a sentence about what is wrong */
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
      const settings = options.settings ?? {};
      const port = Number(settings['port'] ?? (await freePort()));
      const launch = {
        clusterDir,
        logFile: join(home, 'postgres.log'),
        binaries,
        user,
        port,
        settings,
        say,
      };
      return new EmbeddedServer(await launchServer(launch, () => false), launch, lock, password);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  get port(): number {
    return this.launch.port;
  }

  get clusterDir(): string {
    return this.launch.clusterDir;
  }

  get pid(): number {
    return this.server.child.pid ?? 0;
  }

  /** Resolves when the server of the last start has ended, by whatever; at once when it is dead already. */
  get ended(): Promise<ServerExit> {
    return this.server.ended;
  }

  /** Aborted when nobody wants it any more. */
  get stopping(): AbortSignal {
    return this.stopper.signal;
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

  /**
   * Starts a server that has ended again: the same data, the same URL. Never makes a new database in place of one that is gone.
   * @throws AppError with a sentence about what is wrong
   */
  startAgain(): Promise<void> {
    const starting = this.launchAgain();
    this.starting = starting.catch(() => undefined);
    return starting;
  }

  private async launchAgain(): Promise<void> {
    const { clusterDir } = this.launch;
    if (!hasCluster(clusterDir)) throw broken(clusterDir, 'the database in it is gone');
    await endOrphans(clusterDir);
    await stopStaleServer(clusterDir);
    this.server = await launchServer(this.launch, () => this.stopping.aborted);
  }

  /** Fast shutdown: open transactions are rolled back, everything committed stays. */
  async stop(): Promise<void> {
    this.stopper.abort();
    await this.starting;
    const { child } = this.server;
    // The last one is for a server that somebody has frozen.
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
      if (child.exitCode !== null || child.signalCode !== null) break;
      child.kill(signal);
      await untilGone(this.pid);
    }
    process.off('exit', this.abandon);
    this.lock.release();
  }

  /** Whoever exits without having stopped it does not leave it behind either. */
  private readonly abandon = (): void => {
    this.server.child.kill('SIGINT');
  };
}
