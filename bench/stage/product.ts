/** The product's own processes, from the production build, as an operator runs them. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#platform';
import { Child } from './child.js';
import { complaintsIn } from './complaints.js';
import { freePort } from './free-port.js';

export const APPS = ['ingress', 'api', 'enricher', 'forwarder'] as const;
export type AppName = (typeof APPS)[number];

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;
const GRACE_SECONDS = 3;
/** More are not looked at. */
const LOG_LINES = 5_000;

export interface ProductSettings {
  databaseUrl: string;
  redisUrl: string | undefined;
  folder: string;
}

export class Product {
  readonly adminKey = `sk_bench_${randomBytes(24).toString('base64url')}`;
  private readonly secretKeys = `bench:${randomBytes(32).toString('base64')}`;
  private readonly running = new Map<AppName, Child>();

  private constructor(
    private readonly settings: ProductSettings,
    private readonly ports: Readonly<Record<AppName, number>>,
  ) {}

  static async plan(settings: ProductSettings): Promise<Product> {
    const ports = await Promise.all(APPS.map(async (app) => [app, await freePort()] as const));
    return new Product(settings, Object.fromEntries(ports) as Record<AppName, number>);
  }

  url(app: AppName): string {
    return `http://127.0.0.1:${String(this.ports[app])}`;
  }

  get apps(): AppName[] {
    return [...this.running.keys()];
  }

  /** @throws Error when it is not running */
  child(app: AppName): Child {
    const child = this.running.get(app);
    if (!child) throw new Error(`${app} was not started.`);
    return child;
  }

  /** Starts it, also after it was killed, on the same port. Resolves when it is ready. */
  async start(app: AppName, signal: AbortSignal): Promise<void> {
    const main = join(projectRoot(), 'dist', 'apps', app, 'main.js');
    if (!existsSync(main)) throw new Error(`There is no ${main}: run npm run build first.`);
    const child = new Child({
      name: app,
      command: process.execPath,
      // As the container image and the npm scripts start them.
      args: ['--max-semi-space-size=64', main],
      env: this.environment(app),
      logFile: join(this.settings.folder, `${app}.log`),
    });
    this.running.set(app, child);
    const isReady = async () => (await fetch(`${this.url(app)}/health/ready`)).ok;
    await child.ready(isReady, READY_WITHIN_MS, signal);
  }

  async stop(app: AppName): Promise<void> {
    await this.running.get(app)?.stop(STOP_WITHIN_MS);
    this.running.delete(app);
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.apps.map((app) => this.stop(app)));
  }

  /** What its processes logged, warnings and worse, alike ones once with their number. */
  complaints(): string[] {
    return this.apps.flatMap((app) => {
      const lines = this.child(app).logTail(LOG_LINES).split('\n');
      return complaintsIn(lines).map((complaint) => `${app}: ${complaint}`);
    });
  }

  /** An environment of its own: a developer's DATABASE_URL must never be benchmarked. */
  private environment(app: AppName): Record<string, string> {
    const { databaseUrl, redisUrl } = this.settings;
    return {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(this.ports[app]),
      PUBLIC_URL: this.url('ingress'),
      DATABASE_URL: databaseUrl,
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
