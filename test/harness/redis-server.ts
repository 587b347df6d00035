import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { Redis } from 'ioredis';
import { startRedisContainer } from './containers.js';
import { freePort } from './free-port.js';
import { redisProgram } from './redis-program.js';
import { ownRedis } from './test-services.js';
import { until } from './until.js';

/** One run of a Redis. */
interface RedisRun {
  host: string;
  /** At once, and with all that it knew. */
  vanish: () => Promise<void>;
  /** The same without waiting, for when this process ends; a container is cleared away by whoever started it. */
  abandon?: () => void;
}

/** A Redis of our own that keeps nothing on disk, so a restart is the worst that a restart can be. */
export class RedisServer {
  private run: RedisRun | undefined;
  private host = '127.0.0.1';

  private constructor(readonly port: number) {
    process.on('exit', this.abandon);
  }

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://${this.host}:${this.port}`;
  }

  async start(): Promise<void> {
    this.run = await runRedis(this.port);
    this.host = this.run.host;
    await this.command((redis) => redis.ping());
  }

  async stop(): Promise<void> {
    const { run } = this;
    this.run = undefined;
    await run?.vanish();
  }

  async flushAll(): Promise<void> {
    await this.command((redis) => redis.flushall());
  }

  async close(): Promise<void> {
    await this.stop();
    process.off('exit', this.abandon);
  }

  private async command(run: (redis: Redis) => Promise<unknown>): Promise<void> {
    const redis = new Redis(this.url, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
    redis.on('error', () => undefined);
    try {
      await until('Redis to answer', async () => (await run(redis)) !== undefined);
    } finally {
      redis.disconnect();
    }
  }

  private readonly abandon = (): void => {
    this.run?.abandon?.();
  };
}

async function runRedis(port: number): Promise<RedisRun> {
  if (ownRedis() === 'Docker') {
    const { host, stop } = await startRedisContainer(port);
    return { host, vanish: stop };
  }
  const program = redisProgram();
  if (program === undefined) throw new Error('There is no redis-server on the PATH.');
  return runProgram(program, port);
}

function runProgram(program: string, port: number): RedisRun {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(program, args, { stdio: 'ignore', cwd: tmpdir() });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  return {
    host: '127.0.0.1',
    vanish: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    abandon: () => child.kill('SIGKILL'),
  };
}
