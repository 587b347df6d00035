/** The product's own processes, from the production build, as an operator runs them: one for each app, or one for all. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { programOf, type Build } from './build.js';
import { Child } from './child.js';
import { complaintsIn } from './complaints.js';
import { freePort } from './free-port.js';
import type { Playing } from './playing.js';

export const APPS = ['ingress', 'api', 'enricher', 'forwarder', 'popup', 'dialer'] as const;
export type AppName = (typeof APPS)[number];
/** Where one api process is not enough to show something. */
export const SECOND_API = 'api-2';
export const SECOND_DIALER = 'dialer-2';
/** What those run that are there twice. */
const SECONDS: Readonly<Record<string, AppName>> = { [SECOND_API]: 'api', [SECOND_DIALER]: 'dialer' };
/** A process of the product; `standalone` holds all the apps. */
export type ProcessName = AppName | typeof SECOND_API | typeof SECOND_DIALER | 'standalone';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;
const GRACE_SECONDS = 3;
/** More are not looked at. */
const LOG_LINES = 5_000;

export interface ProductSettings {
  build: Build;
  /** Undefined for a standalone that brings its own. */
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  folder: string;
}

export class Product implements Playing {
  readonly adminKey = `sk_bench_${randomBytes(24).toString('base64url')}`;
  private readonly secretKeys = `bench:${randomBytes(32).toString('base64')}`;
  private readonly running = new Map<ProcessName, Child>();

  private constructor(
    private readonly settings: ProductSettings,
    private readonly ports: ReadonlyMap<ProcessName, number>,
  ) {}

  static async plan(settings: ProductSettings): Promise<Product> {
    const names =
      settings.databaseUrl === undefined
        ? (['standalone'] as const)
        : ([...APPS, SECOND_API, SECOND_DIALER] as const);
    const ports = await Promise.all(names.map(async (name) => [name, await freePort()] as const));
    return new Product(settings, new Map<ProcessName, number>(ports));
  }

  /** Where standalone keeps its database. */
  get dataDir(): string {
    return join(this.settings.folder, 'data');
  }

  url(app: ProcessName): string {
    return `http://127.0.0.1:${String(this.ports.get(this.processOf(app)))}`;
  }

  /** The processes that run. */
  get processes(): ProcessName[] {
    return [...this.running.keys()];
  }

  /** @throws Error when it is not running */
  child(app: ProcessName): Child {
    const child = this.running.get(this.processOf(app));
    if (!child) throw new Error(`${app} was not started.`);
    return child;
  }

  /**
   * Starts it, also after it was killed, on the same port. Resolves when it is ready.
   *
   * @param until  the probe that says so
   * @param flags  of Node's, beside those that it is always started with
   */
  async start(
    app: ProcessName,
    signal: AbortSignal,
    { until = 'ready', flags = [] }: { until?: 'ready' | 'live'; flags?: readonly string[] } = {},
  ): Promise<void> {
    const name = this.processOf(app);
    if (this.running.get(name)?.running === true) return;
    const child = new Child({
      name,
      command: process.execPath,
      // As the container image and the npm scripts start them.
      args: ['--enable-source-maps', ...flags, programOf(this.settings.build, SECONDS[name] ?? name)],
      env: this.environment(name),
      logFile: join(this.settings.folder, `${name}.log`),
    });
    this.running.set(name, child);
    const isReady = async () => (await fetch(`${this.url(name)}/health/${until}`)).ok;
    await child.ready(isReady, READY_WITHIN_MS, signal);
  }

  /** kill -9, and gone when this resolves. */
  async kill(app: ProcessName): Promise<void> {
    await this.running.get(this.processOf(app))?.stop(0, 'SIGKILL');
  }

  /** Of a standalone nothing is stopped before all of it is. */
  async stop(app: ProcessName): Promise<void> {
    if (this.processOf(app) === app) await this.end(app);
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.processes.map((name) => this.end(name)));
  }

  /** What its processes logged, warnings and worse, alike ones once with their number. */
  complaints(): string[] {
    return this.processes.flatMap((name) => {
      const lines = this.child(name).logTail(LOG_LINES).split('\n');
      return complaintsIn(lines).map((complaint) => `${name}: ${complaint}`);
    });
  }

  private async end(name: ProcessName): Promise<void> {
    await this.running.get(name)?.stop(STOP_WITHIN_MS);
    this.running.delete(name);
  }

  private processOf(app: ProcessName): ProcessName {
    return this.ports.has('standalone') ? 'standalone' : app;
  }

  /** An environment of its own: a developer's DATABASE_URL must never be benchmarked. */
  private environment(name: ProcessName): Record<string, string> {
    const { databaseUrl, redisUrl } = this.settings;
    return {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(this.ports.get(name)),
      PUBLIC_URL: this.url('ingress'),
      ...(databaseUrl === undefined ? { DATA_DIR: this.dataDir } : { DATABASE_URL: databaseUrl }),
      ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
      SECRET_KEYS: this.secretKeys,
      ADMIN_KEY: this.adminKey,
      EGRESS_ALLOW: '127.0.0.0/8',
      API_RATE_PER_MINUTE: '1000000',
      SHUTDOWN_GRACE_SECONDS: String(GRACE_SECONDS),
      LOG_LEVEL: 'warn',
    };
  }
}
