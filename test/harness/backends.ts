import { Redis } from 'ioredis';
import pg from 'pg';
import { openQueueBackend, type QueueBackend } from '#queues';
import { RedisServer, redisProgram } from './redis-server.js';

/** Where the doorbells live during one test file. */
export interface QueueHome {
  /** For processes: what to add to their environment. */
  env: Record<string, string>;
  /** For tests inside this process. */
  open(): QueueBackend;
  /** Loses every job at once: FLUSHALL, or empty tables. */
  forgetEverything(): Promise<void>;
  /** There when the Redis is ours, and may be stopped and started. */
  redis?: RedisServer;
  close(): Promise<void>;
}

export interface Backend {
  name: 'postgres' | 'redis';
  /** @param databaseUrl  a migrated database of the test's own */
  home(databaseUrl: string): Promise<QueueHome>;
}

const QUEUE_SCHEMA = 'switchhook_queue';

const postgres: Backend = {
  name: 'postgres',
  home: (databaseUrl) =>
    Promise.resolve({
      env: {},
      open: () => openQueueBackend({ redisUrl: undefined, redisCluster: false, databaseUrl }),
      forgetEverything: () => emptyQueueTables(databaseUrl),
      close: () => Promise.resolve(),
    }),
};

const redis: Backend = {
  name: 'redis',
  home: async (databaseUrl) => {
    const program = redisProgram();
    const own = program === undefined ? undefined : await RedisServer.start(program);
    const url = own?.url ?? databaseOfThisWorker(process.env['REDIS_URL'] ?? '');
    return {
      env: { REDIS_URL: url },
      open: () => openQueueBackend({ redisUrl: url, redisCluster: false, databaseUrl }),
      forgetEverything: () => (own ? own.flushAll() : flushDatabase(url)),
      ...(own ? { redis: own } : {}),
      close: async () => {
        await own?.close();
      },
    };
  },
};

/** Both backends where both are there. Without a Redis the tests on it are left out aloud, and fail where CI runs. */
export const BACKENDS: Backend[] = [postgres, ...(hasRedis() ? [redis] : [])];

function hasRedis(): boolean {
  if (redisProgram() !== undefined || process.env['REDIS_URL'] !== undefined) return true;
  const complaint = 'No redis-server on the PATH and no REDIS_URL: nothing is tested on Redis.';
  if (process.env['CI'] !== undefined) throw new Error(complaint);
  process.stderr.write(`\n*** ${complaint} ***\n\n`);
  return false;
}

/** A Redis that several test files share: each worker of Jest takes a database of its own. */
function databaseOfThisWorker(url: string): string {
  const own = new URL(url);
  own.pathname = `/${process.env['JEST_WORKER_ID'] ?? '1'}`;
  return own.toString();
}

async function flushDatabase(url: string): Promise<void> {
  const client = new Redis(url);
  try {
    await client.flushdb();
  } finally {
    client.disconnect();
  }
}

async function emptyQueueTables(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const found = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname = $1 AND tablename !~ 'migration'`,
      [QUEUE_SCHEMA],
    );
    await client.query(`TRUNCATE ${found.rows.map(({ name }) => name).join(', ')}`);
  } finally {
    await client.end();
  }
}
