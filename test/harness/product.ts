import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '#platform';
import { freePort } from './free-port.js';
import { SECRET_KEYS } from './tenant.js';
import { orHangs, until } from './until.js';

export type App = 'api' | 'ingress' | 'enricher' | 'forwarder' | 'popup' | 'dialer' | 'standalone';

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** What tests need to know of the machine they run on, and nothing of its settings. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'LANG'];

/** One process of the product, as it is run in production: `node dist/apps/.../main.js`. */
export class ProductProcess {
  stdout = '';
  stderr = '';
  private readonly exit: Promise<Exit>;

  private constructor(
    readonly app: App,
    readonly port: number,
    private readonly child: ChildProcess,
  ) {
    child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.exit = new Promise((resolve) => {
      child.once('close', (code: number | null, signal: NodeJS.Signals | null) => {
        resolve({ code, signal });
      });
    });
  }

  /** @param env  what this process is told beside its port; nothing else of our own environment gets through */
  static async spawn(app: App, env: Record<string, string>): Promise<ProductProcess> {
    const given = { PORT: String(await freePort()), ...env };
    const passedOn: NodeJS.ProcessEnv = {};
    for (const name of PASSED_ON) passedOn[name] = process.env[name];
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', join(projectRoot(), 'dist/apps', app, 'main.js')],
      { env: { ...passedOn, ...given }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    return new ProductProcess(app, Number(given.PORT), child);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  url(path = ''): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  async ready(withinMs = 20_000): Promise<this> {
    await until(
      `${this.app} to be ready`,
      async () => {
        if (!this.running) return true;
        return (await fetch(this.url('/health/ready'))).status === 200;
      },
      withinMs,
    );
    if (!this.running)
      throw new Error(`${this.app} ended instead of getting ready:\n${this.stderr}${this.stdout}`);
    return this;
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** kill -9, and gone when this resolves. */
  async kill(): Promise<void> {
    if (this.running) this.child.kill('SIGKILL');
    await this.exit;
  }

  /** How it ended; fails when it does not. */
  async ended(withinMs = 20_000): Promise<Exit> {
    const exit = await orHangs(this.exit, withinMs);
    if (exit === 'hangs')
      throw new Error(`${this.app} did not end within ${withinMs} ms:\n${this.stdout.slice(-3_000)}`);
    return exit;
  }

  /** SIGTERM, and how it ended. */
  async stop(withinMs?: number): Promise<Exit> {
    if (this.running) this.signal('SIGTERM');
    return this.ended(withinMs);
  }

  /** The value of one metric, over all its labels. */
  async metric(name: string, label = ''): Promise<number> {
    const text = await (await fetch(this.url('/metrics'))).text();
    return text
      .split('\n')
      .filter((line) => new RegExp(`^${name}[{ ]`).test(line) && line.includes(label))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }
}

/** The processes of one test file; none of them outlives it. */
export class Product {
  private readonly started: ProductProcess[] = [];

  /** @param env  given to each of them */
  constructor(private readonly env: Record<string, string>) {
    process.on('exit', this.abandon);
  }

  async start(app: App, more: Record<string, string> = {}): Promise<ProductProcess> {
    return (await this.spawn(app, more)).ready();
  }

  async spawn(app: App, more: Record<string, string> = {}): Promise<ProductProcess> {
    const child = await ProductProcess.spawn(app, {
      HOST: '127.0.0.1',
      SECRET_KEYS,
      EGRESS_ALLOW: '127.0.0.0/8',
      LOG_LEVEL: 'info',
      ...this.env,
      ...more,
    });
    this.started.push(child);
    return child;
  }

  /** What every process said; for the message of a test that failed. */
  get output(): string {
    return this.started
      .map(({ app, pid, stdout, stderr }) => `--- ${app} ${pid}\n${stdout}${stderr}`)
      .join('\n');
  }

  async close(): Promise<void> {
    await Promise.all(this.started.map((child) => child.kill()));
    process.off('exit', this.abandon);
  }

  private readonly abandon = (): void => {
    for (const child of this.started) if (child.running) process.kill(child.pid, 'SIGKILL');
  };
}
